"""One person's way to the counter, through the same steps as in the chat and at the console."""

from datetime import datetime, timedelta

from demo.life.people import Card, Life, MadeUpResident
from domain.appointments.booking import Booking, BookingState, TicketCode
from handlers.appointments import steps
from handlers.appointments.person_choice import Applying
from handlers.shared.calendar import CalendarSource
from storage.appointments import attendance, bookings, counter
from storage.cards import applications
from storage.people import consents
from storage.ratings import visits
from storage.session import Writing

_CODE_BYTES = 16
_ASKED = timedelta(days=1)


class Visit:
    """One ticket of a person, from the booking to the counter."""

    def __init__(self, life: Life, card: Card, resident: MadeUpResident) -> None:
        self._life, self._card, self._resident = life, card, resident
        self._code = TicketCode.draw(life.chance.randbytes(_CODE_BYTES))
        self._booking: Booking | None = None
        self._source = CalendarSource(life.office, lambda _day, _ahead: life.calendar.holidays)

    async def book(self, db: Writing, *, starts_at: datetime) -> None:
        """Book a time, as a resident does with /jadwal."""
        hold = await self._hold(db, starts_at)
        chat, office = await self._resident.chat(db), self._life.office
        self._booking = await bookings.confirm(
            db, hold=hold, application=self._card.id, chat=chat, code=self._code, office=office
        )
        await consents.give(db, chat=chat, kind=consents.REMINDERS, channel=self._resident.channel)

    async def move(self, db: Writing, *, starts_at: datetime) -> None:
        """Move to another time."""
        if self._booking is not None:
            await steps.check_move(db, booking=self._booking, office=self._life.office, asked=False)
            hold = await self._hold(db, starts_at)
            self._booking = await bookings.move(
                db, booking=self._booking.id, to_hold=hold, office=self._life.office
            )

    async def cancel(self, db: Writing) -> None:
        """Cancel it."""
        if self._booking is not None:
            chat = await self._resident.chat(db)
            await steps.cancel(db, booking=self._booking, chat=chat, office=self._life.office)
            self._booking = None

    async def promise(self, db: Writing) -> None:
        """Answer the reminder with [Hadir]."""
        if self._booking is not None:
            await attendance.is_coming(db, booking=self._booking.id)

    async def walk_in(self, db: Writing, *, by: str) -> None:
        """Come without an appointment."""
        person = await applications.of_application(db, application=self._card.id)
        times = self._life.calendar.walk_in_times(self._card.point, db.now)
        await attendance.walk_in(
            db,
            slot=times[0],
            seats=times[0].seats,
            service=self._card.service,
            code=self._code,
            by=by,
            applicant=person.id,
            application=self._card.id,
        )

    async def arrive(self, db: Writing, *, by: str) -> None:
        """Come to the counter."""
        await counter.mark(db, code=self._code, state=BookingState.ARRIVED, by=by)

    async def be_called(self, db: Writing, *, by: str, desk: int) -> None:
        """Be called to a desk."""
        await counter.mark(db, code=self._code, state=BookingState.CALLED, by=by, desk=desk)

    async def be_served(self, db: Writing, *, by: str) -> None:
        """Be served; who was served lately is asked how it was."""
        if db.now >= self._life.now - _ASKED:
            await visits.mark_served(db, code=self._code, by=by, rules=self._life.office.rating)
        else:
            await counter.mark(db, code=self._code, state=BookingState.SERVED, by=by)

    async def miss(self, db: Writing, *, by: str) -> None:
        """Not come."""
        if self._booking is not None:
            await counter.mark(db, code=self._code, state=BookingState.NO_SHOW, by=by)
            self._booking = None

    async def wait(self, db: Writing) -> None:
        """Join the waiting list of the point."""
        await steps.join(
            db,
            chat=await self._resident.chat(db),
            applying=await self._applying(db),
            point=self._card.point,
            office=self._life.office,
        )

    async def _hold(self, db: Writing, starts_at: datetime) -> int:
        hold = await steps.keep(
            db,
            chat=await self._resident.chat(db),
            applying=await self._applying(db),
            source=self._source,
            point=self._card.point,
            starts_at=starts_at,
        )
        return hold.id

    async def _applying(self, db: Writing) -> Applying:
        person = await applications.of_application(db, application=self._card.id)
        return Applying(
            application=self._card.id,
            number=self._card.number,
            name="",  # only told to the resident
            service=self._card.service,
            district=self._card.district,
            point=self._card.point,
            applicant=person.id,
            born=self._card.born,
            booking=self._booking,
        )
