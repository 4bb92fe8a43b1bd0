"""`loket backup FILE` and `loket restore FILE`."""

import asyncio
from contextlib import suppress
from pathlib import Path

import msgspec
import typer

from bot.cli.store import bare_store, open_store, vault_or_demo
from bot.setup.exits import Stop
from bot.setup.logs import mask
from bot.setup.settings import BadSetting, Settings, load_settings
from storage import keyring
from storage.backups import BackupRefused, Inside, postgres, sqlite
from storage.keeping import re_erasure, vitals
from storage.keeping.overview import overview
from storage.keeping.re_erasure import Mark
from storage.session import StoreDown
from storage.store import Store
from storage.vault import Unreadable, Vault

UNUSABLE = 2
_KINDS = {b"SQLit": "SQLite", b"PGDMP": "PostgreSQL"}
"""Kinds of databases by the first bytes of their backups."""


def back_up(file: Path) -> None:
    """Copy the database into a new file, while everything runs."""
    settings = load_settings()
    if file.exists():
        raise Stop(
            f"{file} exists already; choose another name, a backup never overwrites a file.",
            code=UNUSABLE,
        )
    if not file.parent.is_dir():
        raise Stop(f"The folder {file.parent} does not exist; create it first.", code=UNUSABLE)
    try:
        if settings.sqlite_file is not None:
            sqlite.back_up(settings.sqlite_file, file)
        else:
            postgres.back_up(settings.database_url, file)
    except BackupRefused as refused:
        raise Stop(mask(str(refused))) from None
    if not asyncio.run(_noted(settings)):
        typer.echo(
            "The backup could not be noted in the database: its audit and the metrics do not know of it."
        )
    typer.echo(f"{file}: {file.stat().st_size:,} bytes, readable only by you.")
    typer.echo(
        "It can be read only with the present LOKET_SECRET_KEY: keep a copy of the key in another place."
    )


async def _noted(settings: Settings) -> bool:
    """Record the backup, for the metrics; it is good without that."""
    try:
        async with bare_store(settings, vault_or_demo(settings)) as store:
            current = await store.is_current()
            if current:
                await store.write(vitals.note_backup)
            return current
    except (BadSetting, StoreDown):
        return False


def restore(file: Path, *, yes: bool, dry_run: bool) -> None:
    """Replace the database by a backup, after checking that it fits; with `dry_run` only check it."""
    settings = load_settings()
    if not file.is_file():
        raise Stop(f"The file {file} does not exist.", code=UNUSABLE)
    vault = vault_or_demo(settings)
    try:
        step = _ensure_fits(settings, file, vault)
        if dry_run:
            count = (sqlite if settings.sqlite_file else postgres).applications_in(file)
            typer.echo(f"{file} fits: written with this key, schema step {step}, {count} applications.")
            typer.echo("Nothing was changed.")
            return
        kept = _with_interrupted(file, asyncio.run(_receipts(settings, vault, yes=yes)))
        if settings.sqlite_file is not None:
            sqlite.bring_back(file, settings.sqlite_file)
        else:
            postgres.bring_back(file, settings.database_url)
    except BackupRefused as refused:
        raise Stop(mask(str(refused))) from None
    forgotten, applications = asyncio.run(_settle(settings, kept or []))
    _interrupted(file).unlink(missing_ok=True)
    typer.echo(f"{file} is restored: {applications} applications.")
    if kept is None:
        typer.echo(
            "The replaced database could not be read, so people erased since the backup are in the data again."
        )
    elif forgotten:
        typer.echo(f"{forgotten} chats that were erased since the backup were erased again.")


def _ensure_fits(settings: Settings, file: Path, vault: Vault) -> str:
    """Return the backup's schema step; stop unless the keys open it and this version knows its schema."""
    from storage.migrations import is_known

    with file.open("rb") as opened:
        kind = _KINDS.get(opened.read(5))
    configured = "SQLite" if settings.sqlite_file else "PostgreSQL"
    if kind is not None and kind != configured:
        raise Stop(
            f"{file} is a backup of {kind}, and LOKET_DATABASE_URL names {configured}: restore it into {kind}, then use "
            "`loket move`."
        )
    inside = (sqlite if settings.sqlite_file else postgres).inspect(file)
    if inside.step is None or not is_known(inside.step):
        raise Stop(f"{file} is newer than this Loket, or not of Loket at all; use the version that made it.")
    if inside.keys & {keyring.MOVED, keyring.MOVING}:
        raise Stop(f"{file} was made of a database that `loket move` had closed; use another backup.")
    _ensure_opens(file, inside, vault)
    return str(inside.step)


def _ensure_opens(file: Path, inside: Inside, vault: Vault) -> None:
    """Stop unless the vault has every key that the backup was written with."""
    held = {key.hex() for key in vault.key_ids}
    fits = inside.keys <= held
    if inside.keys & held and not fits:
        raise Stop(
            f"{file} was made during a key rotation and needs both keys: set LOKET_SECRET_KEY to the newer one and "
            "LOKET_SECRET_KEY_OLD to the one before."
        )
    if fits and inside.sample is not None:
        row, nik = inside.sample
        try:
            vault.open(nik, at=f"applicants.nik:{row}")
        except Unreadable:
            fits = False
    if not fits:
        raise Stop(f"LOKET_SECRET_KEY is not the key that {file} was written with.")


def _interrupted(file: Path) -> Path:
    """Receipts of the replaced database, which a restore that is killed leaves behind for the next one."""
    return file.with_name("loket-restore.erased")


def _with_interrupted(file: Path, kept: list[Mark] | None) -> list[Mark] | None:
    """Add the receipts that an interrupted restore left, and note all of them for the case that this one is killed."""
    note = _interrupted(file)
    if note.exists():
        kept = [*(kept or ()), *msgspec.json.decode(note.read_bytes(), type=list[Mark])]
    if kept:
        with suppress(OSError):  # a read-only folder: only a second try would need it
            note.write_bytes(msgspec.json.encode(kept))
    return kept


async def _receipts(settings: Settings, vault: Vault, *, yes: bool) -> list[Mark] | None:
    """Receipts of erasures in the database to be replaced; None if it cannot be read.

    Raises:
        Stop: it holds data, and --yes is missing.
    """
    path = settings.sqlite_file
    if path is not None and not path.exists():
        return []
    try:
        async with bare_store(settings, vault) as store:
            return await _receipts_in(settings, store, yes=yes)
    except (StoreDown, Unreadable):
        _refuse(settings, yes=yes)
        return None


async def _receipts_in(settings: Settings, store: Store, *, yes: bool) -> list[Mark] | None:
    if (await store.schema()).step is None:
        return []
    if not await store.is_current():
        _refuse(settings, yes=yes)
        return None
    if (await store.read(overview)).applications:
        _refuse(settings, yes=yes)
    return await store.read(re_erasure.marks)


def _refuse(settings: Settings, *, yes: bool) -> None:
    if not yes:
        where = settings.sqlite_file or "the configured database"
        raise Stop(f"A restore would delete the data in {where}; add --yes to confirm.")


async def _settle(settings: Settings, kept: list[Mark]) -> tuple[int, int]:
    async with open_store(settings) as store:
        forgotten = await re_erasure.forget_again(store, kept)
        return forgotten, (await store.read(overview)).applications
