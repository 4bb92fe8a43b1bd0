"""`loket seats open` and `loket seats list`: the bookable calendar."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from json import dumps
from typing import Any

import typer

from bot.cli import arguments
from bot.cli.arguments import WRONG_USE, Days
from bot.cli.store import with_office
from bot.reports.slots import calendar_over, counts
from bot.setup.exits import Stop
from domain.appointments.calendar import Calendar
from domain.appointments.closures import Closure
from domain.appointments.dayplan import Because
from domain.appointments.seats import SlotCount
from domain.office.office import Office
from storage import audit
from storage.appointments import closures
from storage.appointments.seats import free_seats
from storage.session import Reading, Writing
from storage.store import Store

_HEAD = ("point", "date", "time", "seats", "held", "booked", "codes")


def open_(*, first: str, last: str, point: str | None) -> None:
    """Reopen what staff closed in these days, and show what can be booked now."""

    async def work(office: Office, store: Store) -> list[str]:
        days, only = arguments.days(first, last), arguments.place(office, point) if point else None
        if days.last < office.today(store.clock()):
            raise Stop(f"{days.last} is over.", code=WRONG_USE)
        ended = await store.write(_open_again, office=office, days=days, point=only)
        told = f"{ended} closed {'time is' if ended == 1 else 'times are'} open again."
        state = await store.read(_state, office=office, days=days, only=only)
        return [told if ended else "Nothing was closed.", *state]

    typer.echo("\n".join(with_office(work)))


def show_list(*, first: str, last: str, point: str | None, json: bool) -> None:
    """Print all slots of the days: seats, held, booked, and ticket codes."""

    async def work(office: Office, store: Store) -> list[dict[str, Any]]:
        days, only = arguments.days(first, last), arguments.place(office, point) if point else None
        found = await store.read(counts, office=office, first=days.first, last=days.last, only=only)
        return [_listed(one, office) for one in found]

    rows = with_office(work)
    if json:
        typer.echo(dumps(rows))
    elif rows:
        cells = [[*(str(row[name]) for name in _HEAD[:-1]), " ".join(row["codes"])] for row in rows]
        typer.echo("\n".join(arguments.table([_HEAD, *cells])))
    else:
        typer.echo("No point is open then.")


async def _open_again(db: Writing, *, office: Office, days: Days, point: str | None) -> int:
    begins = datetime.combine(days.first, time(), office.timezone)
    closed = {one.day for one in await closures.closed_times(db, since=begins)}
    ended = 0
    for day in days.each:
        if day in closed:
            within = Closure(day=day, point=point)
            ended += await closures.open_again(db, closure=within, zone=office.timezone, by=audit.SYSTEM)
    return ended


async def _state(db: Reading, *, office: Office, days: Days, only: str | None) -> list[str]:
    """Bookable seats per point, and the days that cannot be booked."""
    calendar = await calendar_over(db, office=office, first=days.first, last=days.last)
    points = [only] if only else calendar.points(office.today(db.now))
    lines = []
    for point in points:
        slots = [slot for day in days.each for slot in calendar.bookable(point, day, db.now)]
        free = await free_seats(db, point=point, slots=slots)
        on = {slot.starts_at.date() for slot in slots if free[slot]}
        spread = f"{len(on)} day{'' if len(on) == 1 else 's'}"
        lines.append(f"{point}: {sum(free.values())} seats can be booked now, on {spread}.")
    return [*lines, *_warnings(calendar, days, points, db.now)]


def _warnings(calendar: Calendar, days: Days, points: Sequence[str], now: datetime) -> Iterator[str]:
    """Days that cannot be booked anyway, and why."""
    for day in days.each:
        yield from _why_closed(calendar, day, points)
    last = calendar.last_day(now)
    if days.last > last:
        ahead = calendar.office.booking.horizon_days
        yield f"Days after {last} cannot be booked yet: horizon_days is {ahead}."
    known = calendar.last_known_year or 0
    if days.last.year > known:
        yield f"The collective leave of {days.last.year} is not known yet; see `loket check`."


def _why_closed(calendar: Calendar, day: date, points: Sequence[str]) -> Iterator[str]:
    plans = {point: calendar.day(point, day).closed_because for point in points}
    if any(why and why.because is Because.HOLIDAY for why in plans.values()):
        yield f"{day} is a holiday: {calendar.holidays[day]}."
    for point, why in plans.items():
        if why and why.because is Because.CLOSURE:
            reason = f" ({why.detail})" if why.detail else ""
            yield f"{day} stays closed at {point}{reason}: it is closed at every point, or in the office file."


def _listed(one: SlotCount, office: Office) -> dict[str, Any]:
    begins = office.local(one.starts_at)
    return {
        "point": one.point,
        "date": f"{begins:%Y-%m-%d}",
        "time": f"{begins:%H:%M}",
        "seats": one.seats,
        "held": one.held,
        "booked": one.booked,
        "codes": list(one.codes),
        "states": {code: state.value for code, state in one.states.items()},
    }
