"""National holidays and collective leave (*cuti bersama*), from the `holidays` library.

Its default category leaves out the collective leave, on which offices close as well: both are asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from domain.appointments.calendar import Calendar
from domain.appointments.closures import Closure
from domain.office.office import Office

PUBLIC, COLLECTIVE = "public", "government"


@dataclass(frozen=True, slots=True)
class Holidays:
    """The closed days with their Indonesian names; `known_until_year` is the last year whose collective leave is known."""

    days: Mapping[date, str]
    known_until_year: int | None


def holidays_around(today: date, horizon_days: int) -> Holidays:
    """Give the holidays of every year that can be booked, and of one more for the next open day after them.

    The library takes a tenth of a second to load and is kept for the years asked for.
    """
    last = date.fromordinal(min(today.toordinal() + horizon_days, date.max.toordinal()))
    return _holidays(today.year, last.year + 1)


def holiday_names(today: date, horizon_days: int) -> Mapping[date, str]:
    """Give the closed days alone, as conversations ask for them."""
    return holidays_around(today, horizon_days).days


def calendar_of(
    office: Office, closures: tuple[Closure, ...], now_day: date, horizon_days: int | None = None
) -> Calendar:
    """Give the office's calendar as it stands that day; a closure by staff wins over a holiday."""
    known = holidays_around(now_day, office.booking.horizon_days if horizon_days is None else horizon_days)
    return Calendar(
        office=office, holidays=known.days, closures=closures, known_until_year=known.known_until_year
    )


@lru_cache(maxsize=8)
def _holidays(first_year: int, last_year: int) -> Holidays:
    from holidays import country_holidays

    years = range(first_year, last_year + 1)
    found = country_holidays("ID", categories=(PUBLIC, COLLECTIVE), years=years, language="id")
    collective = country_holidays("ID", categories=(COLLECTIVE,), years=years, language="id")
    return Holidays(
        days={day: found[day] for day in sorted(found)},
        known_until_year=_last_known({day.year for day in collective}, first_year),
    )


def _last_known(years: set[int], first_year: int) -> int:
    """Give the last of the years that follow each other; a year without collective leave is not decided yet."""
    year = first_year
    while year in years:
        year += 1
    return year - 1
