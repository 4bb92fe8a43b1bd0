"""What the console's officers work with: a register file, people who follow their cards, a phone for each of them."""

import asyncio
import csv
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import select

from storage.people import chats, follows
from storage.schema import applications
from tests.announcements.hall import person
from tests.console.conftest import ConsoleCounter
from tests.support.people import row
from tests.support.resident import Phone


@dataclass(frozen=True)
class Register:
    """A register file, with errors and corrected."""

    with_errors: str
    mended: str


def a_register(count: int, status: str = "CARD_SHIPPED") -> Register:
    """A list of so many people, three of whose rows came damaged: a lost zero, a formula, a wrong check character."""
    good = [row(person(place), status) for place in range(1, count + 1)]
    bad = [dict(one) for one in good]
    number = bad[-1]["no_registrasi"]
    bad[-1]["no_registrasi"] = number[:-1] + ("A" if number[-1] != "A" else "B")
    if count > 2:
        bad[0]["nik"] = bad[0]["nik"][:15]
        bad[1]["nama"] = '=HYPERLINK("https://evil.example")'
    return Register(_csv(bad), _csv(good))


async def followed_by(counter: ConsoleCounter, count: int) -> None:
    """Let so many people of the register follow their card over Telegram, each with a phone of their own."""
    columns = (applications.c.id, applications.c.number, applications.c.stage)

    async def link(db) -> None:
        found = await db.rows(select(*columns).order_by(applications.c.id).limit(count))
        for one in found:
            chat = await chats.meet(db, channel="telegram", account="bot", address=one.number, language="id")
            await follows.follow(db, chat=chat.id, application=one.id, told=one.stage, channel="telegram")

    await counter.store.write(link)


@asynccontextmanager
async def sends_announcements(counter: ConsoleCounter) -> AsyncIterator[dict[str, Phone]]:
    """Run what carries announcements to the phones, as `loket run` does."""
    async with asyncio.TaskGroup() as tasks:
        working = [tasks.create_task(one.run()) for one in (counter.courier, counter.assembled.announcing)]
        yield counter.phones
        for task in working:
            task.cancel()


def _csv(rows: list[dict[str, str]]) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()
