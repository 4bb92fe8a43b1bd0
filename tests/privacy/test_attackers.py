"""Many chats guess numbers of known NIKs for a day: no hit, and no owner is locked out.

TORTURE_ATTACKERS says how many chats (a few in CI, 200 under `make torture`): 24 hours, 1,000 known NIKs, both proofs.
"""

import os
import random
from dataclasses import dataclass, field
from datetime import date

import pytest

from bot.setup.office_file import load_office
from domain.cards.proof import LastFour
from domain.cards.stages import Stage
from domain.office.registration import RegistrationNumber
from domain.people.nik import Nik
from domain.refusals import TooManyTries
from handlers.engine.chat import Asker
from handlers.shared.look_up import try_pair
from storage.ids import new_id
from storage.people import chats
from storage.schema import applicants, applications
from storage.store import Store
from tests.support.people import number

GUESSERS = int(os.environ.get("TORTURE_ATTACKERS", "6"))
RULES = load_office(None).status
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DAY = "261102"
PEOPLE = 1000
CHANCE = random.Random(20261123)


@pytest.fixture
async def store(_sqlite_url, vault, clock):
    """SQLite alone: what is counted is the same on both (tests/storage/people/test_budgets.py)."""
    opened = await Store.open(_sqlite_url, vault=vault, clock=clock)
    yield opened
    await opened.close()


@dataclass
class Register:
    """People whose NIKs the attackers know, one of whom looks her own card up every hour."""

    niks: list[str]
    numbers: list[str] = field(repr=False)


@pytest.fixture
async def register(store) -> Register:
    niks = [f"351699{1 + n % 28:02}0190{n + 1:04}" for n in range(PEOPLE)]
    serials = CHANCE.sample(range(36**4), PEOPLE)
    numbers = [number(serial_of(one), DAY) for one in serials]

    async def fill(db):
        people, cards = [], []
        for nik, registration in zip(niks, numbers, strict=True):
            person, card = new_id(), new_id()
            sealed = db.vault.seal(nik, at=f"applicants.nik:{person}")
            index = db.vault.index(nik, of="nik")
            people.append({"id": person, "nik": sealed, "nik_index": index, "created_at": db.now})
            name = db.vault.seal("Sri Aminah", at=f"applications.name:{card}")
            told = {
                "service": "ktp_baru",
                "stage": Stage.PRINTED,
                "raw_code": "X",
                "stage_on": date(2026, 11, 20),
            }
            told |= {"stage_by": "import", "digest": b"", "updated_at": db.now, "name": name}
            cards.append({"id": card, "number": registration, "applicant_id": person, **told})
        await db.run(applicants.insert(), people)
        await db.run(applications.insert(), cards)

    await store.write(fill)
    return Register(niks, numbers)


def serial_of(place: int) -> str:
    letters = ""
    for _ in range(4):
        place, rest = divmod(place, 36)
        letters = ALPHABET[rest] + letters
    return letters


class Somebody:
    """A chat that tries pairs."""

    def __init__(self, store, chat: int, asker: bytes, *, full_nik: bool) -> None:
        self.store, self.chat, self.asker, self.full_nik = store, chat, asker, full_nik

    async def tries(self, registration: str, nik: str):
        proof = Nik(nik) if self.full_nik else LastFour(nik[-4:])
        return await self.store.write(
            lambda db: try_pair(
                db,
                number=RegistrationNumber(registration),
                proof=proof,
                chat=self.chat,
                askers=(Asker(key=self.asker),),
                rules=RULES,
                full_nik=self.full_nik,
            )
        )


async def somebody(store, name: str, *, full_nik: bool) -> Somebody:
    where = {"channel": "telegram", "account": "1", "address": name, "language": "id"}
    chat = await store.write(lambda db: chats.meet(db, **where))
    return Somebody(store, chat.id, name.encode().ljust(32), full_nik=full_nik)


async def a_day_of_guessing(store, clock, register, *, guessers: int, full_nik: bool) -> tuple[int, int]:
    """Every chat tries until it is refused, every quarter of an hour; give the tries and the hits."""
    crowd = [await somebody(store, f"guesser {n}", full_nik=full_nik) for n in range(guessers)]
    owner = await somebody(store, "the owner", full_nik=full_nik)
    spent = hits = 0
    for quarter in range(24 * 4):
        for guesser in crowd:
            tries, found = await guesses(guesser, register)
            spent, hits = spent + tries, hits + found
        if quarter % 4 == 0:
            mine = await owner.tries(register.numbers[0], register.niks[0])
            assert mine.application is not None, "the honest owner is never locked out"
            assert mine.delay <= 3.0
        clock.move(minutes=15)
    return spent, hits


async def guesses(guesser: Somebody, register: Register) -> tuple[int, int]:
    tries = hits = 0
    while True:
        guessed = number(serial_of(CHANCE.randrange(36**4)), DAY)
        try:
            found = await guesser.tries(guessed, CHANCE.choice(register.niks))
        except TooManyTries:
            return tries, hits
        tries += 1
        hits += found.application is not None


@pytest.mark.torture
@pytest.mark.timeout(100 + 30 * GUESSERS)
@pytest.mark.parametrize("full_nik", [True, False], ids=["whole NIK", "four digits"])
async def test_chats_that_guess_for_a_day_find_nobody(store, clock, register, full_nik):
    guessers = GUESSERS if full_nik else max(GUESSERS, 60)
    spent, hits = await a_day_of_guessing(store, clock, register, guessers=guessers, full_nik=full_nik)
    print(f"{guessers} chats, {spent} tries, {hits} hits, {PEOPLE} known people")
    assert hits == 0
    assert spent == guessers * (5 * 24 * 4 if full_nik else 3)


def test_what_a_day_of_guessing_may_expect():
    """With the day known, a whole NIK leaves one number in 36^4; a wrong day leaves none at all."""
    tries = 200 * RULES.max_wrong_pairs * 24 * 60 // RULES.window_minutes
    assert tries / 36**4 < 0.06, "hits to be expected a day, had the attackers every date right"
    four = 200 * RULES.whatsapp_max_wrong_pairs * 24 * 60 // RULES.whatsapp_window_minutes
    # Four digits fit anybody with the same daily serial: a quarter of a day's 400 applications, at worst.
    assert four * 400 / 4 / 36**4 < 0.04
