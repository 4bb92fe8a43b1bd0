"""Seats: choosing a time holds one, [Konfirmasi] books it; if it is gone, the nearest times are offered."""

from datetime import datetime

from domain.appointments.booking import Booking
from domain.appointments.seats import Hold
from domain.appointments.wishes import WISH, Wish, spoken_wish
from domain.office.office import Office
from domain.refusals.appointments import OtherOffice, SlotFull, SlotGone, TooYoung, UnknownPlace
from domain.text.appointment_questions import asked_about, takes_back
from domain.text.summary_replies import (
    AGREED,
    WRONG,
    WRONG_PLACE,
    WRONG_TIME,
    Reply,
    place_wanted,
    reply_to_summary,
    wants_change,
)
from handlers.appointments.followups import choose, follow_up
from handlers.appointments.person_choice import Applying
from handlers.appointments.place_choice import PlaceParser, ask_where
from handlers.appointments.steps import keep
from handlers.appointments.time_choice import Wanted, ask_when, time_on, wished
from handlers.appointments.waiting import LIST, wait
from handlers.engine.chat import Chat, Choice
from handlers.engine.choosing import OTHER_TIME
from handlers.engine.dialogue import Transcript
from handlers.engine.scene import Holidays, Said
from handlers.shared.calendar import calendar_source, name_of, nearest_free
from storage.appointments import seats
from storage.session import Writing

HOLD = "booking-hold"
_SUMMARIES = frozenset({"booking-summary", "booking-move-summary"})
_ENDED = frozenset({"booking-take", "booking-move-to", "booking-join"})
"""Steps after which a held seat is booked or given up."""
CONFIRM, OTHER_DAY, OTHER_PLACE = "confirm", "other-day", "other-place"
_OTHER_HOUR, PLACE, MOVE = "other-hour", "place:", "move"
_REPLIES = {AGREED: CONFIRM, WRONG: OTHER_TIME, WRONG_TIME: _OTHER_HOUR, WRONG_PLACE: PLACE}
_TAKEN_BACK = {"reminder-undo": "coming", "booking-cancel-sure": "no"}
"""The choice that keeps an appointment, by question."""


def another_time(question: str, text: str) -> str | None:
    """The answer that a text is at a summary or below an appointment: another day, a question about it; or None."""
    wish = spoken_wish(text) if question in _SUMMARIES | {"booking-what"} else None
    return wish[0] if wish is not None else follow_up(question, text)


def correction(question: str, text: str) -> str | None:
    """The answer of a text that agrees with a summary, corrects it, or keeps an appointment after all; or None."""
    if question in _TAKEN_BACK:
        return _TAKEN_BACK[question] if takes_back(text) else None
    if question == "booking-what":
        return other_place(text) or (MOVE if wants_change(text) else None)
    if question not in _SUMMARIES or spoken_wish(text) is not None:
        return None
    reply = reply_to_summary(text)
    named = reply is not None and reply.kind == WRONG_PLACE and reply.instead
    return _corrected(reply) if reply is not None and (named or asked_about(text) is None) else None


def other_place(text: str) -> str | None:
    """The answer of a text that wants an appointment at another place, with its name if that is told; or None."""
    reply = place_wanted(text)
    return None if reply is None else f"{PLACE}{reply.instead}"


def _corrected(reply: Reply) -> str:
    """The answer to a summary that agrees with it, or says what is wrong with it."""
    wish = spoken_wish(reply.instead) if reply.instead and reply.kind != WRONG_PLACE else None
    if wish is not None:
        return wish[0]
    return _REPLIES[reply.kind] + (reply.instead if reply.kind == WRONG_PLACE else "")


async def ask_wanted(chat: Chat, applying: Applying, wish: str = "") -> Wanted:
    """Ask for place and time, or take the day and time of a marked wish."""
    point = await ask_where(chat, applying)
    return await (wished(chat, point, wish, None) if wish.startswith(WISH) else ask_when(chat, point))


async def agree(chat: Chat, applying: Applying, wanted: Wanted, *, key: str) -> Hold | None:
    """Hold a seat until the resident confirms; None: they join the waiting list instead.

    `key` is the sentence that shows what is to be confirmed.
    """
    while True:
        held = await _keep(chat, applying, wanted)
        if held is None:
            return None
        chosen = await choose(
            chat,
            key,
            [Choice(CONFIRM, "booking-confirm"), Choice(OTHER_TIME, "booking-other-time")],
            held,
            name=applying.name,
            at=held.starts_at,
            place=name_of(chat.office, held.point),
            until=held.until,
        )
        if chosen == CONFIRM:
            return held
        await chat.once("booking-release", seats.release, hold=held.id)
        wanted = await instead_of(chat, applying, held, chosen)


async def instead_of(chat: Chat, applying: Applying, about: Hold | Booking, chosen: str) -> Wanted:
    """What a resident wants instead of a held seat or an appointment: another time, day or place."""
    day = chat.office.local(about.starts_at).date()
    if chosen.startswith(WISH):
        return await wished(chat, about.point, chosen, day)
    if chosen == _OTHER_HOUR:
        return await time_on(chat, about.point, Wish(day))
    if chosen.startswith(PLACE):
        point = await _another_place(chat, applying, chosen.removeprefix(PLACE))
        return Wanted(point, about.starts_at)
    return await ask_when(chat, about.point)


async def _another_place(chat: Chat, applying: Applying, named: str) -> str:
    """The named point, or one that is asked for."""
    if named:
        try:
            return PlaceParser(office=chat.office, today=chat.office.today(chat.now)).parse(named)
        except (OtherOffice, UnknownPlace) as refusal:
            chat.refuse(refusal)
    return await ask_where(chat, applying)


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
            except TooYoung as refusal:
                await chat.say(f"refusal-{refusal.code}", **refusal.details)
                wanted = await time_on(chat, wanted.point, Wish(refusal.from_day))
                continue
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


async def let_go(
    db: Writing,
    chat: int,  # noqa: ARG001 (as the next ones: arguments of every conversation's end)
    transcript: Transcript,
    office: Office,  # noqa: ARG001
    holidays: Holidays,  # noqa: ARG001
) -> tuple[Said, ...]:
    """Release the last seat that the conversation held, unless it was booked; say what did not happen."""
    held = transcript.result(HOLD, Hold)
    if held is not None:
        await seats.release(db, hold=held.id)
    done = {entry.key for entry in transcript.entries}
    if held is None or transcript.conversation == "rebook" or done & _ENDED:
        return ()
    return (Said("booking-move-dropped" if "booking-may-move" in done else "booking-dropped"),)
