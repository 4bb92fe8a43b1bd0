"""The API as it is in production, on a free port of 127.0.0.1, with its background work."""

import asyncio
from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path

import httpx
import pytest

from bot.api import openapi
from bot.http.rates import Rate
from bot.web.channel import WebChannel
from bot.web.limits.quotas import Quotas
from domain.office.office import Office
from domain.staff.scopes import TokenScope
from storage import audit
from storage.audit import AuditEntry
from storage.staff import tokens
from storage.store import Store
from tests.support.clock import Clock
from tests.support.counter import Counter
from tests.support.plain_http import NO_AUTHORITIES
from tests.support.texts import THE_OFFICE
from tests.web.conftest import browser, serving, web_store  # noqa: F401 (fixtures)

openapi.build = cache(openapi.build)  # each office of a test would make the same document: 21 ms

ROW = {
    "no_registrasi": "MJK-261102-0007-Z",
    "nik": "3516994107900001",
    "nama": "Sri Astuti",
    "layanan": "ktp_baru",
    "status": "PRINT_READY",
    "tanggal": "2026-11-20",
    "lokasi": "sooko",
}
NUMBER = ROW["no_registrasi"]


class ApiCounter(Counter):
    """The office with its API served at `url`."""

    quotas = Quotas(requests=Rate(per_minute=1e9, burst=1e9))
    url: str
    tasks: asyncio.TaskGroup

    def __init__(self, store: Store, clock: Clock, office: Office, folder: Path) -> None:
        super().__init__(store, clock, office, folder, WebChannel())
        self.clients: list[httpx.AsyncClient] = []

    async def token(self, *scopes: str, name: str = "SIAK", point: str | None = None, **more: object) -> str:
        found = frozenset(map(TokenScope, scopes or TokenScope))
        make = {"name": name, "scopes": found, "point": point, "actor": "system", "per_minute": 1_000_000}
        return await self.store.write(lambda db: tokens.create(db, **make | more))

    def client(self, token: str = "", **headers: str) -> httpx.AsyncClient:
        sent = {"Accept-Language": "en", **headers, **({"Authorization": f"Bearer {token}"} if token else {})}
        made = httpx.AsyncClient(
            base_url=f"{self.url}/api/v1", headers=sent, timeout=30, verify=NO_AUTHORITIES
        )
        self.clients.append(made)
        return made

    async def system(self, *scopes: str, **more: object) -> httpx.AsyncClient:
        """A program of the office with a token of these scopes."""
        return self.client(await self.token(*scopes, **more))

    async def audited(self, action: str) -> list[AuditEntry]:
        return await self.store.read(lambda db: audit.entries(db, action=action))


@pytest.fixture
def office() -> Office:
    return THE_OFFICE


@pytest.fixture
async def counter(
    web_store: Store,  # noqa: F811 (the fixture)
    clock: Clock,
    office: Office,
    tmp_path: Path,
) -> AsyncIterator[ApiCounter]:
    opened = ApiCounter(web_store, clock, office, tmp_path)
    async with serving(opened.assembled.app) as running, asyncio.TaskGroup() as opened.tasks:
        opened.url = f"http://{running.address}"
        working = opened.tasks.create_task(opened.assembled.console.work.run())
        yield opened
        for client in opened.clients:
            await client.aclose()
        working.cancel()
        await opened.assembled.pictures.close()


def of_problem(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a problem, whose form is checked."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    told = answer.json()
    assert told["status"] == answer.status_code
    assert told["title"]
    return answer.status_code, told["code"]
