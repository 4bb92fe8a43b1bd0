"""Reading of days, times and places on the command line, and printing of tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from bot.setup.clock import YEARS, read_day
from bot.setup.exits import Stop
from domain.office.office import Office

WRONG_USE = 2
MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Days:
    """A range of days, inclusive."""

    first: date
    last: date

    @property
    def each(self) -> list[date]:
        """All days of the range."""
        return [self.first + timedelta(days=ahead) for ahead in range((self.last - self.first).days + 1)]


def days(first: str, last: str) -> Days:
    """Read `--from` and `--to`.

    Raises:
        Stop: an invalid day, the wrong order, or more than a year apart.
    """
    read = Days(day(first, "--from"), day(last, "--to"))
    if read.first > read.last:
        raise Stop(f"--from {read.first} is after --to {read.last}.", code=WRONG_USE)
    if len(read.each) > MOST_DAYS:
        raise Stop(f"From {read.first} to {read.last} is more than {MOST_DAYS} days.", code=WRONG_USE)
    return read


def day(text: str, option: str) -> date:
    """Read a day.

    Raises:
        Stop: it is no day, or its year is out of range.
    """
    read = read_day(text)
    if read is None:
        told = f"a day like 2026-11-30, not {text}. The year is from {YEARS[0]} to {YEARS[-1]}."
        raise Stop(f"{option} takes {told}", code=WRONG_USE)
    return read


def clock(text: str | None, option: str) -> time | None:
    """Read a time of the day, `09:00` or `09.00`.

    Raises:
        Stop: it is no time.
    """
    if text is None:
        return None
    hour, _, minute = text.replace(".", ":").partition(":")
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise Stop(f"{option} takes a time like 09:00, not {text}.", code=WRONG_USE) from None


def place(office: Office, text: str) -> str:
    """Id of a point, by id or name, or of an outreach event.

    Raises:
        Stop: the office has neither.
    """
    found = office.point(text)
    if found is not None:
        return found.id
    known = [*(one.id for one in office.points), *(one.id for one in office.outreach)]
    if text not in known:
        raise Stop(f"The office has no point {text}; it has {', '.join(known)}.", code=WRONG_USE)
    return text


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines of a table, each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
