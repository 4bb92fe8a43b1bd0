"""`loket check`: checks settings and database."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timezone
from itertools import chain
from pathlib import Path

import typer

from bot.cli import provider_check
from bot.cli.settings_check import Finding, Level, findings
from bot.cli.store import bare_store
from bot.setup.clock import wall_clock
from bot.setup.keys import NEWER, development_vault, vault_of
from bot.setup.office_file import load_office
from bot.setup.settings import BadSetting, Settings, load_settings
from domain.office.tables import BadOffice
from storage.audit import day_of_the_demo
from storage.keeping import processes, rotation
from storage.keeping.overview import Overview, encoding_and_clock, overview
from storage.session import StoreDown, Writing, WrongKey
from storage.store import Store
from storage.vault import Vault

_CLOCKS_SECONDS = 10
_MARKS: dict[Level, str] = {"good": "ok      ", "off": "off     ", "note": "note    ", "missing": "MISSING "}


def check() -> int:
    """Print the findings and return the exit code."""
    settings = load_settings()
    found = [*findings(settings), *asyncio.run(_looked_up(settings))]
    for one in found:
        typer.echo(_MARKS[one.level] + one.text)
    return int(any(one.level == "missing" for one in found))


async def _looked_up(settings: Settings) -> list[Finding]:
    asked = await asyncio.gather(provider_check.telegram(settings), provider_check.whatsapp(settings))
    return [*chain(*asked), *await _database(settings)]


async def _database(settings: Settings) -> list[Finding]:
    named = settings.database_url.partition("://")[0].partition("+")[0]
    path = settings.sqlite_file
    if path is not None and not path.exists():
        return [_to_come(path)]
    try:
        async with bare_store(settings, _some_vault(settings)) as store:
            server = [*_server(await store.read(encoding_and_clock))]
            inside = await _inside(store, settings)
            await _ensure_writable(store)
            return [Finding("good", f"Database: {named}, reachable."), *server, *inside]
    except StoreDown as error:
        return [Finding("missing", f"The database of LOKET_DATABASE_URL is not available: {error}.")]


def _to_come(path: Path) -> Finding:
    """Whether a SQLite file that is not there can be created, without creating anything."""
    folder = next(one for one in path.absolute().parents if one.exists())
    if folder.is_dir() and os.access(folder, os.W_OK | os.X_OK):
        return Finding("good", f"Database: the SQLite file {path} will be created at the first start.")
    return Finding(
        "missing",
        f"The database file {path} of LOKET_DATABASE_URL cannot be created in {folder}: let the account that runs Loket "
        "write there, or name another file.",
    )


def _server(found: tuple[str, datetime] | None) -> Iterator[Finding]:
    """Findings about a server of PostgreSQL."""
    if found is None:
        return
    encoding, now = found
    if encoding != "UTF8":
        yield Finding(
            "missing",
            f"The database has the encoding {encoding}, which cannot hold every name: make it anew with "
            "`createdb --encoding UTF8 --template template0`.",
        )
    ahead = (wall_clock()() - now).total_seconds()
    if abs(ahead) > _CLOCKS_SECONDS:
        yield Finding(
            "note",
            f"The clock of this machine is {abs(ahead):.0f} s {'ahead of' if ahead > 0 else 'behind'} the database "
            "server's: let NTP set both. Processes count as ended when their clocks differ.",
        )


async def _ensure_writable(store: Store) -> None:
    """Commit a write that leaves nothing behind; a deletion of nothing would not reach a full disk.

    Raises:
        StoreDown: the database accepts none.
    """
    try:
        if await store.is_current():
            await store.write(_write)
    except WrongKey:
        pass  # told already, and for another reason


async def _write(db: Writing) -> None:
    await processes.tell(db, name="", doing="check", version="")
    await processes.leave(db, name="")


async def _inside(store: Store, settings: Settings) -> list[Finding]:
    schema = await store.schema()
    if schema.fit == "ahead":
        return [Finding("missing", NEWER)]
    if schema.fit == "behind":
        level: Level = "note" if store.dialect == "sqlite" or schema.grows else "missing"
        return [Finding(level, "The database schema is outdated; run `loket migrate`.")]
    demo = await store.read(day_of_the_demo)
    seen = await store.read(overview)
    zone: timezone = UTC
    with suppress(BadOffice):  # it is a finding already
        zone = load_office(settings.office).timezone
    has_key = settings.secret_key is not None
    return [*await _keys(store, zone), *_contents(seen, zone, is_demo=demo is not None, has_key=has_key)]


async def _keys(store: Store, zone: timezone) -> list[Finding]:
    """Findings about an unfinished key rotation."""
    if len(store.vault.key_ids) == 1:
        return []
    new = store.vault.key_ids[0]
    waiting, since = await store.read(rotation.progress, new=new)
    if waiting or since is None:
        told = f"{waiting} rows are still written with the old key; run `loket rotate-keys` (Loket may run meanwhile)."
    else:
        told = (
            f"Everything is written with the new key, since {since.astimezone(zone):%Y-%m-%d}. Remove LOKET_SECRET_KEY_OLD "
            f"{rotation.longest(0)} days after that."
        )
    return [Finding("note", told)]


def _contents(seen: Overview, zone: timezone, *, is_demo: bool, has_key: bool) -> Iterator[Finding]:
    if is_demo:
        yield Finding("note", "The database holds the demo's made-up register.")
    if not seen.key_fits and not is_demo:
        told = "LOKET_SECRET_KEY is not the key that this database was written with."
        if not has_key:
            told = "This database was written with a key: set LOKET_SECRET_KEY to that one, not to a new one."
        yield Finding("missing", told)
    if seen.applications:
        when = f", last import {at.astimezone(zone):%Y-%m-%d %H:%M %Z}" if (at := seen.imported_at) else ""
        yield Finding("good", f"Register: {seen.applications} applications{when}.")
    else:
        yield Finding("note", "The register is empty; import it with `loket import FILE`.")
    if seen.unknown_codes:
        yield Finding(
            "note", f"{seen.unknown_codes} applications have a status code that Loket does not know."
        )
    if not seen.staff:
        yield Finding("note", "Nobody of the staff is invited yet: loket staff invite NAME --role admin")
    elif seen.admins <= 1:
        found = "only one admin" if seen.admins else "no admin"
        yield Finding(
            "note",
            f"There is {found} for the whole office; without one nobody is invited or revoked at the console. "
            "Invite a second: loket staff invite NAME --role admin",
        )


def _some_vault(settings: Settings) -> Vault:
    """Vault of the configured key; without one, a random key that is tested for fit."""
    try:
        return vault_of(settings)
    except BadSetting:
        return development_vault() or Vault.from_base64(Vault.new_key())
