"""Sentences for officers about appointments and results of steps, and [Batalkan] after a step."""

from domain.appointments.booking import BookingState, TicketCode
from domain.appointments.seats import DayLine
from domain.office.office import Office
from domain.office.registration import RegistrationNumber
from domain.office.services import INDONESIAN
from domain.refusals import NotAllowed
from handlers.engine.chat import Chat, Choice, another_waits
from handlers.engine.scene import Variable
from handlers.shared.calendar import name_of
from handlers.staff.steps import Done, Officer, Result, take_back, take_card_back

UNDO = "undo"
_RECORDED = {Result.ARRIVED, Result.CALLED, Result.SERVED, Result.MISSED, Result.SEATED}
_BUTTON = 20
_SHOWN_WORDS = 2  # of a masked name, beside service and state on one line


def facts(line: DayLine, office: Office) -> dict[str, Variable]:
    """Variables for sentences about an appointment."""
    return {
        "code": str(line.code),
        "at": line.starts_at,
        "name": line.name or "",
        "named": line.name is not None,
        "service": service_name(office, line.service),
    }


def entry(line: DayLine, office: Office) -> Choice:
    """Line of an appointment on the day list."""
    name = " ".join((line.name or "").split()[:_SHOWN_WORDS]) or "–"
    return Choice(
        str(line.code),
        "today-line",
        hint="today-line-hint",
        at=line.starts_at,
        code=str(line.code),
        name=name,
        service=service_name(office, line.service),
        state=state_of(line),
    )


def state_of(line: DayLine) -> str:
    """Key of the appointment's state in texts."""
    if line.walked_in:
        return "guest" if line.state is BookingState.ARRIVED else f"guest_{line.state}"
    if line.state is not BookingState.BOOKED:
        return line.state.value
    if line.asked_to_move:
        return "moving"
    return "coming" if line.coming else "booked"


def service_name(office: Office, service: str) -> str:
    """The office's shortest usual word for a service, which fits any button."""
    known = office.service(service)
    if known is None:
        return service
    return next(
        (word for word in (*known.aliases, known.title[INDONESIAN]) if len(word) <= _BUTTON), known.id
    )


async def tell(chat: Chat, done: Done, subject: str) -> None:
    """Tell the result of a step; `subject` is its number or code."""
    if done.result is Result.NOT_ALLOWED:
        if done.elsewhere:
            await chat.say("counter-elsewhere", code=subject, place=name_of(chat.office, done.elsewhere))
        chat.refuse(NotAllowed())
        return
    if done.line is None:
        await chat.say(f"counter-{done.result}", subject=subject, name=done.name)
        return
    starts_at = done.line.starts_at
    times: dict[str, Variable] = {
        "came_at": done.line.arrived_at or starts_at,
        "ahead": starts_at >= chat.now,
    }
    await chat.say(f"counter-{done.result}", **facts(done.line, chat.office), **times)
    if chat.office.today(starts_at) != chat.office.today(chat.now):
        await chat.say("counter-other-day", at=starts_at)


def summary(lines: list[DayLine]) -> dict[str, Variable]:
    """Number of appointments that are expected, here, served and missed."""
    counted = {state: sum(line.state is state for line in lines) for state in BookingState}
    return {
        "total": len(lines),
        "awaited": counted[BookingState.BOOKED],
        "here": counted[BookingState.ARRIVED] + counted[BookingState.CALLED],
        "served": counted[BookingState.SERVED],
        "missed": counted[BookingState.NO_SHOW],
    }


async def offer_undo(chat: Chat, done: Done, *more: Choice) -> str | None:
    """Offer [Batalkan] after a recorded step, and `more`; return the choice, if it is one of `more`.

    The officer may ignore the question. If it would stand before an interrupted one, its words are told instead.
    """
    if done.line is None or done.result not in _RECORDED:
        return None
    code = done.line.code
    if await another_waits(chat, "counter-interrupts"):
        await chat.say("counter-undo-how", code=str(code))
        return None
    choices = [*more, Choice(UNDO, "counter-undo")]
    chosen: str = await chat.choose("counter-sure", choices)
    if chosen != UNDO:
        return chosen
    await take_last_back(chat, code)
    return None


async def take_last_back(chat: Chat, code: TicketCode) -> None:
    """Take the last step of an appointment back, and tell what came of it."""
    officer = Officer(member=chat.staff, chat=chat.id)
    done = await chat.once("counter-take-back", take_back, code=code, officer=officer, office=chat.office)
    await tell(chat, done, str(code))


async def offer_card_undo(chat: Chat, number: RegistrationNumber) -> None:
    """Offer [Batalkan] after a card was handed over, as `offer_undo` does after a step of an appointment."""
    if await another_waits(chat, "counter-interrupts"):
        await chat.say("counter-undo-how", code=number.canonical)
    elif await chat.choose("counter-sure", [Choice(UNDO, "counter-undo")]) == UNDO:
        await take_last_card_back(chat, number)


async def take_last_card_back(chat: Chat, number: RegistrationNumber) -> None:
    """Take the last stage that staff set on a card back, and tell what came of it."""
    officer = Officer(member=chat.staff, chat=chat.id)
    done = await chat.once(
        "counter-take-card-back", take_card_back, number=number, officer=officer, office=chat.office
    )
    await tell(chat, done, number.canonical)
