"""The resident's side of a handover: opening it, and returning to the bot."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain import codec
from domain.appointments.opening import Opening, opening
from handlers.engine.chat import Asker, Chat, Choice
from handlers.engine.registry import conversation
from handlers.shared.calendar import CalendarSource, calendar_source
from handlers.shared.quotas import keep_to_quota
from storage.cards.chat_applications import about
from storage.handovers import handovers
from storage.handovers.handovers import Why
from storage.handovers.views import queue, usual_wait
from storage.session import Writing

HANDOVER = "handover"
COMPLAINT = "complaint"
_MINUTES_TOLD_AT_MOST = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a resident is told at the handover.

    `new`: it was opened now; `wait_minutes`: usual wait; `ahead`: number of residents waiting before them.
    """

    json_shape = codec.ROW

    new: bool
    closes_at: datetime | None
    opens_at: datetime | None
    wait_minutes: int | None
    ahead: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverWish:
    """A request for an officer: reason, and the context for the officer."""

    chat: int
    why: Why
    context: dict[str, str | bool]
    looked_up_days: int
    covered: tuple[int, ...] | None
    askers: tuple[Asker, ...] = ()


@conversation(HANDOVER, aside=True)
async def hand_over(chat: Chat) -> None:
    """Hand over to an officer until the resident returns; then continue what was interrupted.

    A complaint becomes a case instead: it has a number and a due day, and officers concerned do not see the
    author. The argument is the reason, with a colon.
    """
    why = chat.argument.partition(":")[0]
    told = await chat.once("handover-open", begin, wish=_wish(chat, why), source=calendar_source(chat))
    await _tell(chat, told)
    if told.new and chat.caps.shared_device:
        await chat.say("handover-shared", minutes=chat.office.retention.shared_unfinished_minutes)
    ways = [Choice(COMPLAINT, "meant-complaint"), Choice("back", "handover-back")]
    chosen = await chat.choose("handover-lives", ways)
    await chat.once("handover-end", handovers.end_of_chat, chat=chat.id)
    if chosen == COMPLAINT:
        await chat.open(COMPLAINT)
    await chat.say("handover-ended-by-you")


@conversation("back-to-bot", words="handover-back-words", aside=True)
async def go_back(chat: Chat) -> None:
    """End the handover by a word or from the menu; then continue what was interrupted."""
    if await chat.once("handover-end", handovers.end_of_chat, chat=chat.id):
        await chat.say("handover-ended-by-you")
        return
    if chat.staff is not None:
        await chat.open("done")  # an officer types /selesai without its slash
    await chat.say("handover-none")
    if not chat.interrupts:
        await chat.open("menu")


async def begin(db: Writing, *, wish: HandoverWish, source: CalendarSource) -> Told:
    """Open the handover, unless there is one.

    Raises:
        TooManyRequests: staff were called too often from this chat or address.
    """
    if await handovers.living_of(db, chat=wish.chat) is None:
        await keep_to_quota(db, what="handover", chat=wish.chat, askers=wish.askers)
    since = db.now - timedelta(days=wish.looked_up_days)
    known = await about(db, chat=wish.chat, since=since, covered=wish.covered)
    context = {**wish.context, "why": wish.why, "about": known.applications}
    wait, (ahead, _since) = await usual_wait(db), await queue(db)
    new = await handovers.open_handover(db, chat=wish.chat, why=wish.why, point=known.point, context=context)
    places = (
        [known.point] if source.office.point(known.point or "") else [one.id for one in source.office.points]
    )
    hours = opening(await source.calendar(db), [one for one in places if one], db.now)
    return _told(hours, wait, new=new, ahead=ahead)


def _told(hours: Opening, wait: timedelta | None, *, new: bool, ahead: int) -> Told:
    minutes = None if wait is None else max(round(wait.total_seconds() / 60), 1)
    return Told(
        new=new, closes_at=hours.closes_at, opens_at=hours.opens_at, wait_minutes=minutes, ahead=ahead
    )


async def _tell(chat: Chat, told: Told) -> None:
    await chat.say("handover-told" if told.new else "handover-told-before")
    if told.closes_at is not None:
        await chat.say("handover-open-now", until=told.closes_at)
    elif told.opens_at is not None:
        await chat.say("handover-opens", at=told.opens_at)
    # nobody answers within minutes while the office is closed
    if told.wait_minutes is None or told.opens_at is not None:
        if told.new:
            await chat.say("handover-ahead", people=told.ahead)
    elif told.wait_minutes <= _MINUTES_TOLD_AT_MOST:
        await chat.say("handover-wait", minutes=told.wait_minutes)
    else:
        await chat.say("handover-wait-hours", hours=round(told.wait_minutes / 60))


def _wish(chat: Chat, why: str) -> HandoverWish:
    below, question = chat.interrupted
    return HandoverWish(
        chat=chat.id,
        why="unclear" if why == "unclear" else "anger" if why == "anger" else "asked",
        context={
            "conversation": below,
            "question": question,
            "language": chat.language,
            "channel": chat.caps.channel,
            "shared": chat.caps.shared_device,
        },
        looked_up_days=chat.office.retention.lookups_days,
        askers=chat.askers,
        covered=chat.covered,
    )
