"""Runs the office: opens the store, serves, and stops in order."""

import asyncio
import contextlib
import ctypes
import gc
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot.assembly import Assembled, assemble
from bot.channel import Channel
from bot.channels import other_channels
from bot.http.sources import Proxies
from bot.setup.clock import wall_clock
from bot.setup.heart import Heart
from bot.setup.keys import ensure_key_fits, ensure_newest, vault_of
from bot.setup.loops import Loops
from bot.setup.office_file import load_office, texts_of
from bot.setup.service_manager import ServiceManager, passed_socket
from bot.setup.settings import BadSetting, Settings
from bot.web.channel import WebChannel
from bot.web.limits.lines import ChatLines
from bot.web.limits.quotas import Quotas, raise_descriptor_limit
from bot.web.serve import PortTaken, WebServer, listening_socket
from domain.office.office import Office
from locales.texts import DEFAULT
from storage.store import Store
from storage.vault import Vault

if TYPE_CHECKING:
    from bot.traces import Traces

FINISH_SECONDS = 10.0
_SWITCH_SECONDS = 0.0005  # a thread that reads and computes keeps the loop waiting no longer (decision 0003)
_MMAP_THRESHOLD, _ARENA_MAX = -3, -8  # M_MMAP_THRESHOLD and M_ARENA_MAX of <malloc.h>

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """Passed to the caller once everything runs: the address of the pages, the channels, and the open store."""

    address: str
    channels: Mapping[str, Channel]
    store: Store
    office: Office


async def run(
    settings: Settings,
    *,
    only: Sequence[str] | None = None,
    listen: str | None = None,
    vault: Vault | None = None,
    ready: Callable[[Running], None] = lambda _running: None,
) -> None:
    """Run every configured channel, the pages and the courier, until SIGTERM or SIGINT.

    Raises:
        BadSetting, BadOffice, StoreDown: the start failed; nothing runs.
    """
    _use_memory_sparingly()
    manager = ServiceManager.of()
    office = load_office(settings.office)
    with contextlib.closing(_listening(listen or settings.listen)) as line:
        store = await Store.open(
            settings.database_url,
            vault=vault or vault_of(settings),
            clock=wall_clock(settings.clock_shift),
            pool=settings.database_pool,
        )
        traces = _traces(settings, office)
        try:
            await ensure_newest(store)
            await ensure_key_fits(store)
            assembled, server = await _assemble_server(settings, store, office, only, line, traces)
            running = Running(address=server.address, channels=assembled.channels, store=store, office=office)
            await _serve(assembled, server, manager, lambda: ready(running))
        finally:
            await store.close()
            if traces is not None:
                await traces.close()


def _traces(settings: Settings, office: Office) -> "Traces | None":
    if settings.traces_url is None:
        return None
    try:
        from bot.traces import Traces
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("opentelemetry"):
            raise
        raise BadSetting("LOKET_TRACES_URL needs the extra `traces`: pip install 'loket[traces]'.") from None
    return Traces.to_collector(settings.traces_url, office)


def _listening(listen: str) -> socket.socket:
    """The socket of the service manager, else a new one."""
    line = passed_socket()
    if line is not None:
        if line.getsockname()[1] != int(listen.rpartition(":")[2]):
            log.warning("app.listens_elsewhere", port=line.getsockname()[1], configured=listen)
        return line
    try:
        return listening_socket(listen)
    except PortTaken as error:
        raise BadSetting(str(error)) from None


async def _assemble_server(
    settings: Settings,
    store: Store,
    office: Office,
    only: Sequence[str] | None,
    line: socket.socket,
    traces: "Traces | None",
) -> tuple[Assembled, WebServer]:
    """Assemble the office and its server; from now on other processes know this one."""
    quotas = Quotas.of(descriptors=raise_descriptor_limit(), factor=office.status.web_address_factor)
    web = WebChannel()
    texts = texts_of(office)
    loops = Loops()
    heart = Heart(store=store, doing="run", loops=loops)
    await heart.begin()
    others = other_channels(settings, only, store, texts, loops)
    channels = {web.name: web, **others}
    assembled = assemble(
        settings, store, office, texts, web, channels, quotas=quotas, loops=loops, heart=heart, traces=traces
    )
    proxies = Proxies.of(settings.trusted_proxies)
    lines = ChatLines(quotas=quotas, proxies=proxies, sentence=texts.say(DEFAULT, "web-full"))
    return assembled, WebServer(assembled.app, line, lines)


async def _serve(
    assembled: Assembled, server: WebServer, manager: ServiceManager, ready: Callable[[], None]
) -> None:
    """Run everything in one TaskGroup until a signal; then finish pending work."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with asyncio.TaskGroup() as tasks:
        serving = tasks.create_task(server.run())
        lasting = assembled.loops.lasting
        listening = [
            tasks.create_task(lasting(f"listening-{name}", partial(channel.listen, assembled.dispatcher)))
            for name, channel in assembled.channels.items()
        ]
        working = [tasks.create_task(lasting(name, run)) for name, run in _workers(assembled).items()]
        working.append(tasks.create_task(lasting("manager", partial(_watch, assembled, server, manager))))
        _settle_memory()
        sys.setswitchinterval(_SWITCH_SECONDS)
        ready()
        await stop.wait()
        log.info("app.stopping")
        manager.stopping()
        for task in listening:
            task.cancel()
        await asyncio.wait(listening)
        server.stop()
        await serving
        assembled.courier.ending = True
        await assembled.courier.rest(FINISH_SECONDS)
        for task in working:
            task.cancel()
        await assembled.pictures.close()
        for channel in assembled.channels.values():
            await channel.close()


async def _watch(assembled: Assembled, server: WebServer, manager: ServiceManager) -> None:
    """Tell the service manager what `/readyz` tells, and whether the loops live."""

    async def is_ready() -> bool:
        return server.started and (await assembled.heart.look()).ready

    await manager.watch(is_ready, assembled.loops.stuck)


def _workers(assembled: Assembled) -> dict[str, Callable[[], Awaitable[None]]]:
    """Background workers; each has its own loops and is restarted after a fault."""
    return {
        "courier": assembled.courier.run,
        "photos": partial(assembled.photos.run, assembled.dispatcher),
        "timers": assembled.timers.run,
        "forecasts": assembled.forecasts.run,
        "work": assembled.console.work.run,
        "errands": assembled.errands.run,
        "relay": assembled.relay.run,
        "announcing": assembled.announcing.run,
        "folder": assembled.folder.run,
        "webhooks": assembled.webhooks.run,
        "heart": assembled.heart.run,
        "agenda": assembled.agenda.run,
    }


def _use_memory_sparingly() -> None:
    """Return large blocks to the system at once, and let all threads share one arena.

    glibc adapts to keep blocks of the size of photos: a flood of photos left 90 MB behind.
    """
    with contextlib.suppress(OSError, AttributeError):  # another C library
        library = ctypes.CDLL(None)
        library.mallopt(_MMAP_THRESHOLD, 1024 * 1024)
        library.mallopt(_ARENA_MAX, 1)  # before the first thread, which would keep its own


def _settle_memory() -> None:
    """Exclude the objects of the start from garbage collection: measured, updates cost nearly half as much."""
    gc.collect()
    gc.freeze()
    # A closed WebSocket is garbage in cycles, so older generations must be collected often enough: with
    # 20_000, 50, 100, a flood of connections left 3,100 closed ones (50 MB) in memory after a minute.
    gc.set_threshold(20_000, 5, 5)
