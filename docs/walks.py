"""The walks of docs/architecture.md: which modules run while something happens, found by watching them run.

A walk uses the office of the tests (tests/support/counter.py): everything but the network and the clock is real.
"""

import asyncio
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import httpx  # noqa: E402

from bot.sending import courier  # noqa: E402 (the tests are found only now)
from bot.web.channel import WebChannel  # noqa: E402
from domain.ratings.index import satisfaction_of  # noqa: E402
from domain.ratings.period import Period  # noqa: E402
from domain.staff.roles import Role  # noqa: E402
from storage.audit import SYSTEM  # noqa: E402
from storage.ratings.figures import figures  # noqa: E402
from storage.staff.staff import invite  # noqa: E402
from storage.store import Store  # noqa: E402
from storage.vault import Vault  # noqa: E402
from tests.announcements.hall import Hall, hall_of  # noqa: E402
from tests.channels.sides import Side, telegram_side  # noqa: E402
from tests.console.test_imports import over  # noqa: E402
from tests.console.test_urgent import FIELDS, NEW, planned  # noqa: E402
from tests.conversations.appointments.steps import reaches_the_time, to_record  # noqa: E402
from tests.conversations.ratings.test_rating import answer, serve  # noqa: E402
from tests.support.clock import Clock  # noqa: E402
from tests.support.counter import counter_of  # noqa: E402
from tests.support.officers import Officer  # noqa: E402
from tests.support.people import SRI, row  # noqa: E402
from tests.web.conftest import serving  # noqa: E402

courier.LOOK_SECONDS = 3600.0  # nothing runs beside a walk
OURS = ("bot", "handlers", "storage", "domain", "locales")
_SETTLE_SECONDS = 0.2
_TURN = "bot/turns/turn.py"  # what every message passes
_ASIDE = {"<module>", "_only_reads"}  # SQLite asks the latter when a statement is new to a connection

Walk = dict[str, None]
"""The modules that ran."""


def walks() -> str:
    """Watch every walk, and give what the page tells of them."""
    threading.setprofile(_called)  # a thread that reads begins before its walk
    watched = {title: asyncio.run(walk()) for title, walk in WALKS.items()}
    turns = [walk for walk in watched.values() if _TURN in walk]
    common = [one for one in turns[0] if all(one in walk for walk in turns)]
    lines = [f"**Every message: {len(common)} modules**", "", *_table(common)]
    for title, walk in watched.items():
        own = [one for one in walk if one not in common]
        lines += ["", f"**{title}: {len(walk)} modules, {len(own)} of them its own**", "", *_table(own)]
    return "\n".join(lines) + "\n"


async def number_on_telegram() -> Walk:
    """Somebody types a registration number, until the question for the NIK stands on their screen."""
    async with telegram_side() as side:
        await side.meets()
        async with _office(side.channel) as counter:
            side.ear.office = counter.hear
            await counter.imports(row(SRI, "CARD_SHIPPED"))
            for words, heard in (("/menu", "bantu"), ("/status", "nomor registrasi")):
                side.clock.moved += 10
                await side.hand.says(words)
                await side.hand.hears(heard)
            side.clock.moved += 10
            with _watched() as walk:
                await side.hand.says(SRI["no_registrasi"])
                await side.hand.hears("NIK")
                await asyncio.sleep(_SETTLE_SECONDS)
    return walk


async def seat() -> Walk:
    """Somebody chooses a time, which is held, and confirms it."""
    async with _office() as counter:
        sri = counter.resident("Sri")
        await counter.imports(to_record(SRI))
        await reaches_the_time(sri, SRI)
        with _watched() as walk:
            await sri.says("09.00")
            await sri.taps("Konfirmasi")
        sri.hears("Jadwal sudah dipesan")
    return walk


async def rating() -> Walk:
    """Somebody gives the ninth answer, and the index is read."""
    async with _office() as counter:
        sri = counter.resident("Sri")
        await serve(counter, sri)
        await answer(sri, "144444444")
        today = counter.office.today(counter.clock())
        with _watched() as walk:
            await sri.says("4")
            found = await counter.store.read(lambda db: figures(db, period=Period(first=today, last=today)))
            satisfaction_of(found.now).ikm  # noqa: B018 (computed when it is asked for)
        sri.hears("sudah diterima")
    return walk


async def announcement() -> Walk:
    """An approver sends a form at the console, and its announcement arrives on a follower's phone."""
    async with telegram_side() as side:
        await side.meets()
        async with (
            _office(side.channel, WebChannel(), of=hall_of) as hall,
            serving(hall.assembled.app) as site,
            asyncio.TaskGroup() as tasks,
        ):
            await _follows(side, hall)
            await hall.assembled.announcing.paces.renew()
            async with httpx.AsyncClient(base_url=f"http://{site.address}", follow_redirects=True) as browser:
                approver = Officer(browser)
                await approver.log_in(
                    await hall.store.write(
                        partial(invite, name="Bagus", role=Role.APPROVER, point=None, actor=SYSTEM)
                    )
                )
                working = tasks.create_task(hall.assembled.console.work.run())
                stamp = await approver.stamp(NEW, NEW)
                with _watched() as walk:
                    checked = (await browser.post(NEW, data={"csrf": stamp, **FIELDS})).url.path
                    await over(approver, checked)
                    sent = await approver.sends(checked, f"{checked}/kirim", cara="kirim")
                    await planned(approver, sent.url.path)
                    side.clock.moved += 10
                    hall.clock.move(seconds=61)
                    await hall.announcing.timers.move_on()
                    await hall.announcing.carriers[side.channel.name].carry_some()
                    await side.hand.hears(FIELDS["teks_id"])
                working.cancel()
    return walk


async def _follows(side: Side, hall: Hall) -> None:
    """Let the resident ask for news of their card."""
    side.ear.office = hall.hear
    await hall.imports(row(SRI, "READY_FOR_PICKUP"))
    for words, heard in (
        ("/menu", "bantu"),
        ("/status", "nomor registrasi"),
        (SRI["no_registrasi"], "NIK"),
        (SRI["nik"], "siap diambil"),
        ("Kabari saya", "Baik"),
    ):
        side.clock.moved += 10
        await side.hand.says(words)
        await side.hand.hears(heard)
    await asyncio.sleep(_SETTLE_SECONDS)


WALKS: dict[str, Callable[[], Awaitable[Walk]]] = {
    "A registration number typed on Telegram, until the next question stands on the screen": number_on_telegram,
    "A seat, from the resident's choice of a time to the row in the database": seat,
    "An announcement, from a form at the console to a phone on Telegram": announcement,
    "A rating, from the ninth answer to the index": rating,
}


@asynccontextmanager
async def _office(*channels: Any, of: Callable[..., Any] = counter_of) -> AsyncIterator[Any]:
    with tempfile.TemporaryDirectory() as folder:
        clock, url = Clock(), f"sqlite+aiosqlite:///{folder}/loket.db"
        store = await Store.open(url, vault=Vault([bytes(32)]), clock=clock)
        await store.migrate()
        counter = of(store, clock, Path(folder), *channels)
        async with asyncio.TaskGroup() as tasks:
            carrying = tasks.create_task(counter.courier.run())
            await asyncio.sleep(0)
            yield counter
            carrying.cancel()
        await store.close()


@contextmanager
def _watched() -> Iterator[Walk]:
    """Note every module of ours in which a function is called, in whatever thread that began after `walks`."""
    walk: Walk = {}
    _noted.append(walk)
    sys.setprofile(_called)
    try:
        yield walk
    finally:
        sys.setprofile(None)
        _noted.clear()


_noted: list[Walk] = []


def _called(frame: FrameType, event: str, _arg: object) -> None:
    path = frame.f_code.co_filename
    if (
        _noted
        and event == "call"
        and path.startswith(f"{ROOT}/")
        and path.endswith(".py")
        and frame.f_code.co_name not in _ASIDE
    ):
        module = path[len(f"{ROOT}/") :]
        if module.partition("/")[0] in OURS:
            _noted[-1][module] = None


def _table(modules: list[str]) -> list[str]:
    """One row for each folder, from the channel down to the rules; by name, because threads run in any order."""
    folders: dict[str, list[str]] = {}
    for module in sorted(modules, key=lambda one: (OURS.index(one.partition("/")[0]), one.rpartition("/"))):
        folder, _, name = module.rpartition("/")
        folders.setdefault(folder, []).append(name.removesuffix(".py"))
    return ["| folder | modules |", "|---|---|"] + [
        f"| `{folder}/` | {', '.join(names)} |" for folder, names in folders.items()
    ]
