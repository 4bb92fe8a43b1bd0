"""`loket move --to URL`."""

import asyncio
import json as json_
import sys
import time
from contextlib import suppress
from dataclasses import asdict

import typer

from bot.cli.store import bare_store, vault_or_demo
from bot.importing.progress import shown_on
from bot.setup.clock import wall_clock
from bot.setup.exits import Stop
from bot.setup.keys import ensure_key_fits, ensure_newest
from bot.setup.logs import mask
from bot.setup.processes import may_live
from bot.setup.settings import BadSetting, Settings, load_settings
from storage import keyring
from storage.backups import BackupRefused
from storage.backups.transfer import Content, Progress, transfer
from storage.session import Moved, StoreDown

WRONG_USE = 2


def move(to: str, *, json: bool) -> None:
    """Move everything from the configured database to another one."""
    settings = load_settings()
    try:
        target = load_settings(lambda: Settings(database_url=to))
    except BadSetting as wrong:
        raise Stop(str(wrong).replace("LOKET_DATABASE_URL", "--to"), code=WRONG_USE) from None
    if settings.database_url == target.database_url:
        raise Stop("--to names the configured database itself.", code=WRONG_USE)
    if settings.sqlite_file is not None and not settings.sqlite_file.exists():
        raise Stop(f"The database {settings.sqlite_file} does not exist; nothing was moved.")
    began = time.monotonic()
    try:
        with shown_on(sys.stderr) as progress:
            moved = asyncio.run(_move(settings, target, progress))
    except BackupRefused as refused:
        raise Stop(mask(str(refused))) from None
    _tell(moved, seconds=time.monotonic() - began, json=json)


async def _move(settings: Settings, target: Settings, progress: Progress) -> dict[str, Content]:
    # An earlier move may have ended between its last two steps: `transfer` looks.
    with suppress(Moved):
        async with bare_store(settings, vault_or_demo(settings)) as source:
            await ensure_newest(source)
            await ensure_key_fits(source)
            await source.write(keyring.claim)
    urls, now = (settings.database_url, target.database_url), wall_clock(settings.clock_shift)()
    try:
        return await transfer(*urls, progress=progress, now=now, alive=may_live)
    except StoreDown as down:
        raise Stop(
            f"Nothing was moved, because a database is not available: {mask(str(down))}. Look at --to and "
            "LOKET_DATABASE_URL, and run it again."
        ) from None


def _tell(moved: dict[str, Content], *, seconds: float, json: bool) -> None:
    rows = sum(one.rows for one in moved.values())
    if json:
        tables = {name: asdict(one) for name, one in moved.items()}
        typer.echo(json_.dumps({"rows": rows, "seconds": round(seconds, 1), "tables": tables}))
        return
    width = max(map(len, moved))
    for name, one in moved.items():
        if one.rows:
            typer.echo(f"{name:{width}}  {one.rows:>9,}  {one.checksum}")
    typer.echo(
        f"{rows:,} rows in {len(moved)} tables were moved; counts and checksums are equal on both sides."
    )
    typer.echo(
        "The old database takes no writes any more. Set LOKET_DATABASE_URL to the new one and restart every `loket run`."
    )
