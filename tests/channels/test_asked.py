"""What is asked after the answer and while a text is written, over every channel's real path."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.importing.run import import_register
from bot.setup.office_file import load_office
from storage.store import Store
from tests.channels.sides import Side
from tests.channels.test_conversing import Conversing
from tests.support.clock import Clock
from tests.support.people import SRI, row
from tests.support.texts import the_texts


@pytest.fixture
async def sri(side: Side, _sqlite_url: str, vault, clock: Clock, tmp_path: Path) -> AsyncIterator[Conversing]:
    """Sri, whose card is ready."""
    store = await Store.open(_sqlite_url, vault=vault, clock=clock)
    ready = row(SRI, "CARD_SHIPPED")
    register = tmp_path / "register.csv"
    register.write_text(f"{','.join(ready)}\n{','.join(ready.values())}\n", "utf-8")
    await import_register(store, register, office=load_office(None), texts=the_texts())
    office = Conversing(side, store, clock, tmp_path, the_texts())
    async with office.opens():
        yield office
    await store.close()


async def test_a_day_below_a_ready_card_is_answered(sri: Conversing):
    proof = SRI["nik"] if sri.side.channel.caps.full_nik else SRI["nik"][-4:]
    await sri.says(f"{SRI['no_registrasi']} {proof}")
    await sri.side.hand.hears("siap diambil")
    await sri.says("besok aja deh")
    seen = await sri.side.hand.hears("Selasa, 24 November 2026")
    assert "Diambil di Kantor Dispendukcapil, Sooko" in seen.words
    await sri.says("bukanya jam berapa to?")
    await sri.side.hand.hears("Senin–Kamis")


async def test_a_question_is_no_complaint(sri: Conversing):
    await sri.says("/pengaduan")
    await sri.side.hand.hears("keluhannya")
    await sri.says("bisa anonim?")
    await sri.side.hand.hears("Bisa tanpa nama")
    await sri.says("Kenapa antre saya dilewati?")
    seen = await sri.side.hand.hears("Ini yang akan dikirim")
    assert "anonim" not in seen.words.partition("Ini yang akan dikirim")[2]


async def test_after_not_found_it_is_told_what_may_be_wrong(sri: Conversing):
    await sri.says(
        f"{SRI['no_registrasi']} {'3516994107900002' if sri.side.channel.caps.full_nik else '0002'}"
    )
    await sri.side.hand.hears("tidak ditemukan")
    await sri.says("kok ga ketemu sih")
    await sri.side.hand.hears("satu permohonan yang sama")
