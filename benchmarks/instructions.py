"""Instructions per conversation, counted by valgrind: they repeat to about one per cent, whatever else the machine does.

The bot runs in one process without sockets: requests go straight into the server's protocol objects, in groups of
residents that speak at once, and outcomes of calls are recorded before the next group. Calls to the provider are left
out, so this is the cost of requests, turns, storage and answers.
"""

import asyncio
import gc
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import bots, process, register
from benchmarks.residents import Script, Town, status_script
from bot.assembly import assemble
from bot.channel import Parcel, Sent
from bot.channels import other_channels
from bot.sending import courier
from bot.setup.clock import wall_clock
from bot.setup.keys import vault_of
from bot.setup.loops import Loops, run_office
from bot.setup.office_file import load_office, texts_of
from bot.setup.settings import Settings
from bot.web.channel import WebChannel
from bot.web.serve import WebServer, listening_socket
from storage.store import Store

GROUP, WARM_UP = 32, 2  # residents that speak at once; groups that are not counted
FIRST_CHAT = 20_000_001
CHANNELS = ("telegram", "whatsapp")


class Line:
    """One kept-alive connection that ends in memory; `answer` gets the body of the HTTP answer."""

    def __init__(self, protocol: asyncio.Protocol, answer: Callable[[int, bytes], None]) -> None:
        self._protocol, self._answer, self._written = protocol, answer, b""
        protocol.connection_made(self)  # type: ignore[arg-type]  # as much of a transport as the server uses

    def post(self, request: bytes) -> None:
        self._protocol.data_received(request)

    def write(self, data: bytes) -> None:
        self._written += data
        head, found, body = self._written.partition(b"\r\n\r\n")
        if found and int(head.rpartition(b"content-length: ")[2].partition(b"\r")[0]) == len(body):
            self._written = b""
            self._answer(int(head[9:12]), body)

    def writelines(self, parts: list[bytes]) -> None:
        self.write(b"".join(parts))

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        places = {"peername": ("127.0.0.1", 40_000), "sockname": ("127.0.0.1", 8080)}
        return places.get(name, default)

    def is_closing(self) -> bool:
        return False

    def close(self) -> None:
        raise AssertionError("the server closed a connection")

    abort = pause_reading = resume_reading = close


class Player:
    """Plays conversations against one office; requests are made before, and answers are checked afterwards."""

    def __init__(self, channel: str, office: "Office", conversations: int) -> None:
        bot = next(one for one in bots.BOTS if one.channel == channel and one.module == "loket")
        self.script = status_script if channel == "telegram" else short_script
        town = Town(self.script, 1, (0, 0))
        self.webhook, _ = bots.platform(bot, 0, town, {})
        self.write = town.write
        self.office = office
        self.lines = [Line(office.protocol(), self.answered) for _ in range(GROUP)]
        self.groups = [range(start, start + GROUP) for start in range(0, conversations, GROUP)]
        self.requests = [self.messages(group, step) for group in self.groups for step in range(4)]
        self.answers: list[tuple[int, bytes]] = []
        self.left = 0
        self.done = asyncio.Event()

    def messages(self, group: range, step: int) -> list[bytes]:
        """What the residents of a group say at one step."""
        texts = [self.script(register.entry(index))[step][0] for index in group]
        return [
            self.webhook.request(self.write(FIRST_CHAT + index, text))
            for index, text in zip(group, texts, strict=True)
        ]

    def answered(self, status: int, body: bytes) -> None:
        self.answers.append((status, body))
        self.left -= 1
        if not self.left:
            self.done.set()

    async def play(self, groups: int) -> None:
        """Let so many more groups hold their conversations."""
        for _ in range(groups * 4):
            self.left = GROUP
            self.done.clear()
            for line, request in zip(self.lines, self.requests.pop(0), strict=True):
                line.post(request)
            await self.done.wait()
            if self.office.calls:
                await self.office.courier.rest(600)

    def check(self) -> None:
        """Make sure that every message was answered, and rightly."""
        told: dict[int, list[str]] = {}
        for status, body in self.answers:
            assert status == 200, (status, body)
            if said := json.loads(body):
                told.setdefault(said["chat_id"], []).append(said["text"])
        for chat, text in self.office.sent:
            told.setdefault(chat, []).append(text)
        for index in (index for group in self.groups for index in group):
            expected = [words for _, words in self.script(register.entry(index))]
            heard = told[FIRST_CHAT + index]
            assert all(word in text for words, text in zip(expected, heard, strict=True) for word in words), (
                expected,
                heard,
            )


def short_script(entry: register.Entry) -> Script:
    """The conversation with four digits, as WhatsApp's rules ask."""
    *asked, (nik, found) = status_script(entry)
    return [*asked, (nik[-4:], found)]


class Office:
    """The office as `loket run` wires it, without its background loops and without a port."""

    def __init__(self, channel: str, settings: Settings, store: Store) -> None:
        office, web, loops = load_office(None), WebChannel(), Loops()
        texts = texts_of(office)
        channels = {web.name: web, **other_channels(settings, [channel], store, texts, loops)}
        made = assemble(settings, store, office, texts, web, channels, loops=loops)
        self.sent: list[tuple[int, str]] = []
        self.courier = made.courier
        self.calls = channel != "telegram"  # else replies are in answers, and the next message records them
        self._server = WebServer(made.app, listening_socket("127.0.0.1:0"))._server  # noqa: SLF001 (uvicorn's, which has no port here)
        self._server.config.load()
        speaking: Any = channels[channel]
        speaking.send = self.send
        speaking._webhook.hear = made.dispatcher  # noqa: SLF001 (`listen` would call the provider)
        if channel == "telegram":
            speaking._webhook.tidy = self.untidied  # noqa: SLF001
        courier.RECORDED_SECONDS = (
            600.0  # else a slow machine records answers that the next message would record
        )

    def protocol(self) -> asyncio.Protocol:
        config = self._server.config
        make: Any = config.http_protocol_class
        made: asyncio.Protocol = make(config=config, server_state=self._server.server_state, app_state={})
        return made

    async def send(self, parcel: Parcel) -> Sent:
        self.sent.append((int(parcel.address.removeprefix("+").removeprefix("62")), parcel.screen.text))
        return Sent(id=f"wamid.{parcel.id}")

    async def untidied(self, parcel: Parcel) -> None:
        """Leave out the call that removes a message."""


async def child(channel: str, conversations: int, *, counted: bool) -> None:
    settings = Settings()
    store = await Store.open(
        settings.database_url, vault=vault_of(settings), clock=wall_clock(settings.clock_shift)
    )
    office = Office(channel, settings, store)
    async with asyncio.TaskGroup() as office.courier._tasks:  # noqa: SLF001 (`run` would begin its loops)
        player = Player(channel, office, conversations + WARM_UP * GROUP)
        await player.play(WARM_UP)
        gc.collect()
        gc.freeze()
        if counted:
            count("on")
        clock = time.process_time()
        await player.play(conversations // GROUP)
        cpu_ms = (time.process_time() - clock) * 1000 / conversations
        if counted:
            count("off")
    player.check()
    print(json.dumps({"cpu_ms": cpu_ms}), flush=True)
    os._exit(0)  # what ends is not measured


def count(switch: str) -> None:
    """Let valgrind count from now on, or no longer."""
    subprocess.run(["callgrind_control", "-i", switch, str(os.getpid())], check=True, capture_output=True)


@dataclass(frozen=True, slots=True)
class Cost:
    """A conversation over a channel: instructions under valgrind (None without it), CPU time outside of it."""

    channel: str
    millions: float | None
    cpu_ms: float


def measure(folder: Path, *, quick: bool) -> list[Cost]:
    return [cost(folder, channel, GROUP if quick else 2 * GROUP, counted=not quick) for channel in CHANNELS]


def cost(folder: Path, channel: str, conversations: int, *, counted: bool = True) -> Cost:
    """Cost of a conversation over a channel."""
    plain = run(folder, channel, conversations, [])
    cpu_ms: float = json.loads(plain.stdout.splitlines()[-1])["cpu_ms"]
    known = counted and shutil.which("valgrind") is not None
    return Cost(channel, millions(folder, channel, conversations) if known else None, cpu_ms)


def millions(folder: Path, channel: str, conversations: int) -> float:
    """Instructions of a conversation, counted by valgrind."""
    out = f"--callgrind-out-file={folder / channel}.callgrind"
    tool = ["valgrind", "--tool=callgrind", "--instr-atstart=no", out]
    told = run(folder, channel, conversations, tool).stderr
    found = re.search(r"Collected : (\d+)", told)
    assert found is not None, told
    return int(found[1]) / conversations / 1e6


def table(costs: Sequence[Cost]) -> str:
    rows = [
        f"| {one.channel} | {'?' if one.millions is None else f'{one.millions:.2f}'} | {one.cpu_ms:.2f} |"
        for one in costs
    ]
    head = ["| conversation over | million instructions | CPU ms |", "|---|---|---|"]
    return "\n".join(head + rows)


def run(
    folder: Path, channel: str, conversations: int, valgrind: list[str]
) -> subprocess.CompletedProcess[str]:
    database = folder / f"instructions-{channel}.db"
    bots.copy_database(folder / "register.db", database)
    env = bots.loket_settings(database) | {"LOKET_PUBLIC_URL": "https://127.0.0.1", "PYTHONHASHSEED": "0"}
    api = "http://127.0.0.1:9"
    env |= bots.telegram_settings(api) if channel == "telegram" else bots.whatsapp_settings(api)
    command = [sys.executable, "-m", "benchmarks.instructions", channel, str(conversations)]
    return subprocess.run(
        [*valgrind, *command, *(["counted"] if valgrind else [])],
        env={**os.environ, "PYTHONPATH": str(process.HERE), **env},
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )


if __name__ == "__main__":
    name, number, *rest = sys.argv[1:]
    run_office(child(name, int(number), counted=bool(rest)))
