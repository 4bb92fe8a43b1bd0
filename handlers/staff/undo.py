"""[Batalkan]: the last step of an appointment is taken back, within ten minutes."""

from domain.appointments.booking import TicketCode
from handlers.engine.chat import Chat, Choice, another_waits
from handlers.staff.steps import Done, Officer, Result, take_back
from handlers.staff.words import tell

UNDO = "undo"
_RECORDED = {Result.ARRIVED, Result.CALLED, Result.SERVED, Result.MISSED, Result.SEATED}


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
