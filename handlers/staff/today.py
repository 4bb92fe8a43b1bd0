"""/hariini: today's appointments at a point: expected, here, served, no-shows and walk-ins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from domain import codec
from domain.appointments.booking import BookingState, TicketCode
from domain.appointments.seats import DayLine
from domain.office.office import Office
from domain.refusals import SlotFull
from domain.staff.roles import Action, StaffMember, may
from handlers.engine.chat import Chat, Choice
from handlers.engine.registry import conversation
from handlers.shared.calendar import calendar_source, name_of
from handlers.staff.point_choice import ask_point
from handlers.staff.steps import Officer, arrive, look, miss, seat_guest, serve, take_back
from handlers.staff.words import UNDO, entry, facts, service_name, state_of, summary, tell
from storage.appointments import attendance
from storage.session import Reading, Writing

GUEST, AGAIN, NEXT = "guest", "again", "next"
_TOLD_AT_MOST = 5  # codes of one point: all points fit a small phone's screen
CAME, DONE, MISSED, BACK = "came", "done", "missed", "back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A chosen appointment, and what this officer can record about it now."""

    json_shape = codec.ROW

    line: DayLine | None
    can: tuple[str, ...] = ()


@conversation("today", command="hariini")
async def show_today(chat: Chat) -> None:
    """Show the day's list, and record who came and who did not."""
    point = await ask_point(chat, Action.SEE_DAY, first=_tell_all)
    if point is None:
        return
    lines = await chat.read(standing, point=point, office=chat.office)
    serves = may(chat.staff, Action.SERVE, point)
    await _tell_left_open(chat, point)
    entries = [Choice(GUEST, "today-guest")] if serves else []
    if serves and any(line.state is BookingState.ARRIVED for line in lines):
        entries.insert(0, Choice(NEXT, "call-again"))
    entries += [entry(line, chat.office) for line in lines]
    chosen = await chat.choose(
        "today-which",
        entries or [Choice(AGAIN, "today-again")],
        place=name_of(chat.office, point),
        day=chat.office.today(chat.now),
        **summary(lines),
    )
    if chosen == GUEST:
        await give_seat(chat, point)
    elif chosen == NEXT:
        await chat.open("call_next", point)
    elif chosen != AGAIN:
        await _note(chat, TicketCode(chosen))
    await chat.open("today", point)


async def _tell_all(chat: Chat, points: Sequence[str]) -> None:
    """Show members for the whole office a summary of each point with bookings."""
    for point in points:
        lines = await chat.read(standing, point=point, office=chat.office)
        if lines:
            awaited = [line for line in lines if line.state is BookingState.BOOKED][:_TOLD_AT_MOST]
            codes = [f"{chat.office.local(line.starts_at):%H.%M} {line.code}" for line in awaited]
            await chat.say("today-at", place=name_of(chat.office, point), codes=codes, **summary(lines))


async def _tell_left_open(chat: Chat, point: str) -> None:
    """Tell which appointments of the last days nobody ended."""
    left = await chat.read(attendance.left_open, point=point, office=chat.office)
    if left:
        codes = [f"{chat.office.local(line.starts_at):%d/%m} {line.code}" for line in left[:_TOLD_AT_MOST]]
        await chat.say("today-left-open", total=len(left), codes=codes)


async def standing(db: Reading, *, point: str, office: Office) -> list[DayLine]:
    """Today's appointments without cancelled ones: those without an end first, each group by time."""
    first = datetime.combine(office.today(db.now), time(), office.timezone)
    lines = await attendance.day_list(db, point=point, first=first, until=first + timedelta(days=1))
    stands = [line for line in lines if line.state is not BookingState.CANCELLED]
    return sorted(stands, key=lambda line: (not line.state.active, line.starts_at))


async def card_of(
    db: Writing, *, code: TicketCode, member: StaffMember | None, chat: int, office: Office
) -> Card:
    """An appointment with what can be recorded about it."""
    found = await look(db, code=code, officer=Officer(member=member, chat=chat), action=Action.SEE_DAY)
    if found.line is None or not may(member, Action.SERVE, found.line.point):
        return Card(line=found.line)
    return Card(line=found.line, can=_can(found.line, db.now, office))


def _can(line: DayLine, now: datetime, office: Office) -> tuple[str, ...]:
    """What can be recorded about an appointment now."""
    over = now >= office.booking.missed_at(line.starts_at)
    steps = {
        CAME: line.state in {BookingState.BOOKED, BookingState.NO_SHOW, BookingState.OPEN},
        DONE: line.state is not BookingState.SERVED,
        MISSED: over and (line.state.active or line.state is BookingState.OPEN),
        UNDO: line.undo_until is not None and now < line.undo_until,
    }
    return tuple(step for step, possible in steps.items() if possible)


async def _note(chat: Chat, code: TicketCode) -> None:
    card = await chat.once(
        "today-card", card_of, code=code, member=chat.staff, chat=chat.id, office=chat.office
    )
    if card.line is None:
        return  # no longer allowed: the list says so
    await chat.say("today-card", **facts(card.line, chat.office))
    await chat.say("today-state", state=state_of(card.line))
    if not card.can:
        return
    if card.line.number:
        await chat.say("today-number", number=card.line.number)
    notes = [
        Choice(CAME, "today-came"),
        Choice(DONE, "today-done"),
        Choice(MISSED, "today-missed"),
        Choice(UNDO, "counter-undo"),
    ]
    chosen = await chat.choose(
        "today-note", [*(one for one in notes if one.value in card.can), Choice(BACK, "today-back")]
    )
    if chosen == BACK:
        return
    officer = Officer(member=chat.staff, chat=chat.id)
    if chosen == CAME:
        done = await chat.once("today-came", arrive, code=code, officer=officer)
    else:
        step = {DONE: serve, MISSED: miss, UNDO: take_back}[chosen]
        done = await chat.once("today-noted", step, code=code, officer=officer, office=chat.office)
    await tell(chat, done, str(code))


async def give_seat(chat: Chat, point: str) -> None:
    """Ask for the service, and give a ticket code."""
    services = [
        Choice(one.id, "guest-service", name=service_name(chat.office, one.id))
        for one in chat.office.services
    ]
    service = await chat.choose("guest-ask-service", services)
    officer = Officer(member=chat.staff, chat=chat.id)
    try:
        done = await chat.once(
            "guest-seat",
            seat_guest,
            point=point,
            service=service,
            officer=officer,
            source=calendar_source(chat),
        )
    except SlotFull:
        await chat.say("guest-full")
        return
    await tell(chat, done, "")


@conversation("walk_in", command="tamu")
async def seat_walk_in(chat: Chat) -> None:
    """Give a walk-in the next free seat of today."""
    point = await ask_point(chat, Action.SERVE)
    if point is not None:
        await give_seat(chat, point)
