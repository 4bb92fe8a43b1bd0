"""A small office with people who book: what the tests of seats, bookings and offers stand on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from domain.appointments.booking import Booking, BookingState, TicketCode
from domain.appointments.dayplan import Slot
from domain.appointments.seats import Hold
from domain.office.office import Office
from storage.appointments import bookings, counter, offers, seats, waiting
from storage.ids import new_id
from storage.people import chats
from storage.schema import applicants, errands
from storage.session import Writing
from storage.store import Store
from tests.support.clock import Clock
from tests.support.texts import THE_OFFICE

SERVICE = "ktp_baru"
HELD_FOR = timedelta(minutes=5)


@dataclass(frozen=True)
class Person:
    """One resident with one chat."""

    chat: int
    applicant: int


class Counter:
    """Speaks to storage as the conversation does: each deed in a transaction of its own."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self.office: Office = THE_OFFICE
        self._codes = 0

    @property
    def rules(self):
        return self.office.booking

    async def person(self, name: str) -> Person:
        async def meets(db: Writing) -> Person:
            chat = await chats.meet(db, channel="web", account="loket", address=name, language="id")
            return Person(chat=chat.id, applicant=await applicant(db, name))

        return await self.store.write(meets)

    async def people(self, count: int) -> list[Person]:
        return [await self.person(f"warga-{number}") for number in range(count)]

    def slot(self, *, days: int = 7, hour: int = 9, seats: int = 1, point: str = "sooko") -> Slot:
        begins = (self.office.local(self.clock()) + timedelta(days=days)).replace(
            hour=hour, minute=0, second=0, microsecond=0
        )
        return Slot(point, begins, begins + timedelta(minutes=30), seats)

    async def holds(self, person: Person, slot: Slot, *, service: str = SERVICE) -> Hold:
        until = self.clock() + HELD_FOR
        return await self.store.write(
            lambda db: seats.hold_seat(
                db, chat=person.chat, applicant=person.applicant, service=service, slot=slot, until=until
            )
        )

    async def confirms(self, person: Person, hold: Hold, *, code: str | None = None) -> Booking:
        code = code or self.next_code()
        return await self.store.write(
            lambda db: bookings.confirm(
                db,
                hold=hold.id,
                application=None,
                chat=person.chat,
                code=TicketCode(code),
                office=self.office,
            )
        )

    async def books(self, person: Person, slot: Slot, *, service: str = SERVICE) -> Booking:
        return await self.confirms(person, await self.holds(person, slot, service=service))

    async def moves(self, person: Person, booking: Booking, slot: Slot) -> Booking:
        hold = await self.holds(person, slot, service=booking.service)
        return await self.store.write(
            lambda db: bookings.move(db, booking=booking.id, to_hold=hold.id, office=self.office)
        )

    async def cancels(self, booking: Booking, *, rests: timedelta = timedelta(minutes=20)) -> Booking:
        reopen_at = self.clock() + rests
        return await self.store.write(
            lambda db: bookings.cancel(db, booking=booking.id, by="chat:1", reopen_at=reopen_at)
        )

    async def marks(self, booking: Booking, state: BookingState) -> Booking:
        marked = await self.store.write(
            lambda db: counter.mark(db, code=booking.code, state=state, by="staff:1")
        )
        return marked.booking

    async def waits(self, person: Person, *, point: str = "sooko", service: str = SERVICE) -> int:
        now = self.clock()
        return await self.store.write(
            lambda db: waiting.join(
                db,
                chat=person.chat,
                applicant=person.applicant,
                service=service,
                point=point,
                from_at=now,
                until_at=now + timedelta(days=30),
            )
        )

    async def chores(self, *, told: bool = True) -> None:
        """What the timers do until nothing is due; who has an offer is told of it."""
        while await self.store.write(lambda db: offers.run_due(db, self.office)):
            pass
        if told:
            asked = update(errands).where(errands.c.conversation == "offer", errands.c.outcome.is_(None))
            await self.store.write(
                lambda db: db.run(asked.values(outcome="begun", begun_at=db.now, until=db.now))
            )

    async def free(self, slot: Slot) -> int:
        return (await self.store.read(lambda db: seats.free_seats(db, point=slot.point, slots=[slot])))[slot]

    async def rows(self, statement: Any) -> Any:
        return await self.store.read(lambda db: db.rows(statement))

    def next_code(self) -> str:
        self._codes += 1
        return TicketCode.draw(self._codes.to_bytes(8)).text


async def applicant(db: Writing, name: str) -> int:
    row = new_id()
    sealed = {
        "nik": db.vault.seal(name, at=f"applicants.nik:{row}"),
        "nik_index": db.vault.index(name, of="nik"),
    }
    await db.run(applicants.insert(), {"id": row, **sealed, "created_at": db.now})
    return row


def at(moment: datetime, **step: float) -> datetime:
    return moment + timedelta(**step)
