"""`loket rotate-keys`."""

import asyncio

import typer

from bot.cli.ending import Stop
from bot.cli.opening import with_store
from bot.office_file import load_office
from bot.settings import Settings
from storage.keeping.rotation import Rotated, rotate
from storage.store import Store

PAUSE_SECONDS = 0.02


def rotate_keys() -> None:
    """Write everything with LOKET_SECRET_KEY, beside a running office; run it again if it was interrupted."""

    async def pause() -> None:
        await asyncio.sleep(PAUSE_SECONDS)

    async def work(settings: Settings, store: Store) -> tuple[Rotated, str]:
        if settings.secret_key_old is None:
            raise Stop(
                "LOKET_SECRET_KEY_OLD is not set: put the new key into LOKET_SECRET_KEY and the one of today into "
                "LOKET_SECRET_KEY_OLD, restart every `loket run`, then rotate."
            )
        office = load_office(settings.office)
        done = await rotate(store, kept_days=office.retention.message_ids_days, pause=pause, told=_tell)
        return done, f"{office.local(done.old_needed_until):%d %b %Y}"

    done, until = with_store(work)
    typer.echo(f"{done.rows} rows are written with the new key.")
    if done.unreadable:
        typer.echo(f"{done.unreadable} rows could not be read with either key; they are as they were.")
    typer.echo(
        f"Keep LOKET_SECRET_KEY_OLD until {until}: messages that come again are known by it until then."
    )
    typer.echo("Backups of before open with the old key alone; make a new one now.")


def _tell(table: str, rows: int) -> None:
    if rows:
        typer.echo(f"{table}: {rows}")
