from collections.abc import AsyncIterator

import httpx
import pytest

from tests.emulators.telegram import Telegram


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with Telegram() as telegram:
        yield telegram


@pytest.fixture
async def api(telegram: Telegram) -> AsyncIterator[httpx.AsyncClient]:
    """A bare client: `await api.post("/sendMessage", json={...})`."""
    base = f"{telegram.api_base}/bot{telegram.token}"
    async with httpx.AsyncClient(base_url=base, trust_env=False, timeout=5) as client:
        yield client
