"""Rules of the date grammar (dates.py): patterns over its words, and the day that each means.

A week begins on Monday: "senin depan" is in the next one; a weekday alone is the coming one and never today. A
date without a year is the next one, or one in the last two months, so that the resident is told that it is
past.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from domain.refusals.appointments import NoSuchDay, NotADate, OtherWeekday

_JUST_PAST = timedelta(days=60)
_MONTHS = 12


def _relative(found: re.Match[str], today: date) -> date:
    return today + timedelta(days={"ini": 0, "nanti": 0, "besok": 1, "lusa": 2, "kemarin": -1}[found["word"]])


def _counted(found: re.Match[str], today: date) -> date:
    count = int(found["count"])
    if found["unit"] == "bulan":
        first = _months_on(today, count)
        return first.replace(day=min(today.day, _length(first)))
    return today + timedelta(days=count * (7 if found["unit"] == "minggu" else 1))


def _weekday(found: re.Match[str], today: date) -> date:
    """The coming weekday; with `depan` next week's, with `ini` this week's. Weeks begin on Monday."""
    wanted = _number_of(found["weekday"])
    monday = today - timedelta(days=today.weekday())
    if found["which"] == "ini":
        return monday + timedelta(days=wanted)
    if found["which"] is not None:
        return monday + timedelta(days=7 + wanted)
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _next_week(_: re.Match[str], today: date) -> date:
    return today + timedelta(days=7 - today.weekday())


def _next_month(_: re.Match[str], today: date) -> date:
    return _months_on(today, 1)


def _of_month(found: re.Match[str], today: date) -> date:
    """The next day of that number, or the one in the named month."""
    number = int(found["day"])
    if found["month"] is not None:
        month = _months_on(today, 1 if found["month"] == "depan" else 0)
        return _fitting(_existing(month.year, month.month, number), found["weekday"])
    if not 1 <= number <= 31:  # noqa: PLR2004 (no month is longer)
        raise NoSuchDay(_last(today.year, today.month))
    months = (_months_on(today, ahead) for ahead in range(3))
    days = (month.replace(day=number) for month in months if number <= _length(month))
    return _fitting(next(day for day in days if day >= today), found["weekday"])


def _dated(found: re.Match[str], today: date) -> date:
    given = found.groupdict()
    number, month = int(given["day"]), int(given["month"])
    if not 1 <= month <= _MONTHS:
        raise NotADate
    year = given["year"]
    if year is None:
        day = _without_year(number, month, today)
    else:
        day = _existing(int(year) + (2000 if len(year) == len("26") else 0), month, number)
    return _fitting(day, given.get("weekday"))


def _without_year(number: int, month: int, today: date) -> date:
    earliest = today - _JUST_PAST
    year = earliest.year
    while _last(year, month) < earliest or (
        number <= _last(year, month).day and date(year, month, number) < earliest
    ):
        year += 1
    return _existing(year, month, number)


def _existing(year: int, month: int, number: int) -> date:
    last = _last(year, month)
    if number > last.day:
        raise NoSuchDay(last)
    return date(year, month, number)


def _fitting(day: date, weekday: str | None) -> date:
    if weekday is not None and _number_of(weekday) != day.weekday():
        raise OtherWeekday(day)
    return day


def _number_of(weekday: str) -> int:
    return 6 if weekday == "minggu" else int(weekday.removeprefix("w"))


def _months_on(day: date, months: int) -> date:
    """First day of the month so many months later."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def _length(month: date) -> int:
    return monthrange(month.year, month.month)[1]


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


_WEEKDAY = r"(?:(?P<weekday>w[0-6]|minggu) )?(?:tgl )?"
_NUMBER = r"(?P<day>[0-9]{1,2})"
RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date]], ...] = tuple(
    (re.compile(rule), give)
    for rule, give in (
        (r"(?:besok (?=lusa)|nanti )?(?P<word>ini|nanti|besok|lusa|kemarin)", _relative),
        (r"minggu (?P<word>ini)", _relative),
        (r"(?P<count>[0-9]{1,3}) (?P<unit>hari|minggu|bulan)(?: lagi|(?<!bulan) depan)?", _counted),
        (r"(?:minggu depan|depan minggu)", _next_week),
        (r"(?:bulan depan|depan bulan)", _next_month),
        (r"(?:besok )?(?P<weekday>w[0-6]|minggu)(?: (?P<which>depan|ini|minggu depan))?", _weekday),
        (r"(?P<which>depan|ini|minggu depan) (?P<weekday>w[0-6])", _weekday),
        (rf"(?:(?P<weekday>w[0-6]|minggu) )?tgl {_NUMBER}(?: bulan (?P<month>depan|ini))?", _of_month),
        (rf"{_WEEKDAY}{_NUMBER} m(?P<month>[0-9]{{1,2}})(?: (?P<year>[0-9]{{4}}|[0-9]{{2}}))?", _dated),
        (rf"{_WEEKDAY}m(?P<month>[0-9]{{1,2}}) (?:tgl )?{_NUMBER}(?: (?P<year>[0-9]{{4}}))?", _dated),
        (
            rf"{_WEEKDAY}{_NUMBER}(?: bulan |[/\-])(?P<month>[0-9]{{1,2}})(?:[/\- ](?P<year>[0-9]{{4}}|[0-9]{{2}}))?",
            _dated,
        ),
        (rf"{_WEEKDAY}{_NUMBER}[. ](?P<month>[0-9]{{1,2}})[. ](?P<year>[0-9]{{4}}|[0-9]{{2}})", _dated),
        (r"(?P<day>[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<year>20[0-9]{2})", _dated),
        (r"(?P<year>[0-9]{4})[/.\-](?P<month>[0-9]{1,2})[/.\-](?P<day>[0-9]{1,2})", _dated),
    )
)
