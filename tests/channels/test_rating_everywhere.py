"""R1-R4 at the real end of every channel: invited, nine digits, a case, and a thank-you."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.store import Store
from storage.vault import Vault
from tests.channels.sides import Side
from tests.support.clock import Clock
from tests.support.counter import Counter, counter_of
from tests.support.people import SRI, row


@pytest.fixture
async def counter(
    side: Side, _sqlite_url: str, vault: Vault, clock: Clock, tmp_path: Path
) -> AsyncIterator[Counter]:
    store = await Store.open(_sqlite_url, vault=vault, clock=clock)
    opened = counter_of(store, clock, tmp_path, side.channel)
    side.ear.office = opened.hear
    await opened.imports(row(SRI, "CARD_SHIPPED"))
    await opened.open()
    yield opened
    await opened.close()
    await store.close()


async def says(side: Side, text: str, *answer: str) -> str:
    side.clock.moved += 10
    await side.hand.says(text)
    words = ""
    for wanted in answer:
        words = (await side.hand.hears(wanted)).words
    return words


async def test_a_served_resident_rates_with_digits_and_a_one_opens_a_case(side: Side, counter: Counter):
    proof = SRI["nik"] if side.channel.caps.full_nik else SRI["nik"][-4:]
    await says(side, f"{SRI['no_registrasi']} {proof}", "siap diambil")
    await counter.imports(row(SRI, "CARD_ISSUED", tanggal="2026-11-23"))
    for _ in range(2):
        side.clock.moved += 300
        await counter.passes(minutes=5)
    await side.hand.hears("Bagaimana pelayanan kami?")
    await says(side, "1", "1/9")
    for number, digit in enumerate("44441444", 2):
        await says(side, digit, f"{number}/9")
    assert "laporan nomor" in await says(side, "4", "sudah diterima")
    await says(side, "3", "saran atau keluhan")
    await says(side, "Tempat duduknya kurang", "Terima kasih")
    assert await counter.count("answer_sets", "complete") == 1
    assert await counter.count("cases", "kind = 'low'") == 1
    await says(side, "/nilai", "sudah diterima")
    assert await counter.count("answer_sets") == 1
