"""After /hapusdata nothing refers to the person, and figures of others remain."""

import pytest
from sqlalchemy import Boolean, Date, Integer, LargeBinary, Text, func, select, text

from bot.setup.office_file import load_office
from storage import audit
from storage.ids import new_id
from storage.keeping import erasure
from storage.keeping.erasure_shared import erase_covered
from storage.keeping.holdings import HELD
from storage.keeping.purge import steps
from storage.people import chats, consents, follows
from storage.people.identities import Account, note_names
from storage.post import errands, outbox
from storage.schema import Instant, booking_history, bookings, case_history, cases, metadata
from storage.schema import chats as chat_rows
from storage.schema import follows as follow_rows
from storage.schema import outbox as outbox_rows
from tests.storage.rows import application

OFFICE = load_office(None)
PHONE = "+6281234567890"


async def meet(store, address=PHONE):
    return (
        await store.write(
            lambda db: chats.meet(db, channel="whatsapp", account="1", address=address, language="id")
        )
    ).id


def plain_value(column, now):
    """Something for a column that must hold something and does not matter here."""
    kinds = [(LargeBinary, b"-"), (Date, now.date()), (Instant, now), (Boolean, False), (Integer, 1)]
    return next((value for kind, value in kinds if isinstance(column.type, kind)), "-")


async def put(store, table, **values):
    if "id" in table.c:
        values = {"id": new_id(), **values}
    for column in table.columns:
        if not column.nullable and column.server_default is None and column.name not in values:
            values[column.name] = plain_value(column, store.clock())
    await store.write(lambda db: db.run(table.insert(), values))
    return values.get("id")


async def full_life(store, clock):
    """A chat with a row in every table that can refer to it."""
    chat = await meet(store)
    row = await store.write(application)
    person = await store.read(lambda db: db.scalar(text("SELECT id FROM applicants")))
    await store.write(
        lambda db: note_names(
            db, at=Account(channel="whatsapp", account="1"), chat=chat, given=[("phone", PHONE)]
        )
    )
    await store.write(lambda db: follows.follow(db, chat=chat, application=row, told="x", channel="whatsapp"))
    await store.write(lambda db: consents.note_notice(db, chat=chat, version=1, channel="whatsapp"))
    await store.write(
        lambda db: errands.plan(db, chat=chat, conversation="rate", argument="1", due_at=db.now)
    )
    screen = {"text": "Sri"}
    said = {"chat": chat, "channel": "whatsapp", "screen": screen, "due_at": clock.now}
    await store.write(lambda db: outbox.put_reply(db, **said, owner="me", row=new_id()))
    await store.write(lambda db: outbox.put(db, **said, priority=1))
    booked = {"code": "ABC234", "applicant_id": person, "chat_id": chat, "state": "booked"}
    booking = await put(store, bookings, **booked)
    await put(store, booking_history, booking_id=booking, by=audit.by_chat(chat))
    case = await put(store, cases, kind="low", state="open", chat_id=chat, word=b"sealed")
    await put(store, case_history, case_id=case, word=b"sealed")
    return chat


async def chats_left(store):
    return await store.read(lambda db: db.scalar(select(func.count()).select_from(chat_rows)))


async def mentions(store, chat):
    """The tables that still refer to a chat, or name it."""
    found = []
    for table in metadata.sorted_tables:
        for column in table.columns:
            refers = any(key.column is chat_rows.c.id for key in column.foreign_keys)
            value = chat if refers else f"chat:{chat}" if isinstance(column.type, Text) else None
            if value is None:
                continue
            query = select(func.count()).select_from(table).where(column == value)
            if await store.read(lambda db, q=query: db.scalar(q)):
                found.append(f"{table.name}.{column.name}")
    return found


async def test_everything_goes_at_once_but_what_the_last_answer_needs(store, clock):
    chat = await full_life(store, clock)
    assert len(await mentions(store, chat)) > 8
    receipt = await store.write(lambda db: erasure.erase(db, chat=chat))
    assert receipt.startswith("HPS-")
    assert await mentions(store, chat) == ["outbox.chat_id"], "one message is being said at this moment"
    assert await meet(store) != chat, "who writes again is a new person"


async def test_when_the_last_answer_is_out_nothing_is_left_of_the_chat(store, clock):
    chat = await full_life(store, clock)
    await store.write(lambda db: erasure.erase(db, chat=chat))
    await store.write(lambda db: erasure.finish(db, OFFICE))
    assert await chats_left(store) == 1, "its answer is on its way"
    await store.write(lambda db: db.run(outbox_rows.update().values(state="sent")))
    await store.write(lambda db: erasure.finish(db, OFFICE))
    assert await chats_left(store) == 0
    assert await mentions(store, chat) == []
    states = await store.read(lambda db: db.rows(select(outbox_rows.c.state, outbox_rows.c.body)))
    assert len(states) == 2, "what was said is still counted"
    assert all(body is None for _, body in states)


async def test_an_undeliverable_receipt_does_not_keep_the_address(store, clock):
    chat = await full_life(store, clock)
    await store.write(lambda db: erasure.erase(db, chat=chat))
    clock.move(hours=1, seconds=1)
    await store.write(lambda db: erasure.finish(db, OFFICE))
    assert await chats_left(store) == 0
    reasons = await store.read(lambda db: db.rows(select(outbox_rows.c.state, outbox_rows.c.reason)))
    assert set(reasons) == {("failed", "erased")}


async def test_the_booking_stays_with_the_office_under_its_code(store, clock):
    chat = await full_life(store, clock)
    await store.write(lambda db: erasure.erase(db, chat=chat))
    kept = await store.read(lambda db: db.rows(select(bookings.c.code, bookings.c.state, bookings.c.chat_id)))
    assert kept == [("ABC234", "booked", None)]


async def test_the_words_of_a_case_go_and_its_number_stays(store, clock):
    chat = await full_life(store, clock)
    await store.write(lambda db: erasure.erase(db, chat=chat))
    assert await store.read(lambda db: db.rows(select(cases.c.number, cases.c.word))) == [("-", None)]
    assert await store.read(lambda db: db.rows(select(case_history.c.word))) == [(None,)]


async def test_who_proved_a_case_alone_erases_its_words_alone(store, clock):
    """At a shared device: the card and the ticket are of somebody else."""
    chat = await full_life(store, clock)
    (case,) = await store.read(lambda db: db.rows(select(cases.c.number)))
    proven = {"covered": (), "covered_cases": [case.number]}
    _receipt, whole = await store.write(lambda db: erase_covered(db, chat=chat, **proven))
    assert not whole
    (left,) = await store.read(lambda db: db.rows(select(cases.c.word, cases.c.chat_id)))
    assert tuple(left) == (None, None)
    for table in (follow_rows, bookings):
        assert await store.read(lambda db, t=table: db.scalar(select(t.c.chat_id))) == chat


async def test_nothing_is_written_back_into_an_erased_chat(store, clock):
    chat = await full_life(store, clock)
    await store.write(lambda db: erasure.erase(db, chat=chat))
    kept = {"dialogue": {"v": 1}, "until": clock.now - clock.now, "language": "en", "welcomed": 1}
    await store.write(lambda db: chats.keep(db, chat=chat, **kept))
    assert await store.read(lambda db: db.rows(select(chat_rows.c.dialogue))) == [(None,)]


def test_the_list_of_holdings_covers_exactly_the_tables():
    assert set(HELD) == set(metadata.tables)


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_the_list_says_what_is_done_with_every_table(table):
    held = HELD[table.name]
    refers = [c for c in table.columns if any(key.column is chat_rows.c.id for key in c.foreign_keys)]
    sealed = {column.name for column in table.columns if isinstance(column.type, LargeBinary)}
    assert sealed <= set(held.columns), "say in storage/keeping/holdings how the column is sealed or keyed"
    assert set(held.columns) <= set(table.c.keys())
    assert set(held.blanks) | set(held.actors) <= set(table.c.keys())
    assert held.kept
    if held.erased == "stays":
        assert held.because, "say why an erasure leaves it"
        assert not refers, "what refers to a chat goes, or is blanked"
    if held.erased == "blanked":
        assert all(column.nullable for column in refers)
        assert all(table.c[name].nullable for name in held.blanks)


@pytest.mark.parametrize("name", sorted(HELD))
def test_everything_ends_by_a_step_of_the_purge_or_says_why_not(name, clock):
    kept = HELD[name].kept
    assert kept in steps(clock.now, OFFICE.retention) or kept.startswith("for good: ")
