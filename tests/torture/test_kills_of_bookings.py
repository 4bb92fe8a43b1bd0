"""kill -9 while residents book: every ticket that was told exists, every booking was told, and no seat leaks.

TORTURE_KILLS says how often (a few in CI, 50 under `make torture`), TORTURE_SEED repeats a run.
"""

import os
import random
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from domain.cards.stages import Stage
from storage.schema import bookings, chats, seats
from storage.session import Reading
from storage.store import Store
from storage.vault import Vault
from tests.conversations.appointments.steps import crowd
from tests.emulators.telegram import Telegram
from tests.storage.rows import application
from tests.torture.ledger import assert_every_message_had_one_effect, settled_ledger
from tests.torture.processes import SEED, Loket

KILLS = int(os.environ.get("TORTURE_KILLS", "2"))
A_ROUND = 8  # residents who book at once
SEATS = 2  # of a slot: several want the same one
SETTLED_WITHIN = 120.0
TICKET = re.compile(r"\b(?=[A-Z2-9]*[2-9])(?=[A-Z2-9]*[A-Z])[A-HJKMNP-Z2-9]{6}\b")
OFFICE = f"""
[booking]
seats_per_slot = {SEATS}
hold_seconds = 120
[quiet]
from = "00:00"
to = "00:00"
"""

pytestmark = [pytest.mark.torture, pytest.mark.timeout(200 + 40 * KILLS)]


@dataclass(frozen=True)
class Books:
    """What the store holds at the end: tickets by Telegram chat, and every seat that is taken."""

    tickets: dict[int, set[str]]
    booked: set[tuple[str, Any, int]]
    seats: list[Any]


@pytest.fixture
async def telegram():
    async with Telegram() as telegram:
        yield telegram


async def opened(loket: Loket) -> Store:
    return await Store.open(
        loket.database_url,
        vault=Vault.from_base64(loket.key),
        clock=lambda: datetime.now(UTC),  # noqa: TID251 (beside a real process)
    )


async def fill(loket: Loket, people: list[dict[str, str]]) -> None:
    store = await opened(loket)
    for person in people:
        await store.write(
            lambda db, person=person: application(
                db,
                number=person["no_registrasi"],
                nik=person["nik"],
                stage=Stage("NOT_RECORDED"),
                raw_code="BELUM_REKAM",
                district="Sooko",
            )
        )
    await store.close()


async def everybody_books(telegram: Telegram, people: list[dict[str, str]], chance: random.Random) -> None:
    """Each says all that it takes without waiting for the answers; two of three want the first times there are."""
    for number, person in enumerate(people):
        resident = telegram.resident(f"Warga {person['no_registrasi'][-6:]}{number}")
        time = chance.choice("1123")
        for word in (
            "/jadwal",
            person["no_registrasi"],
            person["nik"],
            "sooko",
            chance.choice("12"),
            time,
            "1",
        ):
            await resident.says(word, times=chance.choice([1, 1, 2]))


async def is_killed_in_the_middle(loket: Loket, telegram: Telegram, chance: random.Random) -> None:
    left = chance.randint(0, len(telegram.queue.waiting) - 1)
    await telegram.world.bell.until(
        lambda: len(telegram.queue.waiting) <= left, within=60, missing=lambda: loket.output[-3000:]
    )
    await loket.lives(chance.random() * 0.03)
    await loket.is_killed()


async def read_books(loket: Loket) -> Books:
    async def read(db: Reading) -> Books:
        found = Books({}, set(), list(await db.rows(select(seats))))
        rows = select(bookings, chats.c.address).join(chats, chats.c.id == bookings.c.chat_id)
        for row in await db.rows(rows.where(bookings.c.state == "booked")):
            address = db.vault.open(row.address, at=f"chats.address:{row.chat_id}").split("\x1f")[2]
            found.tickets.setdefault(int(address), set()).add(row.code)
            found.booked.add((row.point, row.starts_at, row.seat_no))
        return found

    store = await opened(loket)
    try:
        return await store.read(read)
    finally:
        await store.close()


def told(telegram: Telegram) -> dict[int, set[str]]:
    """The ticket codes on each resident's phone."""
    codes = {
        chat: {code for bubble in one.bubbles for code in TICKET.findall(bubble.text or "")}
        for chat, one in telegram.world.chats.items()
    }
    return {chat: found for chat, found in codes.items() if found}


async def test_every_ticket_exists_every_booking_was_told_and_no_seat_leaks(
    telegram: Telegram, tmp_path: Path, database_url: str
) -> None:
    print(f"TORTURE_SEED={SEED}")
    chance = random.Random(SEED)
    people = crowd(A_ROUND * KILLS)
    (tmp_path / "office.toml").write_text(OFFICE)
    settings = {"LOKET_OFFICE": str(tmp_path / "office.toml")}
    loket = Loket(folder=tmp_path, database_url=database_url, telegram=telegram, settings=settings)
    await fill(loket, people)
    async with loket:
        for round_ in range(KILLS):
            await everybody_books(telegram, people[round_ * A_ROUND :][:A_ROUND], chance)
            await is_killed_in_the_middle(loket, telegram, chance)
            await loket.starts_again()
            telegram.retries_now()
        ledger = await settled_ledger(
            database_url=database_url, key=loket.key, telegram=telegram, within=SETTLED_WITHIN
        )
        books = await read_books(loket)
    assert_every_message_had_one_effect(ledger, telegram)
    assert books.tickets, "nobody booked: the test has said nothing"
    assert told(telegram) == books.tickets
    assert len(books.booked) == sum(map(len, books.tickets.values())), "two have one seat"
    taken = {(row.point, row.starts_at, row.seat_no) for row in books.seats if row.state == "booked"}
    assert taken == books.booked
    assert all(1 <= row.seat_no <= SEATS for row in books.seats)
    assert all(row.until is not None for row in books.seats if row.state != "booked")
    assert not loket.traceback
