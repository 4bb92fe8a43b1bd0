"""/selesai: marks the card of a registration number as picked up, or the appointment of a ticket code as served."""

from dataclasses import dataclass

from domain import codec
from domain.appointments.booking import TicketCode
from domain.office.office import Office
from domain.office.registration import RegistrationNumber
from domain.people.nik import find_nik
from domain.refusals import NotAllowed, Refusal
from domain.staff.roles import Action
from handlers.engine.chat import Chat
from handlers.engine.registry import conversation
from handlers.shared.ownership import may_enter
from handlers.staff.steps import Done, Officer, Result, hand_over, serve
from handlers.staff.words import offer_card_undo, offer_undo, tell

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Subject:
    """A registration number or a ticket code."""

    json_shape = codec.ROW

    number: str | None = None
    code: str | None = None

    def __str__(self) -> str:
        return self.number or self.code or ""


@dataclass(frozen=True, slots=True)
class SubjectParser:
    """Reads a registration number or a ticket code."""

    office: Office

    def parse(self, text: str) -> Subject:
        """Read a registration number, else a ticket code.

        Raises:
            NumberBadCheck: one character of the number is wrong.
            BadTicketCode: it is neither.
        """
        if self.office.number.find(text):
            return Subject(number=self.office.number.parse(text).canonical)
        return Subject(code=TicketCode.parse(text).text)


@conversation("done", command="selesai", aside=True)
async def finish(chat: Chat) -> None:
    """Act at once and confirm once; a served appointment can be undone."""
    if chat.handed and chat.staff is None and not chat.argument:
        await chat.open("back-to-bot")  # a resident says that the talk is over
    if not await may_enter(chat, Action.SERVE):
        chat.refuse(NotAllowed())
        return
    parser = SubjectParser(chat.office)
    if not chat.argument:
        subject = await chat.ask("done-ask", parser.parse)
    else:
        try:
            subject = parser.parse(chat.argument)
        except Refusal:
            await tell(chat, Done(result=Result.UNKNOWN), _shown(chat.argument))
            return
    done = await _done(chat, subject)
    await tell(chat, done, str(subject))
    if done.result is Result.HANDED_OVER and subject.number is not None:
        await offer_card_undo(chat, RegistrationNumber(subject.number))
    else:
        await offer_undo(chat, done)


async def _done(chat: Chat, subject: Subject) -> Done:
    officer = Officer(member=chat.staff, chat=chat.id)
    if subject.number is not None:
        number = RegistrationNumber(subject.number)
        return await chat.once(
            "done-handed-over", hand_over, number=number, officer=officer, office=chat.office
        )
    code = TicketCode(subject.code or "")
    return await chat.once("done-served", serve, code=code, officer=officer, office=chat.office)


def _shown(typed: str) -> str:
    """The typed text if it may be repeated: no NIK, no sentences."""
    return "–" if find_nik(typed) or len(typed) > _SHOWN else typed
