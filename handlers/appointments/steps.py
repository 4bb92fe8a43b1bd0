"""Writing steps of appointments: hold, confirm, move, cancel, wait."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain import codec
from domain.appointments.booking import Booking, TicketCode, may_record
from domain.appointments.reminders import birthday_push
from domain.appointments.seats import Hold
from domain.office.office import Office
from domain.refusals.appointments import BookingMoved, SlotGone
from handlers.appointments.person_choice import Applying, meet_again
from handlers.shared.calendar import CalendarSource
from storage.appointments import bookings, offers, reminders, seats, undo, waiting
from storage.people import consents
from storage.session import Reading, Writing

_CODE_BYTES = 16


@dataclass(frozen=True, slots=True)
class Booked:
    """A new appointment; `card_on` is the day the card can be printed, if later."""

    json_shape = codec.ROW

    booking: Booking
    card_on: date | None


async def keep(
    db: Writing, *, chat: int, applying: Applying, source: CalendarSource, point: str, starts_at: datetime
) -> Hold:
    """Hold a seat of that time for the person.

    Raises:
        SlotFull: every seat is taken.
        SlotGone: the time can no longer be booked.
        TooYoung, NoShowRule, TooManyCancels: not allowed for this person, or not yet.
    """
    office = source.office
    await check_history(db, applying=applying, office=office)
    day = office.local(starts_at).date()
    card_on(applying, day, office)
    calendar = await source.calendar(db)
    offered = calendar.bookable(point, day, db.now)
    slot = next((one for one in offered if one.starts_at == starts_at), None)
    if slot is None:
        raise SlotGone
    return await seats.hold_seat(
        db,
        chat=chat,
        applicant=applying.applicant,
        service=applying.service,
        slot=slot,
        until=hold_until(db.now, office),
    )


def hold_until(now: datetime, office: Office) -> datetime:
    """Until when a seat is held for a resident."""
    return now + timedelta(seconds=office.booking.hold_seconds)


def card_on(applying: Applying, day: date, office: Office) -> date | None:
    """Day from which the card can be printed after recording on that day; None: at once.

    Raises:
        TooYoung: not yet on that day.
    """
    service = office.service(applying.service)
    return None if service is None else may_record(applying.born, day, service)


async def check_history(db: Reading, *, applying: Applying, office: Office) -> None:
    """Check that the person has not missed or cancelled too many appointments.

    Raises:
        NoShowRule, TooManyCancels: not yet.
    """
    if applying.booking is not None:
        return  # moving keeps an appointment
    rules = office.booking
    since = db.now - timedelta(days=max(rules.no_show_window_days, rules.cancel_window_days))
    missed, cancelled = await bookings.history_of(db, applicant=applying.applicant, since=since)
    rules.check_history(no_shows=missed, cancels=cancelled, now=office.local(db.now))


async def take(
    db: Writing, *, chat: int, applying: Applying, hold: int, office: Office, channel: str | None
) -> Booked:
    """Book the held seat; record the consent to reminders that [Konfirmasi] gives.

    A message for the 17th birthday is planned if the card waits for it.

    Raises:
        HoldExpired: the seat is no longer held.
        AlreadyBooked: the person has an active appointment of this service.
    """
    code = TicketCode.draw(secrets.token_bytes(_CODE_BYTES))
    booking = await bookings.confirm(
        db, hold=hold, application=applying.application, chat=chat, code=code, office=office
    )
    if channel is not None:
        await consents.give(db, chat=chat, kind=consents.REMINDERS, channel=channel)
    later = card_on(applying, office.local(booking.starts_at).date(), office)
    if later is not None:
        await reminders.plan_birthday(db, booking=booking.id, chat=chat, at=birthday_push(later, office))
    return Booked(booking, later)


async def check_move(db: Reading, *, booking: Booking, office: Office, asked: bool) -> None:
    """Check that an appointment may be moved; limits do not apply if the office asked for it.

    Raises:
        TooManyChanges, TooLateToChange: it cannot be changed (any more).
    """
    if not asked:
        office.booking.check_move(starts_at=booking.starts_at, moves=booking.moves, now=db.now)


async def check_shown(db: Reading, booking: Booking) -> None:
    """Check that an appointment still has the time that the resident was shown.

    Raises:
        BookingMoved: somebody else moved it from another chat.
    """
    now = await bookings.booking_now(db, booking=booking.id)
    if (now.starts_at, now.point) != (booking.starts_at, booking.point):
        raise BookingMoved(now.starts_at)


async def cancel(db: Writing, *, booking: Booking, chat: int, office: Office) -> Booking:
    """Cancel an appointment; its seat is offered to the waiting list first and reopens later.

    Raises:
        TooLateToChange: it has begun.
        BookingMoved, BookingOver: it was moved meanwhile, or is over.
    """
    await check_shown(db, booking)
    office.booking.check_cancel(starts_at=booking.starts_at, now=db.now)
    reopen_at = await offers.reopens_at(db, point=booking.point, rules=office.booking)
    return await bookings.cancel(db, booking=booking.id, by=f"chat:{chat}", reopen_at=reopen_at)


async def cannot_come(db: Writing, *, booking: Booking, chat: int, office: Office) -> Booking:
    """Cancel an appointment from its reminder, so that it can be taken back for some minutes.

    Raises:
        TooLateToChange, BookingMoved, BookingOver: as `cancel`.
    """
    await check_shown(db, booking)
    office.booking.check_cancel(starts_at=booking.starts_at, now=db.now)
    reopens = await offers.reopens_at(db, point=booking.point, rules=office.booking)
    reopen_at = max(reopens, db.now + undo.UNDO_WITHIN + offers.PASSED_ON_WITHIN)
    cancelled = await bookings.cancel(db, booking=booking.id, by=f"chat:{chat}", reopen_at=reopen_at)
    await undo.allow(db, booking=booking.id)
    return cancelled


async def come_after_all(db: Writing, *, booking: int, chat: int, office: Office) -> Booking:
    """Take back [Tidak bisa].

    Raises:
        BookingOver, AlreadyBooked: as storage/appointments/undo.py.
    """
    restored = await undo.restore(db, booking=booking, chat=chat, office=office)
    applying = await meet_again(db, booking=booking, chat=chat, office=office, covered=None)
    day = office.local(restored.starts_at).date()
    later = None if applying is None else card_on(applying, day, office)
    if later is not None:
        await reminders.plan_birthday(db, booking=booking, chat=chat, at=birthday_push(later, office))
    return restored


async def join(db: Writing, *, chat: int, applying: Applying, point: str, office: Office) -> int:
    """Put the person on the waiting list of a point; return the place, from 1."""
    return await waiting.join(
        db,
        chat=chat,
        applicant=applying.applicant,
        service=applying.service,
        point=point,
        from_at=db.now,
        until_at=db.now + timedelta(days=office.booking.horizon_days + 1),
    )
