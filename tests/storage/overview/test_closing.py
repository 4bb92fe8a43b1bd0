"""Sums of each day stay when the rows behind them are deleted, and follow what is recorded later."""

from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import update

from bot.setup.holidays import calendar_of
from domain.staff.roles import Role
from storage.appointments.attendance import next_seat
from storage.appointments.queue import call_next
from storage.handovers.handovers import living_of, open_handover
from storage.keeping.purge import purge
from storage.overview.sums import Subject, sums
from storage.people import chats
from storage.ratings import cases
from storage.schema import bookings, handovers
from storage.staff import staff
from tests.support.counter import counter_of

MONDAY = date(2026, 11, 23)


@pytest.fixture
def office(store, clock, tmp_path):
    return counter_of(store, clock, tmp_path)


async def read(store, subject: Subject, days: int = 40):
    found = await store.read(
        partial(
            sums, subject=subject, first=MONDAY - timedelta(days=days), last=MONDAY + timedelta(days=days)
        )
    )
    return {part: found[day, part] for day, part in found}


async def test_an_appointment_counts_as_it_is_marked_later(office, store, clock):
    slots = calendar_of(office.office, (), MONDAY).walk_in_times("sooko", clock.now)
    await store.write(partial(next_seat, slots=slots, service="ktp_baru", by="system"))
    await store.write(lambda db: db.run(update(bookings).values(walked_in=False, moves=2, state="booked")))
    await office.assembled.timers.close_days()
    first = await read(store, Subject.SEATS)
    await store.write(lambda db: db.run(update(bookings).values(state="no_show")))
    clock.move(days=1)
    await office.assembled.timers.close_days()
    second = await read(store, Subject.SEATS)
    assert (first["booked"], first["moved"]) == (1, 2)
    assert (second["no_show"], second["moved"]) == (1, 2)
    assert second["offered"] > first["booked"]
    assert not second.get("booked")


async def test_appointments_of_days_to_come_are_not_summed_yet(office, store, clock):
    slots = calendar_of(office.office, (), MONDAY).walk_in_times("sooko", clock.now)
    await store.write(partial(next_seat, slots=slots, service="ktp_baru", by="system"))
    later = {"starts_at": clock.now + timedelta(days=1), "walked_in": False, "state": "booked"}
    await store.write(lambda db: db.run(update(bookings).values(**later)))
    await office.assembled.timers.close_days()
    assert not (await read(store, Subject.SEATS)).get("booked")
    clock.move(days=1)
    await office.assembled.timers.close_days()
    assert (await read(store, Subject.SEATS))["booked"] == 1


async def test_talks_and_cases_are_summed_and_outlive_their_rows(office, store, clock):
    async def write(db) -> None:
        await staff.invite(db, name="Wulan", role=Role.OFFICER, point=None, actor="system")
        member = (await staff.find(db, name="Wulan")).id
        chat = (await chats.meet(db, channel="web", account="a", address="b", language="id")).id
        await open_handover(db, chat=chat, why="asked", point=None, context={})
        talk = await living_of(db, chat=chat)
        taken = {"taken_by": member, "taken_at": db.now + timedelta(minutes=7)}
        over = {"state": "over", "ended_at": db.now + timedelta(minutes=19), "ended_by": "resident"}
        await db.run(update(handovers).where(handovers.c.id == talk).values(**taken, **over))
        told = {"kind": "complaint", "word": "", "on": MONDAY - timedelta(days=9), "due_days": 3}
        await cases.open_case(db, chat=None, **told)
        answered = await cases.open_case(db, chat=None, **told)
        await cases.close(db, number=answered.number, by="staff:1")
        withdrawn = await cases.open_case(db, chat=chat, of_visit=True, **told)
        assert await cases.withdraw(db, number=withdrawn.number, chat=chat)

    clock.move(days=-8)
    await store.write(write)
    clock.move(days=8)
    await office.assembled.timers.close_days()
    found = [await read(store, one) for one in (Subject.TALK_WAIT, Subject.TALK_LENGTH, Subject.CASES)]
    assert found == [{"7": 1}, {"12": 1}, {"on-time": 2, "late": 1}]
    clock.move(days=400)
    await purge(store, office.office.retention, pause=_nothing)
    await office.assembled.timers.close_days()
    assert await read(store, Subject.TALK_WAIT) == {"7": 1}


async def _nothing() -> None:
    return None


async def test_who_was_called_is_counted_by_hour_and_minutes(office, store, clock):
    slots = calendar_of(office.office, (), MONDAY).walk_in_times("sooko", clock.now)
    code, _ = await store.write(partial(next_seat, slots=slots, service="ktp_baru", by="system"))
    clock.move(minutes=17)
    for _ in (1, 2):
        await store.write(partial(call_next, point="sooko", office=office.office, by="system"))
        await office.assembled.timers.close_days()
    hour = office.office.local(clock.now).hour
    assert await read(store, Subject.QUEUE) == {f"{hour}:17": 1}, code


async def test_a_talk_whose_chat_is_erased_and_nobody_took_is_not_measured(office, store, clock):
    async def write(db) -> None:
        chat = (await chats.meet(db, channel="web", account="a", address="b", language="id")).id
        await open_handover(db, chat=chat, why="asked", point=None, context={})
        await db.run(update(handovers).values(chat_id=None, state="over", ended_at=db.now, ended_by="time"))

    clock.move(days=-1)
    await store.write(write)
    clock.move(days=1)
    await office.assembled.timers.close_days()
    assert await read(store, Subject.TALK_WAIT) == await read(store, Subject.TALK_LENGTH) == {}
