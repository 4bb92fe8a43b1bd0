"""When: a day with free seats, tapped or typed in words; then a time of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from domain.refusals.appointments import BadDay, DayClosed, DayRefused, NotADate
from domain.text.dates import read_day
from handlers.engine.chat import Chat, Choice
from handlers.shared.calendar import FreeDay, FreeTime, desk_of, free_days, hours_of, quiet_hour_at, times_of
from handlers.shared.points import name_of

_PAGES_AT_MOST = 2  # more times than this are asked for in two steps: the hour first
_TOMORROW = "besok"


@dataclass(frozen=True, slots=True)
class Wish:
    """A day that somebody would like, and the time of it if they told one."""

    day: date
    at: time | None = None

    def to_json(self) -> str:
        """Give it as `2026-11-24` or `2026-11-24T09:00`."""
        return f"{self.day}T{self.at:%H:%M}" if self.at else str(self.day)

    @classmethod
    def from_json(cls, value: str) -> Self:
        """Read what `to_json` wrote."""
        day, _, at = value.partition("T")
        return cls(date.fromisoformat(day), time.fromisoformat(at) if at else None)


@dataclass(frozen=True, slots=True)
class DayParser:
    """Reads a day in words; where a day is chosen already, a time alone is one of that day."""

    today: date
    chosen: date | None = None

    def parse(self, text: str) -> Wish:
        """Read "besok", "24 Desember", "senin jam 9"; "jam 9" for the chosen day.

        Raises:
            NotADate, NoSuchDay, OtherWeekday, DayPast: as domain/text/dates.py.
        """
        if self.chosen is not None:
            try:
                at = read_day(f"{_TOMORROW} {_as_time(text)}", self.today).at
            except BadDay:
                at = None
            if at is not None:
                return Wish(self.chosen, at)
        typed = read_day(text, self.today)
        return Wish(typed.day, typed.at)


def _as_time(text: str) -> str:
    """Give what is left when a time was typed with other words for "o'clock"."""
    words = text.casefold().split()
    if not words or len(words) > 3:  # noqa: PLR2004 ("jam 9 pagi")
        raise NotADate
    return (
        text if any(word in {"jam", "pukul", "pkl", "tabuh", "jm", "at"} for word in words) else f"jam {text}"
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """A point, and a time there that somebody chose; `full`: nothing was free then, which was told."""

    point: str
    starts_at: datetime
    full: bool = False


async def ask_when(chat: Chat, point: str) -> Wanted:
    """Give a time of the calendar; whether a seat of it is left shows when it is held."""
    days = await find_days(chat, point)
    if not days:
        return Wanted(point, chat.now, full=True)
    return await time_on(chat, point, await _ask_day(chat, point, days))


async def time_on(chat: Chat, point: str, wish: Wish) -> Wanted:
    """Give a time of the day that somebody would like, or of another one where nothing of it is to be had."""
    while True:
        try:
            times = await chat.learn("booking-times", times_of, desk=desk_of(chat), point=point, day=wish.day)
        except DayRefused as refusal:
            wish = await _ask_another_day(chat, point, wish, refusal)
            continue
        if not any(one.seats for one in times):
            await chat.say("booking-day-full", day=wish.day)
            return Wanted(point, times[len(times) // 2].starts_at, full=True)
        wish, chosen = await _time_of_day(chat, point, times, wish)
        if chosen is not None:
            return Wanted(point, chosen)


async def _time_of_day(
    chat: Chat, point: str, times: list[FreeTime], wish: Wish
) -> tuple[Wish, datetime | None]:
    """Ask until a time of the day is named; None: another day was."""
    day = wish.day
    while wish.day == day:
        for one in times:
            if chat.office.local(one.starts_at).time() == wish.at:
                return wish, one.starts_at
        if wish.at is not None:
            await _tell_no_such_time(chat, point, datetime.combine(day, wish.at, chat.office.timezone))
        await _tell_quiet(chat, point, times)
        wish = await _ask_time(chat, [one for one in times if one.seats], day)
    return wish, None


async def _tell_no_such_time(chat: Chat, point: str, at: datetime) -> None:
    """Tell why a typed time is none: the office is closed then, such as for Friday prayer, or it is gone."""
    hours = await chat.learn("booking-hours", hours_of, desk=desk_of(chat), point=point, day=at.date())
    if hours.hold(at.time()):
        await chat.say("booking-no-such-time")
    else:
        await chat.say("booking-closed-then", at=at, hours=hours.as_week)


async def _tell_quiet(chat: Chat, point: str, times: list[FreeTime]) -> None:
    """Tell at which of the free times the counter is usually quiet, where the past shows one."""
    hour = await chat.learn("booking-quiet-hour", quiet_hour_at, point=point, office=chat.office)
    fits = [one for one in times if one.seats and chat.office.local(one.starts_at).hour == hour]
    if fits:
        await chat.say("booking-quiet", at=fits[0].starts_at)


async def _ask_another_day(chat: Chat, point: str, wish: Wish, refusal: DayRefused) -> Wish:
    """Tell why a day cannot be booked, and ask again: the next open day first, or the last ones before it."""
    await chat.say(f"refusal-{refusal.code}", **refusal.details)
    first = refusal.next_day if isinstance(refusal, DayClosed) else wish.day
    from_day = first - timedelta(days=chat.office.booking.horizon_days)
    if isinstance(refusal, DayClosed) and from_day > chat.office.today(chat.now):
        await chat.say("booking-next-later", day=first, from_day=from_day)
    return await _ask_day(chat, point, await find_days(chat, point), first)


async def find_days(chat: Chat, point: str) -> list[FreeDay]:
    """Give the days of a point that have free seats."""
    return await chat.learn("booking-free-days", free_days, desk=desk_of(chat), point=point)


async def _ask_day(chat: Chat, point: str, days: list[FreeDay], first: date = date.min) -> Wish:
    """Ask for a day; those from `first` on are offered first, then those before it, the nearest first."""

    async def choices() -> list[Choice]:
        later = [one for one in days if one.day >= first]
        before = [one for one in reversed(days) if one.day < first]
        return day_choices([*later, *before])

    parser = DayParser(chat.office.today(chat.now))
    return await chat.ask("booking-day", parser.parse, choices=choices, place=name_of(chat.office, point))


def day_choices(days: Sequence[FreeDay]) -> list[Choice]:
    """Give days as choices, with how many seats are free."""
    return [Choice(str(one.day), "booking-day-choice", day=one.day, free=one.seats) for one in days]


async def _ask_time(chat: Chat, times: list[FreeTime], day: date) -> Wish:
    """Ask for a time of the day: all of them where they fit two pages, else the hour first."""
    parser = DayParser(chat.office.today(chat.now), chosen=day)
    if len(times) > _PAGES_AT_MOST * (chat.caps.page - 1):
        wish = await chat.ask("booking-hour", parser.parse, choices=lambda: _hours(chat, times, day), day=day)
        within = [one for one in times if wish.at and chat.office.local(one.starts_at).hour == wish.at.hour]
        if wish.day != day or wish.at is None or wish.at.minute or len(within) == 1:
            return wish
        times = within or times
    return await chat.ask("booking-time", parser.parse, choices=lambda: _times(chat, times, day), day=day)


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
    """Give one choice for each hour: its first and last time."""
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
