"""Public holidays and collective leave (*cuti bersama*), from the `holidays` library.

Its default category lacks collective leave, on which offices close, too; so both are requested.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from domain.appointments.calendar import Calendar
from domain.appointments.closures import Closure
from domain.office.office import Office
from domain.office.services import INDONESIAN

PUBLIC, COLLECTIVE = "public", "government"
_PAST, _AHEAD = 2, 3  # years: forecasts look back, bookings ahead
_LIBRARIES = ("holidays", "dateutil", "six")


@dataclass(frozen=True, slots=True)
class Holidays:
    """Closed days with Indonesian names; `known_until_year` is the last year with known collective leave."""

    days: Mapping[date, str]
    known_until_year: int | None


def holidays_around(today: date, horizon_days: int) -> Holidays:
    """Holidays of every bookable year, and of one more for the next open day."""
    last = date.fromordinal(min(today.toordinal() + horizon_days, date.max.toordinal()))
    return _holidays(today.year, min(last.year + 1, date.max.year))


def holiday_names(today: date, horizon_days: int) -> Mapping[date, str]:
    """The closed days alone, for conversations."""
    return holidays_around(today, horizon_days).days


def calendar_of(
    office: Office, closures: tuple[Closure, ...], now_day: date, horizon_days: int | None = None
) -> Calendar:
    """The office's calendar of that day; staff closures take precedence over holidays."""
    known = holidays_around(now_day, office.booking.horizon_days if horizon_days is None else horizon_days)
    return Calendar(
        office=office, holidays=known.days, closures=closures, known_until_year=known.known_until_year
    )


@lru_cache(maxsize=8)
def _holidays(first_year: int, last_year: int) -> Holidays:
    years = [_year(year) for year in range(first_year, last_year + 1)]
    days = {day: name for year in years for day, name in year.days.items()}
    collective = {year.number for year in years if year.has_collective}
    return Holidays(days=days, known_until_year=_last_known(collective, first_year))


@dataclass(frozen=True, slots=True)
class _Year:
    number: int
    days: Mapping[date, str]
    has_collective: bool


_years: dict[int, _Year] = {}


def _year(number: int) -> _Year:
    """The days of a year, learnt with those of its neighbours, because loading the library takes a twentieth of a second."""
    if number not in _years:
        loaded = set(sys.modules)
        for one in range(max(number - _PAST, date.min.year), min(number + _AHEAD, date.max.year) + 1):
            _years[one] = _learnt(one)
        # 8 MB of calendars of all religions are not needed again this year.
        for name in set(sys.modules) - loaded:
            if name.partition(".")[0] in _LIBRARIES:
                del sys.modules[name]
    return _years[number]


def _learnt(year: int) -> _Year:
    country_holidays = _library()
    found = country_holidays("ID", categories=(PUBLIC, COLLECTIVE), years=year, language=INDONESIAN)
    collective = country_holidays("ID", categories=(COLLECTIVE,), years=year, language=INDONESIAN)
    of_year = [day for day in sorted(found) if day.year == year]
    return _Year(
        number=year,
        days={day: found[day] for day in of_year},
        has_collective=any(day.year == year for day in collective),
    )


def _library() -> Any:
    """The library's function, with an empty package of countries: its own would load all 250 of them (8 MB) for one."""
    import holidays

    name = "holidays.countries"
    if name not in sys.modules:
        sys.modules[name] = countries = ModuleType(name)
        countries.__path__ = [str(Path(path) / "countries") for path in holidays.__path__]
    return holidays.country_holidays


def _last_known(years: set[int], first_year: int) -> int:
    """Last of the consecutive years with collective leave; a year without any is not decided yet."""
    year = first_year
    while year in years:
        year += 1
    return year - 1
