"""An office on either database, and a browser that several people use."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.store import Store
from tests.support.clock import Clock
from tests.support.counter import Counter, counter_of
from tests.support.resident import Resident


@pytest.fixture
async def counter(store: Store, clock: Clock, tmp_path: Path) -> AsyncIterator[Counter]:
    """An office on SQLite, and one on PostgreSQL."""
    opened = counter_of(store, clock, tmp_path)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
def browser(counter: Counter) -> Resident:
    return counter.resident("browser", channel="web")
