"""Answers to questions about an appointment that was just shown: where, when, who, what to bring."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from domain.appointments.booking import Booking
from domain.appointments.seats import Hold
from domain.office.office import Office, Point
from domain.text.appointment_questions import (
    BRING,
    COST,
    DRESS,
    EARLY,
    LATE,
    TIME,
    WHERE,
    WHO,
    asked_about,
    asked_of_any,
)
from handlers.appointments.ticket import bring, pin
from handlers.engine.chat import Chat, Choice, Offering, Said
from handlers.engine.registry import conversation
from handlers.shared.calendar import calendar_source, name_of, named
from handlers.shared.report import address_of, open_now, week_of
from storage.cards import chat_applications
from storage.people.sittings import Covered
from storage.session import Reading
from storage.staff.service_words import as_worded

T = TypeVar("T")

ABOUT = "about:"
_ASKED = frozenset({WHERE, TIME, WHO, BRING, LATE, EARLY, DRESS, COST})
_ASKED_BEFORE = _ASKED - {TIME}  # it is what is being asked
_QUESTIONS = frozenset({"booking-where", "booking-day", "booking-move-day", "booking-hour", "booking-time"})
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
    """The answer `about:<topic>` that a question is below an appointment, its summary, or while it is chosen; or None."""
    known = _ASKED if question in _CHOICES else _ASKED_BEFORE if question in _QUESTIONS else frozenset()
    topic = asked_about(text) if known else None
    return f"{ABOUT}{topic}" if topic in known else None


async def choose(
    chat: Chat, key: str, choices: Sequence[Choice], about: Booking | Hold, **variables: Any
) -> Any:
    """As `chat.choose`; questions about the appointment are answered first, and the choices shown again."""
    chosen = await chat.choose(key, choices, **variables)
    while isinstance(chosen, str) and chosen.startswith(ABOUT):
        await answer(chat, chosen.removeprefix(ABOUT), about)
        chosen = await chat.choose(key, choices, **variables)
    return chosen


async def ask(
    chat: Chat, key: str, parse: Callable[[str], T], choices: Offering, point: str = "", **variables: Any
) -> T:
    """As `chat.ask`; questions about coming to the point are answered first, and it is asked again."""
    answered = await chat.ask(key, parse, choices=choices, **variables)
    while isinstance(answered, str) and answered.startswith(ABOUT):
        await _answer_before(chat, answered.removeprefix(ABOUT), point)
        answered = await chat.ask(key, parse, choices=choices, **variables)
    return answered


async def _answer_before(chat: Chat, topic: str, point: str) -> None:
    """Answer a question before a seat is chosen: what to bring depends on the service that is applied for."""
    place = named(chat.office, point)
    if topic == WHERE:
        await (_tell_place(chat, place) if isinstance(place, Point) else chat.open("office"))
    elif topic == BRING:
        service = await chat.read(service_applied_for, chat=chat.id, covered=chat.covered)
        office = await chat.read(as_worded, office=chat.office, service=service)
        for thought in bring(service, office):
            await chat.say(thought.key, **thought.variables)
    else:
        await _answer_alike(chat, topic, place.name if place else chat.office.name)


async def _answer_alike(chat: Chat, topic: str, place: str) -> None:
    """Answer what is the same for all appointments."""
    if topic == WHO:
        await chat.say("booking-in-person")
    elif topic == COST:
        await chat.say("fees-text")
    elif topic == DRESS:
        await chat.say("follow-dress", place=place)
    else:
        await chat.say(f"booking-{topic}")


async def service_applied_for(db: Reading, *, chat: int, covered: Covered) -> str:
    """The service of the people that the chat just looked up; "" if they have several."""
    since = db.now - timedelta(hours=1)
    people = await chat_applications.known_to(db, chat=chat, since=since, booked_since=since, covered=covered)
    services = {one.service for one in people}
    return services.pop() if len(services) == 1 else ""


async def answer(chat: Chat, topic: str, about: Booking | Hold) -> None:
    """Answer a question about an appointment."""
    if topic == WHERE:
        await _tell_where(chat, about)
    elif topic == TIME:
        await _tell_when(chat, about)
    elif topic == BRING:
        for thought in bring(about.service, await office_of(chat, about)):
            await chat.say(thought.key, **thought.variables)
    else:
        await _answer_alike(chat, topic, name_of(chat.office, about.point))


async def _tell_when(chat: Chat, about: Booking | Hold) -> None:
    await chat.say("booking-when", at=about.starts_at, place=name_of(chat.office, about.point))


async def _tell_where(chat: Chat, about: Booking | Hold) -> None:
    """Tell address and hours of the appointment's own place, with its pin."""
    place = named(chat.office, about.point)
    if isinstance(place, Point):
        await _tell_place(chat, place)
    elif place is not None:
        same = place.address == place.name
        await chat.say("booking-where-is", place=place.name, address=place.address, same=same)
    await _tell_when(chat, about)
    pinned = pin(about, chat.office)
    if pinned is not None:
        await chat.place(pinned)


async def _tell_place(chat: Chat, place: Point) -> None:
    async def told() -> list[Said]:
        calendar = await chat.read(calendar_source(chat).calendar)
        week = week_of(calendar, place, chat.now)
        hours = [Said("report-hours", {"hours": week})] if any(week.days) else []
        return [Said("booking-where-is", address_of(place)), *hours, *open_now(calendar, [place], chat.now)]

    await chat.tell(told)


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
