"""Undo of "served" for an appointment of another day, while nobody was asked to rate it."""

from domain.appointments.seats import DayLine
from domain.refusals import NotAllowed
from domain.refusals.appointments import BookingOver
from handlers.engine.chat import Chat, Choice
from handlers.staff.steps import Done, Officer, Result, take_back
from handlers.staff.words import facts

_RIGHT, _UNDO = "right", "undo"


async def offer_undo(chat: Chat, done: Done) -> None:
    """Ask whether it was meant, if the appointment was not today's; the officer may ignore the question."""
    line, office = done.line, chat.office
    if line is None or done.result is not Result.SERVED or not _is_doubtful(line, chat):
        return
    choices = [Choice(_RIGHT, "counter-right"), Choice(_UNDO, "counter-undo")]
    if await chat.choose("counter-sure", choices) == _RIGHT:
        await chat.say("counter-stays", **facts(line, office))
        return
    officer = Officer(member=chat.staff, chat=chat.id)
    try:
        allowed = await chat.once("counter-take-back", take_back, line=line, officer=officer, office=office)
    except BookingOver:
        await chat.say("counter-undo-late", **facts(line, office))
        return
    if allowed:
        await chat.say("counter-undone", **facts(line, office))
    else:
        chat.refuse(NotAllowed())


def _is_doubtful(line: DayLine, chat: Chat) -> bool:
    """Whether it is another day's and can be undone: no rating request goes out at once."""
    other_day = chat.office.today(line.starts_at) != chat.office.today(chat.now)
    return other_day and chat.office.rating.invite_after_seconds > 0
