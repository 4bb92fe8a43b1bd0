"""Fills an empty store with the demo's register and staff, and deletes it again."""

import asyncio
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.importing.run import import_register
from bot.setup.clock import wall_clock
from bot.setup.exits import Stop
from bot.setup.keys import DEVELOPMENT_KEY, development_vault, ensure_key_fits, vault_of
from bot.setup.office_file import texts_of
from bot.setup.settings import Settings
from demo.answers import make_up_answers
from demo.register import Sample, made_up_past, made_up_register, samples, write
from domain.office.office import Office
from domain.staff.roles import Role
from storage import audit
from storage.audit import day_of_the_demo, mark_as_demo
from storage.keeping.overview import overview
from storage.ratings.tallies import days_answered
from storage.session import Writing
from storage.staff import staff
from storage.store import Store
from storage.vault import Vault

FILE = Path("var/demo-register.csv")
YOU = "Petugas Demo"
# One of each role, as examples for `loket staff list`.
_COLLEAGUES = (
    ("Wulan Hartini", Role.ADMIN, None),
    ("Bagus Prasetyo", Role.APPROVER, None),
    ("Endang Lestari", Role.OFFICER, "sooko"),
    ("Teguh Santoso", Role.OFFICER, "mojosari"),
    ("Citra Wibowo", Role.VIEWER, None),
)
_FOREIGN = (
    "The database of LOKET_DATABASE_URL holds a register that is not the demo's; it stays as it is. "
    "Name another database for the demo."
)


async def prepare(settings: Settings, vault: Vault, office: Office) -> tuple[date, Sequence[Sample], str]:
    """Fill the store if needed; return the register's day, sample pairs and a new staff code.

    Raises:
        Stop: the database holds a real register.
    """
    store = await Store.open(settings.database_url, vault=vault, clock=wall_clock(settings.clock_shift))
    try:
        await store.migrate()
        day = await _day(store, office)
        await ensure_key_fits(store)
        rows = made_up_register(office, day)
        # Complete a demo that was killed while it was filled.
        if (await store.read(overview)).applications < len(rows):
            for part in (*made_up_past(office, day), rows):
                await asyncio.to_thread(write, part, FILE)
                await import_register(store, FILE, office=office, texts=texts_of(office))
        if await store.read(days_answered) is None:
            await make_up_answers(store, office, day=day)
        code = await store.write(lambda db: _invite(db, YOU, Role.ADMIN, None))
    finally:
        await store.close()
    return day, samples(rows), code


def demo_vault(settings: Settings) -> Vault:
    """Vault with the configured key, else with a generated key stored in var/.

    Raises:
        BadSetting: the key is invalid.
    """
    if settings.secret_key:
        return vault_of(settings)
    if not DEVELOPMENT_KEY.exists():
        DEVELOPMENT_KEY.parent.mkdir(parents=True, exist_ok=True)
        DEVELOPMENT_KEY.touch(mode=0o600)
        DEVELOPMENT_KEY.write_text(Vault.new_key() + "\n", encoding="ascii")
    return development_vault() or vault_of(settings)


def throw_away(settings: Settings) -> None:
    """Delete the demo's SQLite file.

    Raises:
        Stop: it is not the demo's, or no SQLite file.
    """
    path = settings.sqlite_file
    if path is None:
        raise Stop(
            "--fresh throws a SQLite file away; on PostgreSQL, name an empty database in LOKET_DATABASE_URL."
        )
    if not path.exists():
        return
    if not asyncio.run(_is_demo(settings)):
        raise Stop(_FOREIGN)
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


async def _is_demo(settings: Settings) -> bool:
    any_key = Vault.from_base64(Vault.new_key())
    store = await Store.open(settings.database_url, vault=any_key, clock=wall_clock())
    try:
        if not await store.is_current():
            await store.migrate()
        return bool(await store.read(day_of_the_demo)) or not (await store.read(overview)).applications
    finally:
        await store.close()


async def _day(store: Store, office: Office) -> date:
    """Day of the register in the store; an empty store is marked as the demo's, with today."""
    known = await store.read(day_of_the_demo)
    if known is not None:
        return known
    if (await store.read(overview)).applications:
        raise Stop(_FOREIGN)
    today = office.today(store.clock())

    async def begin(db: Writing) -> None:
        for name, role, point in _COLLEAGUES:
            await _invite(db, name, role, point if point and office.point(point) else None)
        await mark_as_demo(db, day=today)

    await store.write(begin)
    return today


async def _invite(db: Writing, name: str, role: Role, point: str | None) -> str:
    return await staff.invite(db, name=name, role=role, point=point, actor=audit.SYSTEM)
