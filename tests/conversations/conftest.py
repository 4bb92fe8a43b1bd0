"""The office of the conversation tests: SQLite, Monday 23 November 2026 at nine.

Appointments, cards and ratings are also held at the second sample office, where it is nine an hour earlier; with TORTURE_OFFICE
(`make torture`) all conversations are held there. With TORTURE_ALTERNATING the office is two processes on one PostgreSQL, which
take the messages in turns.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from storage.store import Store
from storage.vault import Vault
from tests.support.alternating import IN_TURNS, Alternating
from tests.support.clock import Clock
from tests.support.counter import Counter
from tests.support.elsewhere import Here, Kendari
from tests.support.resident import Resident

_CORE = {"appointments", "cards", "ratings"}
_AT_KENDARI = "TORTURE_OFFICE" in os.environ
_MOJOKERTO = pytest.param(Here, id="mojokerto")
_KENDARI = pytest.param(Kendari, id="kendari", marks=pytest.mark.thorough)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Choose the sample offices of a conversation."""
    offices = []
    if _AT_KENDARI:
        offices = [_KENDARI]
    elif metafunc.definition.path.parent.name in _CORE and not IN_TURNS:
        offices = [_MOJOKERTO, _KENDARI]
    if offices and "sample_office" in metafunc.fixturenames:
        metafunc.parametrize("sample_office", offices, indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out, at the second office, what is about hours, places and languages of the first one."""
    items[:] = [one for one in items if not (_is_at_kendari(one) and one.get_closest_marker("first_office"))]


def _is_at_kendari(item: pytest.Item) -> bool:
    call = getattr(item, "callspec", None)
    return call is not None and call.params.get("sample_office") is Kendari


@pytest.fixture
def sample_office(request: pytest.FixtureRequest) -> Here:
    """Office of the conversation, which translates what the tests say and read."""
    return getattr(request, "param", Here)()


@pytest.fixture
async def counter(
    vault: Vault, clock: Clock, tmp_path: Path, sample_office: Here, request
) -> AsyncIterator[Counter]:
    """An open office; `@pytest.mark.parametrize("counter", [{"printing": {...}}], indirect=True)` changes its file."""
    tables = getattr(request, "param", {})
    if IN_TURNS:
        async with two_processes(
            request.getfixturevalue("_postgres_url"), vault, clock, tmp_path, **tables
        ) as opened:
            yield opened
        return
    store = await Store.open(request.getfixturevalue("_sqlite_url"), vault=vault, clock=clock)
    clock.move(hours=-sample_office.hours_ahead)
    opened = Counter(store, clock, sample_office.office(tables), tmp_path, place=sample_office)
    await opened.open()
    yield opened
    await opened.close()
    await store.close()
    assert sample_office.leaked == []


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
    opened = Alternating((stores[0], stores[1]), clock, Here().office(tables), folder)
    await opened.open()
    yield opened
    await opened.close()
    for store in stores:
        await store.close()


@pytest.fixture
def sri(counter: Counter) -> Resident:
    return counter.resident("Sri")
