"""The office of the conversation tests: SQLite, Monday 23 November 2026 at nine.

With TORTURE_ALTERNATING (`make torture`) it is two processes on one PostgreSQL, which take the messages in turns.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from storage.store import Store
from storage.vault import Vault
from tests.support.alternating import IN_TURNS, Alternating
from tests.support.clock import Clock
from tests.support.counter import Counter, counter_of, office_of
from tests.support.resident import Resident


@pytest.fixture
async def counter(vault: Vault, clock: Clock, tmp_path: Path, request) -> AsyncIterator[Counter]:
    """An open office; `@pytest.mark.parametrize("counter", [{"printing": {...}}], indirect=True)` changes its file."""
    tables = getattr(request, "param", {})
    if IN_TURNS:
        async with two_processes(
            request.getfixturevalue("_postgres_url"), vault, clock, tmp_path, **tables
        ) as opened:
            yield opened
        return
    store = await Store.open(request.getfixturevalue("_sqlite_url"), vault=vault, clock=clock)
    opened = counter_of(store, clock, tmp_path, **tables)
    await opened.open()
    yield opened
    await opened.close()
    await store.close()


@pytest.fixture
async def two_offices(
    postgres_only: str, vault: Vault, clock: Clock, tmp_path: Path
) -> AsyncIterator[Alternating]:
    """Two processes on one database, which take the messages in turns."""
    async with two_processes(postgres_only, vault, clock, tmp_path) as opened:
        yield opened


@asynccontextmanager
async def two_processes(
    url: str, vault: Vault, clock: Clock, folder: Path, **tables: dict[str, Any]
) -> AsyncIterator[Alternating]:
    # The smallest pool: work that waited for a second connection of its own process would hang.
    stores = [await Store.open(url, vault=vault, clock=clock, pool=2) for _ in range(2)]
    opened = Alternating((stores[0], stores[1]), clock, office_of(tables), folder)
    await opened.open()
    yield opened
    await opened.close()
    for store in stores:
        await store.close()


@pytest.fixture
def sri(counter: Counter) -> Resident:
    return counter.resident("Sri")
