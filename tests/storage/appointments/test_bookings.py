"""Appointments: what a resident may rely on when they hold, confirm, move and cancel one."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from domain.appointments.booking import BookingState
from domain.refusals.appointments import AlreadyBooked, BookingOver, HoldExpired, SlotFull, SlotGone
from storage.appointments import bookings, reminders, seats, undo
from storage.schema import booking_history
from storage.schema import bookings as booking_rows
from tests.storage.appointments.town import Counter


@pytest.fixture
def counter(store, clock) -> Counter:
    return Counter(store, clock)


async def test_a_held_seat_is_nobody_elses_until_the_hold_is_over(counter, clock):
    sri, budi = await counter.people(2)
    slot = counter.slot()
    await counter.holds(sri, slot)
    assert await counter.free(slot) == 0
    with pytest.raises(SlotFull):
        await counter.holds(budi, slot)
    clock.move(minutes=5)
    assert await counter.free(slot) == 1
    await counter.holds(budi, slot)


async def test_an_expired_hold_is_not_confirmed_even_if_the_seat_is_free(counter, clock):
    sri = await counter.person("sri")
    hold = await counter.holds(sri, counter.slot())
    clock.move(minutes=5)
    with pytest.raises(HoldExpired):
        await counter.confirms(sri, hold)
    again = await counter.holds(sri, counter.slot())
    assert (await counter.confirms(sri, again)).state is BookingState.BOOKED


async def test_confirmed_twice_it_is_one_booking_with_one_ticket(counter):
    sri = await counter.person("sri")
    hold = await counter.holds(sri, counter.slot())
    first = await counter.confirms(sri, hold, code="ABC234")
    second = await counter.confirms(sri, hold, code="XYZ789")
    assert first == second
    assert first.code.text == "ABC234"
    assert len(await counter.rows(select(booking_rows.c.id))) == 1


async def test_the_same_time_asked_for_again_keeps_the_seat_and_its_hold(counter, clock):
    sri = await counter.person("sri")
    slot = counter.slot()
    first = await counter.holds(sri, slot)
    clock.move(minutes=4)
    again = await counter.holds(sri, slot)
    assert again.id == first.id
    assert again.until > first.until
    clock.move(minutes=4)
    await counter.confirms(sri, first)


async def test_a_person_holds_one_time_of_a_service(counter):
    sri = await counter.person("sri")
    early, late = counter.slot(hour=9), counter.slot(hour=10)
    first = await counter.holds(sri, early)
    await counter.holds(sri, late)
    assert await counter.free(early) == 1
    with pytest.raises(HoldExpired):
        await counter.confirms(sri, first)


async def test_a_full_time_leaves_the_earlier_hold_alone(counter):
    sri, budi = await counter.people(2)
    early, late = counter.slot(hour=9), counter.slot(hour=10)
    first = await counter.holds(sri, early)
    await counter.books(budi, late)
    with pytest.raises(SlotFull):
        await counter.holds(sri, late)
    await counter.confirms(sri, first)


async def test_a_second_booking_of_a_service_shows_the_first(counter):
    sri = await counter.person("sri")
    booked = await counter.books(sri, counter.slot(hour=9))
    hold = await counter.holds(sri, counter.slot(hour=10))
    with pytest.raises(AlreadyBooked):
        await counter.confirms(sri, hold)
    found = await counter.store.read(
        lambda db: bookings.active_booking(db, applicant=sri.applicant, service=booked.service)
    )
    assert found == booked
    await counter.books(sri, counter.slot(hour=11), service="kia")


async def test_a_ticket_code_that_is_taken_is_drawn_anew(counter):
    sri, budi = await counter.people(2)
    slot = counter.slot(seats=2)
    first = await counter.confirms(sri, await counter.holds(sri, slot), code="ABC234")
    second = await counter.confirms(budi, await counter.holds(budi, slot), code="ABC234")
    assert first.code.text == "ABC234"
    assert second.code != first.code


async def test_moving_keeps_the_ticket_and_frees_the_old_seat_only_then(counter, clock):
    sri, budi = await counter.people(2)
    early, late = counter.slot(hour=9), counter.slot(hour=10)
    booked = await counter.books(sri, early)
    hold = await counter.holds(sri, late)
    with pytest.raises(SlotFull):
        await counter.holds(budi, early)
    moved = await counter.store.write(
        lambda db: bookings.move(db, booking=booked.id, to_hold=hold.id, office=counter.office)
    )
    assert (moved.code, moved.starts_at) == (booked.code, late.starts_at)
    assert (moved.sequence, moved.moves) == (1, 1)
    assert await counter.free(early) == 0, "it rests, so that nobody trades it"
    clock.move(seconds=counter.rules.reopen_seconds[1] + 1)
    assert await counter.free(early) == 1
    again = await counter.store.write(
        lambda db: bookings.move(db, booking=booked.id, to_hold=hold.id, office=counter.office)
    )
    assert again == moved, "a double tap moves once"


async def test_moving_to_a_hold_that_ran_out_keeps_the_old_seat(counter, clock):
    sri, budi = await counter.people(2)
    early = counter.slot(hour=9)
    booked = await counter.books(sri, early)
    hold = await counter.holds(sri, counter.slot(hour=10))
    clock.move(minutes=5)
    with pytest.raises(HoldExpired):
        await counter.store.write(
            lambda db: bookings.move(db, booking=booked.id, to_hold=hold.id, office=counter.office)
        )
    with pytest.raises(SlotFull):
        await counter.holds(budi, early)


async def test_a_cancelled_appointment_is_not_moved(counter):
    sri = await counter.person("sri")
    booked = await counter.books(sri, counter.slot(hour=9))
    hold = await counter.holds(sri, counter.slot(hour=10))
    await counter.cancels(booked)
    with pytest.raises(BookingOver):
        await counter.store.write(
            lambda db: bookings.move(db, booking=booked.id, to_hold=hold.id, office=counter.office)
        )


async def test_a_cancelled_seat_rests_before_it_reopens(counter, clock):
    sri, budi = await counter.people(2)
    slot = counter.slot()
    booked = await counter.books(sri, slot)
    assert (await counter.cancels(booked)).state is BookingState.CANCELLED
    with pytest.raises(SlotFull):
        await counter.holds(budi, slot)
    clock.move(minutes=20)
    await counter.books(budi, slot)
    with pytest.raises(BookingOver):
        await counter.cancels(booked)


async def test_reminders_are_planned_once_move_along_and_go_with_the_booking(counter, clock):
    sri = await counter.person("sri")

    async def planned(booking) -> list[str]:
        return await counter.store.read(lambda db: reminders.planned(db, booking=booking.id, chat=sri.chat))

    booked = await counter.books(sri, counter.slot(hour=9))
    assert await planned(booked) == [f"{booked.id}:120:0", f"{booked.id}:1440:0"]
    moved = await counter.moves(sri, booked, counter.slot(days=1, hour=8))
    assert await planned(moved) == [f"{booked.id}:120:1"], "a day before is over already"
    await counter.cancels(moved)
    assert await planned(moved) == []


async def test_every_step_has_its_line_of_history(counter):
    sri = await counter.person("sri")
    booked = await counter.books(sri, counter.slot())
    await counter.marks(await counter.moves(sri, booked, counter.slot(hour=11)), BookingState.SERVED)
    lines = await counter.rows(
        select(booking_history.c.state, booking_history.c.by).order_by(booking_history.c.id)
    )
    assert [tuple(line) for line in lines] == [
        ("booked", f"chat:{sri.chat}"),
        ("booked", f"chat:{sri.chat}"),
        ("served", "staff:1"),
    ]


async def test_a_served_person_may_book_again(counter):
    sri = await counter.person("sri")
    booked = await counter.books(sri, counter.slot())
    assert (await counter.marks(booked, BookingState.SERVED)).state is BookingState.SERVED
    assert (await counter.marks(booked, BookingState.SERVED)).state is BookingState.SERVED
    await counter.books(sri, counter.slot(hour=11))


async def test_a_no_show_is_asked_to_rebook_and_may_still_be_served(counter):
    sri = await counter.person("sri")
    booked = await counter.books(sri, counter.slot())
    await counter.marks(booked, BookingState.NO_SHOW)
    missed, cancelled = await counter.store.read(
        lambda db: bookings.history_of(db, applicant=sri.applicant, since=db.now - timedelta(days=1))
    )
    assert missed == [booked.starts_at]
    assert cancelled == []
    assert (await counter.marks(booked, BookingState.SERVED)).state is BookingState.SERVED


async def test_a_time_that_has_begun_is_gone(counter, clock):
    sri = await counter.person("sri")
    slot = counter.slot(days=0, hour=9)
    with pytest.raises(SlotGone):
        await counter.holds(sri, slot)


async def test_seats_that_are_over_are_dropped_and_booked_ones_stay(counter, clock):
    sri, budi = await counter.people(2)
    slot = counter.slot(seats=2)
    await counter.books(sri, slot)
    await counter.holds(budi, slot)
    clock.move(minutes=7)
    await counter.store.write(lambda db: seats.run_due(db, counter.office))
    assert [row[0] for row in await counter.rows(select(func.count()).select_from(seats.seats))] == [1]
    assert await counter.free(slot) == 1


async def test_a_hold_confirmed_in_several_turns_at_once_is_one_booking(counter):
    sri = await counter.person("sri")
    hold = await counter.holds(sri, counter.slot())
    booked = await asyncio.gather(*(counter.confirms(sri, hold) for _ in range(5)))
    assert len({one.code for one in booked}) == 1
    assert len(await counter.rows(select(booking_rows.c.id))) == 1
    assert len(await counter.rows(select(booking_history.c.id))) == 1


async def test_a_cancellation_is_not_taken_back_once_its_seat_is_anothers(counter):
    sri, budi = await counter.people(2)
    slot = counter.slot()
    booked = await counter.books(sri, slot)
    await counter.cancels(booked, rests=timedelta(0))
    await counter.store.write(lambda db: undo.allow(db, booking=booked.id))
    await counter.books(budi, slot)
    with pytest.raises(BookingOver):
        await counter.store.write(
            lambda db: undo.restore(db, booking=booked.id, chat=sri.chat, office=counter.office)
        )
    left = await counter.store.read(lambda db: bookings.booking_now(db, booking=booked.id))
    assert left.state is BookingState.CANCELLED
