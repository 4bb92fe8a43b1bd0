"""Days in forms, URLs and options, written like 2026-11-30."""

from datetime import date

YEARS = range(1970, 2101)
"""Accepted years; at the ends of the calendar, days before or after do not exist."""


def read_day(text: str) -> date | None:
    """Read a day; None if it is none, or its year is out of range."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None
