"""An attacker of the web chat as a process: `python -m tests.torture.strangers PORT SECONDS SOCKETS ADDRESSES`.

It talks to 127.0.0.1 only, ends by itself after so many seconds, and opens no more than so many sockets of each kind:
chats that send texts of 4 KB, chats that send photos of 5 MB, chats that stay open and push photos of 1.5 MB without waiting
for an answer (each from an address of its own where there are many), frames that are never finished, headers and bodies that
drip, and connections that say nothing. It names itself as so many addresses, as a proxy on this machine would.
"""

import asyncio
import base64
import json
import os
import random
import struct
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, WebSocketException

TEXT = "x" * 4000
PHOTO_BYTES = 5_000_000
PUSHED_BYTES = 1_500_000
GONE = (RuntimeError, OSError, EOFError, TimeoutError, WebSocketException, InvalidHandshake)


class Attack:
    """Everything at once, each kind again and again until the time is over."""

    def __init__(self, *, port: int, sockets: int, addresses: int) -> None:
        self.port, self.sockets, self.addresses = port, sockets, addresses
        self.chance = random.Random(7)
        self.did: Counter[str] = Counter()
        self.photo = base64.b64encode(os.urandom(PHOTO_BYTES)).decode()
        self.pushed = base64.b64encode(b"\xff\xd8\xff\xe0" + os.urandom(PUSHED_BYTES)).decode()

    async def run(self, seconds: float) -> None:
        kinds: list[tuple[Callable[[int], Awaitable[None]], int]] = [
            (self.texts, self.sockets),
            (self.photos, self.sockets // 10),
            (self.pushes, self.sockets // 2),
            (self.unfinished, self.sockets // 5),
            (self.headers, self.sockets // 4),
            (self.bodies, self.sockets // 4),
            (self.idle, self.sockets),
        ]
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds), asyncio.TaskGroup() as tasks:
                for kind, count in kinds:
                    for number in range(max(count, 1)):
                        tasks.create_task(self.again(kind, number))

    async def again(self, kind: Callable[[int], Awaitable[None]], number: int) -> None:
        while True:
            try:
                await kind(number)
            except GONE:
                self.did[f"{kind.__name__} refused"] += 1
            await asyncio.sleep(self.chance.uniform(0.2, 1.0))

    def chat(self, number: int) -> connect:
        headers = {"X-Forwarded-For": self.address(number)}
        return connect(
            f"ws://127.0.0.1:{self.port}/chat", additional_headers=headers, max_size=None, open_timeout=30
        )

    def address(self, number: int) -> str:
        return f"203.0.113.{number % self.addresses + 1}"

    async def texts(self, number: int) -> None:
        async with self.chat(number) as chat:
            while True:
                await self.say(chat, text=TEXT)

    async def photos(self, number: int) -> None:
        async with self.chat(number) as chat:
            await self.say(chat, text="/menu")
            while True:
                await self.say(chat, file={"name": "a.jpg", "mime": "image/jpeg", "data": self.photo})

    async def pushes(self, number: int) -> None:
        """Begin as the known beginning of a JPEG does, go on at random, and hear nothing of what is answered."""
        own = f"198.18.{self.chance.randrange(256)}.{self.chance.randrange(256)}"
        headers = {"X-Forwarded-For": own if self.addresses > 1 else self.address(number)}
        url = f"ws://127.0.0.1:{self.port}/chat"
        async with connect(url, additional_headers=headers, max_size=None, open_timeout=30) as chat:
            await self.say(chat, text="/menu")
            while True:
                name = f"{self.chance.getrandbits(64):x}"
                file = {"name": "a.jpg", "mime": "image/jpeg", "data": self.pushed}
                await chat.send(json.dumps({"id": name, "file": file}))
                self.did["pushed"] += 1
                with suppress(TimeoutError):
                    async with asyncio.timeout(0.5):
                        while True:
                            await chat.recv()

    async def unfinished(self, number: int) -> None:
        async with self.chat(number) as chat:
            await self.say(chat, text="/menu")
            chat.transport.write(bytes([0x81, 0xFF]) + struct.pack("!Q", 11_000_000) + bytes(4))
            for _ in range(100):
                chat.transport.write(bytes(100_000))
                await asyncio.sleep(0.02)
            while True:
                chat.transport.write(b"x")
                await asyncio.sleep(1)
                if chat.transport.is_closing() or chat.close_code:
                    return

    async def say(self, chat: ClientConnection, **message: object) -> None:
        name = f"{self.chance.getrandbits(64):x}"
        await chat.send(json.dumps({"id": name, **message}))
        async with asyncio.timeout(60):
            while True:
                got = json.loads(await chat.recv())
                if got["op"] in ("heard", "again") and got["id"] == name:
                    self.did[f"{next(iter(message))} {got['op']}"] += 1
                    return

    async def headers(self, number: int) -> None:
        await self.drip(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")

    async def bodies(self, number: int) -> None:
        sent = f"POST /staf HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: {self.address(number)}\r\nContent-Length: 100000\r\n\r\n"
        await self.drip(sent.encode())

    async def idle(self, number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.did["idle"] += 1
        try:
            await reader.read()
        finally:
            writer.close()

    async def drip(self, begin: bytes) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(begin)
        try:
            while not reader.at_eof():
                writer.write(b"x")
                await asyncio.sleep(0.5)
                if writer.is_closing():
                    return
        finally:
            writer.close()


def main() -> None:
    port, seconds, sockets, addresses = map(int, sys.argv[1:])
    attack = Attack(port=port, sockets=sockets, addresses=addresses)
    asyncio.run(attack.run(seconds))
    print(json.dumps(attack.did))


if __name__ == "__main__":
    main()
