from collections.abc import AsyncIterator

import httpx
import pytest

from demo.whatsapp_emulator import TOKEN, Graph
from tests.emulators.graph_office import Cloud, Office
from tests.emulators.telegram import Telegram
from tests.support.clock import Clock
from tests.support.plain_http import NO_AUTHORITIES


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with Telegram() as telegram:
        yield telegram


@pytest.fixture
async def api(telegram: Telegram) -> AsyncIterator[httpx.AsyncClient]:
    """A bare client: `await api.post("/sendMessage", json={...})`."""
    base = f"{telegram.api_base}/bot{telegram.token}"
    async with httpx.AsyncClient(base_url=base, trust_env=False, timeout=30, verify=NO_AUTHORITIES) as client:
        yield client


@pytest.fixture
async def graph(clock: Clock) -> AsyncIterator[Graph]:
    async with Graph(clock=clock) as graph:
        yield graph


@pytest.fixture
async def cloud(graph: Graph) -> AsyncIterator[Cloud]:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(
        base_url=f"{graph.api_base}/v25.0",
        headers=headers,
        trust_env=False,
        timeout=30,
        verify=NO_AUTHORITIES,
    ) as client:
        yield Cloud(client)


@pytest.fixture
async def office(graph: Graph) -> AsyncIterator[Office]:
    async with Office() as office:
        graph.deliveries.url = office.url
        yield office
