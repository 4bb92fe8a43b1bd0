"""Outreach (jemput bola): the office visits a village on some days, with its own hours and quota."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.office.week import Span

_BUTTON = 20  # of WhatsApp, the narrowest


def _degrees(most: int) -> Any:
    return field(default=None, metadata={"least": -most, "most": most})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outreach:
    """A temporary point. `quota` is the number served on each of its `dates`.

    `id`, `short`, `lat` and `lon` are as for a point. It is open on its dates even on holidays and weekends.
    """

    id: str
    name: str
    address: str
    dates: tuple[date, ...]
    hours: tuple[Span, ...]
    quota: int = field(metadata={"least": 1})
    short: str = ""
    serves: tuple[str, ...] = ()
    lat: float | None = _degrees(90)
    lon: float | None = _degrees(180)

    def __post_init__(self) -> None:
        if not self.dates:
            raise ValueError("dates needs at least one day, like [2026-12-05]")
        if not self.hours:
            raise ValueError('hours needs at least one span, like ["08:00-12:00"]')
        if len(set(self.dates)) < len(self.dates):
            raise ValueError("dates has the same day twice")
        if len(self.short) > _BUTTON:
            raise ValueError(f"short has {len(self.short)} characters, a button has room for {_BUTTON}")

    @property
    def last_day(self) -> date:
        """Last day of the event."""
        return max(self.dates)

    @property
    def pin(self) -> tuple[float, float] | None:
        """Latitude and longitude, if both are known."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)

    def hours_on(self, day: date) -> tuple[Span, ...]:
        """Spans of that day; none if it is not one of its dates."""
        return tuple(sorted(self.hours)) if day in self.dates else ()


def spread(quota: int, slots: int) -> Iterator[int]:
    """Seats of each slot, which sum to the quota and differ by at most one.

    Earlier slots get the remainder.
    """
    each, over = divmod(quota, slots)
    return (each + (place < over) for place in range(slots))
