"""Closed times: nothing is booked there, and nobody's appointment is lost by it (B5)."""

from dataclasses import replace
from datetime import time

import pytest
from sqlalchemy import select

from domain.appointments.booking import BookingState
from domain.appointments.closures import Closure
from domain.refusals.appointments import SlotGone
from storage.appointments import bookings, closures, reminders
from storage.keeping.erasure_shared import erase_rows
from storage.schema import applications, errands
from storage.schema import bookings as booking_rows
from tests.storage.appointments.town import Counter
from tests.storage.rows import application


@pytest.fixture
def counter(store, clock) -> Counter:
    return Counter(store, clock)


def morning(counter: Counter, slot, **more) -> Closure:
    day = counter.office.local(slot.starts_at).date()
    return Closure(day=day, starts=time(8), ends=time(10), point="sooko", reason="Listrik padam", **more)


async def closes(counter: Counter, closure: Closure):
    return await counter.store.write(
        lambda db: closures.close(db, closure=closure, zone=counter.office.timezone, by="staff:1")
    )


async def asked(counter: Counter) -> list[int]:
    rows = await counter.rows(
        select(errands.c.chat_id)
        .where(errands.c.conversation == reminders.REBOOK)
        .order_by(errands.c.chat_id)
    )
    return [row.chat_id for row in rows]


async def test_a_preview_lists_who_is_affected_and_closes_nothing(counter):
    sri, budi, tono = await counter.people(3)
    slot = counter.slot(seats=3)
    await counter.books(sri, slot)
    await counter.books(budi, counter.slot(hour=10))
    await counter.books(tono, counter.slot(point="mpp"))
    closure = morning(counter, slot)
    listed = await counter.store.read(
        lambda db: closures.preview(db, closure=closure, zone=counter.office.timezone)
    )
    assert [one.applicant for one in listed] == [sri.applicant]
    assert await counter.store.read(closures.closed_times) == []
    assert await counter.free(slot) == 2


async def test_residents_of_a_closed_time_are_asked_once_each(counter):
    people = await counter.people(3)
    slot = counter.slot(seats=4)
    booked = [await counter.books(person, slot) for person in people[:2]]
    closure = morning(counter, slot)
    assert {one.id for one in await closes(counter, closure)} == {one.id for one in booked}
    assert await counter.store.read(closures.closed_times) == [closure]
    assert await counter.free(slot) == 0
    with pytest.raises(SlotGone):
        await counter.holds(people[2], slot)
    assert await asked(counter) == sorted(person.chat for person in people[:2])
    assert not await counter.store.write(lambda db: closures.run_due(db, counter.office))
    assert len(await asked(counter)) == 2


async def test_nobody_is_silently_cancelled_and_who_has_not_answered_is_listed(counter):
    sri, budi, tono = await counter.people(3)
    slot = counter.slot(seats=3)
    first, second, third = [await counter.books(one, slot) for one in (sri, budi, tono)]
    await closes(counter, morning(counter, slot))
    moved = await counter.moves(sri, first, counter.slot(hour=11))
    assert moved.moves == 0, "who is asked to move has not moved on their own"
    await counter.cancels(second)
    left = await counter.store.read(closures.unanswered)
    assert [one.id for one in left] == [third.id]
    assert left[0].state is BookingState.BOOKED
    assert await counter.store.read(lambda db: closures.is_to_move(db, booking=third.id))
    assert not await counter.store.read(lambda db: closures.is_to_move(db, booking=first.id))
    assert await asked(counter) == [tono.chat], "who has answered is not asked any more"


async def test_opening_again_lets_the_appointment_stand(counter):
    sri = await counter.person("sri")
    slot = counter.slot(seats=2)
    booked = await counter.books(sri, slot)
    closure = morning(counter, slot)
    await closes(counter, closure)
    whole_day = Closure(day=closure.day)
    opened = await counter.store.write(
        lambda db: closures.open_again(db, closure=whole_day, zone=counter.office.timezone, by="staff:1")
    )
    assert opened == 1
    assert await counter.free(slot) == 1
    assert await asked(counter) == []
    assert await counter.store.read(closures.unanswered) == []
    assert await counter.store.read(lambda db: bookings.booking_now(db, booking=booked.id)) == booked


async def test_a_hold_confirmed_in_a_closed_time_is_asked_to_move(counter):
    sri = await counter.person("sri")
    slot = counter.slot()
    hold = await counter.holds(sri, slot)
    await closes(counter, morning(counter, slot))
    await counter.confirms(sri, hold)
    await counter.store.write(lambda db: closures.run_due(db, counter.office))
    assert await asked(counter) == [sri.chat]


async def test_every_point_is_closed_by_a_closure_without_one(counter):
    slot = counter.slot(point="jetis")
    await closes(counter, Closure(day=counter.office.local(slot.starts_at).date()))
    assert await counter.free(slot) == 0
    assert len(await counter.rows(select(booking_rows.c.id))) == 0


async def test_an_appointment_whose_chat_was_erased_is_listed_for_a_call(counter):
    """The resident erased it from a shared device; the office still knows the number to call."""
    number = await counter.store.write(application)
    (found,) = await counter.rows(select(applications.c.applicant_id))
    sri = replace(await counter.person("sri"), applicant=found.applicant_id)
    slot = counter.slot()
    booked = await counter.books(sri, slot)
    await counter.store.write(lambda db: erase_rows(db, chat=sri.chat, covered=[number]))
    closure = morning(counter, slot)
    await closes(counter, closure)
    assert await asked(counter) == []
    assert [one.id for one in await counter.store.read(closures.unanswered)] == [booked.id]
    zone = counter.office.timezone
    await counter.store.write(lambda db: closures.open_again(db, closure=closure, zone=zone, by="staff:1"))
    assert await counter.store.read(closures.unanswered) == []
