"""The office of the tests: assembled like `loket run`, with phones as channels, a fixed clock, no network."""

import asyncio
import csv
import io
import itertools
import os
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import TextClause, update
from sqlalchemy import text as sql

from bot.assembly import assemble
from bot.channels import CAPS
from bot.importing.report import ImportReport
from bot.importing.run import import_register
from bot.setup.holidays import calendar_of
from bot.setup.settings import Settings
from bot.turns.timers import PROMPT_SUBJECTS
from bot.web.channel import WebChannel
from bot.web.limits.quotas import Quotas
from domain.office.office import Office
from handlers.engine.caps import Caps
from locales.texts import Texts
from storage.appointments.attendance import next_seat
from storage.schema import bookings
from storage.store import Store
from tests.support.clock import Clock
from tests.support.elsewhere import Here
from tests.support.resident import Phone, Resident
from tests.support.texts import the_texts

_SETTLED_SECONDS = 60


class Counter:
    """The office: its store, clock, channels and transcript.

    Args:
        more: channels beside the phones or replacing one; a `WebChannel` among them serves the pages.
        texts, caps: other texts, or other limits of the phones.
        place: translates, where the office is not the one whose words the tests use.
    """

    quotas: Quotas | None = None
    looks_beside = False
    """Whether `count` goes through the readers: for tests that measure what the writer does."""

    def __init__(
        self, store: Store, clock: Clock, office: Office, folder: Path, *more: Any,
        texts: Texts | None = None, caps: Mapping[str, Caps] = CAPS, place: Here | None = None,
    ) -> None:  # fmt: skip
        self.store, self.clock, self.office, self._folder = store, clock, office, folder
        self.texts = texts or the_texts(office)
        self.place = place or Here()
        self.phones = {name: Phone(one, self.place) for name, one in caps.items()} | {
            one.name: one for one in more
        }
        self.padded: list[float] = []
        self.transcript: list[str] = []
        self.relaying = True
        self._tasks: list[asyncio.Task[None]] = []
        self._message_ids = itertools.count(1)
        self.restart()

    def restart(self) -> None:
        """Assemble the office; later, again as after kill -9 between two messages."""
        web = self.phones["web"]
        web = web if isinstance(web, WebChannel) else WebChannel()
        self.assembled = office = assemble(
            _settings(), self.store, self.office, self.texts, web, self.phones,
            quotas=self.quotas, sleep=self._pad,
        )  # fmt: skip
        self.hear, self.courier, self.photos = office.dispatcher, office.courier, office.photos
        self.timers, self.errands, self.relay = office.timers, office.errands, office.relay
        if self._tasks:
            for task in self._tasks:
                task.cancel()
            self._start()

    async def open(self) -> None:
        if self._paced():
            await (
                self.assembled.announcing.paces.renew()
            )  # only the process with the channel's lease sends pushes
        self._start()
        await asyncio.sleep(0)

    def _paced(self) -> bool:
        return any(one.pacer for one in self.phones.values())

    def _start(self) -> None:
        running = [self.courier.run(), self.photos.run(self.hear)]
        if self._paced():
            running.append(self.assembled.announcing.paces.run())
        loop = asyncio.get_running_loop()
        self._tasks += [loop.create_task(one) for one in running]

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.assembled.pictures.close()

    def resident(self, name: str, *, channel: str = "telegram", source: str | None = None) -> Resident:
        return Resident(self, name, self.phones[channel], source)

    async def imports(self, *rows: dict[str, str]) -> ImportReport:
        """Import a register file with these rows, as `loket import` does."""
        rows = tuple(map(self.place.table, rows))
        columns = list(dict.fromkeys(itertools.chain.from_iterable(rows)))
        file = io.StringIO()
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
        path = self._folder / "register.csv"
        path.write_text(file.getvalue(), "utf-8")
        report = await import_register(self.store, path, office=self.office, texts=self.texts)
        assert not report.refused, report.refused
        return report

    async def walks_in(self, service: str, point: str = "sooko") -> str:
        """Somebody comes without an appointment and gets the next seat; give the ticket code."""
        calendar = calendar_of(self.office, (), self.office.today(self.clock.now))
        slots = calendar.walk_in_times(self.place.point(point), self.clock.now)
        code, _ = await self.store.write(lambda db: next_seat(db, slots=slots, service=service, by="system"))
        return str(code)

    async def books(self, service: str, point: str = "sooko") -> str:
        """Somebody has an appointment at the next free time, and is not here yet; give the ticket code."""
        code = await self.walks_in(service, point)
        booked = update(bookings).where(bookings.c.code == code)
        values = {"state": "booked", "walked_in": False, "arrived_at": None, "back_to": None}
        await self.store.write(lambda db: db.run(booked.values(**values)))
        return code

    async def passes(self, **time: float) -> None:
        """Move the clock and run all timed work."""
        self.clock.move(**time)
        timers, relayed = self.timers, ("relay", "relay-ends", "relay-outcomes")
        await self._look(timers.plan_news, "news")
        await self._look(timers.do_prompt_chores, *PROMPT_SUBJECTS)
        await timers.do_slow_chores()
        await self._look(self.errands.begin_due, "errands")
        await self._look(self.relay.carry_due, *relayed)
        for name in self.phones:
            self.courier.wake(name)
        await self.settle()

    async def _look(self, step: Callable[[], Awaitable[object]], *subjects: str) -> None:
        """Take a loop's step if the agenda rings for it; in the product nothing else would."""
        if await self.assembled.agenda.look() & {*subjects}:
            await step()

    async def speaks(self, resident: Resident, language: str) -> None:
        """Set the resident's language, and forget that they were welcomed."""
        await resident.says(f"/bahasa {language}")
        await self.store.write(
            lambda db: db.run(sql("UPDATE chats SET welcomed = 0, dialogue = NULL, dialogue_until = NULL"))
        )

    async def settle(self) -> None:
        """Wait until everything due is sent."""
        if self.relaying and self.relay._news.is_set():
            await self.relay.carry_due()  # wakes the channels itself
        async with asyncio.timeout(_SETTLED_SECONDS):
            await self.courier.rest(1)
            while await self.count("outbox", "state IN ('waiting', 'sending')"):
                await asyncio.sleep(0.002)
                await self.courier.rest(1)

    async def count(self, table: str, condition: str = "1 = 1") -> int:
        """Number of rows, asked through the writer: on SQLite a tenth of what a reader's thread and greenlets cost."""
        look = self.store.read if self.looks_beside else self.store.write
        return await look(lambda db: db.scalar(_counting(table, condition)))

    async def shown_again(self, address: str) -> str:
        """All words that a browser is shown when it comes back, with or without what it had."""
        who = {"channel": "web", "account": self.phones["web"].account, "address": address}
        question, last = await self.hear.resume(**who), await self.hear.last_answer(**who)
        missed = await self.hear.missed(**who, after="")
        screens = [question, last and last[1], *(one.screen for one in missed)]
        return "\n".join(one.text for one in screens if one is not None)

    def next_message(self) -> str:
        return f"in-{next(self._message_ids)}"

    async def _pad(self, seconds: float) -> None:
        self.padded.append(seconds)


def counter_of(store: Store, clock: Clock, folder: Path, *more: Any, **tables: dict[str, Any]) -> Counter:
    """An office with changed tables of its file, and with more channels."""
    return Counter(store, clock, Here().office(tables), folder, *more)


def _settings() -> Settings:
    """The environment's settings."""
    return _read(frozenset(one for one in os.environ.items() if one[0].startswith("LOKET_")))


@cache
def _read(_environment: frozenset[tuple[str, str]]) -> Settings:
    """Settings are read once for each environment, because reading takes a quarter of an assembly."""
    return Settings(_env_file=None)


@cache
def _counting(table: str, condition: str) -> TextClause:
    return sql(f"SELECT count(*) FROM {table} WHERE {condition}")
