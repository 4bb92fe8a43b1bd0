"""/hapusdata: erases everything held of this chat after a typed confirmation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from domain import codec
from domain.office.office import Office
from handlers.engine.chat import Chat, Choice
from handlers.engine.registry import conversation
from handlers.shared.ownership import is_known
from storage.appointments import bookings, offers
from storage.keeping import erasure, erasure_shared, own_data
from storage.people.sittings import Covered
from storage.session import Reading, Writing

ALL, KEEP, NO = "all", "keep", "no"


class Cover(NamedTuple):
    """What was proved at a shared device; None: a personal device."""

    applications: Covered
    cases: Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Erased:
    """The receipt, and whether the whole chat or a part was erased."""

    json_shape = codec.ROW

    receipt: str
    whole: bool


@conversation("erase", command="hapusdata", words="erase-words", examples="erase-examples")
async def erase_my_data(chat: Chat) -> None:
    """Explain what is erased and what the law keeps; erase after confirmation and give an anonymous receipt."""
    if not await is_known(chat, why="data-who"):
        return
    booked = await chat.learn("booked", booked_here, chat=chat.id, covered=chat.covered)
    if chat.caps.shared_device:
        await chat.say("erase-shared")
    if await chat.read(own_data.has_open_case, chat=chat.id, covered_cases=chat.covered_cases):
        await chat.say("erase-open-case")
    chosen = await chat.choose("erase-sure", _offers(booked), codes=booked, booked=bool(booked))
    if chosen == NO:
        await chat.say("erase-kept")
        return
    cover = Cover(chat.covered, chat.covered_cases)
    done = await chat.once(
        "erase", erase, chat=chat.id, cancels=chosen == ALL, office=chat.office, cover=cover
    )
    chat.ends_all = True
    told = "erase-done" if done.whole else "erase-done-shared"
    await chat.say(told, receipt=done.receipt, on=chat.office.local(chat.now))
    if booked and chosen == KEEP:
        await chat.say("erase-booking-stays", codes=booked)


def _offers(booked: list[str]) -> list[Choice]:
    if not booked:
        return [Choice(ALL, "erase-yes"), Choice(NO, "erase-no")]
    return [
        Choice(KEEP, "erase-yes-keep", hint="erase-yes-keep-hint"),
        Choice(ALL, "erase-yes-all", hint="erase-yes-all-hint"),
        Choice(NO, "erase-no"),
    ]


async def booked_here(db: Reading, *, chat: int, covered: Covered) -> list[str]:
    """Ticket codes of the appointments made in this chat, as far as covered."""
    return [str(one.code) for one in await bookings.bookings_of_chat(db, chat=chat, covered=covered)]


async def erase(db: Writing, *, chat: int, cancels: bool, office: Office, cover: Cover) -> Erased:
    """Cancel the appointments if wanted, and erase the chat or its covered part; return the receipt."""
    if cancels:
        for one in await bookings.bookings_of_chat(db, chat=chat, covered=cover.applications):
            reopen_at = await offers.reopens_at(db, point=one.point, rules=office.booking)
            await bookings.cancel(db, booking=one.id, by=f"chat:{chat}", reopen_at=reopen_at)
    if cover.applications is None:
        return Erased(await erasure.erase(db, chat=chat), whole=True)
    receipt, whole = await erasure_shared.erase_covered(
        db, chat=chat, covered=cover.applications, covered_cases=cover.cases or ()
    )
    return Erased(receipt, whole=whole)
