"""Seats: choosing a time holds one, [Konfirmasi] books it; if it is gone, the nearest times are offered."""

from datetime import datetime

from domain.appointments.seats import Hold
from domain.office.office import Office
from domain.refusals.appointments import SlotFull, SlotGone
from handlers.appointments.person_choice import Applying
from handlers.appointments.place_choice import ask_where
from handlers.appointments.steps import keep
from handlers.appointments.time_choice import WISH, Wanted, ask_when, spoken_wish, wished
from handlers.appointments.waiting import LIST, wait
from handlers.engine.chat import Chat, Choice
from handlers.engine.dialogue import Transcript
from handlers.engine.hearing import OTHER_TIME
from handlers.engine.scene import Said
from handlers.shared.calendar import calendar_source, name_of, nearest_free
from storage.appointments import seats
from storage.session import Writing

HOLD = "booking-hold"
_SUMMARIES = frozenset({"booking-summary", "booking-move-summary", "booking-what"})
_ENDED = frozenset({"booking-take", "booking-move-to", "booking-join"})
"""Steps after which a held seat is booked or given up."""
CONFIRM, OTHER_DAY, OTHER_PLACE = "confirm", "other-day", "other-place"


def another_time(question: str, text: str) -> str | None:
    """The answer that a day or time typed at a summary, or below an appointment, is; else None."""
    wish = spoken_wish(text) if question in _SUMMARIES else None
    return wish[0] if wish else None


async def ask_wanted(chat: Chat, applying: Applying, wish: str = "") -> Wanted:
    """Ask for place and time, or take the day and time of a marked wish."""
    point = await ask_where(chat, applying)
    return await (wished(chat, point, wish, None) if wish else ask_when(chat, point))


async def agree(chat: Chat, applying: Applying, wanted: Wanted, *, key: str) -> Hold | None:
    """Hold a seat until the resident confirms; None: they join the waiting list instead.

    `key` is the sentence that shows what is to be confirmed.
    """
    while True:
        held = await _keep(chat, applying, wanted)
        if held is None:
            return None
        chosen = await chat.choose(
            key,
            [Choice(CONFIRM, "booking-confirm"), Choice(OTHER_TIME, "booking-other-time")],
            name=applying.name,
            at=held.starts_at,
            place=name_of(chat.office, held.point),
            until=held.until,
        )
        if chosen == CONFIRM:
            return held
        await chat.once("booking-release", seats.release, hold=held.id)
        if chosen.startswith(WISH):
            day = chat.office.local(held.starts_at).date()
            wanted = await wished(chat, wanted.point, chosen, day)
        else:
            wanted = await ask_when(chat, wanted.point)


async def _keep(chat: Chat, applying: Applying, wanted: Wanted) -> Hold | None:
    """Hold a seat at that time, or at another chosen time if it is full."""
    while True:
        if not wanted.full:
            try:
                return await chat.once(
                    HOLD,
                    keep,
                    chat=chat.id,
                    applying=applying,
                    source=calendar_source(chat),
                    point=wanted.point,
                    starts_at=wanted.starts_at,
                )
            except (SlotFull, SlotGone) as refusal:
                await chat.say(f"refusal-{refusal.code}")
        instead = await ask_instead(chat, applying, wanted)
        if instead is None:
            return None
        wanted = instead


async def ask_instead(chat: Chat, applying: Applying, wanted: Wanted) -> Wanted | None:
    """Ask for a time instead of a full one: one of the nearest, or any; None: the waiting list."""
    near = await nearest_choices(chat, wanted)
    other = Choice(OTHER_DAY, "booking-other-day") if near else Choice(OTHER_PLACE, "booking-other-place")
    chosen = await chat.choose(
        "booking-instead",
        [*near, other, Choice(LIST, "booking-wait", hint="booking-wait-hint")],
        place=name_of(chat.office, wanted.point),
        some=bool(near),
    )
    if chosen == LIST:
        await wait(chat, applying, wanted.point)
        return None
    if chosen == OTHER_DAY:
        return await ask_when(chat, wanted.point)
    if chosen == OTHER_PLACE:
        return await ask_wanted(chat, applying)
    return Wanted(wanted.point, datetime.fromisoformat(chosen))


async def nearest_choices(chat: Chat, wanted: Wanted) -> list[Choice]:
    """The free times nearest to a full one, as at most three choices."""
    near = await chat.learn(
        "booking-nearest",
        nearest_free,
        source=calendar_source(chat),
        point=wanted.point,
        wanted=wanted.starts_at,
    )
    return [Choice(one.starts_at.isoformat(), "booking-slot", at=one.starts_at) for one in near]


async def let_go(db: Writing, chat: int, transcript: Transcript, office: Office) -> tuple[Said, ...]:  # noqa: ARG001 (arguments of every conversation's end)
    """Release the last seat that the conversation held, unless it was booked; say what did not happen."""
    held = transcript.result(HOLD, Hold)
    if held is not None:
        await seats.release(db, hold=held.id)
    done = {entry.key for entry in transcript.entries}
    if held is None or transcript.conversation == "rebook" or done & _ENDED:
        return ()
    return (Said("booking-move-dropped" if "booking-may-move" in done else "booking-dropped"),)
