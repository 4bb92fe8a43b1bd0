"""A booking belongs to the applicant and outlives chats that leave or merge."""

import pytest
from sqlalchemy import select

from storage.appointments import bookings, reminders
from storage.keeping.chat_merge import merge
from storage.keeping.erasure import erase
from storage.people import chats
from storage.schema import bookings as booking_rows
from storage.schema import seats as seat_rows
from storage.schema import waiting as waiting_rows
from tests.storage.appointments.town import SERVICE, Counter, Person


@pytest.fixture
def counter(store, clock) -> Counter:
    return Counter(store, clock)


async def another_chat_of(counter: Counter, person: Person) -> Person:
    met = await counter.store.write(
        lambda db: chats.meet(db, channel="telegram", account="loket", address="77", language="id")
    )
    return Person(chat=met.id, applicant=person.applicant)


async def test_two_chats_that_are_one_persons_bring_their_appointments_along(counter):
    sri = await counter.person("sri")
    phone = await another_chat_of(counter, sri)
    booked = await counter.books(phone, counter.slot())
    held = await counter.holds(phone, counter.slot(hour=10), service="kia")
    await counter.waits(phone, service="ikd")
    await counter.store.write(lambda db: merge(db, sri.chat, phone.chat))
    mine = await counter.store.read(lambda db: bookings.bookings_of_chat(db, chat=sri.chat))
    assert mine == [booked]
    planned = await counter.store.read(lambda db: reminders.planned(db, booking=booked.id, chat=sri.chat))
    assert len(planned) == 2
    await counter.confirms(sri, held)
    (waiter,) = await counter.rows(select(waiting_rows.c.chat_id))
    assert waiter.chat_id == sri.chat


async def test_an_erased_chat_leaves_its_appointment_with_the_office_under_its_code(counter):
    sri = await counter.person("sri")
    booked = await counter.books(sri, counter.slot())
    await counter.store.write(lambda db: erase(db, chat=sri.chat))
    (row,) = await counter.rows(select(booking_rows.c.code, booking_rows.c.chat_id, booking_rows.c.state))
    assert tuple(row) == (booked.code.text, None, "booked")
    (seat,) = await counter.rows(select(seat_rows.c.state, seat_rows.c.chat_id))
    assert tuple(seat) == ("booked", None)
    found = await counter.store.read(
        lambda db: bookings.active_booking(db, applicant=sri.applicant, service=SERVICE)
    )
    assert found == booked
    again = await another_chat_of(counter, sri)
    moved = await counter.moves(again, booked, counter.slot(hour=11))
    planned = await counter.store.read(lambda db: reminders.planned(db, booking=moved.id, chat=again.chat))
    assert len(planned) == 2, "the chat that moved it is reminded from now on"


async def test_the_one_appointment_is_given_whatever_chat_asks(counter):
    sri = await counter.person("sri")
    booked = await counter.books(sri, counter.slot())
    phone = await another_chat_of(counter, sri)
    found = await counter.store.read(
        lambda db: bookings.active_booking(db, applicant=phone.applicant, service=SERVICE)
    )
    assert found == booked
