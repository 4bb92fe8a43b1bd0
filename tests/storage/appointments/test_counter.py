"""Steps at the counter: arrived, called, served, missed, their undo, and what a day leaves open."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.appointments.booking import Booking, BookingState, TicketCode
from domain.refusals.appointments import AlreadyBooked, BookingOver
from storage.appointments import attendance, bookings, counter, queue, reminders
from storage.ratings import invitations, visits
from storage.schema import booking_history, errands
from tests.storage.appointments.town import SERVICE, Counter

ARRIVED, CALLED, SERVED = BookingState.ARRIVED, BookingState.CALLED, BookingState.SERVED
BOOKED, MISSED, OPEN = BookingState.BOOKED, BookingState.NO_SHOW, BookingState.OPEN


@pytest.fixture
def town(store, clock) -> Counter:
    return Counter(store, clock)


async def state(town: Counter, booking: Booking) -> BookingState:
    return (await town.store.read(lambda db: bookings.booking_now(db, booking=booking.id))).state


async def undoes(town: Counter, booking: Booking) -> Booking:
    return await town.store.write(
        lambda db: visits.undo(db, code=booking.code, by="staff:2", rules=town.office)
    )


async def told(town: Counter, conversation: str) -> int:
    return len(await town.rows(select(errands.c.id).where(errands.c.conversation == conversation)))


async def settles(town: Counter) -> None:
    await town.store.write(lambda db: counter.run_due(db, town.office))


async def test_a_visit_is_arrived_called_served_and_its_wait_is_known(town, clock):
    booked = await town.books(await town.person("sri"), town.slot())
    for step in (ARRIVED, CALLED, SERVED):
        clock.move(minutes=7)
        after = await town.marks(booked, step)
        assert after.state is step
    assert after.called_at - after.arrived_at == timedelta(minutes=7)
    waits = await town.store.read(lambda db: attendance.past_waits(db, point="sooko"))
    assert waits == [(after.arrived_at, after.called_at)]
    history = select(booking_history.c.state, booking_history.c.at).order_by(booking_history.c.id)
    rows = [(row.state, row.at) for row in await town.rows(history)]
    assert [one for one, _ in rows] == ["booked", "arrived", "called", "served"]
    assert rows[2][1] - rows[1][1] == timedelta(minutes=7)


async def test_a_step_that_cannot_follow_is_refused(town):
    booked = await town.books(await town.person("sri"), town.slot())
    with pytest.raises(BookingOver):
        await town.marks(booked, CALLED)
    await town.marks(booked, SERVED)
    for step in (ARRIVED, CALLED, MISSED, OPEN):
        with pytest.raises(BookingOver):
            await town.marks(booked, step)


async def test_two_officers_at_once_take_a_step_once(town):
    booked = await town.books(await town.person("sri"), town.slot())

    async def marks(by: str) -> bool:
        mark = await town.store.write(lambda db: counter.mark(db, code=booked.code, state=ARRIVED, by=by))
        return mark.changed

    assert sorted(await asyncio.gather(marks("staff:1"), marks("staff:2"))) == [False, True]
    arrived = select(booking_history.c.id).where(booking_history.c.state == "arrived")
    assert len(await town.rows(arrived)) == 1


@pytest.mark.parametrize(
    "steps",
    [[ARRIVED], [ARRIVED, CALLED], [ARRIVED, CALLED, SERVED], [SERVED], [MISSED], [ARRIVED, MISSED]],
    ids="-".join,
)
async def test_the_last_step_can_be_taken_back_for_ten_minutes(town, clock, steps):
    booked = await town.books(await town.person("sri"), town.slot())
    for step in steps:
        clock.move(minutes=1)
        await town.marks(booked, step)
    clock.move(minutes=9)
    back = await undoes(town, booked)
    assert back.state is (steps[-2] if len(steps) > 1 else BOOKED)
    assert (back.arrived_at is None) == (ARRIVED not in steps[:-1])
    assert (back.called_at is None) == (CALLED not in steps[:-1])
    with pytest.raises(BookingOver):
        await undoes(town, booked)
    await town.marks(booked, SERVED)
    clock.move(minutes=10)
    with pytest.raises(BookingOver):
        await undoes(town, booked)


async def test_an_undone_arrival_is_reminded_of_again(town):
    sri = await town.person("sri")
    booked = await town.books(sri, town.slot())
    planned = await town.store.read(lambda db: reminders.planned(db, booking=booked.id, chat=sri.chat))
    await town.marks(booked, ARRIVED)
    assert await told(town, reminders.REMINDER) == 0
    await undoes(town, booked)
    again = await town.store.read(lambda db: reminders.planned(db, booking=booked.id, chat=sri.chat))
    assert again == planned != []


async def test_an_undone_no_show_gets_its_seat_back_if_it_is_free(town, clock):
    slot = town.slot()
    booked = await town.books(await town.person("sri"), slot)
    clock.now = slot.starts_at + timedelta(minutes=30)
    await town.marks(booked, MISSED)
    assert await town.free(slot) == 1
    assert await told(town, reminders.MISSED) == 1
    await undoes(town, booked)
    assert await town.free(slot) == 0
    assert await told(town, reminders.MISSED) == 0
    await town.marks(booked, MISSED)
    await town.store.write(
        lambda db: attendance.walk_in(
            db, slot=slot, seats=1, service=SERVICE, code=TicketCode("ABC234"), by="staff:1"
        )
    )
    assert (await undoes(town, booked)).state is BOOKED
    assert await town.free(slot) == 0


async def test_served_and_undone_asks_nobody_to_rate(town):
    booked = await town.books(await town.person("sri"), town.slot())
    serve = lambda db: visits.mark_served(db, code=booked.code, by="staff:1", rules=town.office.rating)  # noqa: E731
    await town.store.write(serve)
    assert await told(town, invitations.CONVERSATION) > 0
    await undoes(town, booked)
    assert await told(town, invitations.CONVERSATION) == 0
    await town.store.write(serve)
    assert await told(town, invitations.CONVERSATION) > 0


async def test_a_walk_in_waits_at_once_and_its_undo_frees_the_seat(town, clock):
    slot = town.slot(days=1)
    clock.now = slot.starts_at
    code = await town.store.write(
        lambda db: attendance.walk_in(
            db, slot=slot, seats=1, service=SERVICE, code=TicketCode("ABC234"), by="staff:1"
        )
    )
    line = await town.store.read(lambda db: attendance.line_of(db, code=code))
    assert (line.state, line.arrived_at) == (ARRIVED, clock())
    await town.store.write(lambda db: visits.undo(db, code=code, by="staff:1", rules=town.office))
    assert await town.free(slot) == 1


async def test_a_day_leaves_unticked_appointments_open_and_they_block_nothing(town, clock):
    people = await town.people(5)
    slot = town.slot(days=1, seats=5)
    booked = [await town.books(one, slot) for one in people]
    clock.now = slot.starts_at
    for at, steps in ((1, [ARRIVED]), (2, [ARRIVED, CALLED]), (3, [SERVED]), (4, [MISSED])):
        for step in steps:
            await town.marks(booked[at], step)
    await settles(town)
    assert await state(town, booked[0]) is BOOKED, "its day is not over"
    clock.move(hours=24)
    await settles(town)
    assert [await state(town, one) for one in booked] == [OPEN, OPEN, OPEN, SERVED, MISSED]
    assert await told(town, invitations.CONVERSATION) == 0
    await town.books(people[0], town.slot(days=2))
    with pytest.raises(AlreadyBooked):
        await town.marks(booked[0], ARRIVED)
    assert await state(town, booked[0]) is OPEN
    assert (await town.marks(booked[0], SERVED)).state is SERVED
    assert (await town.marks(booked[1], MISSED)).state is MISSED


async def test_a_ticket_of_another_day_is_settled_after_its_use(town, clock):
    booked = await town.books(await town.person("sri"), town.slot(days=5))
    await town.marks(booked, ARRIVED)
    await settles(town)
    assert await state(town, booked) is ARRIVED
    clock.move(hours=24)
    await settles(town)
    assert await state(town, booked) is OPEN


async def test_somebody_who_waits_may_not_book_again_but_leave(town):
    sri = await town.person("sri")
    booked = await town.books(sri, town.slot(days=1))
    await town.marks(booked, ARRIVED)
    with pytest.raises(AlreadyBooked):
        await town.books(sri, town.slot(days=2))
    assert (await town.cancels(booked)).state is BookingState.CANCELLED
    with pytest.raises(BookingOver):
        await undoes(town, booked)


async def calls(town: Counter, **more: int) -> TicketCode | None:
    called = await town.store.write(
        lambda db: queue.call_next(db, point="sooko", office=town.office, by="staff:1", **more)
    )
    return called and called.booking.code


async def test_people_are_called_by_time_and_officers_at_once_call_different_ones(town, clock):
    people = await town.people(3)
    nine, ten = town.slot(days=1, seats=2), town.slot(days=1, hour=10)
    late = await town.books(people[0], ten)
    second, first = await town.books(people[1], nine), await town.books(people[2], nine)
    clock.now = nine.starts_at - timedelta(minutes=20)
    for one in (late, first, second):
        clock.move(minutes=1)
        await town.marks(one, ARRIVED)
    ahead = lambda db: queue.ahead_of(db, booking=late.id, point="sooko", office=town.office)  # noqa: E731
    assert await town.store.read(ahead) == 2
    called = await asyncio.gather(calls(town, desk=1), calls(town, desk=2))
    assert set(called) == {first.code, second.code}
    assert await town.store.read(ahead) == 0
    assert await calls(town) == late.code
    assert await calls(town) is None
    assert await town.store.read(ahead) is None
    room = await town.store.read(lambda db: queue.room(db, point="sooko", office=town.office))
    assert {one.desk for one in room.called} == {1, 2, None}


async def test_a_called_resident_is_told_unless_it_was_a_slip(town):
    booked = await town.books(await town.person("sri"), town.slot())
    await town.marks(booked, ARRIVED)
    await town.marks(booked, CALLED)
    assert await told(town, reminders.CALLED) == 1
    await undoes(town, booked)
    assert await told(town, reminders.CALLED) == 0


async def test_a_walk_in_is_called_between_appointments(town, clock):
    town.office = replace(town.office, booking=replace(town.office.booking, walk_in_every=2))
    people, slot = await town.people(4), town.slot(days=1, seats=6)
    booked = [await town.books(one, slot) for one in people]
    clock.now = slot.starts_at
    walked = await town.store.write(
        lambda db: attendance.walk_in(
            db, slot=slot, seats=6, service=SERVICE, code=TicketCode("ABC234"), by="staff:1"
        )
    )
    for one in booked:
        clock.move(minutes=1)
        await town.marks(one, ARRIVED)
    order = [await calls(town) for _ in range(5) if clock.move(seconds=1) is None]
    codes = [one.code for one in booked]
    assert order == [*codes[:2], walked, *codes[2:]]


async def test_a_called_ticket_of_another_day_counts_as_the_one_between_appointments(town, clock):
    town.office = replace(town.office, booking=replace(town.office.booking, walk_in_every=1))
    people, slot, later = await town.people(4), town.slot(days=1, seats=6), town.slot(days=2, seats=6)
    booked = [await town.books(one, slot) for one in people[:2]]
    others = [await town.books(one, later) for one in people[2:]]
    clock.now = slot.starts_at
    for one in (*booked, *others):
        clock.move(minutes=1)
        await town.marks(one, ARRIVED)
    order = [await calls(town) for _ in range(4) if clock.move(seconds=1) is None]
    assert order == [one.code for one in (booked[0], others[0], booked[1], others[1])]


async def test_a_no_show_who_has_booked_again_is_not_undone(town, clock):
    sri = await town.person("sri")
    slot = town.slot()
    missed = await town.books(sri, slot)
    clock.now = slot.starts_at + timedelta(minutes=30)
    await town.marks(missed, MISSED)
    again = await town.books(sri, town.slot(days=1))
    with pytest.raises(BookingOver):
        await undoes(town, missed)
    assert (await state(town, missed), await state(town, again)) == (MISSED, BOOKED)
    assert await told(town, reminders.MISSED) == 1, "what was planned stays"


async def test_a_visit_that_is_being_rated_stays_served(town):
    sri = await town.person("sri")
    booked = await town.books(sri, town.slot())
    await town.store.write(
        lambda db: visits.mark_served(db, code=booked.code, by="staff:1", rules=town.office.rating)
    )
    asked = await town.store.read(lambda db: invitations.find(db, chat=sri.chat))
    assert await town.store.write(
        lambda db: invitations.start(db, chat=sri.chat, token=asked.token, channel="web")
    )
    with pytest.raises(BookingOver):
        await undoes(town, booked)
    assert await state(town, booked) is SERVED


async def test_people_who_leave_while_they_are_called_are_passed_over(town, clock):
    people, slot = await town.people(6), town.slot(days=1, seats=6)
    booked = [await town.books(one, slot) for one in people]
    clock.now = slot.starts_at
    for one in booked:
        clock.move(seconds=1)
        await town.marks(one, ARRIVED)
    leaving, staying = booked[:3], {one.code for one in booked[3:]}
    *_, first, second = await asyncio.gather(
        *(town.cancels(one) for one in leaving), calls(town, desk=1), calls(town, desk=2)
    )
    assert first != second
    room = await town.store.read(lambda db: queue.room(db, point="sooko", office=town.office))
    assert {one.code for one in (*room.waiting, *room.called)} == staying
