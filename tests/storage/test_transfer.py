"""A whole database is copied to another one, and nobody writes to two."""

import sqlite3
from datetime import time, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select, text

from storage import keyring
from storage.backups import BackupRefused
from storage.backups.transfer import transfer
from storage.engines.sqlite_files import file_of
from storage.schema import applications, closures, metadata, pace_replies, processes, staff
from storage.session import Moved
from storage.store import Store
from tests.storage.keeping.test_erasing import full_life, put
from tests.storage.rows import application

both_ways = pytest.mark.parametrize("urls", ["sqlite", "postgresql"], indirect=True)
pytestmark = pytest.mark.postgres


class Shown:
    """Progress; `at` is called when a step of this name begins."""

    def __init__(self, **at):
        self.steps, self.at, self.rows = [], at, 0

    def step(self, name, total):
        self.steps.append(name)
        self.at.get(name, lambda: None)()

    def advance(self, rows):
        self.rows += rows


@pytest.fixture
def urls(request, _sqlite_url, _postgres_url):
    """Where everything is (on SQLite, unless a test takes both ways), and empty tables of the other kind."""
    from_postgres = getattr(request, "param", "sqlite") == "postgresql"
    return (_postgres_url, _sqlite_url) if from_postgres else (_sqlite_url, _postgres_url)


@pytest.fixture
async def opened(vault, clock):
    stores = []

    async def opened(url):
        stores.append(await Store.open(url, vault=vault, clock=clock))
        return stores[-1]

    yield opened
    for store in stores:
        await store.close()


@pytest.fixture
async def source(urls, opened, clock):
    store = await opened(urls[0])
    await fill(store, clock)
    return store


async def fill(store, clock):
    """A row in every table that refers to a chat, and every type of column."""
    await store.write(keyring.claim)
    await full_life(store, clock)
    await put(store, pace_replies, per_second=0.1)
    hours = {"starts": time(9), "ends": time(10, 30, 0, 5)}
    await put(store, closures, **hours, starts_at=clock(), ends_at=clock() + timedelta(hours=1))
    await put(store, staff, name="Wulan ☎", role="admin")


async def moved(urls, clock, progress=None, *, alive=False, hold_seconds=0.0):
    return await transfer(
        *urls,
        progress=progress or Shown(),
        now=clock(),
        alive=lambda _: alive,
        hold_seconds=hold_seconds,
    )


async def contents(store):
    async def look(db):
        return {table.name: set(await db.rows(select(table))) for table in metadata.sorted_tables}

    return await store.read(look)


@both_ways
async def test_every_row_arrives_as_it_was(urls, source, opened, clock):
    before = await contents(source)
    told = await moved(urls, clock)
    after = await contents(await opened(urls[1]))
    assert after == before
    assert {name: one.rows for name, one in told.items()} == {
        name: len(rows) for name, rows in before.items() if name in told
    }
    assert set(before) - set(told) == {"processes", "writing_key"}
    assert told["applications"].checksum != told["staff"].checksum


@both_ways
async def test_the_source_takes_no_write_afterwards_and_the_target_does(urls, source, opened, clock):
    await moved(urls, clock)
    source._key_sure_until = 0  # what the transfer waits for
    with pytest.raises(Moved, match="was moved"):
        await source.write(application)
    assert await source.read(lambda db: db.scalar(select(func.count()).select_from(applications))) == 1
    await (await opened(urls[1])).write(
        lambda db: application(db, number="MJK-261102-0008-X", nik="3516994107900002")
    )


async def test_reads_go_on_and_writes_wait_meanwhile(urls, source, clock):
    seen = []

    def look():
        other = sqlite3.connect(file_of(urls[0]), timeout=0, isolation_level=None)
        seen.append(other.execute("SELECT count(*) FROM applications").fetchone()[0])
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()

    await moved(urls, clock, progress=Shown(applications=look, seats=look))
    assert seen == [1, 1]


async def test_a_living_process_has_time_to_notice(urls, source, clock, monkeypatch):
    """However fast the copy is; here it takes no time at all."""
    monkeypatch.setattr("storage.backups.transfer.time", SimpleNamespace(monotonic=lambda: 0.0))
    await source.write(lambda db: db.run(processes.insert(), process(db)))
    shown = Shown()
    await moved(urls, clock, shown, alive=True, hold_seconds=1)
    assert shown.steps[-1].startswith("waiting until every process has noticed")


@pytest.mark.parametrize("urls", ["postgresql"], indirect=True)
async def test_a_server_is_left_only_when_nobody_works_with_it(urls, source, clock):
    await source.write(lambda db: db.run(processes.insert(), process(db)))
    with pytest.raises(BackupRefused, match="Stop every `loket run`"):
        await moved(urls, clock, alive=True)
    await source.write(lambda db: application(db, number="MJK-261102-0008-X", nik="3516994107900002"))
    await moved(urls, clock)


def process(db):
    row = {"name": "here/1/abcd", "doing": "run", "version": "", "key_ids": ""}
    return {**row, "started_at": db.now, "seen_at": db.now}


class Killed(BaseException):
    """The process ends here."""


def kill():
    raise Killed


async def test_an_interrupted_transfer_leaves_the_source_open_and_goes_on(urls, source, opened, clock):
    with pytest.raises(Killed):
        await moved(urls, clock, progress=Shown(outbox=kill))
    target = await opened(urls[1])
    with pytest.raises(Moved, match="not finished"):
        await target.write(application)
    await target.close()
    await source.write(lambda db: application(db, number="MJK-261102-0008-X", nik="3516994107900002"))
    before, shown = await contents(source), Shown()
    await moved(urls, clock, progress=shown)
    assert await contents(await opened(urls[1])) == before
    assert {"staff", "chats"} & {*shown.steps} == set(), "what was equal is not copied again"
    assert {"comparing staff", "applicants", "applications", "outbox"} <= {*shown.steps}


async def test_a_transfer_killed_between_its_last_two_steps_is_finished(urls, source, opened, clock):
    with pytest.raises(Killed):
        await moved(urls, clock, progress=Shown(seats=kill))
    await source.write(lambda db: db.run(text("UPDATE writing_key SET old_key_id = 'moved'")))
    shown = Shown()
    await moved(urls, clock, progress=shown)
    target = await opened(urls[1])
    await target.write(lambda db: application(db, number="MJK-261102-0008-X", nik="3516994107900002"))
    with pytest.raises(BackupRefused, match="moved already"):
        await moved(urls, clock)


async def test_a_database_without_tables_gets_them(source, urls, clock, tmp_path, opened):
    new, before = f"sqlite+aiosqlite:///{tmp_path / 'new.db'}", await contents(source)
    await moved((urls[0], new), clock)
    assert await contents(await opened(new)) == before


async def test_a_used_target_is_never_touched(urls, source, opened, clock):
    target = await opened(urls[1])
    await target.migrate()
    await fill(target, clock)
    before = await contents(target)
    await target.close()
    with pytest.raises(BackupRefused, match="holds data already"):
        await moved(urls, clock)
    assert await contents(await opened(urls[1])) == before
    await source.write(lambda db: application(db, number="MJK-261102-0008-X", nik="3516994107900002"))


async def test_a_foreign_database_is_never_touched(urls, source, opened, clock):
    target = await opened(urls[1])
    await target.write(lambda db: db.run(text("CREATE TABLE payroll (id INTEGER)")))
    await target.close()
    with pytest.raises(BackupRefused, match="other tables"):
        await moved(urls, clock)


async def test_a_row_that_does_not_fit_stops_the_move_and_changes_nothing(urls, source, clock):
    await source.write(lambda db: db.run(text("UPDATE staff SET name = 'Wu' || char(0) || 'lan'")))
    with pytest.raises(BackupRefused, match="staff") as told:
        await moved(urls, clock)
    assert "Wu" not in str(told.value)
    await source.write(lambda db: application(db, number="MJK-261102-0008-X", nik="3516994107900002"))


@pytest.mark.parametrize(
    ("mark", "why"), [("abcd0123", "rotate-keys"), (keyring.MOVING, "a move that was not finished")]
)
async def test_no_move_during_a_rotation_or_from_an_unfinished_copy(urls, source, clock, mark, why):
    await source.write(lambda db: db.run(text(f"UPDATE writing_key SET old_key_id = '{mark}'")))
    with pytest.raises(BackupRefused, match=why):
        await moved(urls, clock)


@pytest.mark.parametrize("urls", ["postgresql"], indirect=True)
async def test_a_table_that_the_target_changes_stops_the_move(urls, source, opened, clock):
    """Somebody put a trigger on the new database."""
    target = await opened(urls[1])
    body = "BEGIN UPDATE staff SET name = 'Budi' WHERE id = NEW.id; END"
    await target.write(lambda db: db.run(text(f"CREATE TRIGGER renames AFTER INSERT ON staff {body}")))
    await target.close()
    with pytest.raises(BackupRefused, match="staff came out changed"):
        await moved(urls, clock)
    await source.write(lambda db: application(db, number="MJK-261102-0008-X", nik="3516994107900002"))


async def test_postgresql_has_no_sequence_that_a_move_would_have_to_set(postgres_only, opened):
    counted = text("SELECT count(*) FROM pg_class WHERE relkind = 'S'")
    assert await (await opened(postgres_only)).read(lambda db: db.scalar(counted)) == 0
