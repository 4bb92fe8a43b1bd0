"""Each step of the schema: the last release runs on it, and there is a tested way back, or a sentence why not."""

import re

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.migrations import RELEASED, NoWayBack, _contracts, _module, _revisions, migrate
from storage.schema import metadata
from tests.support.shapes import narrowings, shape_of

NEW = [step for step in _revisions() if step > RELEASED]


@pytest.fixture
def file(tmp_path):
    with create_engine(f"sqlite:///{tmp_path / 'steps.db'}").begin() as connection:
        yield connection


def ensure_steps(connection):
    """Take the new steps one by one: each is as wide as the one before, or says who can do without; and back."""
    migrate(connection, RELEASED)
    new = shape_of(connection)
    for before, step in zip([RELEASED, *NEW], NEW, strict=False):
        old = new
        migrate(connection, step)
        new = shape_of(connection)
        if _contracts(step) is None:
            assert narrowings(old, new) == [], f"step {step}: see docs/decisions/0070"
        else:
            assert _contracts(step) <= RELEASED, f"step {step}: the last release could not run on it"
        if not hasattr(_module(step), "no_way_back"):
            migrate(connection, before, back=True)
            assert shape_of(connection) == old, f"step {step} does not lead back"
            migrate(connection, step)


def test_each_new_step_is_wide_and_leads_back_on_sqlite(file):
    ensure_steps(file)


@pytest.mark.postgres
async def test_each_new_step_is_wide_and_leads_back_on_postgresql(postgres_server):
    name = postgres_server.create()
    engine = create_async_engine(postgres_server.url(name))
    async with engine.begin() as connection:
        await connection.run_sync(ensure_steps)
    await engine.dispose()
    postgres_server.drop(name)


@pytest.mark.parametrize("step", _revisions())
def test_each_step_leads_back_or_says_what_to_restore(step):
    module = _module(step)
    why = getattr(module, "no_way_back", "")
    assert (why != "") != hasattr(module, "downgrade")
    assert why == "" or ("restore" in why and why.endswith("."))


def test_a_step_without_a_way_back_changes_nothing_and_says_why(file):
    migrate(file, "0003")
    before = shape_of(file)
    with pytest.raises(NoWayBack, match="restore a backup"):
        migrate(file, "0001", back=True)
    assert shape_of(file) == before


NARROW = {
    "DROP TABLE tries": "tries: is gone",
    "ALTER TABLE staff DROP COLUMN pin": "staff: pin is gone",
    "ALTER TABLE staff ADD COLUMN pet TEXT NOT NULL": "staff: pet must be given",
    "CREATE UNIQUE INDEX uq ON audit (at)": "audit: unique ['at'] is demanded",
    "CREATE UNIQUE INDEX uq ON audit (at) WHERE details = ''": "is demanded",
    "DROP INDEX uq_staff_name_in_use": "is gone, which an upsert may name",
    "ALTER TABLE chats DROP CONSTRAINT uq_chats_address_index; "
    "ALTER TABLE chats ADD CONSTRAINT wider UNIQUE (address_index, channel)": "which an upsert may name",
    "ALTER TABLE audit ALTER COLUMN details TYPE VARCHAR(10)": "audit: details has another type",
    "ALTER TABLE staff ALTER COLUMN point SET NOT NULL": "staff: point may be empty no more",
    "ALTER TABLE audit ALTER COLUMN details DROP DEFAULT": "audit: details has no default any more",
    "ALTER TABLE audit ADD CONSTRAINT c CHECK (actor <> '')": "audit: c is checked",
    "ALTER TABLE audit ADD CONSTRAINT f FOREIGN KEY (id) REFERENCES staff (id)": "is demanded",
    "ALTER TABLE staff DROP CONSTRAINT ck_staff_role_known; "
    "ALTER TABLE staff ADD CONSTRAINT ck_staff_role_known CHECK (role IN ('viewer','officer'))": "is checked",
}
WIDE = [
    "CREATE TABLE pets (id INTEGER NOT NULL UNIQUE)",
    "ALTER TABLE staff ADD COLUMN pet TEXT",
    "ALTER TABLE staff ADD COLUMN pets INTEGER NOT NULL DEFAULT 0 CHECK (pets >= 0)",
    "CREATE INDEX ix ON audit (details)",
    "ALTER TABLE applicants DROP CONSTRAINT uq_applicants_nik_index; CREATE UNIQUE INDEX w ON applicants (nik_index, nik)",
    (
        "ALTER TABLE staff DROP CONSTRAINT ck_staff_role_known; ALTER TABLE staff ADD CONSTRAINT ck_staff_role_known "
        "CHECK (role IN ('viewer','officer','approver','admin','guard'))"
    ),
]


@pytest.mark.postgres
@pytest.mark.parametrize(("sql", "told"), [*NARROW.items(), *((sql, None) for sql in WIDE)])
async def test_a_step_that_takes_something_away_is_noticed(postgres_only, sql, told):
    engine = create_async_engine(postgres_only)
    async with engine.connect() as connection:
        tables = re.findall(r"(?:TABLE|ON) (\w+)", sql) or ["staff"]
        before = await connection.run_sync(shape_of, tables)
        for one in sql.split("; "):
            await connection.execute(text(one))
        found = narrowings(before, await connection.run_sync(shape_of, tables))
        await connection.rollback()
    await engine.dispose()
    assert (told is None and found == []) or (told is not None and told in "; ".join(found)), found


@pytest.mark.parametrize(
    ("check", "told"),
    [
        ("a IN ('x') OR a IN ('y')", []),
        ("a IN ('x') OR a IN ('y') OR a IN ('z')", []),
        ("a IN ('y') OR a IN ('z')", ["pets: c is checked"]),
        ("a IN ('x') OR b IN ('y')", ["pets: c is checked"]),
    ],
)
def test_lists_of_one_column_are_as_wide_as_one_list(file, check, told):
    def shape(check):
        file.execute(text("DROP TABLE IF EXISTS pets"))
        file.execute(text(f"CREATE TABLE pets (a TEXT, b TEXT, CONSTRAINT c CHECK ({check}))"))
        return shape_of(file)

    assert narrowings(shape("a IN ('x','y')"), shape(check)) == told


def test_the_shape_of_the_newest_step_is_known_to_the_code(file):
    migrate(file)
    assert set(shape_of(file).columns) == set(metadata.tables)
