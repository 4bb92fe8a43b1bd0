"""The console as it is in production, on a free port of 127.0.0.1, with its background work."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from bot.http.rates import Rate
from bot.importing.run import import_register
from bot.web.channel import WebChannel
from bot.web.limits.quotas import Quotas
from domain.office.office import Office
from domain.staff.roles import Role
from storage.schema import staff_sessions
from storage.staff.staff import invite
from storage.store import Store
from tests.support.clock import Clock
from tests.support.counter import Counter
from tests.support.officers import Officer
from tests.support.plain_http import NO_AUTHORITIES
from tests.support.texts import THE_OFFICE
from tests.web.conftest import browser, serving, texts, web_store  # noqa: F401 (fixtures)

NAMES = {
    Role.VIEWER: "Citra Wibowo",
    Role.OFFICER: "Endang Lestari",
    Role.APPROVER: "Bagus Prasetyo",
    Role.ADMIN: "Wulan Hartini",
}


class ConsoleCounter(Counter):
    """The office with its pages served at `url`, and its officers' browsers."""

    quotas = Quotas(requests=Rate(per_minute=1e9, burst=1e9))  # one visitor asks for everything there is
    url: str
    tasks: asyncio.TaskGroup
    working: asyncio.Task

    def __init__(self, store: Store, clock: Clock, office: Office, folder: Path) -> None:
        super().__init__(store, clock, office, folder, WebChannel())
        self.console, self.routes = self.assembled.console, self.assembled.app.routes
        self.visitors: list[Officer] = []

    def client(self, **settings: object) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self.url, timeout=20, verify=NO_AUTHORITIES, **settings)

    async def code(self, name: str, role: Role, point: str | None = None) -> str:
        return await self.store.write(
            lambda db: invite(db, name=name, role=role, point=point, actor="system")
        )

    async def sessions(self) -> list:
        return await self.store.read(lambda db: db.rows(select(staff_sessions)))

    async def rests(self) -> None:
        """Stop the background work."""
        self.working.cancel()
        await asyncio.wait([self.working])

    async def works_on(self) -> None:
        """Let another process do the background work."""
        self.working = self.tasks.create_task(self.console.work.run())

    async def import_register(self, text: str) -> None:
        """Take a list in, as `loket import` does."""
        path = self._folder / "daftar.csv"
        path.write_text(text, "utf-8")
        await import_register(self.store, path, office=self.office, texts=self.texts)

    async def enter(self, role: Role, point: str | None = None, name: str = "") -> Officer:
        """Somebody of this role, signed in at the console."""
        code = await self.code(name or f"{NAMES[role]}{f' ({point})' if point else ''}", role, point)
        visitor = await self.visitor()
        await visitor.log_in(code)
        return visitor

    async def visitor(self) -> Officer:
        """Somebody whom the console does not know."""
        visitor = Officer(self.client(follow_redirects=True))
        self.visitors.append(visitor)
        return visitor


@pytest.fixture
def office() -> Office:
    return THE_OFFICE


@pytest.fixture
async def counter(
    web_store: Store,  # noqa: F811 (the fixture)
    clock: Clock,
    office: Office,
    tmp_path: Path,
) -> AsyncIterator[ConsoleCounter]:
    opened = ConsoleCounter(web_store, clock, office, tmp_path)
    async with serving(opened.assembled.app) as running, asyncio.TaskGroup() as opened.tasks:
        opened.url = f"http://{running.address}"
        await opened.works_on()
        yield opened
        for visitor in opened.visitors:
            await visitor.http.aclose()
        opened.working.cancel()
        await opened.assembled.pictures.close()


@pytest.fixture(autouse=True)
def plain_faults() -> Iterator[None]:
    """Tracebacks are printed without local values, which would take longer than the test."""
    import structlog

    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()]
    )
    yield
    structlog.reset_defaults()
