"""The small HTTP client, over real sockets on 127.0.0.1."""

import asyncio
import socket
import ssl
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
import uvloop

from bot.channel import Outage, Undelivered, Unknown
from bot.sending.http import Answer, Client, Limits

BODY = b'{"text": "RAHASIA"}'
YES = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
SOON = Limits(connect=0.05, total=0.05)


@dataclass
class Server:
    """`script` is what each request meets; `connections` holds the requests that each connection brought."""

    script: Callable[[asyncio.StreamWriter], Awaitable[None]]
    connections: list[list[bytes]] = field(default_factory=list)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    open: int = 0
    most_open: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        requests: list[bytes] = []
        self.connections.append(requests)
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        try:
            while True:
                requests.append(await reader.readuntil(b"\r\n\r\n") + await reader.readexactly(len(BODY)))
                await self.script(writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self.open -= 1
            writer.close()
            self.ended.set()


def says(*pieces: bytes, then_closes: bool = False) -> Callable[[asyncio.StreamWriter], Awaitable[None]]:
    async def script(writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        if then_closes:
            writer.close()

    return script


@asynccontextmanager
async def serving(script=None, *, tls: ssl.SSLContext | None = None, **how) -> AsyncIterator[tuple]:
    server = Server(script or says(YES))
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=tls)
    port = listening.sockets[0].getsockname()[1]
    client = Client(f"http{'s' if tls else ''}://127.0.0.1:{port}", **how)
    try:
        yield server, client
    finally:
        await client.close()
        listening.close()


@asynccontextmanager
async def connected(script, **how) -> AsyncIterator[tuple]:
    """As `serving`, with a connection at hand: a short limit is then one of the answer, however busy the machine is."""
    async with serving(**how) as (server, client):
        await client.post("/a", BODY)
        server.script = script
        yield server, client


async def test_a_request_is_written_as_http_and_its_answer_read():
    answer = b"HTTP/1.1 429 X\r\nRetry-After: 17\r\nContent-Length: 2\r\n\r\nno"
    async with serving(says(answer), headers={"Authorization": "Bearer T"}) as (server, client):
        assert await client.post("/bot1:A/sendMessage", BODY) == Answer(429, b"no", "17")
    host = server.connections[0][0].split(b"Host: ")[1].split(b"\r\n")[0].decode()
    assert server.connections == [
        [
            f"POST /bot1:A/sendMessage HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer T\r\nContent-Length: {len(BODY)}\r\n\r\n".encode()
            + BODY
        ]
    ]


async def test_calls_after_each_other_share_one_connection():
    async with serving() as (server, client):
        for _ in range(3):
            await client.post("/a", BODY)
    assert [len(requests) for requests in server.connections] == [3]


async def test_concurrent_calls_respect_the_pool_with_one_request_per_connection():
    busy = 0

    async def script(writer: asyncio.StreamWriter) -> None:
        nonlocal busy
        busy += 1
        assert busy <= server.open <= 2  # so no connection holds two requests
        await asyncio.sleep(0)
        busy -= 1
        writer.write(YES)

    async with serving(script, most_connections=2) as (server, client):
        await asyncio.gather(*(client.post("/a", BODY) for _ in range(9)))
    assert server.most_open == 2
    assert sum(map(len, server.connections)) == 9


async def test_a_call_that_gets_no_connection_in_time_was_not_sent():
    async with connected(says(), most_connections=1) as (server, client):
        async with asyncio.TaskGroup() as tasks:
            first = tasks.create_task(_outcome(client, Limits(total=0.2)))
            await asyncio.sleep(0)
            assert await _outcome(client, SOON) is Outage
        assert first.result() is Unknown
    assert sum(map(len, server.connections)) == 2


async def test_nobody_listening_means_not_sent_and_takes_no_place():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    client = Client(f"http://127.0.0.1:{port}", most_connections=1)
    assert await _outcome(client) is Outage
    async with await asyncio.start_server(Server(says(YES)).serve, "127.0.0.1", port):
        assert await client.post("/a", BODY) == Answer(200, b"{}")
        await client.close()


@pytest.mark.parametrize(
    "script",
    [
        says(then_closes=True),
        says(YES[:20], then_closes=True),
        says(),
        says(YES[:20]),
        says(YES[:-1], then_closes=True),
        says(b"HTTP/1.1 200 OK\r\nContent-Length: 1100000\r\n\r\n", b"x" * 1_100_000),
        says(b"HTTP/1.1 200 OK\r\n", b"X-Many: y\r\n" * 100_000, YES[17:]),
        says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nmuch\r\n"),
        says(b"HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"),
        says(b"SSH-2.0-OpenSSH_9.2\r\n"),
    ],
    ids=[
        "closed",
        "cut",
        "silent",
        "half",
        "short",
        "too-long",
        "many-headers",
        "bad-chunk",
        "upgrade",
        "no-http",
    ],
)
async def test_without_a_whole_answer_the_outcome_is_unknown_and_the_connection_closed(script):
    async with connected(script) as (server, client):
        assert await _outcome(client, Limits(total=0.5)) is Unknown
        await server.ended.wait()
        server.script = says(YES)
        await client.post("/a", BODY)
    assert [len(requests) for requests in server.connections] == [2, 1]


async def test_an_answer_that_drips_is_given_up_at_the_total_limit():
    async def drips(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.001)

    async with connected(drips) as (_, client):
        assert await _outcome(client, SOON) is Unknown


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n", b"{}"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + YES, b"{}"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", b""),
    ],
    ids=["chunked", "continue", "empty"],
)
async def test_answers_of_other_shapes_are_read_and_the_connection_kept(raw: bytes, body: bytes):
    async with serving(says(raw[:9], raw[9:])) as (server, client):
        for _ in range(2):
            assert (await client.post("/a", BODY)).body == body
    assert len(server.connections) == 1


@pytest.mark.parametrize(
    "script",
    [
        says(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"),
        says(b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}"),
        says(b"HTTP/1.1 200 OK\r\n\r\n{}", then_closes=True),
        says(YES + YES.replace(b"{}", b"no")),
        says(YES + b"rubbish"),
    ],
    ids=["close", "http-1.0", "no-length", "two-answers", "rubbish"],
)
async def test_a_connection_that_cannot_be_trusted_further_is_not_used_again(script):
    async with serving(script) as (server, client):
        for _ in range(2):
            assert await client.post("/a", BODY) == Answer(200, b"{}")
    assert [len(requests) for requests in server.connections] == [1, 1]


async def test_what_a_server_says_unasked_answers_no_later_call():
    async with serving() as (server, client):
        writers: list[asyncio.StreamWriter] = []

        async def remembers(writer: asyncio.StreamWriter) -> None:
            writers.append(writer)
            writer.write(YES)

        server.script = remembers
        await client.post("/a", BODY)
        writers[0].write(YES.replace(b"{}", b"no"))
        await writers[0].drain()
        assert (await client.post("/a", BODY)).body == b"{}"
    assert len(server.connections) == 2


async def test_a_kept_connection_that_the_server_closes_is_replaced():
    async with serving(says(YES, then_closes=True)) as (server, client):
        await client.post("/a", BODY)
        await server.ended.wait()
        await client.post("/a", BODY)
    assert len(server.connections) == 2


async def test_a_closed_connection_is_noticed_before_the_loop_reads_its_end():
    """Otherwise the request could be lost without a known outcome."""
    answered, closed = threading.Event(), threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for _ in range(2):
            connection, _ = listening.accept()
            connection.recv(65_536)
            connection.sendall(YES)
            answered.wait(10)
            connection.close()
            closed.set()

    thread = threading.Thread(target=serve)
    thread.start()
    client = Client(f"http://127.0.0.1:{listening.getsockname()[1]}")
    await client.post("/a", BODY)
    answered.set()
    closed.wait(10)  # the loop stands still meanwhile
    assert await client.post("/a", BODY) == Answer(200, b"{}")
    thread.join()
    listening.close()
    await client.close()


async def test_a_connection_that_rested_too_long_is_not_used_again(monkeypatch):
    async with serving() as (server, client):
        await client.post("/a", BODY)
        monkeypatch.setattr("bot.sending.http.KEPT_SECONDS", -1.0)
        await client.post("/a", BODY)
    assert len(server.connections) == 2


async def test_a_cancelled_call_closes_its_connection_and_frees_its_place():
    async with connected(says(), most_connections=1) as (server, client):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02):
                await client.post("/a", BODY)
        await server.ended.wait()
        server.script = says(YES)
        await client.post("/a", BODY)
    assert len(server.connections) == 2


async def test_a_handshake_that_never_ends_means_not_sent():
    async with serving() as (server, plain):
        client = Client(f"https://127.0.0.1:{plain._port}", limits=Limits(connect=0.05))
        assert await _outcome(client) is Outage
    assert not any(server.connections)


@pytest.mark.parametrize(
    "promise",
    [
        test_concurrent_calls_respect_the_pool_with_one_request_per_connection,
        test_nobody_listening_means_not_sent_and_takes_no_place,
        test_a_kept_connection_that_the_server_closes_is_replaced,
        test_a_closed_connection_is_noticed_before_the_loop_reads_its_end,
        test_a_cancelled_call_closes_its_connection_and_frees_its_place,
        test_a_handshake_that_never_ends_means_not_sent,
    ],
)
def test_uvloop_keeps_the_promises_too(promise: Callable[[], Awaitable[None]]):
    uvloop.run(promise())


async def _outcome(client: Client, limits: Limits | None = None) -> type[Undelivered]:
    with pytest.raises(Undelivered) as trouble:
        await client.post("/a", BODY, limits=limits)
    return type(trouble.value)
