"""`loket office status`: the state of the configured office, without a change anywhere."""

import asyncio
import json as json_
from dataclasses import asdict, dataclass, replace
from http.client import HTTPConnection, HTTPException

import typer

from bot.cli.store import bare_store
from bot.setup.keys import NEWER, vault_of
from bot.setup.office_file import load_office
from bot.setup.processes import may_live
from bot.setup.settings import Settings, load_settings
from storage.keeping import processes
from storage.keeping.overview import overview

_READY_SECONDS = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """State of one office. `ready` is the answer of `/readyz`, None while no `loket run` is alive."""

    name: str
    schema: str | None = None
    current: bool = False
    newer: bool = False  # than this version can work with
    key_fits: bool = True
    imported_at: str | None = None
    running: int = 0
    ready: bool | None = None

    @property
    def wrong(self) -> str:
        """What is wrong, as a sentence; empty when the office is well."""
        if self.schema is None:
            return "There is no database yet; run `loket migrate`."
        if self.newer:
            return NEWER
        if not self.current:
            return "The database schema is outdated; run `loket migrate`."
        if not self.key_fits:
            return "LOKET_SECRET_KEY is not the key that this database was written with."
        return "" if self.ready is not False else "The running process is not ready."


def status(*, json: bool) -> int:
    """Print the state; return the exit code: 0 when the office is well, running or not."""
    found = asyncio.run(_status(load_settings()))
    if json:
        typer.echo(json_.dumps({**asdict(found), "wrong": found.wrong}, ensure_ascii=False))
    else:
        for key, value in asdict(found).items():
            typer.echo(f"{key}: {'-' if value is None else value}")
        if found.wrong:
            typer.echo(found.wrong)
    return int(bool(found.wrong))


async def _status(settings: Settings) -> Status:
    """The state of the settings' office.

    Raises:
        BadSetting, BadOffice, StoreDown: it cannot be looked at.
    """
    office = load_office(settings.office)
    found = Status(name=office.name)
    vault, path = vault_of(settings), settings.sqlite_file
    if path is not None and not path.exists():
        return found  # opening it would create it
    async with bare_store(settings, vault) as store:
        schema = await store.schema()
        fit = schema.fit
        found = replace(found, schema=schema.step, current=fit == "usable", newer=fit == "ahead")
        if not found.current:
            return found
        seen = await store.read(overview)
        living = await store.read(processes.living, alive=may_live)
    running = sum(one.doing == "run" for one in living)
    return replace(
        found,
        key_fits=seen.key_fits,
        imported_at=office.local(at).isoformat(timespec="seconds") if (at := seen.imported_at) else None,
        running=running,
        ready=await asyncio.to_thread(_ready, settings.listen) if running else None,
    )


def _ready(listen: str) -> bool:
    host, _, port = listen.rpartition(":")
    connection = HTTPConnection(host.strip("[]"), int(port), timeout=_READY_SECONDS)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200  # noqa: PLR2004 (HTTP's OK)
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
