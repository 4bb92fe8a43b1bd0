"""A release and the next one on one database: which code runs on which schema, and the way there and back."""

import asyncio
import resource
import sqlite3
from contextlib import contextmanager

import pytest
from sqlalchemy import func, select, text

from bot.setup.keys import NEWER, ensure_newest, migrate
from bot.setup.settings import BadSetting
from storage import migrations
from storage.engines import postgres
from storage.engines.sqlite_files import schema_copies
from storage.keeping.purge import purge
from storage.migrations import NoWayBack, Schema, newest
from storage.schema import applications
from storage.session import StoreDown
from storage.store import Store
from tests.storage.keeping.test_erasing import OFFICE
from tests.storage.rows import application
from tests.support.steps import CONTRACTION, EXPANSION, next_release

PETS = text("SELECT count(*) FROM pets")


@pytest.fixture
async def file_store(_sqlite_url, vault, clock):
    opened = await Store.open(_sqlite_url, vault=vault, clock=clock)
    yield opened
    await opened.close()


async def test_a_start_of_the_next_release_expands_and_this_one_works_on(store, tmp_path):
    """Both orders of a rolling upgrade: this code before, beside and after it."""
    await store.write(application)
    this = newest()
    with next_release(tmp_path / "next", oldest=this):
        assert not await store.is_current()
        await ensure_newest(store)
        assert await store.is_current()
        schema = await store.schema()
        assert (schema.step, schema.missing) == (EXPANSION, (CONTRACTION,)), "what takes away waits"
    assert await store.is_current(), "an older process stays ready"
    await ensure_newest(store)
    await store.write(lambda db: application(db, number="MJK-261102-0008-X", nik="3516994107900002"))
    with next_release(tmp_path / "again", oldest=this):
        await migrate(store)
        assert (await store.schema()).step == CONTRACTION
    assert await store.is_current(), "it takes away only what this code does without"
    assert await store.read(lambda db: db.scalar(select(func.count()).select_from(applications))) == 2


async def test_code_that_a_contraction_leaves_behind_says_that_the_database_is_newer(store, tmp_path):
    with next_release(tmp_path / "next"):
        await migrate(store)
    assert (await store.schema()).fit == "ahead"
    assert not await store.is_current()
    with pytest.raises(BadSetting, match="newer than this Loket") as told:
        await ensure_newest(store)
    assert str(told.value) == NEWER


@pytest.mark.parametrize(
    ("schema", "fit"),
    [
        (Schema(), "behind"),
        (Schema("0003"), "behind"),
        (Schema(newest()), "usable"),
        (Schema("9999"), "ahead"),
        (Schema("9999", newest()), "usable"),
        (Schema("9999", "9998"), "ahead"),
        (Schema("abc"), "ahead"),
    ],
)
def test_which_schema_this_code_runs_on(schema, fit):
    assert schema.fit == fit


@pytest.mark.parametrize("step", [None, "0001", "0019"])
def test_a_schema_older_than_the_last_release_never_grows_by_itself(step):
    assert not Schema(step).grows


async def test_a_contraction_that_others_build_on_waits_for_the_operator(store, tmp_path, monkeypatch):
    with next_release(tmp_path / "next"):
        text_of_9003 = (tmp_path / "next" / "versions" / "9001_pets.py").read_text().replace("9001", "9003")
        (tmp_path / "next" / "versions" / "9003_more.py").write_text(text_of_9003)
        migrations._revisions.cache_clear()
        assert not (await store.schema()).grows
        if store.dialect == "postgresql":
            with pytest.raises(BadSetting, match="loket migrate"):
                await ensure_newest(store)


async def test_a_way_back_leads_to_the_same_schema_with_the_same_rows(store, tmp_path):
    await store.write(application)
    this = newest()
    with next_release(tmp_path / "next"):
        await migrate(store, to=EXPANSION)
        assert await store.read(lambda db: db.scalar(PETS)) == 0
        await migrate(store, to=this, back=True)
        await migrate(store)
        with pytest.raises(NoWayBack, match="pets are gone"):
            await migrate(store, to=this, back=True)
    assert await store.read(lambda db: db.scalar(select(func.count()).select_from(applications))) == 1


async def test_a_step_waits_for_a_table_without_making_others_wait(
    postgres_only, vault, clock, tmp_path, monkeypatch
):
    monkeypatch.setattr(postgres, "LOCK_MILLISECONDS", 20)
    store, other = [await Store.open(postgres_only, vault=vault, clock=clock) for _ in range(2)]
    locked, asked = asyncio.Event(), asyncio.Event()

    async def holds(db):
        await db.run(text("LOCK TABLE applications IN ACCESS SHARE MODE"))
        locked.set()
        await asked.wait()

    with next_release(tmp_path / "next"):
        holding = asyncio.ensure_future(other.write(holds))
        await locked.wait()
        growing = asyncio.ensure_future(migrate(store, to=EXPANSION))
        for _ in range(5):
            await store.write(lambda db: db.rows(select(applications.c.id).with_for_update()))
        assert not growing.done()
        asked.set()
        await holding
        await growing
    await store.close()
    await other.close()


async def test_an_account_that_may_not_change_tables_is_told_so(postgres_only, vault, clock, tmp_path):
    owner = await Store.open(postgres_only, vault=vault, clock=clock)
    for sql in ("CREATE ROLE clerk LOGIN", "GRANT SELECT ON ALL TABLES IN SCHEMA public TO clerk"):
        await owner.write(lambda db, sql=sql: db.run(text(sql)))
    clerk = await Store.open(postgres_only.replace("//loket@", "//clerk@"), vault=vault, clock=clock)
    with next_release(tmp_path / "next"), pytest.raises(StoreDown, match="may not change tables"):
        await migrate(clerk)
    await clerk.close()
    for sql in ("DROP OWNED BY clerk", "DROP ROLE clerk"):
        await owner.write(lambda db, sql=sql: db.run(text(sql)))
    await owner.close()


async def test_a_file_is_copied_before_each_migration_and_one_copy_kept(file_store, tmp_path, clock):
    store, this = file_store, newest()
    await store.write(application)
    assert await migrate(store) is None, "nothing to migrate, nothing to copy"
    with next_release(tmp_path / "next"):
        first = await migrate(store, to=EXPANSION)
        assert first == store.file.with_name(f"{store.file.name}.{this}.bak")
        assert first.stat().st_mode & 0o777 == 0o600
        second = await migrate(store)
    assert not first.exists()
    with sqlite3.connect(second) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == (EXPANSION,)
        assert copy.execute("SELECT count(*) FROM applications").fetchone() == (1,)
    copy.close()
    assert (await purge(store, OFFICE.retention, pause=lambda: asyncio.sleep(0)))["schema_copies"] == 0
    clock.now = clock.now.replace(year=2100)
    assert (await purge(store, OFFICE.retention, pause=lambda: asyncio.sleep(0)))["schema_copies"] == 1
    assert not second.exists(), "it holds what was erased since"


@contextmanager
def no_room():
    """No file of this process grows beyond 64 KiB, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_with_a_full_disk_nothing_is_migrated(file_store, tmp_path):
    store, this = file_store, newest()
    await store.write(application)
    with next_release(tmp_path / "next"):
        with (
            no_room(),
            pytest.raises(BadSetting, match="no copy could be made first: the database could not"),
        ):
            await ensure_newest(store)
        assert (await store.schema()).step == this
        assert schema_copies(store.file) == []
        await ensure_newest(store)
    await store.write(lambda db: application(db, number="MJK-261102-0008-X", nik="3516994107900002"))
