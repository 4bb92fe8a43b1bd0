"""`loket seats close|unanswered|odd`: closures, affected residents, and chats with unusual bookings."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from json import dumps
from typing import Any

import typer

from bot.cli import arguments
from bot.cli.arguments import WRONG_USE
from bot.cli.store import with_office, with_store
from bot.setup.exits import Stop
from domain.appointments.closures import Closure
from domain.appointments.seats import DayLine, OddChat
from domain.office.office import Office
from storage import audit
from storage.appointments import attendance, closures
from storage.appointments.views import odd_chats
from storage.session import Reading, Writing
from storage.store import Store

_NOT_CLOSED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureWanted:
    """Options of a closure, as typed."""

    point: str
    day: str
    first: str | None
    last: str | None
    reason: str

    def closure(self, office: Office, now: datetime) -> Closure:
        """The closure.

        Raises:
            Stop: it is no valid future time of this office.
        """
        point, day = arguments.place(office, self.point), arguments.day(self.day, "--date")
        starts, ends = arguments.clock(self.first, "--from"), arguments.clock(self.last, "--to")
        if starts is not None and ends is not None and starts >= ends:
            raise Stop(f"--from {starts:%H:%M} is not before --to {ends:%H:%M}.", code=WRONG_USE)
        reason = " ".join(self.reason.split())
        closure = Closure(day=day, reason=reason, point=point, starts=starts, ends=ends)
        if closure.is_over(office.local(now)):
            raise Stop(f"{day}{f' until {ends:%H:%M}' if ends else ''} is over.", code=WRONG_USE)
        return closure


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """Result of a closure: whether it was made, and the appointments in it."""

    closure: Closure
    done: bool
    rows: list[dict[str, Any]]
    asked: int

    @property
    def lines(self) -> list[str]:
        """The result as lines of text."""
        listed = _table(self.rows, "code", "time", "name", "service")
        if not self.done:
            return listed
        told = f"{self.closure.point} is closed on {self.closure.day}{self._span}."
        spoken = "resident is" if self.asked == 1 else "residents are"
        asked = [f"{self.asked} {spoken} asked to choose another time."] if listed else []
        return [told, *listed, *asked]

    @property
    def _span(self) -> str:
        since = f" from {self.closure.starts:%H:%M}" if self.closure.starts else ""
        return since + (f" until {self.closure.ends:%H:%M}" if self.closure.ends else "")

    @property
    def json(self) -> str:
        """The result as JSON."""
        return dumps(
            {
                "closed": self.done,
                "point": self.closure.point,
                "date": self.closure.day.isoformat(),
                "from": self.closure.starts and f"{self.closure.starts:%H:%M}",
                "to": self.closure.ends and f"{self.closure.ends:%H:%M}",
                "bookings": [
                    {key: row[key] for key in ("code", "time", "name", "service")} for row in self.rows
                ],
                "asked": self.asked if self.done else 0,
            }
        )


def close(wanted: ClosureWanted, *, yes: bool, json: bool) -> None:
    """Close a time of a point; if it has appointments, only with `yes`, and their residents choose another time."""

    async def work(office: Office, store: Store) -> Closed:
        closure = wanted.closure(office, store.clock())
        return await store.write(_close, office=office, closure=closure, yes=yes)

    closed = with_office(work)
    typer.echo(closed.json if json else "\n".join(closed.lines))
    if not closed.done:
        many = "appointment lies" if len(closed.rows) == 1 else "appointments lie"
        raise Stop(
            f"{len(closed.rows)} {many} in it, so nothing is closed yet: with --yes it is, "
            "and each resident is asked to choose another time.",
            code=_NOT_CLOSED,
        )


def show_unanswered(*, json: bool) -> None:
    """Print residents whose time was closed and who have not chosen another one yet."""

    async def look(db: Reading) -> list[DayLine]:
        return await attendance.lines_of(db, of=await closures.unanswered(db))

    async def work(office: Office, store: Store) -> list[dict[str, Any]]:
        return [_row(line, office) for line in await store.read(look)]

    rows = with_office(work)
    if json:
        typer.echo(dumps(rows))
        return
    nobody = "Everybody whose time was closed has answered."
    typer.echo("\n".join(_table(rows, "point", "date", "time", "code", "name", "service") or [nobody]))


def show_odd(*, days: int, json: bool) -> None:
    """Print the chats that booked for many people or cancelled often."""

    async def work(store: Store) -> list[OddChat]:
        since = store.clock() - timedelta(days=days)
        return await store.read(odd_chats, since=since)

    rows = [
        {"chat": one.chat, "people": one.applicants, "booked": one.booked, "cancelled": one.cancelled}
        for one in with_store(work)
    ]
    if json:
        typer.echo(dumps(rows))
        return
    nobody = f"No chat booked for many people or cancelled often in {days} days."
    typer.echo("\n".join(_table(rows, "chat", "people", "booked", "cancelled") or [nobody]))


async def _close(db: Writing, *, office: Office, closure: Closure, yes: bool) -> Closed:
    """Close, unless it has appointments and `yes` is missing."""
    done, inside = await closures.close_if_sure(
        db, closure=closure, zone=office.timezone, by=audit.SYSTEM, sure=yes
    )
    lines = await attendance.lines_of(db, of=inside)
    asked = sum(line.starts_at > db.now and not line.walked_in for line in lines)
    return Closed(closure=closure, done=done, rows=[_row(line, office) for line in lines], asked=asked)


def _row(line: DayLine, office: Office) -> dict[str, Any]:
    begins = office.local(line.starts_at)
    return {
        "point": line.point,
        "date": f"{begins:%Y-%m-%d}",
        "time": f"{begins:%H:%M}",
        "code": line.code.text,
        "name": line.name,
        "service": line.service,
    }


def _table(rows: list[dict[str, Any]], *columns: str) -> list[str]:
    cells = [["-" if row[column] is None else str(row[column]) for column in columns] for row in rows]
    return arguments.table([columns, *cells]) if cells else []
