"""The console as it is in production, on a free port of 127.0.0.1, with its background work."""

import asyncio
import re
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select
from starlette.routing import BaseRoute

from bot.console.site import LARGER_BODIES, Console
from bot.importing.run import import_register
from bot.pictures.reader import PictureReader
from bot.setup.counting import Counting
from bot.setup.holidays import calendar_of
from bot.setup.metrics import Metrics
from bot.setup.office_file import load_office
from bot.web.app import build
from bot.web.channel import WebChannel
from bot.web.limits.quotas import Quotas, Rate
from domain.office.office import Office
from domain.staff.roles import Role
from locales.texts import Texts
from storage.appointments.attendance import next_seat
from storage.schema import staff_sessions
from storage.staff.staff import invite
from storage.store import Store
from tests.support.clock import Clock
from tests.support.texts import the_texts
from tests.web.conftest import browser, serving, texts, web_store  # noqa: F401 (fixtures)
from tests.web.office import SmallOffice

NAMES = {
    Role.VIEWER: "Citra Wibowo",
    Role.OFFICER: "Endang Lestari",
    Role.APPROVER: "Bagus Prasetyo",
    Role.ADMIN: "Wulan Hartini",
}
_STAMP = r'action="{action}"[^>]*>\s*<input type="hidden" name="csrf" value="([^"]+)"'


@dataclass
class Counter:
    """The console and its office."""

    url: str
    store: Store
    office: Office
    console: Console
    clock: Clock
    waited: list[float]
    tasks: asyncio.TaskGroup
    working: asyncio.Task
    visitors: list["Browser"]
    routes: Sequence[BaseRoute] = ()

    def client(self, **settings: object) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self.url, timeout=20, **settings)

    async def code(self, name: str, role: Role, point: str | None = None) -> str:
        return await self.store.write(
            lambda db: invite(db, name=name, role=role, point=point, actor="system")
        )

    async def sessions(self) -> list:
        return await self.store.read(lambda db: db.rows(select(staff_sessions)))

    async def rests(self) -> None:
        """Let no background work be done."""
        self.working.cancel()
        await asyncio.wait([self.working])

    async def works_on(self) -> None:
        """Let another process do the background work."""
        self.working = self.tasks.create_task(self.console.work.run())

    async def import_register(self, text: str) -> None:
        """Take a list in, as `loket import` does."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "daftar.csv"
            await asyncio.to_thread(path.write_text, text, "utf-8")
            await import_register(self.store, path, office=self.office, texts=the_texts())

    async def walks_in(self, service: str, point: str = "sooko") -> str:
        """Somebody comes without an appointment and gets the next seat; give the ticket code."""
        calendar = calendar_of(self.office, (), self.office.today(self.clock.now))
        slots = calendar.walk_in_times(point, self.clock.now)
        code, _ = await self.store.write(lambda db: next_seat(db, slots=slots, service=service, by="system"))
        return str(code)

    async def enter(self, role: Role, point: str | None = None, name: str = "") -> "Browser":
        """Somebody of this role at the console, as a browser without a window."""
        code = await self.code(name or f"{NAMES[role]}{f' ({point})' if point else ''}", role, point)
        visitor = await self.visitor()
        await visitor.log_in(code)
        return visitor

    async def visitor(self) -> "Browser":
        """Somebody whom the console does not know."""
        visitor = Browser(self.client(follow_redirects=True))
        self.visitors.append(visitor)
        return visitor


@dataclass
class Browser:
    """What a browser does with pages: keeps cookies, sends the forms that it was shown."""

    http: httpx.AsyncClient

    async def log_in(self, code: str) -> httpx.Response:
        page = await self.http.get("/staf")
        form = re.search(r'name="form" value="([^"]+)"', page.text)[1]
        return await self.http.post("/staf", data={"form": form, "code": code})

    async def opens(self, path: str) -> httpx.Response:
        return await self.http.get(path, headers={"accept": "text/html"})

    async def stamp(self, page: str, action: str) -> str:
        """The stamp of the form that a page sends to an address."""
        shown = await self.opens(page)
        found = re.search(_STAMP.format(action=re.escape(action)), shown.text)
        assert found, f"{page} has no form for {action}: {shown.text}"
        return found[1]

    async def sends_anyway(self, action: str, **fields: object) -> httpx.Response:
        """Send a form that was never shown."""
        return await self.http.post(action, data={"csrf": "a.b", **fields})

    async def sends(self, page: str, action: str, **fields: object) -> httpx.Response:
        """Fill in the form that a page shows for an address, and send it."""
        files = fields.pop("files", None)
        data = {"csrf": await self.stamp(page, action), **fields}
        return await self.http.post(action, data=data, files=files)


@pytest.fixture
def office() -> Office:
    return load_office(None)


@pytest.fixture
async def counter(
    web_store: Store,  # noqa: F811 (the fixture)
    texts: Texts,  # noqa: F811 (the fixture)
    office: Office,
    clock: Clock,
) -> AsyncIterator[Counter]:
    channel = WebChannel()
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    pictures = PictureReader()
    console = Console(store=web_store, office=office, texts=texts, pictures=pictures, sleep=sleep)
    app = build(
        hear=SmallOffice(channel),
        channel=channel,
        office=office,
        texts=texts,
        store=web_store,
        metrics=Metrics(),
        before_metrics=Counting(store=web_store, channels={}),
        routes=console.routes(),
        larger_bodies=LARGER_BODIES,
        quotas=Quotas(requests=Rate(per_minute=1e9, burst=1e9)),  # one visitor asks for everything there is
    )
    async with serving(app) as running, asyncio.TaskGroup() as tasks:
        working = tasks.create_task(console.work.run())
        opened = Counter(
            f"http://{running.address}",
            web_store,
            office,
            console,
            clock,
            waited,
            tasks,
            working,
            [],
            app.routes,
        )
        yield opened
        for visitor in opened.visitors:
            await visitor.http.aclose()
        opened.working.cancel()
        await pictures.close()


@pytest.fixture(autouse=True)
def plain_faults() -> Iterator[None]:
    """A fault of ours is printed without its neighbours' values: writing those takes longer than the test."""
    import structlog

    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()]
    )
    yield
    structlog.reset_defaults()
