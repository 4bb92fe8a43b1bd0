"""A register with a past: an even office that prints a few cards a day, so that ranges can be told."""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta

from tests.support.counter import Counter
from tests.support.people import number, row

A_DAY = 3


def working_days(last: date, count: int) -> list[date]:
    """That many weekdays, the last one at most that day."""
    days = [last - timedelta(days=n) for n in range(count * 2)]
    return [day for day in days if day.weekday() < 5][:count][::-1]


def _person(place: int, day: date) -> dict[str, str]:
    serial = hashlib.sha256(str(place).encode()).hexdigest()[:4].upper()
    return {
        "no_registrasi": number(serial, f"{day:%y%m%d}"),
        "nik": f"351699{1 + place % 28:02d}0190{1 + place:04d}",
        "nama": "Slamet Riyadi",
        "tanggal_lengkap": day.isoformat(),
    }


async def give_past(
    counter: Counter, *, until: date, days: int = 50, wait: int = 6, stopped: int = 0
) -> None:
    """Import cards that waited so many working days each, and those that still wait; the last `stopped` days printed none."""
    for rows in past_files(until=until, days=days, wait=wait, stopped=stopped):
        await counter.imports(*rows)


def past_files(*, until: date, days: int, wait: int, stopped: int = 0) -> Iterator[list[dict[str, str]]]:
    """The rows of the files to import, one after another."""
    past = working_days(until, days)
    people = [(at, _person(at * A_DAY + n, day)) for at, day in enumerate(past) for n in range(A_DAY)]
    yield [row(one, "WAITING_BLANK", tanggal=past[at].isoformat()) for at, one in people]
    made = [(at + wait, one) for at, one in people if at + wait < len(past) - stopped]
    for code in ("CARD_PRINTED", "CARD_SHIPPED"):
        yield [row(one, code, tanggal=past[at].isoformat()) for at, one in made]
