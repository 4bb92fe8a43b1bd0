"""Migrations lead to the schema that the code expects, on either database."""

from datetime import UTC, date, datetime, time
from importlib import import_module
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine

from storage.migrations import migrate
from storage.ratings import case_files, cases
from storage.schema import case_history, free_words, metadata


def differences(connection: Connection) -> list[Any]:
    return compare_metadata(MigrationContext.configure(connection), metadata)


async def test_the_migrations_make_exactly_the_tables_of_the_code(database_url):
    engine = create_async_engine(database_url)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


@pytest.mark.parametrize("day", ["2026-11-23", "2026-11-26", "2026-11-29"])
async def test_cases_that_came_of_answers_keep_their_week_alone(store, day):
    """What stood there before the migration is made what is written since."""
    on = date.fromisoformat(day)
    weeks = import_module("storage.migrations.versions.0014_case_points").WEEKS

    async def before(db) -> str:
        opened = await cases.open_case(db, kind="fee", word="", chat=None, on=on, due_days=5)
        await db.run(update(case_history).values(at=datetime.combine(on, time(9, 30), UTC)))
        await db.run(free_words.insert(), {"key": 1, "written_on": on, "word": b""})
        for statement in weeks[db.dialect]:
            await db.run(text(statement))
        return opened.number

    number = await store.write(before)
    shown = await store.read(lambda db: case_files.show(db, number=number))
    assert (shown.opened_on, shown.due_on, shown.by_week) == (date(2026, 11, 23), date(2026, 12, 4), True)
    assert shown.history[0].at == datetime(2026, 11, 23, tzinfo=UTC)
    words = await store.read(lambda db: db.rows(select(free_words.c.written_on)))
    assert [one.written_on for one in words] == [date(2026, 11, 23)]


_SHOWS = text(
    "INSERT INTO outbox (id, channel, priority, state, due_at, created_at) VALUES (:id, 'web', 0, :state, '', '')"
)


def test_the_outbox_keeps_rows_and_refuses_unknown_states(tmp_path):
    """Its check gets another text without being made anew, which would empty the references to its rows."""
    engine = create_engine(f"sqlite:///{tmp_path / 'steps.db'}")
    with engine.connect() as connection, engine.connect() as beside:
        migrate(connection, "0023")
        connection.execute(_SHOWS, {"id": 1, "state": "sent"})
        connection.commit()
        assert [*beside.scalars(text("SELECT state FROM outbox"))] == ["sent"]
        beside.rollback()
        migrate(connection, "0024")
        connection.commit()
        for one in (connection, beside):
            with pytest.raises(IntegrityError, match="ck_outbox_state_known"):
                one.execute(_SHOWS, {"id": 2, "state": "lost"})
            one.rollback()
        states = [
            *beside.scalars(text("SELECT state FROM outbox")),
            *beside.scalars(text("PRAGMA integrity_check")),
        ]
        assert states == ["sent", "ok"]
        plan = connection.execute(text("EXPLAIN UPDATE outbox SET state = 'sent' WHERE id = 1"))
        assert "OpenEphemeral" not in {step.opcode for step in plan}
    engine.dispose()
