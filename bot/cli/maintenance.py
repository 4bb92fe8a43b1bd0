"""`loket migrate` and `loket purge`."""

import asyncio
from pathlib import Path

import typer

from bot.cli.store import bare_store, with_office
from bot.setup import keys
from bot.setup.exits import Stop
from bot.setup.keys import NEWER
from bot.setup.processes import may_live
from bot.setup.settings import Settings, load_settings
from domain.office.office import Office
from storage.engines.sqlite_files import file_of
from storage.keeping import processes
from storage.keeping.purge import purge as purge_store
from storage.migrations import NoWayBack, is_known
from storage.store import Store
from storage.vault import Vault

PAUSE_SECONDS = 0.02


def migrate(*, to: str | None, yes: bool) -> None:
    """Migrate the configured database to the newest schema, or back to an earlier step; needs no key."""
    settings = load_settings()
    url = settings.database_url
    begun = _missing(file_of(url).resolve()) if url.startswith("sqlite") else ()
    told = asyncio.run(_migrate(settings, to, yes=yes))
    for line in (*(f"Created {made}." for made in begun), *told):
        typer.echo(line)


async def _migrate(settings: Settings, to: str | None, *, yes: bool) -> list[str]:
    """Do it, and return what to tell."""
    async with bare_store(settings, Vault.from_base64(Vault.new_key())) as store:
        schema = await store.schema()
        if schema.fit == "ahead":
            raise Stop(NEWER)
        if to is not None:
            await _ensure_can_go_back(store, to, yes=yes)
        elif not schema.missing:
            return ["The schema was up to date."]
        try:
            copy = await keys.migrate(store, to=to, back=to is not None)
        except NoWayBack as error:
            raise Stop(f"Nothing was changed: {error}.") from None
    kept = [] if copy is None else [f"The database as it was is kept 14 days: {copy}."]
    return [*kept, f"The schema is at step {to} now." if to else "The schema is up to date now."]


async def _ensure_can_go_back(store: Store, to: str, *, yes: bool) -> None:
    at = (await store.schema()).step
    if not is_known(to) or at is None or to >= at:
        raise Stop(f"--to takes an earlier step than the database's, which is {at or 'none'}.", code=2)
    if any(one.doing == "run" for one in await store.read(processes.living, alive=may_live)):
        raise Stop("Stop every `loket run` first: it does not work with an older schema.")
    if not yes:
        raise Stop(
            f"Going back to step {to} deletes what later steps brought; make a backup, and add --yes to confirm."
        )


def _missing(file: Path) -> tuple[str, ...]:
    """Folder and file that opening the database creates; shown, so that a wrong LOKET_DATABASE_URL is noticed."""
    folder = () if file.parent.exists() else (f"the folder {file.parent}",)
    return folder if file.exists() else (*folder, f"the database file {file}")


def purge() -> None:
    """Apply the office's retention periods."""

    async def work(office: Office, store: Store) -> dict[str, int]:
        return await purge_store(store, office.retention, pause=lambda: asyncio.sleep(PAUSE_SECONDS))

    gone = with_office(work)
    for what, rows in gone.items():
        if rows:
            typer.echo(f"{what}: {rows}")
    if not any(gone.values()):
        typer.echo("Nothing was old enough to be deleted.")
