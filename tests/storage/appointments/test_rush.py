"""The first minute of a released day: many more residents than seats, through two stores on one database.

TORTURE_RUSHES says how often each rush is run (a few here, 200 under `make torture`).
"""

import asyncio
import os
from collections import Counter as Tally
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from domain.appointments.booking import TicketCode
from domain.appointments.dayplan import Slot
from domain.refusals.appointments import SlotFull
from storage.appointments import bookings, seats
from storage.people import chats
from storage.schema import bookings as booking_rows
from storage.schema import seats as seat_rows
from storage.session import Writing
from storage.store import Store
from tests.storage.appointments.town import Counter, Person, applicant

RUSHES = int(os.environ.get("TORTURE_RUSHES", "2"))
RESIDENTS, PLACES = 500, 50
TOGETHER = 60  # conversations that are answered at the same moment

pytestmark = [pytest.mark.torture, pytest.mark.timeout(120 + 20 * RUSHES)]


@pytest.fixture
async def second_store(store, database_url, vault, clock):
    opened = await Store.open(database_url, vault=vault, clock=clock)
    yield opened
    await opened.close()


async def crowd(store: Store) -> list[Person]:
    async def meet_some(db: Writing, first: int) -> list[Person]:
        met = []
        for number in range(first, first + 50):
            name = f"warga-{number}"
            chat = await chats.meet(db, channel="web", account="loket", address=name, language="id")
            met.append(Person(chat=chat.id, applicant=await applicant(db, name)))
        return met

    people = []
    for first in range(0, RESIDENTS, 50):
        people += await store.write(lambda db, first=first: meet_some(db, first))
    return people


async def deadlocks(store: Store) -> int:
    if store.dialect == "sqlite":
        return 0
    counted = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
    return await store.read(lambda db: db.scalar(counted))


class Rush:
    """Everybody wants the same time, and confirms at once what they got."""

    def __init__(self, counter: Counter, stores: list[Store], *, service: str) -> None:
        self.counter = counter
        self.stores = stores
        self.service = service
        self.outcomes: Tally[str] = Tally()
        self._together = asyncio.Semaphore(TOGETHER)

    async def of(self, people: list[Person], slot: Slot) -> Tally[str]:
        async with asyncio.TaskGroup() as tasks:
            for number, person in enumerate(people):
                tasks.create_task(self._asks(number, person, slot))
        return self.outcomes

    async def _asks(self, number: int, person: Person, slot: Slot) -> None:
        store = self.stores[number % len(self.stores)]
        async with self._together:
            try:
                await store.write(lambda db: self._books(db, number, person, slot))
            except SlotFull:
                self.outcomes["slot full"] += 1
            else:
                self.outcomes["booked"] += 1

    async def _books(self, db: Writing, number: int, person: Person, slot: Slot) -> None:
        until = db.now + timedelta(minutes=5)
        hold = await seats.hold_seat(
            db, chat=person.chat, applicant=person.applicant, service=self.service, slot=slot, until=until
        )
        await bookings.confirm(
            db,
            hold=hold.id,
            application=None,
            chat=person.chat,
            code=TicketCode.draw(number.to_bytes(8)),
            office=self.counter.office,
        )


async def test_five_hundred_want_fifty_places_and_exactly_fifty_get_one(store, second_store, clock):
    counter = Counter(store, clock)
    people = await crowd(store)
    before = await deadlocks(store)
    for run in range(RUSHES):
        slot = counter.slot(days=1 + run // 6, hour=8 + run % 6, seats=PLACES)
        service = f"rush-{run}"
        outcomes = await Rush(counter, [store, second_store], service=service).of(people, slot)
        assert outcomes == {"booked": PLACES, "slot full": RESIDENTS - PLACES}
        assert await counter.free(slot) == 0
        made = select(func.count()).where(booking_rows.c.service == service, booking_rows.c.state == "booked")
        assert await store.read(lambda db, q=made: db.scalar(q)) == PLACES
    taken = select(func.count()).where(seat_rows.c.state == "booked")
    assert await store.read(lambda db: db.scalar(taken)) == PLACES * RUSHES
    assert await deadlocks(store) == before
