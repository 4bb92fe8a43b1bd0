"""Every path, query parameter and form field with unexpected values: an answer, never a fault.

Routes and names are read, not copied: a new route, and a new name that a page asks for, are tried by themselves.
"""

import asyncio
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlencode

import pytest
from starlette.routing import Route, WebSocketRoute
from websockets.asyncio.client import connect

from domain.staff.roles import Role
from storage.staff import forms
from storage.store import Store
from tests.console.conftest import ConsoleCounter
from tests.console.test_matrix import secret_of
from tests.console.things import Things, made_at
from tests.support.exploring import examples
from tests.support.odd import FOR_DATABASES, ODD, WORST
from tests.support.officers import Officer

pytestmark = pytest.mark.thorough

NAMED = re.compile(r'\b(?:query|query_params|form|given|asked|sent)\b(?:\.get\(|\[)"([a-z_]+)')
# Names that a page puts together: one field for each language.
WORDED = {
    "announcing": {"teks_id", "teks_jv", "teks_en"},
    "services": {"syarat-id", "catatan-id", "semula"},
}
# So that an odd value is not hidden behind a neighbour that is odd as well.
USUAL = {
    "cara": "kirim",
    "cari": "MJK-261102-0007-Z",
    "dari": "09:00",
    "jawaban": "Mohon maaf.",
    "kode": "ABC234",
    "layanan": "ktp_baru",
    "mulai": "2026-11-24",
    "nama": "Ani",
    "peran": "viewer",
    "per_hari": "10",
    "sampai": "10:00",
    "status": "READY_FOR_PICKUP",
    "syarat-id": "KK",
    "tanggal": "2026-11-23",
    "teks_id": "Kartu {nama} sudah jadi.",
    "titik": "sooko",
}


@pytest.fixture
async def web_store(store: Store) -> Store:
    """Both databases, because each rejects other numbers and characters."""
    return store


def names_in(module: str) -> set[str]:
    """The parameters and fields that a module of ours asks for by name."""
    source = Path(sys.modules[module].__file__).read_text("utf-8")
    return set(NAMED.findall(source)) | WORDED.get(module.rpartition(".")[2], set())


@dataclass(frozen=True)
class Way:
    """A route as it can be asked: how, where, and what it looks for in the question."""

    method: str
    pattern: str
    names: tuple[str, ...]

    def addresses(self, odd: str) -> list[str]:
        """The route's address with an odd value in its places; none for one without a place."""
        if "{" not in self.pattern:
            return []
        return [re.sub(r"\{\w+\}", quote(odd, safe="", errors="replace"), self.pattern)]


def ways(counter: ConsoleCounter) -> list[Way]:
    """Every route of the console and every public one."""
    gates = {(one.method, one.path): one for one in counter.console.gates()}
    found = []
    for one in counter.routes:
        if not isinstance(one, Route) or one.path == "/staf/keluar":
            continue
        for method in (one.methods or {"GET"}) - {"HEAD"}:
            gate = gates.get((method, one.path))
            asks = [gate.view, gate.concerns] if gate else [one.endpoint]
            modules = {ask.__module__ for ask in asks if ask is not None}
            if "bot.console.pages.announce" in modules:
                modules.add("bot.jobs.announcements")
            names = {name for module in modules for name in names_in(module)}
            found.append(Way(method, one.path, tuple(sorted(names))))
    assert {"/staf/kasus/{nomor}", "/kepuasan", "/berkas/{name}"} <= {one.pattern for one in found}
    assert {"dari", "sampai", "hari", "tahun", "sebelum", "kepada", "titik", "code"} <= {
        name for one in found for name in one.names
    }
    return found


def tried(store: Store, on_sqlite: tuple[str, ...]) -> tuple[str, ...]:
    """Values to try: all on one database; on the other those that databases treat differently."""
    return on_sqlite if store.dialect == "sqlite" else FOR_DATABASES


def some(values: tuple[str, ...], *, start: int) -> list[str]:
    """Two of the values, others for each name; all of them under `make torture`."""
    count = min(examples(4), len(values))
    return [values[(start + number) % len(values)] for number in range(count)]


class Visitor:
    """An admin of the whole office, whose forms carry valid stamps."""

    def __init__(self, counter: ConsoleCounter, browser: Officer, secret: str) -> None:
        self.counter, self.http, self.secret, self.faults = counter, browser.http, secret, []

    async def asks(self, method: str, path: str, fields: dict[str, str]) -> None:
        coded = urlencode(fields, errors="replace")
        headers = {"accept": "text/html"}
        if method == "GET":
            answer = await self.http.get(f"{path}?{coded}" if coded else path, headers=headers)
        else:
            stamped = urlencode({"csrf": forms.stamp(self.secret, unquote(path))})
            headers["content-type"] = "application/x-www-form-urlencoded"
            answer = await self.http.post(path, content=f"{coded}&{stamped}", headers=headers)
        clear = answer.status_code < 400 or re.search(r"<h1|role=\"alert\"|class=\"told\"", answer.text)
        if answer.status_code >= 500 or not clear:
            told = {name: value[:20] for name, value in fields.items()}
            self.faults.append((answer.status_code, method, path[:80], told))


@pytest.fixture
async def visitor(counter: ConsoleCounter) -> Visitor:
    await counter.rests()
    browser = await counter.enter(Role.ADMIN)
    browser.http.follow_redirects = False
    return Visitor(counter, browser, await secret_of(counter))


async def test_odd_places_in_an_address_are_answered(counter: ConsoleCounter, visitor: Visitor):
    for way in ways(counter):
        for path in [path for odd in tried(counter.store, ODD) for path in way.addresses(odd)]:
            await visitor.asks(way.method, path, {})
    assert visitor.faults == []


def about(things: Things, way: Way) -> str:
    known = way.pattern.startswith("/staf") and "{name}" not in way.pattern
    return things.path(way.pattern) if known else way.pattern


async def test_pages_answer_when_everything_they_are_told_is_odd(counter: ConsoleCounter, visitor: Visitor):
    things = await made_at(counter, "sooko")
    for way in ways(counter):
        for odd in tried(counter.store, WORST) if way.names else ():
            # A whole address has its limit; what is long stands alone in the next test.
            told = odd[:100] if way.method == "GET" else odd
            await visitor.asks(way.method, about(things, way), dict.fromkeys(way.names, told))
    assert visitor.faults == []


async def test_pages_answer_when_one_thing_they_are_told_is_odd(counter: ConsoleCounter, visitor: Visitor):
    things = await made_at(counter, "sooko")
    for way in ways(counter):
        usual = {name: USUAL[name] for name in way.names if name in USUAL}
        for number, name in enumerate(way.names):
            for odd in some(tried(counter.store, WORST), start=number):
                await visitor.asks(way.method, about(things, way), {**usual, name: odd})
    assert visitor.faults == []


async def test_a_chat_opens_whatever_it_says_it_has_read(counter: ConsoleCounter):
    sockets = [one for one in counter.routes if isinstance(one, WebSocketRoute)]
    assert [one.path for one in sockets] == ["/chat"]
    for odd in ODD:
        asked = urlencode({"after": odd}, errors="replace")
        async with asyncio.timeout(60), connect(f"ws{counter.url[4:]}/chat?{asked}") as line:
            assert json.loads(await line.recv())["op"] == "ready"
