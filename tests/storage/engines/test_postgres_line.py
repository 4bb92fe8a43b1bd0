"""What is special on PostgreSQL: statements that go straight to the driver, and transactions that begin with a write."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest
from sqlalchemy import Numeric, bindparam, cast, func, insert, select
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.engines.line import refused
from storage.engines.statements import Statements
from storage.schema import heard, seats
from storage.session import Reading, StoreDown, Writing
from storage.store import Store
from tests.support.clock import Clock

_hear = insert(heard)
_count = select(func.count()).select_from(heard)
_moments = select(heard.c.heard_at)
_one_row = select(seats.c.id).where(seats.c.seat_no == bindparam("row"))
_locked = select(heard.c.message_index).with_for_update()


@pytest.fixture
async def store(postgres_only: str, vault, clock: Clock) -> AsyncIterator[Store]:
    opened = await Store.open(postgres_only, vault=vault, clock=clock)
    yield opened
    await opened.close()


@pytest.fixture
async def operator(postgres_only: str) -> AsyncIterator[asyncpg.Connection]:
    """Somebody at the database itself."""
    connection = await asyncpg.connect(postgres_only.replace("+asyncpg", ""))
    yield connection
    await connection.close()


async def hear(db: Writing, name: bytes) -> None:
    await db.run(_hear, {"message_index": name, "heard_at": db.now})


async def counted(store: Store) -> int:
    return await store.read(lambda db: db.scalar(_count))


async def begun(operator: asyncpg.Connection) -> int:
    """How many connections of ours are in a transaction now."""
    return await operator.fetchval(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'"
    )


async def test_a_transaction_begins_with_the_first_statement_that_writes_or_locks(store, operator):
    seen = []

    async def looks_and_writes(db: Writing) -> None:
        for statement in (_count, _locked):
            await db.rows(statement)
            seen.append(await begun(operator))
        await hear(db, b"one")
        seen.append(await begun(operator))

    for _ in range(
        3
    ):  # what was never seen before begins at once: nobody has looked yet whether it only reads
        await operator.execute("DELETE FROM heard")
        seen.clear()
        await store.write(looks_and_writes)
    assert seen == [0, 1, 1]
    assert await counted(store) == 1


async def test_a_failed_work_is_rolled_back(store, operator):
    async def fails(db: Writing) -> None:
        await db.rows(_count)
        await hear(db, b"one")
        raise LookupError

    for _ in range(3):
        with pytest.raises(LookupError):
            await store.write(fails)
    assert (await counted(store), await begun(operator)) == (0, 0)


async def test_a_cancelled_work_leaves_no_transaction(store, operator):
    reached = asyncio.Event()

    async def waits(db: Writing) -> None:
        await hear(db, b"one")
        reached.set()
        await asyncio.Event().wait()

    waiting = asyncio.ensure_future(store.write(waits))
    await reached.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert (await counted(store), await begun(operator)) == (0, 0)


async def test_a_doubled_row_is_told_without_what_stands_in_it(store):
    async def twice(db: Writing) -> None:
        await hear(db, b"the same")
        await hear(db, b"the same")

    for _ in range(2):
        with pytest.raises(IntegrityError) as told:
            await store.write(twice)
        assert b"the same".hex() not in str(told.value)
        assert "uq" in str(told.value) or "pk" in str(told.value)


async def test_a_value_that_does_not_fit_is_no_store_down(store):
    async def too_big(db: Writing) -> None:
        await db.rows(_one_row, {"row": 3516994107900001 << 20})

    for _ in range(3):
        with pytest.raises(DBAPIError) as told:
            await store.write(too_big)
        assert "3516994107900001" not in str(told.value)
    await store.write(lambda db: hear(db, b"one"))


async def test_connections_that_the_server_closed_are_thrown_away(store, operator):
    async def all_at_once(db: Reading) -> int:
        await asyncio.sleep(0)
        return await db.scalar(_count)

    await asyncio.gather(*(store.read(all_at_once) for _ in range(10)))
    await operator.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    for _ in range(30):
        try:
            await store.write(lambda db: hear(db, b"one"))
            break
        except StoreDown:
            continue
    assert await asyncio.gather(*(store.read(all_at_once) for _ in range(10))) == [1] * 10


async def test_a_column_that_changed_under_a_prepared_statement_is_read_anew(store, operator):
    async def hears_and_looks(db: Writing) -> None:
        await hear(db, str(await db.scalar(_count)).encode())
        await db.rows(_moments)

    for _ in range(3):
        await store.write(hears_and_looks)
    await operator.execute("ALTER TABLE heard ALTER COLUMN heard_at TYPE timestamptz(3)")
    await store.write(hears_and_looks)
    assert await counted(store) == 4


def test_a_statement_whose_columns_only_the_server_knows_is_not_prepared():
    """Of a number of any precision, the driver's converter depends on the server's description."""
    statements = Statements(asyncpg_dialect())
    known, unknown = select(heard.c.message_index), select(cast(1, Numeric))
    found = [[statements.prepared(one, None) is not None for one in (known, unknown)] for _ in range(3)]
    assert found == [[False, False], [True, False], [True, False]]


@pytest.mark.parametrize(
    "error", [asyncpg.InvalidSQLStatementNameError, asyncpg.DuplicatePreparedStatementError]
)
def test_a_connection_that_a_pooler_refuses_names_the_setting(error):
    assert "max_prepared_statements" in str(refused(error("prepared statement")))
