"""`loket rotate-keys`."""

import asyncio
from collections.abc import Sequence

import typer

from bot.cli.store import with_office
from bot.setup.exits import Stop
from bot.setup.processes import described, may_live
from bot.setup.settings import load_settings
from domain.office.office import Office
from storage.keeping.processes import Process
from storage.keeping.rotation import Lacking, Rotated, rotate
from storage.store import Store
from storage.vault import Vault

PAUSE_SECONDS = 0.02


def rotate_keys() -> None:
    """Write everything with LOKET_SECRET_KEY while the office runs; run it again after an interruption."""

    async def work(office: Office, store: Store) -> tuple[Rotated, str]:
        if load_settings().secret_key_old is None:
            raise Stop(
                "LOKET_SECRET_KEY_OLD is not set: set LOKET_SECRET_KEY to the new key and "
                "LOKET_SECRET_KEY_OLD to the present one, restart every `loket run`, then rotate."
            )
        if len(store.vault.key_ids) == 1:
            raise Stop(
                "LOKET_SECRET_KEY_OLD is the same key as LOKET_SECRET_KEY: set LOKET_SECRET_KEY to a new key."
            )
        kept_days = office.retention.message_ids_days
        try:
            done = await rotate(
                store,
                kept_days=kept_days,
                pause=lambda: asyncio.sleep(PAUSE_SECONDS),
                told=_tell,
                alive=may_live,
            )
        except Lacking as lacking:
            raise Stop(_who_lacks(lacking.processes, store.vault)) from None
        return done, f"{office.local(done.old_needed_until):%d %b %Y}"

    done, until = with_office(work)
    typer.echo(f"{done.rows} rows are written with the new key.")
    if done.unreadable:
        typer.echo(f"{done.unreadable} rows could not be read with either key and are unchanged.")
    typer.echo(f"Keep LOKET_SECRET_KEY_OLD until {until}: until then it recognises repeated messages.")
    typer.echo("Earlier backups can be read only with the old key; make a new backup now.")


def _who_lacks(processes: Sequence[Process], vault: Vault) -> str:
    """Which process lacks which key, and what to do."""
    new, old = (key.hex() for key in vault.key_ids)
    told = []
    for one in processes:
        keys = [word for word, key in (("new", new), ("old", old)) if key not in one.key_ids]
        told.append(f"`loket {one.doing}` ({described(one.name)}) lacks the {' and the '.join(keys)} key")
    return (
        f"Nothing was changed, because {', '.join(told)}: give every process both LOKET_SECRET_KEY and "
        "LOKET_SECRET_KEY_OLD, restart it (or let it end), then run `loket rotate-keys` again."
    )


def _tell(table: str, rows: int) -> None:
    if rows:
        typer.echo(f"{table}: {rows}")
