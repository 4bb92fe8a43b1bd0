"""/panggil: calls the next person who waits, by appointment time, then by arrival."""

from dataclasses import dataclass
from typing import Self

from domain.refusals import NotAllowed
from domain.staff.roles import Action
from handlers.engine.chat import Chat, Choice
from handlers.engine.registry import conversation
from handlers.shared.calendar import name_of
from handlers.staff.point_choice import ask_point
from handlers.staff.steps import Done, Officer, Result, call, serve
from handlers.staff.words import offer_undo, tell

NEXT, SERVED = "next", "served"
_DESKS = 99


@dataclass(frozen=True, slots=True)
class Where:
    """The typed desk and point; `/panggil 2`, `/panggil sooko 2` or `/panggil`."""

    point: str
    desk: int | None

    @classmethod
    def of(cls, typed: str) -> Self:
        """Read the argument of the command."""
        words = typed.split()
        numbers = [
            int(word) for word in words if word.isascii() and word.isdigit() and len(word) <= len(str(_DESKS))
        ]
        point = " ".join(
            word for word in words if not word.isdigit() and word.casefold() not in {"loket", "berikutnya"}
        )
        return cls(point, numbers[0] if numbers and numbers[0] else None)


@conversation("call_next", command="panggil")
async def call_next(chat: Chat) -> None:
    """Call the next person; then [Selesai], [Panggil berikutnya] or [Batalkan]."""
    where = Where.of(chat.argument)
    point = await ask_point(chat, Action.SERVE, typed=where.point)
    if point is None:
        return
    officer = Officer(member=chat.staff, chat=chat.id)
    done = await chat.once(
        "call-next", call, point=point, officer=officer, office=chat.office, desk=where.desk
    )
    if done.result is Result.NOT_ALLOWED:
        chat.refuse(NotAllowed())
        return
    if done.line is None:
        await chat.say("call-nobody", place=name_of(chat.office, point))
        return
    await _told(chat, done)
    chosen = await offer_undo(chat, done, Choice(SERVED, "call-served"), Choice(NEXT, "call-again"))
    if chosen == SERVED:
        served = await chat.once(
            "call-served", serve, code=done.line.code, officer=officer, office=chat.office
        )
        await tell(chat, served, str(done.line.code))
        chosen = await offer_undo(chat, served, Choice(NEXT, "call-again"))
    if chosen == NEXT:
        await chat.open("call_next", f"{point} {where.desk or ''}".strip())


async def _told(chat: Chat, done: Done) -> None:
    await tell(chat, done, "")
    if done.line is not None and done.line.desk:
        await chat.say("call-desk", desk=done.line.desk)
