"""Swap of a pickup day in waves; allowed once."""

from datetime import datetime

from domain.office.office import Office
from domain.refusals.announcements import AlreadySwapped
from handlers.announcements.service import open_spans_of
from handlers.engine.chat import Chat, Choice
from handlers.engine.registry import conversation
from handlers.engine.scene import Holidays
from handlers.shared.ownership import show_pair
from storage.announcements import swaps
from storage.announcements.swaps import Call
from storage.people.sittings import Covered
from storage.session import Reading, Writing

KEEP = "keep"


@conversation("swap", command="tukar", words="swap-words")
async def swap(chat: Chat) -> None:
    """Tell the pickup day of the chat, and offer other days."""
    await _show_pair(chat)
    call = await chat.learn("call", find_call, chat=chat.id, office=chat.office, covered=chat.covered)
    if call is None:
        return await chat.say("swap-none")
    await chat.say("swap-now", **_when(call))
    if call.swapped:
        raise AlreadySwapped
    free = await chat.learn("free", offers, call=call, office=chat.office, holidays=chat.holidays)
    if not free:
        return await chat.say("swap-full")
    choices = [Choice(one.key, "swap-day", hint="swap-time", **_when(one)) for one in free]
    chosen = await chat.choose("swap-ask", [*choices, Choice(KEEP, "swap-keep")])
    if chosen == KEEP:
        return await chat.say("swap-kept")
    wanted = next(one for one in free if one.key == chosen)
    await chat.once("take", take, call=call, wanted=wanted, office=chat.office, holidays=chat.holidays)
    return await chat.say("swap-done", **_when(wanted))


async def _show_pair(chat: Chat) -> None:
    """On a shared device, ask for the pair if the pickup day's application was not shown yet."""
    if chat.covered is None:
        return
    if await chat.learn("call-hidden", is_hidden, chat=chat.id, office=chat.office, covered=chat.covered):
        await show_pair(chat)


async def is_hidden(db: Reading, *, chat: int, office: Office, covered: tuple[int, ...]) -> bool:
    """Whether the chat has a pickup day, but only of applications not shown in this sitting."""
    if covered:
        return False
    return await find_call(db, chat=chat, office=office, covered=None) is not None


async def find_call(db: Reading, *, chat: int, office: Office, covered: Covered) -> Call | None:
    """The chat's newest pickup day that is not over."""
    return await swaps.call_of(db, chat=chat, elsewhere=office.points[0].id, covered=covered)


async def offers(db: Reading, *, call: Call, office: Office, holidays: Holidays) -> list[Call]:
    """Next windows with room."""
    spans = await open_spans_of(db, office=office, holidays=holidays)
    return await swaps.free(db, call=call, open_spans=spans, zone=office.timezone)


async def take(db: Writing, *, call: Call, wanted: Call, office: Office, holidays: Holidays) -> None:
    """Move the chat's cards to the other window.

    Raises:
        AlreadySwapped: they were moved before.
        SlotFull: the window filled up in the meantime.
    """
    spans = await open_spans_of(db, office=office, holidays=holidays)
    await swaps.take(db, call=call, wanted=wanted, open_spans=spans, zone=office.timezone)


def _when(one: Call) -> dict[str, datetime]:
    return {"at": one.starts_at, "opens": one.starts_at, "closes": one.ends_at}
