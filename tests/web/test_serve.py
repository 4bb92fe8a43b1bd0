"""Time-outs of the server, and its end."""

import asyncio
import contextlib
import json
import logging

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from websockets.exceptions import ConnectionClosed

from bot.web import guards
from bot.web.limits import lines
from bot.web.serve import PortTaken, listening_socket
from tests.web.conftest import Site, frame


async def _raw(site: Site, sent: bytes) -> bytes:
    host, port = site.address.split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(sent)
    async with asyncio.timeout(60):
        got = await reader.read()
    writer.close()
    return got


async def test_headers_that_never_end_are_cut_off(site: Site):
    big = b"GET / HTTP/1.1\r\nHost: x\r\nX-Big: " + b"a" * 20_000 + b"\r\n\r\n"
    assert (await _raw(site, big)).startswith(b"HTTP/1.1 431")
    many = b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-A: bbbbbbbbbbbbbbbb\r\n" * 1000 + b"\r\n"
    assert (await _raw(site, many)).startswith(b"HTTP/1.1 431")


@pytest.mark.parametrize(
    "begun",
    [
        b"GET /",
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Endless: ",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-Trailer: ",
    ],
    ids=["address", "header", "trailer"],
)
async def test_what_has_no_end_is_not_kept(site: Site, monkeypatch: pytest.MonkeyPatch, begun: bytes):
    for limit in ("HEADER_SECONDS", "ANSWER_SECONDS", "KEEP_ALIVE_SECONDS"):
        monkeypatch.setattr(lines, limit, 3600)
    monkeypatch.setattr(guards, "BODY_SECONDS", 3600)
    with contextlib.suppress(ConnectionResetError):  # the server closes while more is on its way
        assert b"HTTP/1.1 431" in await _raw(site, begun + b"a" * 600_000)


UPGRADE = (
    b"GET /chat HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)


@pytest.mark.parametrize(
    "rest",
    [
        b"".join(b"X-%d: a\r\n" % number for number in range(130)) + b"\r\n",
        b"X-Long: " + b"a" * 9000 + b"\r\n\r\n",
        b"Content-Length: 1\r\n\r\na",
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    ids=["many", "long", "body", "chunks"],
)
async def test_a_chat_that_cannot_begin_is_refused_at_once(site: Site, rest: bytes):
    assert (await _raw(site, UPGRADE + rest)).startswith(b"HTTP/1.1 400")


async def _slow(request: Request) -> Response:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    return Response()


@pytest.mark.parametrize("site", [{"routes": [Route("/slow", _slow)]}], indirect=True)
async def test_no_chat_begins_beside_an_open_answer(site: Site):
    assert b"HTTP/1.1 101" not in await _raw(
        site, b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n" + UPGRADE + b"\r\n"
    )


async def test_a_length_of_thousands_of_digits_is_too_large(site: Site):
    long = (
        b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + b"0" * 5000 + b"1\r\n\r\na"
    )
    assert (await _raw(site, long)).split(b" ", 2)[1] in {b"400", b"413"}


async def test_a_queue_of_requests_on_one_connection_ends(site: Site):
    asked = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    last = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert (await _raw(site, asked * lines.PIPELINED + last)).count(b"HTTP/1.1 200") == lines.PIPELINED + 1
    assert (await _raw(site, asked * 1000 + last)).count(b"HTTP/1.1 200") <= 1


async def test_a_body_is_not_counted_as_headers(site: Site):
    long = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 20000\r\n\r\n" + b"a" * 20_000
    last = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert (await _raw(site, long + last)).count(b"HTTP/1.1 ") == 2


async def test_who_sends_headers_letter_by_letter_is_not_waited_for(
    site: Site, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(lines, "HEADER_SECONDS", 0.2)
    assert await _raw(site, b"GET / HTTP/1.1\r\nHos") == b""
    assert await _raw(site, b"") == b""


async def _read(request: Request) -> Response:
    return Response(await request.body())


@pytest.mark.parametrize("site", [{"routes": [Route("/hook", _read, methods=["POST"])]}], indirect=True)
async def test_who_sends_a_body_letter_by_letter_is_told_so(site: Site, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(guards, "BODY_SECONDS", 0.2)
    got = await _raw(site, b"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\ncode=")
    assert got.startswith(b"HTTP/1.1 408")


async def test_no_http_at_all_is_refused(site: Site):
    assert (await _raw(site, b"\x16\x03\x01\x02\x00\r\n\r\n")).startswith(b"HTTP/1.1 400")


async def test_a_stopping_server_answers_requests_that_are_on_their_way(
    site: Site, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(lines, "LAST_REQUEST_SECONDS", 60.0)
    host, port = site.address.split(":")
    fresh, idle = [await asyncio.open_connection(host, int(port)) for _ in range(2)]
    idle[1].write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    await idle[0].readuntil(b"}")
    site.stop()
    await _has_closed(host, int(port))
    for reader, writer in (fresh, idle):
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        got = await asyncio.wait_for(reader.read(), 60)
        assert got.startswith(b"HTTP/1.1 200")
        assert b"connection: close" in got.lower()
        writer.close()
    await asyncio.wait_for(site.stopped.wait(), 60)


async def test_a_stopping_server_sends_a_new_chat_elsewhere(site: Site, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lines, "LAST_REQUEST_SECONDS", 60.0)
    host, port = site.address.split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    site.stop()
    await _has_closed(host, int(port))
    writer.write(
        b"GET /chat HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    assert (await asyncio.wait_for(reader.read(), 60)).startswith(b"HTTP/1.1 503")
    writer.close()
    await asyncio.wait_for(site.stopped.wait(), 60)


async def _has_closed(host: str, port: int) -> None:
    """Return once new connections are refused."""
    with contextlib.suppress(ConnectionError):
        while True:
            _, writer = await asyncio.open_connection(host, port)
            writer.close()


_SMUGGLED = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.mark.parametrize(
    "lengths",
    [
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        b"Content-Length: 4\r\nContent-Length: 5\r\n",
        b"Content-Length: 4, 5\r\n",
        b"Content-Length: +4\r\n",
        b"Content-Length: -1\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding : chunked\r\n",
    ],
)
@pytest.mark.parametrize("site", [{"routes": [Route("/hook", _read, methods=["POST"])]}], indirect=True)
async def test_a_body_of_doubtful_length_is_refused_and_hides_no_second_request(site: Site, lengths: bytes):
    """A proxy in front may read the same bytes as two requests (OWASP ASVS 5.0, V4.2.1)."""
    got = await _raw(site, b"POST /hook HTTP/1.1\r\nHost: x\r\n" + lengths + b"\r\n0\r\n\r\n" + _SMUGGLED)
    assert got.startswith(b"HTTP/1.1 400")
    assert got.count(b"HTTP/1.1 ") == 1


async def test_a_port_in_use_is_one_sentence():
    with listening_socket("127.0.0.1:0") as line:
        address = f"127.0.0.1:{line.getsockname()[1]}"
        with pytest.raises(PortTaken, match=rf"^Cannot listen at {address}: Address already in use\. "):
            listening_socket(address)
    with pytest.raises(PortTaken, match="Cannot listen at"):
        listening_socket("203.0.113.7:80")
    with pytest.raises(PortTaken, match="Cannot listen at"):
        listening_socket("127.0.0.1:99999")


async def test_ipv6_is_listened_at_as_well():
    with listening_socket("[::1]:0") as line:
        assert line.getsockname()[0] == "::1"


async def test_a_stopping_server_finishes_the_running_turn_and_closes_chats(site: Site):
    async with site.chat("loket=" + "s" * 43) as sri:
        await frame(sri, "ready")
        site.office.silence.clear()
        await sri.send(json.dumps({"id": "m1", "text": "halo"}))
        site.stop()
        with pytest.raises(ConnectionClosed) as closed:
            await frame(sri, "heard")
        assert closed.value.rcvd.code == 1012
        site.office.silence.set()
    await asyncio.wait_for(site.stopped.wait(), 60)
    assert site.office.texts() == ["halo"]


async def test_a_flood_of_unreadable_requests_is_one_line(site: Site, caplog: pytest.LogCaptureFixture):
    for _ in range(20):
        assert (await _raw(site, b"\x16\x03\x01 no HTTP\r\n\r\n")).startswith(b"HTTP/1.1 400")
    upgrade = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n"
    for _ in range(20):
        await _raw(site, upgrade)
    for _ in range(3):
        async with site.chat("loket=" + "s" * 43) as tab:
            await frame(tab, "ready")
            await tab.send(b"\xff", text=True)
            with pytest.raises(ConnectionClosed):
                await frame(tab, "never")
    seen = [
        record
        for record in caplog.records
        if record.name == "uvicorn.error" and record.levelno >= logging.WARNING
    ]
    assert [(record.msg, record.count) for record in seen] == [
        ("Invalid HTTP request received.", 1),
        ("Unsupported upgrade request.", 1),
        ("Invalid UTF-8 sequence received from client.", 1),
    ]
