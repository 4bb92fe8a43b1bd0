"""Cases and invitations in the store: nobody else's words, one number each, and one request for one visit."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.setup.office_file import load_office
from domain.staff.roles import Role
from storage.people import chats
from storage.ratings import case_files, case_news, cases, invitations
from storage.schema import errands
from storage.schema import staff as staff_rows
from storage.staff import staff
from storage.store import Store

RULES = load_office(None).rating


async def chat_of(store: Store, address: str) -> int:
    where = {"channel": "web", "account": "loket", "address": address, "language": "id"}
    return (await store.write(lambda db: chats.meet(db, **where))).id


async def complains(store: Store, chat: int | None = None) -> str:
    told = {"kind": "complaint", "word": "Loket tutup", "on": store.clock().date(), "due_days": 3}
    return (await store.write(lambda db: cases.open_case(db, chat=chat, **told))).number


async def test_another_chat_neither_reopens_a_case_nor_adds_to_it(store: Store):
    sri, budi = await chat_of(store, "sri"), await chat_of(store, "budi")
    number = await complains(store, sri)
    await store.write(lambda db: cases.close(db, number=number, by="staff:7"))
    today = store.clock().date()
    assert not await store.write(lambda db: cases.reopen(db, number=number, chat=budi, on=today))
    await store.write(lambda db: cases.tell_more(db, number=number, chat=budi, word="Bayar 50 ribu"))
    shown = await store.read(lambda db: case_files.show(db, number=number))
    assert (shown.state, [line.what for line in shown.history]) == ("closed", ["opened", "closed"])
    assert await store.write(lambda db: cases.reopen(db, number=number, chat=sri, on=today))


async def test_numbers_of_cases_are_drawn_until_they_are_free(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cases, "_ALPHABET", "23")
    monkeypatch.setattr(cases, "_NUMBER_LENGTH", 3)
    assert len({await complains(store) for _ in range(8)}) == 8


async def test_news_of_a_case_end_with_the_right_to_handle_it(store: Store):
    await store.write(
        lambda db: staff.invite(db, name="Bima", role=Role.APPROVER, point=None, actor="system")
    )
    number = await complains(store)

    async def news() -> case_news.CaseNews | None:
        member = await store.read(lambda db: staff.find(db, name="Bima"))
        told = {"number": number, "member": member, "chat": 1, "argument": f"opened:{number}:1"}
        return await store.write(lambda db: case_news.news_of(db, **told))

    assert (await news()).kind == "complaint"
    await store.write(lambda db: db.run(update(staff_rows).values(role=Role.VIEWER.value)))
    assert await news() is None


async def test_two_processes_at_once_ask_once_about_a_visit(store: Store):
    sri = await chat_of(store, "sri")
    visit = {"event": "booking:1", "chats_": [sri], "point": "sooko", "service": "kia", "rules": RULES}
    asked = await asyncio.gather(*(store.write(lambda db: invitations.invite(db, **visit)) for _ in range(4)))
    assert sorted(asked) == [False, False, False, True]
    planned = select(errands.c.argument).where(errands.c.chat_id == sri)
    arguments = [row.argument for row in await store.read(lambda db: db.rows(planned))]
    assert len(arguments) == len(set(arguments)) == 1 + bool(RULES.remind_after_days)


async def test_a_card_that_is_gone_by_now_is_not_asked_about(store: Store):
    gone = {"application": 404, "rules": RULES, "seconds_ago": timedelta(minutes=5).total_seconds()}
    assert not await store.write(lambda db: invitations.invite_for_pickup(db, **gone))


async def test_a_visit_is_withdrawn_once_and_by_its_chat_alone(store: Store):
    sri, budi = await chat_of(store, "sri"), await chat_of(store, "budi")
    told = {"kind": "complaint", "word": "Desa Kemlagi", "on": store.clock().date(), "due_days": 3}
    visit = (await store.write(lambda db: cases.open_case(db, chat=sri, of_visit=True, **told))).number
    complaint = await complains(store, sri)
    for number, chat in ((visit, budi), (complaint, sri)):
        assert not await store.write(
            lambda db, at=(number, chat): cases.withdraw(db, number=at[0], chat=at[1])
        )
    both = [store.write(lambda db: cases.withdraw(db, number=visit, chat=sri)) for _ in range(2)]
    assert sorted(await asyncio.gather(*both)) == [False, True]
    (own,) = await store.read(lambda db: case_files.visits_of(db, chat=sri, only=None))
    assert (own.number, own.state, own.withdrawn) == (visit, "closed", True)
    assert not await store.read(lambda db: case_files.visits_of(db, chat=sri, only=[complaint]))


async def test_a_withdrawn_visit_opened_again_is_withdrawn_no_more(store: Store):
    sri, today = await chat_of(store, "sri"), store.clock().date()
    told = {"kind": "complaint", "word": "Desa Kemlagi", "on": today, "due_days": 3}
    number = (await store.write(lambda db: cases.open_case(db, chat=sri, of_visit=True, **told))).number
    await store.write(lambda db: cases.withdraw(db, number=number, chat=sri))
    await store.write(lambda db: cases.reopen(db, number=number, chat=sri, on=today))
    assert not (await store.read(lambda db: case_files.show(db, number=number))).withdrawn
    await store.write(lambda db: cases.close(db, number=number, by="staff:7"))
    assert (await store.read(lambda db: case_files.standing_of(db, number=number))).state == "closed"
