"""The office of the conversation tests, and its metrics as a program on this machine reads them."""

from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest

from tests.cli.conftest import new_folder as loket
from tests.conversations.conftest import counter, sample_office, sri
from tests.support.counter import Counter

__all__ = ["counter", "loket", "sample_office", "sri"]

Scrape = Callable[[], Awaitable[str]]


@pytest.fixture
async def scrape(counter: Counter) -> AsyncIterator[Scrape]:
    here = httpx.ASGITransport(counter.assembled.app, client=("127.0.0.1", 1))
    async with httpx.AsyncClient(transport=here, base_url="http://127.0.0.1") as http:

        async def read() -> str:
            return (await http.get("/metrics")).raise_for_status().text

        yield read
