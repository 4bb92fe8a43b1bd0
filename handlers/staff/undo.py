"""[Batalkan]: the last step of an appointment is taken back, within ten minutes."""

from domain.appointments.booking import TicketCode
from domain.refusals import NotAllowed, Refusal
from domain.staff.roles import Action
from handlers.engine.chat import Chat, Choice, another_waits
from handlers.engine.registry import conversation
from handlers.shared.ownership import may_enter
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
    await _take_back(chat, code)
    return None


@conversation("undo_step", command="batalkan", aside=True)
async def undo_step(chat: Chat) -> None:
    """/batalkan CODE: take the last step back."""
    if not await may_enter(chat, Action.SERVE):
        chat.refuse(NotAllowed())
        return
    try:
        code = TicketCode.parse(chat.argument)
    except Refusal:
        code = await chat.ask("check-in-code", TicketCode.parse)
    await _take_back(chat, code)


async def _take_back(chat: Chat, code: TicketCode) -> None:
    officer = Officer(member=chat.staff, chat=chat.id)
    done = await chat.once("counter-take-back", take_back, code=code, officer=officer, office=chat.office)
    await tell(chat, done, str(code))
