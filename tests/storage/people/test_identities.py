"""WhatsApp identities: every known name leads to one chat, a reassigned number to none."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from storage.keeping.chat_merge import merge
from storage.people import chats, follows, identities
from storage.people.addresses import address_of, leads_nowhere
from storage.people.identities import Account
from storage.post import outbox, sending
from storage.schema import chats as chat_rows
from storage.schema import consents
from storage.schema import follows as follow_rows
from storage.schema import identities as rows
from storage.schema import outbox as outbox_rows
from storage.store import Store
from tests.storage.rows import application

AT = Account(channel="whatsapp", account="106540352242922")
SRI = ("phone", "+628123456001")
SRI_ID = ("bsuid", "ID.10000000000000000001")
SRI_PARENT = ("parent", "ID.ENT.10000000000000000001")
NEW = ("phone", "+628123456002")
NEW_ID = ("bsuid", "ID.20000000000000000002")
STRANGER_ID = ("bsuid", "ID.90000000000000000009")


async def meet(store: Store, *given) -> chats.Chat:
    kinds = dict(given)
    best = next(kind for kind in ("phone", "bsuid", "parent") if kind in kinds)
    return await store.write(
        lambda db: chats.meet(
            db,
            channel=AT.channel,
            account=AT.account,
            address=identities.send_address((best, kinds[best])),
            language="id",
            identities=given,
        )
    )


async def move(store: Store, before, after) -> bool:
    return await store.write(lambda db: identities.move(db, at=AT, before=before, after=after, merge=merge))


async def names(store: Store, chat: int) -> dict[str, str]:
    return await store.read(lambda db: identities.names_of(db, chat=chat))


async def address(store: Store, chat: int) -> str:
    return (await store.read(lambda db: address_of(db, chat=chat)))[2]


async def count(store: Store, table, *conditions) -> int:
    return await store.read(lambda db: db.scalar(select(func.count()).select_from(table).where(*conditions)))


async def say(store: Store, chat: int, text: str, priority: int = 0) -> int:
    return await store.write(
        lambda db: outbox.put(
            db, chat=chat, channel="whatsapp", priority=priority, screen={"text": text}, due_at=db.now
        )
    )


async def keep(store: Store, chat: int, dialogue: dict | None) -> None:
    await store.write(
        lambda db: chats.keep(
            db, chat=chat, dialogue=dialogue, until=timedelta(hours=24), language="id", welcomed=1
        )
    )


@pytest.mark.parametrize("later", [[SRI], [SRI_ID], [SRI_PARENT], [SRI_ID, SRI], [SRI, SRI_PARENT]])
async def test_any_name_that_was_told_once_leads_to_the_chat(store, later):
    first = await meet(store, SRI, SRI_ID, SRI_PARENT)
    assert first.new
    again = await meet(store, *later)
    assert (again.id, again.new) == (first.id, False)
    assert await count(store, chat_rows) == 1


async def test_answers_go_where_the_last_message_came_from(store):
    chat = await meet(store, SRI, SRI_ID)
    assert await address(store, chat.id) == "+628123456001"
    await meet(store, SRI_ID)
    assert await address(store, chat.id) == "bsuid:ID.10000000000000000001"
    await meet(store, SRI, SRI_ID)
    assert await address(store, chat.id) == "+628123456001"


async def test_an_id_that_is_told_later_is_learnt(store):
    chat = await meet(store, SRI)
    assert (await meet(store, SRI, SRI_ID)).id == chat.id
    assert (await meet(store, SRI_ID)).id == chat.id
    assert await names(store, chat.id) == dict([SRI, SRI_ID])


async def test_a_recycled_number_inherits_nothing(store):
    sri = await meet(store, SRI, SRI_ID)
    await keep(store, sri.id, {"stack": ["status"]})
    row = await store.write(application)
    await store.write(
        lambda db: follows.follow(db, chat=sri.id, application=row, told="PRINTED", channel="whatsapp")
    )
    stranger = await meet(store, SRI, STRANGER_ID)
    assert stranger.id != sri.id
    assert (stranger.new, stranger.dialogue) == (True, None)
    assert await count(store, follow_rows, follow_rows.c.chat_id == stranger.id) == 0
    assert await address(store, stranger.id) == "+628123456001"
    assert await address(store, sri.id) == "bsuid:ID.10000000000000000001"
    assert (await meet(store, SRI)).id == stranger.id
    assert (await meet(store, SRI_ID)).dialogue == {"stack": ["status"]}


async def test_a_number_that_another_known_person_has_now_is_theirs(store):
    sri = await meet(store, SRI)  # told before the provider knew ids
    other = await meet(store, STRANGER_ID)
    waiting = await say(store, sri.id, "rahasia", priority=1)
    assert (await meet(store, SRI, STRANGER_ID)).id == other.id
    assert leads_nowhere(await address(store, sri.id))
    state = await store.read(
        lambda db: db.one(
            select(outbox_rows.c.state, outbox_rows.c.reason).where(outbox_rows.c.id == waiting)
        )
    )
    assert tuple(state) == ("failed", "moved")
    later = await say(store, sri.id, "rahasia", priority=1)
    claimed = await store.write(
        lambda db: sending.claim_due(db, channel="whatsapp", owner="t", limit=9, priorities=[0, 1, 2])
    )
    assert [leads_nowhere(row.address.split("\x1f")[2]) for row in claimed if row.id == later] == [True]


async def test_a_changed_number_takes_everything_along(store):
    sri = await meet(store, SRI, SRI_ID)
    await keep(store, sri.id, {"stack": ["status"]})
    assert await move(store, [SRI], [NEW, NEW_ID])
    after = await meet(store, NEW, NEW_ID)
    assert (after.id, after.dialogue) == (sri.id, {"stack": ["status"]})
    assert await names(store, sri.id) == dict([NEW, NEW_ID])
    assert (await meet(store, SRI, STRANGER_ID)).id != sri.id
    assert (await meet(store, SRI)).id != sri.id


async def test_a_changed_number_without_its_new_id_is_still_the_same_person(store):
    sri = await meet(store, SRI, SRI_ID)
    assert await move(store, [SRI], [NEW])
    assert await address(store, sri.id) == "+628123456002"
    assert (await meet(store, NEW, NEW_ID)).id == sri.id
    assert await names(store, sri.id) == dict([NEW, NEW_ID])


async def test_a_changed_id_without_a_number_keeps_no_number(store):
    """The number that was known has changed too, to one that the provider does not tell."""
    sri = await meet(store, SRI, SRI_ID)
    assert await move(store, [SRI_ID], [NEW_ID])
    assert await address(store, sri.id) == "bsuid:ID.20000000000000000002"
    assert (await meet(store, NEW_ID)).id == sri.id
    assert (await meet(store, SRI)).id != sri.id


async def test_an_id_update_that_tells_the_number_keeps_it(store):
    sri = await meet(store, SRI, SRI_ID)
    assert await move(store, [SRI_ID], [NEW_ID, SRI])
    assert await address(store, sri.id) == "+628123456001"
    assert (await meet(store, SRI, NEW_ID)).id == sri.id


@pytest.mark.parametrize("order", [1, -1])
async def test_both_kinds_of_news_about_one_change_come_in_any_order(store, order):
    sri = await meet(store, SRI, SRI_ID)
    news = [([SRI], [NEW, NEW_ID]), ([SRI_ID], [NEW_ID, NEW])]
    for before, after in news[::order]:
        await move(store, before, after)
    assert await names(store, sri.id) == dict([NEW, NEW_ID])
    assert (await meet(store, NEW, NEW_ID)).id == sri.id
    assert await count(store, chat_rows) == 1


async def test_late_news_of_a_new_identity_merges_the_chats(store, clock):
    sri = await meet(store, SRI, SRI_ID)
    row = await store.write(application)
    other_row = await store.write(
        lambda db: application(db, number="MJK-261102-0008-X", nik="3516994107900002")
    )
    for chat, app in ((sri.id, row), (sri.id, other_row)):
        await store.write(
            lambda db, chat=chat, app=app: follows.follow(
                db, chat=chat, application=app, told="PRINTED", channel="whatsapp"
            )
        )
    clock.move(minutes=1)
    early = await meet(store, NEW, NEW_ID)
    assert early.id != sri.id
    await keep(store, early.id, {"stack": ["menu"]})
    await store.write(
        lambda db: follows.follow(db, chat=early.id, application=row, told="PRINTED", channel="whatsapp")
    )
    said = await say(store, early.id, "halo")
    assert await move(store, [SRI], [NEW, NEW_ID])
    met = await meet(store, NEW_ID)
    assert (met.id, met.dialogue) == (sri.id, {"stack": ["menu"]})
    assert await count(store, follow_rows, follow_rows.c.chat_id == sri.id) == 2
    assert await count(store, chat_rows) == 1
    assert await count(store, outbox_rows, outbox_rows.c.id == said, outbox_rows.c.chat_id == sri.id) == 1
    assert await count(store, consents, consents.c.chat_id == sri.id) >= 1


async def test_news_about_somebody_who_never_wrote_change_nothing(store):
    assert await move(store, [SRI], [NEW, NEW_ID]) is False
    assert await count(store, chat_rows) == await count(store, rows) == 0


async def test_news_about_a_number_whose_owner_has_another_id_move_nobody(store):
    sri = await meet(store, SRI, SRI_ID)
    assert await move(store, [SRI, STRANGER_ID], [NEW]) is False
    assert await names(store, sri.id) == dict([SRI, SRI_ID])


async def test_a_new_number_that_somebody_else_had_brings_nothing_of_theirs(store):
    sri = await meet(store, SRI, SRI_ID)
    other = await meet(store, NEW, STRANGER_ID)
    await keep(store, other.id, {"stack": ["theirs"]})
    assert await move(store, [SRI], [NEW, NEW_ID])
    met = await meet(store, NEW, NEW_ID)
    assert (met.id, met.dialogue) == (sri.id, None)
    assert await address(store, other.id) == "bsuid:ID.90000000000000000009"
    assert (await meet(store, STRANGER_ID)).dialogue == {"stack": ["theirs"]}


async def test_two_first_messages_at_once_make_one_chat(store):
    met = await asyncio.gather(*(meet(store, SRI, SRI_ID) for _ in range(6)), meet(store, SRI_ID))
    assert len({chat.id for chat in met}) == 1
    assert await count(store, chat_rows) == 1
    assert await count(store, rows) == 2


async def test_names_are_sealed_and_found_by_a_keyed_index(store):
    await meet(store, SRI, SRI_ID)
    found = await store.read(lambda db: db.rows(select(rows)))
    assert not any(b"628123456001" in cell for row in found for cell in row if isinstance(cell, bytes))


async def test_erasing_a_chat_erases_its_names(store):
    chat = await meet(store, SRI, SRI_ID)
    await store.write(lambda db: db.run(chat_rows.delete().where(chat_rows.c.id == chat.id)))
    assert await count(store, rows) == 0
    assert (await meet(store, SRI)).id != chat.id


async def test_an_office_with_two_numbers_has_two_chats_with_one_person(store):
    here = await meet(store, SRI, SRI_ID)
    there = await store.write(
        lambda db: chats.meet(
            db, channel="whatsapp", account="2", address=SRI[1], language="id", identities=[SRI, SRI_ID]
        )
    )
    assert there.id != here.id


async def test_a_chat_with_the_new_address_alone_leads_nowhere(store):
    sri = await meet(store, SRI, SRI_ID)
    where = {"channel": AT.channel, "account": AT.account, "address": NEW[1], "language": "id"}
    other = await store.write(lambda db: chats.meet(db, **where))
    assert await move(store, [SRI], [NEW, NEW_ID])
    assert await address(store, sri.id) == NEW[1]
    assert leads_nowhere(await address(store, other.id))


async def test_a_chat_that_loses_its_number_is_reached_by_its_id(store):
    other = await meet(store, STRANGER_ID)
    at = {"at": AT, "chat": other.id, "given": [NEW]}
    await store.write(lambda db: identities.note_names(db, **at))
    sri = await meet(store, SRI, SRI_ID)
    assert await move(store, [SRI], [NEW, NEW_ID])
    assert await names(store, other.id) == dict([STRANGER_ID])
    assert await address(store, other.id) == f"bsuid:{STRANGER_ID[1]}"
    assert await address(store, sri.id) == NEW[1]
