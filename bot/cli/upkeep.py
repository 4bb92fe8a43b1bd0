"""`loket migrate` and `loket purge`."""

import asyncio

import typer

from bot.cli.opening import with_store
from bot.clock import wall_clock
from bot.office_file import load_office
from bot.settings import Settings, load_settings
from storage.keeping.purge import purge as purge_store
from storage.store import Store
from storage.vault import Vault

PAUSE_SECONDS = 0.02


def migrate() -> None:
    """Bring the configured database to the newest schema; no key is needed for that."""
    settings = load_settings()

    async def work() -> bool:
        vault = Vault.from_base64(Vault.new_key())
        clock = wall_clock(settings.clock_shift)
        store = await Store.open(settings.database_url, vault=vault, clock=clock)
        try:
            was_current = await store.is_current()
            await store.migrate()
        finally:
            await store.close()
        return was_current

    typer.echo(
        "The schema was the newest already." if asyncio.run(work()) else "The schema is the newest now."
    )


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
        typer.echo("Nothing was old enough to go.")
