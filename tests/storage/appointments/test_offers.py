"""The waiting list: a freed seat is offered to one person for a while, then passed on (B7)."""

import asyncio
from datetime import UTC, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from domain.appointments.booking import BookingState
from domain.appointments.closures import Closure
from domain.refusals.appointments import OfferOver, SlotFull
from storage.appointments import bookings, closures, offers, waiting
from storage.people import chats
from storage.schema import errands, seats
from storage.schema import offers as offer_rows
from tests.storage.appointments.town import HELD_FOR, SERVICE, Counter


@pytest.fixture
def counter(store, clock) -> Counter:
    return Counter(store, clock)


async def offered_to(counter: Counter) -> list[int]:
    """The chats that have a live offer."""
    rows = await counter.rows(
        select(errands.c.chat_id)
        .join(offer_rows, errands.c.argument == offer_rows.c.id.cast(errands.c.argument.type))
        .where(errands.c.conversation == "offer", offer_rows.c.state == "open")
    )
    return [row.chat_id for row in rows]


async def live_offer(counter: Counter) -> int:
    (row,) = await counter.rows(select(offer_rows.c.id).where(offer_rows.c.state == "open"))
    return row.id


async def accepts(counter: Counter, person, offer: int):
    until = counter.clock() + HELD_FOR
    return await counter.store.write(lambda db: offers.accept(db, offer=offer, chat=person.chat, until=until))


async def full_with_two_waiting(counter: Counter):
    sri, budi, tono = await counter.people(3)
    slot = counter.slot()
    booked = await counter.books(sri, slot)
    assert await counter.waits(budi) == 1
    counter.clock.move(seconds=1)
    assert await counter.waits(tono) == 2
    return booked, slot, budi, tono


async def test_moments_of_a_seat_passed_on_again_stay_moments(counter):
    """The second run of a constant statement takes another way to the driver (storage/engines/statements.py)."""
    booked, *_ = await full_with_two_waiting(counter)
    await counter.cancels(booked)
    for _ in range(2):
        await counter.chores()
        counter.clock.move(minutes=10)
        assert await counter.store.write(partial(offers.decline, offer=await live_offer(counter)))
    assert {row.until.tzinfo for row in await counter.rows(select(seats.c.until))} == {UTC}


async def test_the_head_of_the_line_alone_is_asked_and_takes_the_seat(counter):
    booked, slot, budi, tono = await full_with_two_waiting(counter)
    await counter.cancels(booked)
    await counter.chores()
    assert await offered_to(counter) == [budi.chat]
    with pytest.raises(SlotFull):
        await counter.holds(tono, slot)
    hold = await accepts(counter, budi, await live_offer(counter))
    taken = await counter.confirms(budi, hold)
    assert (taken.starts_at, taken.applicant) == (slot.starts_at, budi.applicant)
    place = await counter.store.read(
        lambda db: waiting.place_in_line(db, applicant=budi.applicant, service=SERVICE)
    )
    assert place is None, "who has an appointment does not wait"
    await counter.chores()
    assert await offered_to(counter) == []


async def test_an_unanswered_offer_moves_the_person_to_the_end(counter, clock):
    booked, slot, budi, tono = await full_with_two_waiting(counter)
    await counter.cancels(booked, rests=timedelta(0))
    await counter.cancels(await rebook(counter, slot))
    await counter.chores()
    first = await live_offer(counter)
    clock.move(seconds=counter.rules.offer_seconds)
    with pytest.raises(OfferOver):
        await accepts(counter, budi, first)
    await counter.chores()
    assert await offered_to(counter) == [tono.chat]
    place = await counter.store.read(
        lambda db: waiting.place_in_line(db, applicant=budi.applicant, service=SERVICE)
    )
    assert place == 2


async def rebook(counter: Counter, slot):
    return await counter.books(await counter.person("wati"), slot)


async def test_no_passes_the_seat_on_at_once_and_then_to_everybody(counter, clock):
    booked, slot, budi, tono = await full_with_two_waiting(counter)
    await counter.cancels(booked)
    await counter.chores()
    for person in (budi, tono):
        assert await offered_to(counter) == [person.chat]
        offer = await live_offer(counter)
        assert await counter.store.write(lambda db, o=offer: offers.decline(db, offer=o))
        assert not await counter.store.write(lambda db, o=offer: offers.decline(db, offer=o))
        await counter.chores()
    assert await offered_to(counter) == []
    wati = await counter.person("wati")
    with pytest.raises(SlotFull):
        await counter.holds(wati, slot)
    clock.move(minutes=30)
    await counter.chores()
    await counter.books(wati, slot)


async def test_an_offer_moves_the_appointment_of_who_has_one(counter):
    sri, budi = await counter.people(2)
    early, late = counter.slot(hour=9), counter.slot(hour=14)
    booked, has_late = await counter.books(sri, early), await counter.books(budi, late)
    await counter.waits(budi)
    await counter.cancels(booked)
    await counter.chores()
    hold = await accepts(counter, budi, await live_offer(counter))
    moved = await counter.store.write(
        lambda db: bookings.move(db, booking=has_late.id, to_hold=hold.id, office=counter.office)
    )
    assert (moved.starts_at, moved.code) == (early.starts_at, has_late.code)


async def test_nobody_is_asked_at_night_and_the_seat_waits_for_the_morning(counter, clock):
    booked, slot, budi, _tono = await full_with_two_waiting(counter)
    clock.move(hours=13)  # 22.00
    await counter.cancels(booked)
    await counter.chores()
    assert await offered_to(counter) == []
    clock.move(hours=7)  # 05.00
    assert await counter.free(slot) == 0
    await counter.chores()
    clock.move(hours=1, seconds=1)
    await counter.chores()
    assert await offered_to(counter) == [budi.chat]


async def test_stopped_chats_get_no_offers(counter):
    booked, _slot, budi, tono = await full_with_two_waiting(counter)
    await counter.store.write(lambda db: chats.stop(db, chat=budi.chat, why="resident"))
    await counter.cancels(booked)
    await counter.chores()
    assert await offered_to(counter) == [tono.chat]


async def test_booking_elsewhere_ends_an_open_offer(counter):
    booked, _slot, budi, tono = await full_with_two_waiting(counter)
    await counter.cancels(booked)
    await counter.chores()
    assert await offered_to(counter) == [budi.chat]
    await counter.books(budi, counter.slot(hour=13))
    await counter.chores()
    assert await offered_to(counter) == [tono.chat]


async def test_one_person_has_one_offer_at_a_time(counter):
    sri, wati, budi = await counter.people(3)
    first = await counter.books(sri, counter.slot(hour=9))
    second = await counter.books(wati, counter.slot(hour=10))
    await counter.waits(budi)
    await counter.cancels(first)
    await counter.cancels(second)
    await counter.chores()
    assert await offered_to(counter) == [budi.chat]
    await counter.chores()
    assert await offered_to(counter) == [budi.chat]


async def test_asking_twice_keeps_the_place(counter, clock):
    _booked, _slot, budi, tono = await full_with_two_waiting(counter)
    clock.move(minutes=1)
    assert await counter.waits(budi) == 1
    assert await counter.waits(tono) == 2
    assert await counter.store.write(lambda db: waiting.leave(db, applicant=budi.applicant, service=SERVICE))
    assert await counter.waits(tono) == 1


async def test_a_person_waits_at_one_point_only_at_its_end(counter, clock):
    _booked, _slot, budi, tono = await full_with_two_waiting(counter)
    wati = await counter.person("wati")
    assert await counter.waits(wati, point="mpp") == 1
    clock.move(minutes=1)
    assert await counter.waits(budi, point="mpp") == 2
    assert await counter.waits(tono) == 1


async def test_the_seat_of_a_no_show_is_free_for_walk_ins(counter, clock):
    booked, slot, _budi, _tono = await full_with_two_waiting(counter)
    clock.now = slot.starts_at + timedelta(minutes=31)
    await counter.marks(booked, BookingState.NO_SHOW)
    await counter.chores()
    assert await offered_to(counter) == []


async def test_an_unsent_offer_does_not_count_as_silence(counter, clock):
    booked, _slot, budi, tono = await full_with_two_waiting(counter)
    await counter.cancels(booked)
    await counter.chores(told=False)
    assert await offered_to(counter) == [budi.chat]
    clock.move(seconds=counter.rules.offer_seconds)
    await counter.chores()
    assert await offered_to(counter) == [tono.chat]
    place = await counter.store.read(
        lambda db: waiting.place_in_line(db, applicant=budi.applicant, service=SERVICE)
    )
    assert place == 1


async def test_an_offered_time_that_the_office_closes_is_not_taken(counter):
    booked, slot, budi, _tono = await full_with_two_waiting(counter)
    await counter.cancels(booked)
    await counter.chores()
    offer = await live_offer(counter)
    assert (
        await counter.store.read(lambda db: offers.offer_now(db, offer=offer))
    ).starts_at == slot.starts_at
    day = Closure(day=counter.office.local(slot.starts_at).date())
    await counter.store.write(
        lambda db: closures.close(db, closure=day, zone=counter.office.timezone, by="staff:1")
    )
    with pytest.raises(OfferOver):
        await accepts(counter, budi, offer)
    held = await counter.rows(select(seats.c.id).where(seats.c.state == "held"))
    assert held == [], "nothing is left of the attempt"


async def test_an_answered_offer_is_not_shown_again(counter):
    booked, _slot, _budi, _tono = await full_with_two_waiting(counter)
    await counter.cancels(booked)
    await counter.chores()
    offer = await live_offer(counter)
    assert await counter.store.write(partial(offers.decline, offer=offer))
    assert await counter.store.read(partial(offers.offer_now, offer=offer)) is None


async def test_two_processes_offer_a_freed_seat_once(counter):
    booked, _slot, budi, _tono = await full_with_two_waiting(counter)
    await counter.cancels(booked)
    await asyncio.gather(*(counter.chores() for _ in range(4)))
    assert await offered_to(counter) == [budi.chat]
