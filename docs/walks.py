"""The walks of docs/architecture.md: which modules run while something happens, found by watching them run.

A walk uses the office of the tests (tests/support/counter.py): everything but the network and the clock is real.
"""

import asyncio
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bot.sending import courier  # noqa: E402 (the tests are found only now)
from domain.ratings.index import satisfaction_of  # noqa: E402
from domain.ratings.period import Period  # noqa: E402
from storage.ratings.figures import figures  # noqa: E402
from storage.store import Store  # noqa: E402
from storage.vault import Vault  # noqa: E402
from tests.channels.sides import telegram_side  # noqa: E402
from tests.conversations.appointments.steps import reaches_the_time, to_record  # noqa: E402
from tests.conversations.ratings.test_rating import answer, serve  # noqa: E402
from tests.support.clock import Clock  # noqa: E402
from tests.support.counter import Counter, counter_of  # noqa: E402
from tests.support.people import SRI, row  # noqa: E402

courier.LOOK_SECONDS = 3600.0  # nothing runs beside a walk
OURS = ("bot", "handlers", "storage", "domain", "locales")
_SETTLE_SECONDS = 0.2
_ASIDE = {"<module>", "_only_reads"}  # SQLite asks the latter when a statement is new to a connection

Walk = dict[str, None]
"""The modules that ran, in the order of their first call."""


def walks() -> str:
    """Watch every walk, and give what the page tells of them."""
    watched = {title: asyncio.run(walk()) for title, walk in WALKS.items()}
    common = [one for one in next(iter(watched.values())) if all(one in walk for walk in watched.values())]
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


WALKS: dict[str, Callable[[], Awaitable[Walk]]] = {
    "A registration number typed on Telegram, until the next question stands on the screen": number_on_telegram,
    "A seat, from the resident's choice of a time to the row in the database": seat,
    "A rating, from the ninth answer to the index": rating,
}


@asynccontextmanager
async def _office(*channels: Any) -> AsyncIterator[Counter]:
    with tempfile.TemporaryDirectory() as folder:
        clock, url = Clock(), f"sqlite+aiosqlite:///{folder}/loket.db"
        store = await Store.open(url, vault=Vault([bytes(32)]), clock=clock)
        await store.migrate()
        counter = counter_of(store, clock, Path(folder), *channels)
        async with asyncio.TaskGroup() as tasks:
            carrying = tasks.create_task(counter.courier.run())
            await asyncio.sleep(0)
            yield counter
            carrying.cancel()
        await store.close()


@contextmanager
def _watched() -> Iterator[Walk]:
    """Note every module of ours in which a function is called, in whatever thread."""
    walk: Walk = {}

    def called(frame: FrameType, event: str, _arg: object) -> None:
        path = frame.f_code.co_filename
        if event == "call" and path.startswith(f"{ROOT}/") and frame.f_code.co_name not in _ASIDE:
            module = path[len(f"{ROOT}/") :]
            if module.partition("/")[0] in OURS:
                walk[module] = None

    threading.setprofile(called)
    sys.setprofile(called)
    try:
        yield walk
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def _table(modules: list[str]) -> list[str]:
    """One row for each folder, from the channel down to the rules."""
    folders: dict[str, list[str]] = {}
    for module in sorted(modules, key=lambda one: OURS.index(one.partition("/")[0])):
        folder, _, name = module.rpartition("/")
        folders.setdefault(folder, []).append(name.removesuffix(".py"))
    return ["| folder | modules, in the order of their first call |", "|---|---|"] + [
        f"| `{folder}/` | {', '.join(names)} |" for folder, names in folders.items()
    ]
