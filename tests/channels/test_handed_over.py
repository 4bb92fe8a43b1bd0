"""P4 over every channel: a resident at the real end of it, an officer in a staff chat, and the bot silent in between."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.channel import Heard
from domain.staff.roles import Role
from storage.post.receipts import close_window
from storage.schema import handovers
from storage.staff import staff
from storage.store import Store
from tests.channels.sides import Side
from tests.channels.test_contract import PNG
from tests.support.clock import Clock
from tests.support.counter import Counter, counter_of
from tests.support.resident import Resident


class Talk:
    """The office with the resident's channel, and an officer on another one."""

    def __init__(self, side: Side, counter: Counter, ratna: Resident) -> None:
        self.side, self.counter, self.ratna = side, counter, ratna

    async def says(self, text: str) -> None:
        self.side.clock.moved += 10
        await self.side.hand.says(text)

    async def waits(self, seen: Callable[[], bool]) -> None:
        async with asyncio.timeout(60):
            while not seen():
                self.ratna.phone.rings.clear()
                if not seen():
                    await self.ratna.phone.rings.wait()

    async def reaches_ratna(self, words: str) -> None:
        await self.waits(lambda: any(words in one.text for one in self.ratna.screens))

    async def is_taken(self) -> None:
        """Ratna is called and takes the resident."""
        self.counter.clock.move(minutes=3)
        await self.counter.errands.begin_due()
        await self.reaches_ratna("ingin bicara")
        await self.ratna.taps("Ambil")
        await self.reaches_ratna("terhubung")


@pytest.fixture
async def talk(side: Side, _sqlite_url: str, vault, clock: Clock, tmp_path: Path) -> AsyncIterator[Talk]:
    store = await Store.open(_sqlite_url, vault=vault, clock=clock)
    counter = counter_of(store, clock, tmp_path, side.channel)
    await counter.open()
    relaying = asyncio.get_running_loop().create_task(counter.relay.run())
    ratna = counter.resident("Ratna", channel="web" if side.channel.name == "telegram" else "telegram")
    code = await store.write(lambda db: staff.invite(db, name="Ratna", role=Role.OFFICER, actor="system"))
    await ratna.says(f"/staf {code}")
    await ratna.says("menu")
    side.ear.office = counter.hear
    yield Talk(side, counter, ratna)
    relaying.cancel()
    await counter.close()
    await store.close()


async def test_p4_a_resident_talks_with_an_officer_and_the_bot_comes_back(talk: Talk):
    hand, web = talk.side.hand, talk.side.channel.name == "web"
    await talk.says("petugas")
    seen = await hand.hears("diteruskan ke petugas")
    await talk.says("Kartu saya hilang, bagaimana?")
    if web:
        await hand.hears("Pesan diteruskan")
    assert "Kembali ke bot" in seen.words
    await talk.is_taken()
    await talk.reaches_ratna("Kartu saya hilang, bagaimana?")
    await talk.ratna.says("Ada surat kehilangan?")
    talk.side.clock.moved += 10
    await hand.hears("Ada surat kehilangan?")
    said = await talk.counter.count("outbox", f"channel = '{talk.side.channel.name}'")
    await talk.says("Ada, pak")
    if web:
        await hand.hears("Pesan diteruskan")
    await talk.reaches_ratna("Ada, pak")
    told = await talk.counter.count("outbox", f"channel = '{talk.side.channel.name}'")
    assert told - said == web, "the web answers each message, elsewhere the bot is silent"
    await talk.ratna.says("/kembalikan")
    talk.side.clock.moved += 10
    await hand.hears("Bot menjawab lagi")
    await talk.says("/bantuan")
    await hand.hears("nomor registrasi")


async def test_a_photo_reaches_the_officer_as_it_is(talk: Talk):
    await talk.says("petugas")
    await talk.side.hand.hears("diteruskan ke petugas")
    await talk.says("Ini suratnya")
    await talk.is_taken()
    talk.side.clock.moved += 10
    await talk.side.hand.sends_photo(PNG)
    await talk.waits(lambda: any(one.files for one in talk.ratna.screens))
    [file] = next(one for one in talk.ratna.screens if one.files).files
    assert (file.data, file.mime.partition("/")[0]) == (PNG, "image")


async def test_a_voice_note_reaches_the_officer_as_it_is(talk: Talk):
    if talk.side.channel.name == "web":
        pytest.skip("a browser sends a recording as any other file")
    await talk.says("petugas")
    await talk.side.hand.hears("diteruskan ke petugas")
    await talk.says("Dengarkan")
    await talk.is_taken()
    sri = talk.side.hand.sri
    await (sri.sends_voice() if talk.side.channel.name == "telegram" else sri.sends_voice(b"OggS"))
    await talk.waits(lambda: any(one.files for one in talk.ratna.screens))
    [file] = next(one for one in talk.ratna.screens if one.files).files
    assert (file.data, file.mime) == (b"OggS", "audio/ogg")


@pytest.mark.parametrize("side", ["whatsapp"], indirect=True)
async def test_a_reply_outside_the_whatsapp_window_waits_and_the_officer_is_told(talk: Talk):
    await talk.says("petugas")
    await talk.side.hand.hears("diteruskan ke petugas")
    await talk.says("Kartu saya belum jadi, bu")
    await talk.is_taken()
    await talk.reaches_ratna("Kartu saya belum jadi, bu")
    await talk.counter.settle()
    store = talk.counter.store
    talk.counter.clock.move(minutes=-3)  # the emulated provider's clock stands still
    sri = await store.read(lambda db: db.scalar(select(handovers.c.chat_id)))
    await store.write(lambda db: close_window(db, chat=sri))  # as the provider's word does: 24 hours are over
    phone = talk.ratna.phone
    said = {"channel": phone.name, "account": phone.account, "address": "Ratna", "text": "Sudah jadi, Bu"}
    await talk.counter.hear(Heard(**said, message_id=talk.counter.next_message()))
    await talk.reaches_ratna("belum sampai (window_closed)")
    assert await talk.counter.count("outbox", "channel = 'whatsapp' AND state = 'waiting'") == 1
