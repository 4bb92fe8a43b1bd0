"""Answers to questions about an appointment that was just shown: where, when, who, what to bring."""

from collections.abc import Sequence
from typing import Any

from domain.appointments.booking import Booking
from domain.appointments.seats import Hold
from domain.office.office import Office, Point
from domain.text.appointment_questions import BRING, EARLY, LATE, TIME, WHERE, WHO, asked_about, asked_of_any
from handlers.appointments.ticket import bring, pin, place_of
from handlers.engine.chat import Chat, Choice, Said
from handlers.engine.registry import conversation
from handlers.shared.calendar import calendar_source, name_of
from handlers.shared.report import address_of, open_now, week_of
from storage.staff.service_words import as_worded

ABOUT = "about:"
_ASKED = frozenset({WHERE, TIME, WHO, BRING, LATE, EARLY})
_CHOICES = frozenset(
    {
        "booking-summary",
        "booking-move-summary",
        "booking-what",
        "booking-here-what",
        "reminder-coming",
        "rebook-when",
    }
)


def follow_up(question: str, text: str) -> str | None:
    """The answer `about:<topic>` that a question is below an appointment or its summary, or None."""
    topic = asked_about(text) if question in _CHOICES else None
    return f"{ABOUT}{topic}" if topic in _ASKED else None


async def choose(
    chat: Chat, key: str, choices: Sequence[Choice], about: Booking | Hold, **variables: Any
) -> Any:
    """As `chat.choose`; questions about the appointment are answered first, and the choices shown again."""
    chosen = await chat.choose(key, choices, **variables)
    while isinstance(chosen, str) and chosen.startswith(ABOUT):
        await answer(chat, chosen.removeprefix(ABOUT), about)
        chosen = await chat.choose(key, choices, **variables)
    return chosen


async def answer(chat: Chat, topic: str, about: Booking | Hold) -> None:
    """Answer a question about an appointment."""
    if topic == WHERE:
        await _tell_where(chat, about)
    elif topic == TIME:
        await _tell_when(chat, about)
    elif topic == WHO:
        await chat.say("booking-in-person")
    elif topic in (LATE, EARLY):
        await chat.say(f"booking-{topic}")
    else:
        for thought in bring(about, await office_of(chat, about)):
            await chat.say(thought.key, **thought.variables)


async def _tell_when(chat: Chat, about: Booking | Hold) -> None:
    await chat.say("booking-when", at=about.starts_at, place=name_of(chat.office, about.point))


async def _tell_where(chat: Chat, about: Booking | Hold) -> None:
    """Tell address and hours of the appointment's own place, with its pin."""
    place = place_of(about, chat.office)
    if isinstance(place, Point):

        async def told() -> list[Said]:
            calendar = await chat.read(calendar_source(chat).calendar)
            week = week_of(calendar, place, chat.now)
            hours = [Said("report-hours", {"hours": week})] if any(week.days) else []
            return [
                Said("booking-where-is", address_of(place)),
                *hours,
                *open_now(calendar, [place], chat.now),
            ]

        await chat.tell(told)
    elif place is not None:
        same = place.address == place.name
        await chat.say("booking-where-is", place=place.name, address=place.address, same=same)
    await _tell_when(chat, about)
    pinned = pin(about, chat.office)
    if pinned is not None:
        await chat.place(pinned)


async def office_of(chat: Chat, about: Booking | Hold) -> Office:
    """The office with staff's wording of the booked service."""
    return await chat.read(as_worded, office=chat.office, service=about.service)


def _spot_any(text: str, _office: Office) -> dict[str, str]:
    topic = asked_of_any(text)
    return {ABOUT: topic} if topic else {}


@conversation("booking-question", spot=_spot_any, aside=True)
async def answer_any(chat: Chat) -> None:
    """Answer a question about coming to an appointment, also before there is one."""
    topic = chat.given.get(ABOUT, "")
    await chat.say("booking-in-person" if topic == WHO else f"booking-{topic}")
