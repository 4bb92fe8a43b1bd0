"""Choice of the time: a day with free seats, tapped or typed, then a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from domain.appointments.wishes import ANOTHER_DAY, WISH, DayParser, Wish
from domain.office.office import Office
from domain.refusals.appointments import BadDay, DayClosed, DayPast, DayRefused
from handlers.appointments.followups import ask
from handlers.appointments.place_choice import day_or_place
from handlers.engine.chat import Chat, Choice, Said
from handlers.shared.calendar import (
    FreeDay,
    FreeTime,
    calendar_source,
    free_days,
    hours_of,
    name_of,
    quiet_hour_at,
    times_of,
)

_PAGES_AT_MOST = 2  # if there are more times, the hour is asked first
_HOURS_TYPED = range(7, 18)
"""Numbers that may mean an hour at a question for the time; smaller ones count the choices."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A point and a chosen time; `full`: the resident was told that nothing was free then."""

    point: str
    starts_at: datetime
    full: bool = False


async def ask_when(chat: Chat, point: str) -> Wanted:
    """A time of the calendar; whether a seat is left shows when it is held."""
    return await time_on(chat, point, ANOTHER_DAY)


def hour_or_place(
    question: str, values: Sequence[Any], number: int, place: int | None, office: Office
) -> tuple[int, Said] | None:
    """The choice that "9" is at a question for the time: 09.00 if offered, else the page's ninth; both are told."""
    if question not in {"booking-time", "booking-hour"} or number not in _HOURS_TYPED:
        return None
    offered = [Wish.from_json(one) for one in values]
    places = [place for place, one in enumerate(offered) if one.at == time(number)]
    key, place = ("booking-hour-read", places[0]) if places else ("booking-place-read", place)
    if place is None or (at := offered[place].at) is None:
        return None
    moment = datetime.combine(offered[place].day, at, office.timezone)
    return place, Said(key, {"number": str(number), "at": moment})


async def wished(chat: Chat, point: str, wish: str, day: date | None) -> Wanted:
    """The time that a marked wish names; `day` is meant by a time alone, which is else asked."""
    try:
        typed = DayParser(chat.office.today(chat.now), chosen=day).parse(wish.removeprefix(WISH))
    except (BadDay, DayPast) as refusal:
        chat.refuse(refusal)
        return await ask_when(chat, point)
    return await time_on(chat, point, typed)


async def time_on(chat: Chat, point: str, wish: Wish | str) -> Wanted:
    """A time of the wanted day, or of another one if it has none; a named place is taken instead, for the same day."""
    last = ANOTHER_DAY
    while True:
        if isinstance(wish, str):
            point, wish = wish, Wish(last.day)
            if last != ANOTHER_DAY:  # whose question names the place
                await chat.say("booking-at", place=name_of(chat.office, point))
        last = wish
        answered = await _time_or_day(chat, point, wish)
        if isinstance(answered, Wanted):
            return answered
        wish = answered


async def _time_or_day(chat: Chat, point: str, wish: Wish) -> Wanted | Wish | str:
    """A time of the wanted day; else another day or place that is wanted."""
    if wish == ANOTHER_DAY:
        days = await find_days(chat, point)
        return await _ask_day(chat, point, days) if days else Wanted(point, chat.now, full=True)
    try:
        times = await chat.learn(
            "booking-times", times_of, source=calendar_source(chat), point=point, day=wish.day
        )
    except DayRefused as refusal:
        return await _ask_another_day(chat, point, wish, refusal)
    if not any(one.seats for one in times):
        await chat.say("booking-day-full", day=wish.day)
        return Wanted(point, times[len(times) // 2].starts_at, full=True)
    instead, chosen = await _time_of_day(chat, point, times, wish)
    return instead if chosen is None else Wanted(point, chosen)


async def _time_of_day(
    chat: Chat, point: str, times: list[FreeTime], wish: Wish
) -> tuple[Wish | str, datetime | None]:
    """Ask until a time of the day is given; None: another day or place was."""
    day = wish.day
    while wish.day == day:
        for one in times:
            if chat.office.local(one.starts_at).time() == wish.at:
                return wish, one.starts_at
        if wish.at is not None:
            await _tell_no_such_time(chat, point, datetime.combine(day, wish.at, chat.office.timezone))
        await _tell_quiet(chat, point, times)
        answered = await _ask_time(chat, point, [one for one in times if one.seats], day)
        if isinstance(answered, str):
            return answered, None
        wish = answered
    return wish, None


async def _tell_no_such_time(chat: Chat, point: str, at: datetime) -> None:
    """Explain why a typed time is unavailable: closed then, for instance for Friday prayer, or full."""
    hours = await chat.learn(
        "booking-hours", hours_of, source=calendar_source(chat), point=point, day=at.date()
    )
    if hours.hold(at.time()):
        await chat.say("booking-no-such-time")
    else:
        await chat.say("booking-closed-then", at=at, hours=hours.as_week)


async def _tell_quiet(chat: Chat, point: str, times: list[FreeTime]) -> None:
    """Tell which of the free times is usually quiet, if past data shows one."""
    hour = await chat.learn("booking-quiet-hour", quiet_hour_at, point=point, office=chat.office)
    fits = [one for one in times if one.seats and chat.office.local(one.starts_at).hour == hour]
    if fits:
        await chat.say("booking-quiet", at=fits[0].starts_at)


async def _ask_another_day(chat: Chat, point: str, wish: Wish, refusal: DayRefused) -> Wish | str:
    """Explain why a day cannot be booked, and ask again, offering the next open day or the last ones before it."""
    await chat.say(f"refusal-{refusal.code}", **refusal.details)
    first = refusal.next_day if isinstance(refusal, DayClosed) else wish.day
    from_day = first - timedelta(days=chat.office.booking.horizon_days)
    if isinstance(refusal, DayClosed) and from_day > chat.office.today(chat.now):
        await chat.say("booking-next-later", day=first, from_day=from_day)
    return await _ask_day(chat, point, await find_days(chat, point), first)


async def find_days(chat: Chat, point: str) -> list[FreeDay]:
    """Days of a point with free seats."""
    return await chat.learn("booking-free-days", free_days, source=calendar_source(chat), point=point)


async def _ask_day(chat: Chat, point: str, days: list[FreeDay], first: date = date.min) -> Wish | str:
    """Ask for a day, or take another place; days from `first` come first, then earlier ones, nearest first."""

    async def choices() -> list[Choice]:
        later = [one for one in days if one.day >= first]
        before = [one for one in reversed(days) if one.day < first]
        return day_choices([*later, *before])

    nearest = next((one for one in days if one.day >= first), days[0] if days else None)
    parser = day_or_place(chat, first=Wish(nearest.day) if nearest else None)
    return await ask(chat, "booking-day", parser.parse, choices, point, place=name_of(chat.office, point))


def day_choices(days: Sequence[FreeDay]) -> list[Choice]:
    """Days as choices, with their free seats."""
    return [Choice(str(one.day), "booking-day-choice", day=one.day, free=one.seats) for one in days]


async def _ask_time(chat: Chat, point: str, times: list[FreeTime], day: date) -> Wish | str:
    """Ask for a time of the day: all times if they fit two pages, else the hour first. Another place is taken, too."""
    first = Wish(day, chat.office.local(times[0].starts_at).time()) if times else None
    offered = tuple(chat.office.local(one.starts_at).time() for one in times)
    parser = day_or_place(chat, chosen=day, first=first, offered=offered)
    if len(times) > _PAGES_AT_MOST * (chat.caps.page - 1):
        wish = await ask(chat, "booking-hour", parser.parse, lambda: _hours(chat, times, day), point, day=day)
        if isinstance(wish, str):
            return wish
        within = [one for one in times if wish.at and chat.office.local(one.starts_at).hour == wish.at.hour]
        if wish.day != day or wish.at is None or wish.at.minute or len(within) == 1:
            return wish
        times = within or times
    return await ask(chat, "booking-time", parser.parse, lambda: _times(chat, times, day), point, day=day)


async def _times(chat: Chat, times: list[FreeTime], day: date) -> list[Choice]:
    return [
        Choice(
            Wish(day, chat.office.local(one.starts_at).time()).to_json(),
            "booking-time-choice",
            at=one.starts_at,
            free=one.seats,
        )
        for one in times
    ]


async def _hours(chat: Chat, times: list[FreeTime], day: date) -> list[Choice]:
    """One choice per hour, with its first and last time."""
    hours: dict[int, list[FreeTime]] = {}
    for one in times:
        hours.setdefault(chat.office.local(one.starts_at).hour, []).append(one)
    return [
        Choice(
            Wish(day, time(hour)).to_json(),
            "booking-hour-choice",
            first=within[0].starts_at,
            last=within[-1].starts_at,
        )
        for hour, within in hours.items()
    ]
