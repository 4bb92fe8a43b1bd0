"""An appointment over every channel's real path: asked, tapped, confirmed, and the ticket with all it encloses."""

import io
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import zxingcpp
from icalendar import Calendar
from PIL import Image

from bot.importing.run import import_register
from bot.setup.office_file import load_office
from storage.store import Store
from tests.channels.sides import Side
from tests.channels.test_conversing import Conversing
from tests.conversations.appointments.steps import to_record
from tests.support.clock import Clock
from tests.support.people import SRI
from tests.support.texts import the_texts


@pytest.fixture
async def sri(side: Side, _sqlite_url: str, vault, clock: Clock, tmp_path: Path) -> AsyncIterator[Conversing]:
    store = await Store.open(_sqlite_url, vault=vault, clock=clock)
    row = to_record(SRI)
    register = tmp_path / "register.csv"
    register.write_text(f"{','.join(row)}\n{','.join(row.values())}\n", "utf-8")
    await import_register(store, register, office=load_office(None), texts=the_texts())
    office = Conversing(side, store, clock, tmp_path, the_texts())
    async with office.opens():
        yield office
    await store.close()


async def tapped(sri: Conversing, told: str, label: str) -> None:
    """Wait for these words, and tap the choice that holds the others."""
    seen = await sri.side.hand.hears(told)
    [place] = [place for place, words in enumerate(seen.taps) if label in words]
    await sri.taps(place)


async def book(sri: Conversing) -> None:
    """From the command to [Konfirmasi]."""
    await sri.says("/jadwal")
    await sri.side.hand.hears("nomor registrasi")
    await sri.says(SRI["no_registrasi"])
    await sri.side.hand.hears("NIK")
    await sri.says(SRI["nik"] if sri.side.channel.caps.full_nik else SRI["nik"][-4:])
    await tapped(sri, "Mau datang ke mana?", "Dispendukcapil Sooko")
    await sri.side.hand.hears("Pilih hari")
    await sri.says("besok")
    await tapped(sri, "Jam berapa?", "09.00")
    await tapped(sri, "Sudah benar?", "Konfirmasi")


async def test_b12_from_the_command_to_the_ticket(sri: Conversing):
    await book(sri)
    seen = await sri.side.hand.hears("Jadwal sudah dipesan", files=2)
    code = re.search(r"\b[A-Z2-9]{6}\b", seen.words.partition("Kode tiket:")[2]).group()
    [picture] = [data for _, data in seen.files if data.startswith(b"\x89PNG")]
    [read] = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    assert read.text == code
    [calendar] = [data for _, data in seen.files if data.startswith(b"BEGIN:VCALENDAR")]
    [event] = Calendar.from_ical(calendar).walk("VEVENT")
    assert event.decoded("DTSTART").isoformat() == "2026-11-24T09:00:00+07:00"
    assert "Kantor Dispendukcapil, Sooko" in seen.words
    await sri.says("/jadwal")
    seen = await sri.side.hand.hears("Jadwal Anda")
    assert code in seen.words
    assert [any(word in label for label in seen.taps) for word in ("Ubah", "Batal")] == [True, True]


async def test_questions_and_another_place_are_heard_while_choosing(sri: Conversing):
    await sri.says("/jadwal")
    await sri.side.hand.hears("nomor registrasi")
    await sri.says(SRI["no_registrasi"])
    await sri.side.hand.hears("NIK")
    await sri.says(SRI["nik"] if sri.side.channel.caps.full_nik else SRI["nik"][-4:])
    await tapped(sri, "Mau datang ke mana?", "Dispendukcapil Sooko")
    await sri.side.hand.hears("Pilih hari di Kantor Dispendukcapil")
    await sri.says("perlu bawa kk asli?")
    await sri.side.hand.hears("tanda terima dan KK")
    await sri.says("mpp aja deh")
    await sri.side.hand.hears("Pilih hari di Mal Pelayanan Publik")
    await sri.says("nanti aja")
    await sri.side.hand.hears("tidak dilanjutkan")
