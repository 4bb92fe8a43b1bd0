"""Check-in by ticket code, typed or photographed in a staff chat: the person is here and waits to be called."""

import re

from domain.appointments.booking import TicketCode
from domain.office.office import Office
from domain.refusals import NotAllowed, Refusal
from domain.staff.roles import Action
from domain.text.typed import bare
from handlers.engine.chat import Chat
from handlers.engine.registry import conversation
from handlers.shared.ownership import may_enter
from handlers.staff.steps import Officer, arrive
from handlers.staff.words import offer_undo, take_last_back, take_last_card_back, tell

_CODE = "check-in-code"
_LIKE_A_CODE = re.compile(r"(?=.*[0-9])(?=.*[A-Z]).{6}")  # drawn codes have both; words and dates do not


def spot_ticket(text: str, office: Office) -> dict[str, str]:
    """Ticket code that is the whole message, as on a ticket's picture."""
    whole = bare(text)
    if office.number.find(text) or not _LIKE_A_CODE.fullmatch(whole):
        return {}
    return {_CODE: whole}


@conversation("check_in", spot=spot_ticket, for_staff=True, aside=True)
async def check_in(chat: Chat) -> None:
    """Check a ticket in at once."""
    if not await may_enter(chat, Action.SERVE):
        chat.refuse(NotAllowed())
        return
    code = await chat.ask(_CODE, TicketCode.parse)
    officer = Officer(member=chat.staff, chat=chat.id)
    done = await chat.once("check-in-arrived", arrive, code=code, officer=officer)
    await tell(chat, done, str(code))
    await offer_undo(chat, done)


@conversation("undo_step", command="batalkan", aside=True)
async def undo_step(chat: Chat) -> None:
    """/batalkan CODE: take the last step back, while it was a slip; with a number, the last stage of a card."""
    if not await may_enter(chat, Action.SERVE):
        chat.refuse(NotAllowed())
        return
    try:
        if chat.office.number.find(chat.argument):
            await take_last_card_back(chat, chat.office.number.parse(chat.argument))
            return
        code = TicketCode.parse(chat.argument)
    except Refusal:
        code = await chat.ask(_CODE, TicketCode.parse)
    await take_last_back(chat, code)
