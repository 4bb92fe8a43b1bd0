"""`loket audit --from --to`: whose data was touched in a period, and by whom."""

import csv
import sys
from datetime import datetime
from json import dumps

import typer

from bot.cli.store import with_office
from bot.setup.clock import YEARS
from bot.setup.exits import Stop
from domain import codec
from domain.office.office import Office
from domain.text.cells import inert
from storage.keeping.breach import Touch, touched
from storage.store import Store

_COLUMNS = ("at", "actor", "action", "subject", "number", "details")


def show(*, since: str, until: str, json: bool) -> None:
    """Print the audit lines of the period, and the number of applications and actors."""

    async def work(office: Office, store: Store) -> tuple[Office, list[Touch]]:
        first, last = _moment(since, office), _moment(until, office)
        if last <= first:
            raise Stop("--to has to be later than --from.", code=2)
        return office, await store.read(touched, since=first, until=last)

    office, found = with_office(work)
    numbers = sorted({one.number for one in found if one.number})
    actors = sorted({one.actor for one in found})
    if json:
        rows = [{**codec.dump(one), "at": office.local(one.at).isoformat()} for one in found]
        typer.echo(dumps({"lines": rows, "applications": numbers, "actors": actors}, ensure_ascii=False))
        return
    writer = csv.writer(sys.stdout)
    writer.writerow(_COLUMNS)
    for one in found:
        told = codec.dump(one) | {"at": f"{office.local(one.at):%Y-%m-%d %H:%M:%S}"}
        writer.writerow([inert(told[column] or "") for column in _COLUMNS])
    typer.echo(f"{len(found)} lines, {len(numbers)} applications, {len(actors)} actors.", err=True)


def _moment(text: str, office: Office) -> datetime:
    """Read a day, or a day and time, in the office's zone unless it names one.

    Raises:
        Stop: it is neither, or its year is out of range.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Stop(f"{text} is no moment; write it like 2026-11-23 or 2026-11-23T14:30.", code=2) from None
    if moment.year not in YEARS:
        raise Stop(f"{text} is no moment of the years {YEARS[0]} to {YEARS[-1]}.", code=2)
    return moment if moment.tzinfo else moment.replace(tzinfo=office.timezone)
