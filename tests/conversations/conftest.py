"""The office of the conversation tests: SQLite, Monday 23 November 2026 at nine."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.store import Store
from storage.vault import Vault
from tests.support.clock import Clock
from tests.support.counter import Counter, counter_of
from tests.support.resident import Resident


@pytest.fixture
async def counter(
    _sqlite_url: str, vault: Vault, clock: Clock, tmp_path: Path, request
) -> AsyncIterator[Counter]:
    """An open office; `@pytest.mark.parametrize("counter", [{"printing": {...}}], indirect=True)` changes its file."""
    store = await Store.open(_sqlite_url, vault=vault, clock=clock)
    opened = counter_of(store, clock, tmp_path, **getattr(request, "param", {}))
    await opened.open()
    yield opened
    await opened.close()
    await store.close()


@pytest.fixture
def sri(counter: Counter) -> Resident:
    return counter.resident("Sri")
