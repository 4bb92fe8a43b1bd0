"""Steps of officers at the counter: arrived, called, served, no-show, undo, hand over a card, seat a walk-in.

Rights are checked first, and again for the thing's own point; a refusal is returned, so that its audit line is
kept.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from domain import codec
from domain.appointments.booking import BookingState, TicketCode
from domain.appointments.seats import DayLine
from domain.cards.stages import Stage
from domain.office.office import Office
from domain.office.registration import RegistrationNumber
from domain.refusals.appointments import AlreadyBooked, BookingOver
from domain.staff.roles import Action, StaffMember
from handlers.shared.calendar import CalendarSource
from storage import audit
from storage.appointments import attendance, counter, queue
from storage.appointments.attendance import next_seat
from storage.cards import desk, stage_undo
from storage.ratings.visits import mark_served, undo
from storage.session import Writing
from storage.staff.rights import allowed


class Result(StrEnum):
    """Result of a step."""

    NOT_ALLOWED = "not-allowed"
    AWAITED = "awaited"  # nothing recorded yet
    UNKNOWN = "unknown"
    ARRIVED = "arrived"
    ARRIVED_BEFORE = "arrived-before"
    CALLED = "called"
    CALLED_BEFORE = "called-before"
    NOBODY = "nobody"  # nobody waits to be called
    LEFT_OPEN = "left-open"  # its day ended without an end
    UNDONE = "undone"
    UNDO_LATE = "undo-late"
    OTHER_BOOKED = "other-booked"  # came late, and has another appointment by now
    SERVED = "served"
    SERVED_BEFORE = "served-before"
    CANCELLED = "cancelled"
    MISSED = "missed"
    MISSED_BEFORE = "missed-before"
    TOO_EARLY = "too-early"  # not a no-show yet
    HANDED_OVER = "handed-over"
    HANDED_OVER_BEFORE = "handed-over-before"
    CARD_BACK = "card-back"  # a handover, or another stage that staff set, was taken back
    CARD_BACK_LATE = "card-back-late"
    SEATED = "seated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Result of a step and its appointment, if one was found and may be shown.

    `elsewhere` is the point of a ticket that only officers of that point may use.
    """

    json_shape = codec.ROW

    result: Result
    line: DayLine | None = None
    name: str = ""
    elsewhere: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """The acting officer and chat."""

    member: StaffMember | None
    chat: int

    @property
    def by(self) -> str:
        """Name in the audit."""
        return audit.by_staff(self.member.id) if self.member else audit.by_chat(self.chat)

    async def may(self, db: Writing, action: Action, point: str | None = None) -> bool:
        """Whether they may; a refusal is audited."""
        return await allowed(db, member=self.member, action=action, chat=self.chat, point=point)


async def look(db: Writing, *, code: TicketCode, officer: Officer, action: Action = Action.SERVE) -> Done:
    """Appointment of a ticket code, if the officer may do this to it."""
    if not await officer.may(db, action):
        return Done(result=Result.NOT_ALLOWED)
    line = await attendance.line_of(db, code=code)
    if line is None:
        return Done(result=Result.UNKNOWN)
    if not await officer.may(db, action, line.point):
        return Done(result=Result.NOT_ALLOWED, elsewhere=line.point)
    return Done(result=_STANDING.get(line.state, Result.AWAITED), line=line)


async def arrive(db: Writing, *, code: TicketCode, officer: Officer) -> Done:
    """Record that the person with a ticket is here and waits to be called."""
    found = await look(db, code=code, officer=officer)
    if found.line is None or found.result not in _MAY_ARRIVE:
        return found
    try:
        marked = await counter.mark(db, code=code, state=BookingState.ARRIVED, by=officer.by)
    except AlreadyBooked:
        return Done(result=Result.OTHER_BOOKED, line=found.line)
    if not marked.changed:  # another officer was faster by a moment
        return Done(result=Result.ARRIVED_BEFORE, line=found.line)
    await audit.record(db, officer.by, "arrived", f"booking:{marked.booking.id}")
    return Done(result=Result.ARRIVED, line=await attendance.line_of(db, code=code))


async def call(db: Writing, *, point: str, officer: Officer, office: Office, desk: int | None) -> Done:
    """Call the next person who waits at a point."""
    if not await officer.may(db, Action.SERVE, point):
        return Done(result=Result.NOT_ALLOWED)
    marked = await queue.call_next(db, point=point, office=office, by=officer.by, desk=desk)
    if marked is None:
        return Done(result=Result.NOBODY)
    await audit.record(db, officer.by, "called", f"booking:{marked.booking.id}")
    return Done(result=Result.CALLED, line=await attendance.line_of(db, code=marked.booking.code))


async def serve(db: Writing, *, code: TicketCode, officer: Officer, office: Office) -> Done:
    """Mark the appointment of a ticket code as served; everybody concerned is invited to rate it."""
    found = await look(db, code=code, officer=officer)
    if found.line is None or found.result in {Result.SERVED_BEFORE, Result.CANCELLED}:
        return found
    booking = (await mark_served(db, code=code, by=officer.by, rules=office.rating)).booking
    await audit.record(db, officer.by, "served", f"booking:{booking.id}")
    return Done(result=Result.SERVED, line=found.line)


async def take_back(db: Writing, *, code: TicketCode, officer: Officer, office: Office) -> Done:
    """Take the last step of an appointment back."""
    found = await look(db, code=code, officer=officer)
    if found.line is None:
        return found
    try:
        async with db.savepoint():
            booking = await undo(db, code=code, by=officer.by, rules=office)
    except BookingOver:
        return Done(result=Result.UNDO_LATE, line=found.line)
    subject = f"booking:{booking.id}"
    if found.line.state is BookingState.SERVED:
        await audit.record(db, officer.by, "served-undone", subject)
    else:
        await audit.record(db, officer.by, "step-undone", subject)
    return Done(result=Result.UNDONE, line=await attendance.line_of(db, code=code))


async def miss(db: Writing, *, code: TicketCode, officer: Officer, office: Office) -> Done:
    """Record a no-show, at the earliest after the office's `no_show_minutes`; the resident is asked to book again."""
    found = await look(db, code=code, officer=officer)
    if found.line is None or found.result not in _MAY_MISS:
        return found
    if db.now < office.booking.missed_at(found.line.starts_at):
        return Done(result=Result.TOO_EARLY, line=found.line)
    hold = timedelta(seconds=office.push.hold_seconds)
    marked = await counter.mark(db, code=code, state=BookingState.NO_SHOW, by=officer.by, hold=hold)
    booking = marked.booking
    await audit.record(db, officer.by, "no_show", f"booking:{booking.id}")
    return Done(result=Result.MISSED, line=found.line)


async def hand_over(db: Writing, *, number: RegistrationNumber, officer: Officer, office: Office) -> Done:
    """Record that the card of a registration number was picked up today."""
    card = await _card(db, number, officer)
    if isinstance(card, Done) or officer.member is None:
        return card if isinstance(card, Done) else Done(result=Result.NOT_ALLOWED)
    today = office.today(db.now)
    done = (card.stage is None or not card.stage.handed_over) and await desk.change_stage(
        db,
        application=card.id,
        stage=Stage.PICKED_UP,
        day=today,
        member=officer.member.id,
        rules=office,
    )
    return Done(result=Result.HANDED_OVER if done else Result.HANDED_OVER_BEFORE, name=card.name)


async def take_card_back(
    db: Writing, *, number: RegistrationNumber, officer: Officer, office: Office
) -> Done:
    """Take back the last stage that staff set on a card, within ten minutes."""
    card = await _card(db, number, officer)
    if isinstance(card, Done) or officer.member is None:
        return card if isinstance(card, Done) else Done(result=Result.NOT_ALLOWED)
    done = await stage_undo.take_back(db, application=card.id, member=officer.member.id, rules=office)
    return Done(result=Result.CARD_BACK if done else Result.CARD_BACK_LATE, name=card.name)


async def _card(db: Writing, number: RegistrationNumber, officer: Officer) -> desk.Card | Done:
    """Card that the officer may hand over, or why there is none."""
    if officer.member is None or not await officer.may(db, Action.SERVE):
        return Done(result=Result.NOT_ALLOWED)
    found = await desk.by_number(db, number=number, member=officer.member.id)
    if not found:
        return Done(result=Result.UNKNOWN)
    (card,) = found
    return card if await officer.may(db, Action.SERVE, card.point) else Done(result=Result.NOT_ALLOWED)


async def seat_guest(
    db: Writing, *, point: str, service: str, officer: Officer, source: CalendarSource
) -> Done:
    """Give a walk-in the next free seat of today.

    Raises:
        SlotFull: there is none left.
    """
    if not await officer.may(db, Action.SERVE, point):
        return Done(result=Result.NOT_ALLOWED)
    calendar = await source.calendar(db)
    left = calendar.walk_in_times(point, db.now)
    code, _ = await next_seat(db, slots=left, service=service, by=officer.by)
    return Done(result=Result.SEATED, line=await attendance.line_of(db, code=code))


_STANDING = {
    BookingState.ARRIVED: Result.ARRIVED_BEFORE,
    BookingState.CALLED: Result.CALLED_BEFORE,
    BookingState.SERVED: Result.SERVED_BEFORE,
    BookingState.CANCELLED: Result.CANCELLED,
    BookingState.NO_SHOW: Result.MISSED_BEFORE,
    BookingState.OPEN: Result.LEFT_OPEN,
}
_MAY_ARRIVE = {Result.AWAITED, Result.MISSED_BEFORE, Result.LEFT_OPEN}
_MAY_MISS = {Result.AWAITED, Result.ARRIVED_BEFORE, Result.CALLED_BEFORE, Result.LEFT_OPEN}
