"""`loket migrate` and `loket purge`."""

import asyncio
from pathlib import Path

import typer

from bot.cli.store import with_store
from bot.setup.clock import wall_clock
from bot.setup.office_file import load_office
from bot.setup.settings import Settings, load_settings
from storage.engines.sqlite_files import file_of
from storage.keeping.purge import purge as purge_store
from storage.store import Store
from storage.vault import Vault

PAUSE_SECONDS = 0.02


def migrate() -> None:
    """Migrate the configured database to the newest schema; needs no key."""
    settings = load_settings()
    url = settings.database_url
    begun = _missing(file_of(url).resolve()) if url.startswith("sqlite") else ()

    async def work() -> bool:
        vault = Vault.from_base64(Vault.new_key())
        clock = wall_clock(settings.clock_shift)
        store = await Store.open(url, vault=vault, clock=clock)
        try:
            was_current = await store.is_current()
            await store.migrate()
        finally:
            await store.close()
        return was_current

    was_current = asyncio.run(work())
    for made in begun:
        typer.echo(f"Created {made}.")
    typer.echo("The schema was up to date." if was_current else "The schema is up to date now.")


def _missing(file: Path) -> tuple[str, ...]:
    """Folder and file that opening the database creates; shown, so that a wrong LOKET_DATABASE_URL is noticed."""
    folder = () if file.parent.exists() else (f"the folder {file.parent}",)
    return folder if file.exists() else (*folder, f"the database file {file}")


def purge() -> None:
    """Apply the office's retention periods."""

    async def pause() -> None:
        await asyncio.sleep(PAUSE_SECONDS)

    async def work(settings: Settings, store: Store) -> dict[str, int]:
        return await purge_store(store, load_office(settings.office).retention, pause=pause)

    gone = with_store(work)
    for what, rows in gone.items():
        if rows:
            typer.echo(f"{what}: {rows}")
    if not any(gone.values()):
        typer.echo("Nothing was old enough to be deleted.")
