"""Days as a form, an address or the command line gives them, written like 2026-11-30."""

from datetime import date

YEARS = range(1970, 2101)
"""Years an office can mean. At the ends of the calendar there is no day before or after to count with."""


def read_day(text: str) -> date | None:
    """Read a day; None for what is none, and for one of a year that nobody means."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None
