"""Fills an empty store with the demo's register and staff, and deletes it again."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from bot.importing.run import import_register
from bot.jobs.imports import KIND
from bot.setup.clock import wall_clock
from bot.setup.exits import Stop
from bot.setup.keys import DEVELOPMENT_KEY, development_vault, ensure_key_fits, vault_of
from bot.setup.office_file import texts_of
from bot.setup.settings import Settings
from demo.answers import make_up_answers
from demo.life.filling import is_filled, live
from demo.life.imports import console_files, import_at_the_console
from demo.life.people import cards_of
from demo.life.timeline import ShiftedClock
from demo.register import Made, Sample, made_up, past_of, samples, write
from domain.office.office import Office
from domain.staff.roles import Role
from storage import audit
from storage.audit import day_of_the_demo, mark_as_demo
from storage.keeping.overview import overview
from storage.ratings.tallies import days_answered
from storage.session import Writing
from storage.staff import jobs, staff
from storage.store import Store
from storage.vault import Vault

FILE = Path("var/demo-register.csv")
YOU, APPROVER, OFFICER = "Petugas Demo", "Bagus Prasetyo", "Endang Lestari"
_COLLEAGUES = (
    (YOU, Role.ADMIN, None),
    ("Wulan Hartini", Role.ADMIN, None),
    (APPROVER, Role.APPROVER, None),
    (OFFICER, Role.OFFICER, "sooko"),
    ("Teguh Santoso", Role.OFFICER, "mojosari"),
    ("Citra Wibowo", Role.VIEWER, None),
)
_FOREIGN = (
    "The database of LOKET_DATABASE_URL holds a register that is not the demo's; it stays as it is. "
    "Name another database for the demo."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """The filled store: day of its register, pairs to try, and a new code for each of three members of staff."""

    day: date
    samples: Sequence[Sample]
    codes: Mapping[str, str] = field(repr=False)


async def prepare(settings: Settings, vault: Vault, office: Office) -> Ready:
    """Fill the store if needed; what a kill left out is added.

    Raises:
        Stop: the database holds a real register.
    """
    clock = ShiftedClock(wall_clock(settings.clock_shift))
    store = await Store.open(settings.database_url, vault=vault, clock=clock)
    try:
        await store.migrate()
        day = await _day(store, office)
        await ensure_key_fits(store)
        made = made_up(office, day)
        await _import(store, clock, made, office=office, day=day)
        if await store.read(days_answered) is None:
            await make_up_answers(store, office, day=day)
        pairs = samples(row for row, _ in made)
        if not await store.read(is_filled):
            cards = await store.read(partial(cards_of, made=made, office=office, day=day))
            del made  # some MB, needed again below
            await live(store, clock, cards, office=office, day=day, officer=OFFICER, approver=APPROVER)
        codes = await store.write(_new_codes)
    finally:
        await store.close()
    return Ready(day=day, samples=pairs, codes=codes)


async def _import(store: Store, clock: ShiftedClock, made: Made, *, office: Office, day: date) -> None:
    """Import the past and the register, its newest rows at the console."""
    rows = [row for row, _ in made]
    if (await store.read(overview)).applications >= len(rows):
        return
    is_first = not await store.read(partial(jobs.recent, kind=KIND, limit=1))
    earlier, newest = console_files(rows, day) if is_first else ([], [])
    apart = {row["no_registrasi"] for row in (*earlier, *newest)}
    for part in (*past_of(made), [row for row in rows if row["no_registrasi"] not in apart]):
        await asyncio.to_thread(write, part, FILE)
        await import_register(store, FILE, office=office, texts=texts_of(office))
    if is_first:
        await import_at_the_console(store, clock, earlier, newest, office=office, day=day, by=YOU)
    await asyncio.to_thread(write, rows, FILE)


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


async def _new_codes(db: Writing) -> dict[str, str]:
    """A new code for one admin, approver and officer each; earlier ones expire."""
    members = {one.member.name: one.member for one in await staff.list_staff(db)}
    known = {YOU: Role.ADMIN, APPROVER: Role.APPROVER, OFFICER: Role.OFFICER}
    points = {name: members[name].point if name in members else None for name in known}
    return {name: await _invite(db, name, role, points[name]) for name, role in known.items()}


async def _invite(db: Writing, name: str, role: Role, point: str | None) -> str:
    return await staff.invite(db, name=name, role=role, point=point, actor=audit.SYSTEM)
