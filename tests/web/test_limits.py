"""Limits of this process for strangers, and that others are still answered."""

import asyncio
import gc
import resource
from contextlib import suppress
from dataclasses import replace

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.http import rates
from bot.http.rates import Buckets, Rate
from bot.web import guards
from bot.web.limits import lines
from bot.web.limits.quotas import Quotas, raise_descriptor_limit
from bot.web.limits.quotas import QuotaTally as Open
from tests.web.conftest import Site

PLENTY = Rate(per_minute=60_000, burst=10_000)
FREE = Quotas(messages=PLENTY, requests=PLENTY)


def of(address: str) -> dict[str, str]:
    """Come from another address, through the proxy on this machine."""
    return {"X-Forwarded-For": address}


async def opened(site: Site, sent: bytes = b"") -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    host, port = site.address.split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(sent)
    return reader, writer


# Connections


def test_a_reserve_of_descriptors_is_kept_for_the_database_and_providers():
    few, many = Quotas.of(descriptors=1024, factor=20), Quotas.of(descriptors=65_536, factor=20)
    assert few.connections == 768
    assert few.connections + few.backlog < 1024 - 100, "also when all that wait are accepted at one moment"
    assert few.sockets == 576, "chats leave connections to webhooks and pages"
    assert (many.connections, many.backlog) == (5000, 2048)


@pytest.mark.parametrize(
    ("soft", "hard", "now"),
    [(1024, 4096, 4096), (1024, 10**6, 65_536), (1024, -1, 65_536), (4096, 4096, 4096)],
)
def test_the_soft_limit_of_open_files_is_raised_to_the_hard_one(monkeypatch, soft: int, hard: int, now: int):
    limits = [soft, hard]
    monkeypatch.setattr(resource, "getrlimit", lambda _what: tuple(limits))
    monkeypatch.setattr(resource, "setrlimit", lambda _what, new: limits.__setitem__(slice(2), new))
    assert raise_descriptor_limit() == now


async def test_the_http_side_of_an_upgraded_connection_is_freed_without_the_collector(site: Site):
    gc.collect()
    gc.disable()
    try:
        for _ in range(20):
            async with site.chat():
                pass
        left = sum(type(one) is lines.PatientProtocol for one in gc.get_objects())
    finally:
        gc.enable()
    assert left < 5


@pytest.mark.parametrize("site", [{"quotas": replace(FREE, connections=8)}], indirect=True)
async def test_idle_connections_give_way_to_somebody_who_asks(site: Site):
    idle = [await opened(site) for _ in range(8)]
    async with site.client() as http:
        assert (await http.get("/healthz")).status_code == 200
    async with asyncio.timeout(60):
        assert await idle[0][0].read() == b""
    for _, writer in idle:
        writer.close()


class Work:
    """Serves requests that take as long as the test wants."""

    def __init__(self) -> None:
        self.running, self.both, self.over = 0, asyncio.Event(), asyncio.Event()

    async def serve(self, _request: Request) -> Response:
        self.running += 1
        if self.running == 2:
            self.both.set()
        await self.over.wait()
        return Response()


WORK = Work()


@pytest.mark.parametrize(
    "site", [{"quotas": replace(FREE, connections=2), "routes": [Route("/work", WORK.serve)]}], indirect=True
)
async def test_when_every_connection_is_in_use_one_sentence_says_so(site: Site):
    working = [await opened(site, b"GET /work HTTP/1.1\r\nHost: x\r\n\r\n") for _ in range(2)]
    async with asyncio.timeout(60):
        await WORK.both.wait()
        reader, _ = await opened(site)
        told = await reader.read()
    assert told.startswith(b"HTTP/1.1 503")
    assert told.endswith(b"Loket sedang penuh. Mohon coba lagi sebentar lagi.")
    WORK.over.set()
    for _, writer in working:
        writer.close()


@pytest.mark.parametrize(
    "site", [{"quotas": replace(FREE, factor=1, tabs=4), "trusted_proxies": "127.0.0.9"}], indirect=True
)
async def test_one_address_cannot_have_every_connection(site: Site):
    bodies = b"POST /staf HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n"
    held = [await opened(site, bodies) for _ in range(12)]
    other = httpx.AsyncHTTPTransport(local_address="127.0.0.3")
    async with site.client(transport=other) as http:
        assert (await http.get("/healthz")).status_code == 200
    gone = 0
    for reader, writer in held:
        with suppress(TimeoutError):
            async with asyncio.timeout(0.2):
                await reader.read()
                gone += 1
        writer.close()
    assert gone >= 6, "the address has room for six"


async def test_a_connection_that_is_kept_alive_with_empty_lines_is_ended(site: Site, monkeypatch):
    monkeypatch.setattr(lines, "KEEP_ALIVE_SECONDS", 0.3)
    reader, writer = await opened(site, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    await reader.readuntil(b"true}")

    async def drip() -> None:
        while True:
            writer.write(b"\r\n")
            await asyncio.sleep(0.05)

    dripping = asyncio.ensure_future(drip())
    with suppress(ConnectionResetError):  # a line that arrived after the end
        assert await reader.read() == b""
    dripping.cancel()


async def _read(request: Request) -> Response:
    return Response(await request.body())


HOOK = Route("/hook", _read, methods=["POST"])


@pytest.mark.parametrize("site", [{"routes": [HOOK]}, {"webhooks": [HOOK]}], indirect=True)
async def test_a_body_that_drips_is_ended_by_the_time_of_the_whole(site: Site, monkeypatch):
    monkeypatch.setattr(guards, "BODY_SECONDS", 0.5)
    reader, writer = await opened(site, b"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")

    async def drip() -> None:
        while True:
            writer.write(b"x")
            await asyncio.sleep(0.05)

    dripping = asyncio.ensure_future(drip())
    async with asyncio.timeout(60):
        assert (await reader.readline()).startswith(b"HTTP/1.1 408")
    dripping.cancel()
    writer.close()


def test_a_large_upload_has_more_time_and_still_an_end():
    limits = guards.BodyLimits(None, larger={"/impor": 64 * 1024 * 1024})

    async def seconds(path: str) -> float:
        return limits._body({"path": path}).deadline - asyncio.get_running_loop().time()

    assert asyncio.run(seconds("/staf")) == pytest.approx(10, abs=1)
    assert asyncio.run(seconds("/impor")) == pytest.approx(266, abs=1)
    assert lines.ANSWER_SECONDS > 266


@pytest.mark.parametrize(
    "site",
    [{name: [HOOK], "quotas": replace(FREE, body_bytes=150_000)} for name in ("routes", "webhooks")],
    indirect=True,
)
async def test_bodies_together_are_bounded(site: Site):
    begun = b"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 70000\r\n\r\n" + bytes(60_000)
    held = [await opened(site, begun) for _ in range(3)]
    told = {asyncio.ensure_future(reader.readline()): writer for reader, writer in held}
    (refused,), waiting = await asyncio.wait(told, return_when=asyncio.FIRST_COMPLETED)
    assert refused.result().startswith(b"HTTP/1.1 503")
    for one in waiting:
        told[one].write(bytes(10_000))
    assert [line.split()[1] for line in await asyncio.gather(*waiting)] == [b"200", b"200"]
    for _, writer in held:
        writer.close()
    async with site.client(timeout=60) as http:
        for _ in range(20):
            if (told := await http.post("/hook", content=bytes(1000))).status_code == 200:
                break
            await asyncio.sleep(0.05)
    assert told.status_code == 200, "what is gone is counted no more"


@pytest.mark.parametrize(
    "site", [{"webhooks": [HOOK], "quotas": replace(FREE, body_bytes=61_000)}], indirect=True
)
async def test_a_message_passes_beside_bodies_that_take_all_room(site: Site):
    begun = b"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 60500\r\n\r\n" + bytes(60_000)
    reader, writer = await opened(site, begun)
    async with site.client(timeout=60) as http:
        while (await http.post("/hook", content=bytes(20_000))).status_code == 200:
            pass  # the large one has not arrived
        assert (await http.post("/hook", content=bytes(2_000))).status_code == 200
    writer.write(bytes(500))
    assert (await reader.readline()).startswith(b"HTTP/1.1 200")
    writer.close()


@pytest.mark.parametrize(
    "site", [{"quotas": replace(FREE, requests=Rate(per_minute=1, burst=1), factor=3)}], indirect=True
)
async def test_who_asks_too_often_is_told_so_in_their_language(site: Site):
    async with site.client(headers={**of("203.0.113.9"), "Cookie": "loket-bahasa=en"}) as http:
        told = [await http.get("/kepuasan.csv") for _ in range(4)]
        assert [one.status_code for one in told[:3]] == [told[0].status_code] * 3 != [429] * 3
        assert told[3].status_code == 429
        assert "Too many requests" in told[3].text
        assert (await http.get("/healthz")).status_code == 200
        assert (await http.get("/", headers=of("203.0.113.10"))).status_code == 200


# Messages on their way


# Chats


# The counters


def test_a_bucket_gives_its_burst_and_fills_again():
    now = [0.0]
    buckets = Buckets(lambda: now[0])
    rate = Rate(per_minute=60, burst=3)
    assert [buckets.take([("sri", rate)]) for _ in range(4)] == [True, True, True, False]
    now[0] = 2.0
    assert [buckets.take([("sri", rate)]) for _ in range(3)] == [True, True, False]
    assert buckets.take([("budi", rate)])


def test_what_one_bucket_refuses_is_taken_from_none():
    buckets = Buckets(lambda: 0.0)
    wide, narrow = ("wide", Rate(per_minute=1, burst=2)), ("narrow", Rate(per_minute=1, burst=1))
    assert buckets.take([wide, narrow])
    assert not buckets.take([wide, narrow])
    assert buckets.take([wide])


def test_names_that_strangers_make_up_are_forgotten():
    now = [0.0]
    buckets = Buckets(lambda: now[0])
    for n in range(5000):
        now[0] += 0.1
        buckets.take([(f"made up {n}", Rate(per_minute=60, burst=3))])
    assert len(buckets._taken) < 2 * rates._SWEEP_FROM


def test_a_48_cannot_have_more_by_changing_its_64():
    tally = Open(most=2)
    for n in range(8):
        source = f"2001:db8:1:{n:02x}00::/64"
        assert not tally.full(source)
        tally.take(source)
    assert tally.full("2001:db8:1:ff00::/64")
    assert not tally.full("2001:db8:2:ff00::/64")
    for n in range(8):
        tally.give(f"2001:db8:1:{n:02x}00::/64")
    assert tally._open == {}


async def _fails(_request: Request) -> Response:
    raise RuntimeError("a resident's words")


@pytest.mark.parametrize(
    "site", [{"webhooks": [HOOK, Route("/broken", _fails, methods=["POST"])]}], indirect=True
)
async def test_a_webhook_is_served_apart_from_pages_within_their_limits(site: Site):
    async with site.client(timeout=60) as http:
        told = await http.post("/hook", content=b"one")
        assert (told.status_code, told.content) == (200, b"one")
        assert "content-security-policy" not in told.headers
        assert (await http.post("/hook", content=bytes(2 * 1024 * 1024))).status_code == 413
        assert (await http.get("/hook")).status_code == 405
        assert (await http.post("/broken", content=b"")).status_code == 500
