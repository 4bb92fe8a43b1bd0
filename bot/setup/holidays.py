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

PUBLIC, COLLECTIVE = "public", "government"


@dataclass(frozen=True, slots=True)
class Holidays:
    """Closed days with Indonesian names; `known_until_year` is the last year with known collective leave."""

    days: Mapping[date, str]
    known_until_year: int | None


def holidays_around(today: date, horizon_days: int) -> Holidays:
    """Holidays of every bookable year, and of one more for the next open day.

    Loading the library takes a twentieth of a second; results are cached.
    """
    last = date.fromordinal(min(today.toordinal() + horizon_days, date.max.toordinal()))
    return _holidays(today.year, last.year + 1)


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
    country_holidays = _library()
    years = range(first_year, last_year + 1)
    found = country_holidays("ID", categories=(PUBLIC, COLLECTIVE), years=years, language="id")
    collective = country_holidays("ID", categories=(COLLECTIVE,), years=years, language="id")
    return Holidays(
        days={day: found[day] for day in sorted(found)},
        known_until_year=_last_known({day.year for day in collective}, first_year),
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
