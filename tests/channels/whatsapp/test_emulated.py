"""Residents on the emulated platform: the real webhook, office, outbox and calls, against a Graph API that refuses what Meta does."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from demo.whatsapp_emulator import events
from demo.whatsapp_emulator.refusals import RefusedCall
from handlers.engine.registry import CONVERSATIONS
from handlers.scripts import SCRIPTS
from storage.store import Store
from storage.vault import Vault
from tests.channels.sides import Side, whatsapp_side
from tests.support.clock import Clock
from tests.support.counter import Counter, counter_of
from tests.support.people import BUDI, SRI, row

NUMBER, DIGITS = SRI["no_registrasi"], SRI["nik"][-4:]
WHOLE_NIK = re.compile(r"16 (angka|digits)", re.IGNORECASE)


@dataclass(kw_only=True)
class Office:
    """The office behind the emulated platform; each message of a resident is answered in one billed bubble."""

    counter: Counter
    side: Side

    @property
    def graph(self) -> Any:
        return self.side.hand.graph

    @property
    def sri(self) -> Any:
        return self.side.hand.sri

    async def says(self, text: str, answer: str = "") -> Any:
        """Say something; give the bubble that answers, and make sure that it is the only one."""
        self.side.clock.moved += 10
        before = len(self.sri.bubbles)
        said = await self.sri.says(text)
        return await self._answered(said, before, answer)

    async def taps(self, label: str, answer: str = "") -> Any:
        self.side.clock.moved += 10
        before = len(self.sri.bubbles)
        return await self._answered(await self.sri.taps(label), before, answer)

    async def _answered(self, said: Any, before: int, answer: str) -> Any:
        await said.confirmed()
        await self.counter.settle()
        new = self.sri.bubbles[before:]
        assert [bubble.kind in ("text", "interactive") for bubble in new].count(True) == 1, new
        assert answer.casefold() in new[-1].text.casefold(), new[-1].text
        return new[-1]


@pytest.fixture
async def office(_sqlite_url: str, vault: Vault, clock: Clock, tmp_path: Path) -> AsyncIterator[Office]:
    store = await Store.open(_sqlite_url, vault=vault, clock=clock)
    async with whatsapp_side() as side:
        counter = counter_of(store, clock, tmp_path, side.channel)
        await counter.imports(row(SRI, "PRINTED"), row(BUDI, "WAITING_BLANK"))
        side.ear.office = counter.hear
        await counter.open()
        yield Office(counter=counter, side=side)
        await counter.close()
        refused = [call for call in side.hand.graph.journal.calls() if not call.ok]
        assert refused == [], side.hand.graph.journal.tail()
    await store.close()


async def test_a_card_is_asked_for_followed_and_its_news_arrive(office: Office):
    await office.says("cek status", "nomor registrasi")
    asked = await office.says(NUMBER, "4 angka")
    assert not WHOLE_NIK.search(asked.text)
    report = await office.says(DIGITS)
    assert "S∗∗∗ A∗∗∗" in report.text
    await office.taps("Kabari saya", "kabari")
    before = len(office.sri.bubbles)
    office.side.clock.moved += 600  # she has rested from the answers
    await office.counter.imports(row(SRI, "READY_FOR_PICKUP", tanggal="2026-11-22"))
    await office.counter.passes(minutes=6)
    [news] = office.sri.bubbles[before:]
    assert "siap diambil" in news.text.casefold()
    assert office.graph.world.billed == {"service": len(office.sri.bubbles)}


async def test_it_speaks_another_language_helps_and_stops(office: Office):
    await office.says("english", "English")
    await office.says("help")
    await office.says("/status", "registration number")
    await office.says("stop", "no more news")
    await office.says("bahasa indonesia", "Indonesia")
    await office.says("kantor", "Telepon")
    await office.says("0", "bantu")


async def test_every_conversation_answers_its_command_in_one_message_that_the_platform_takes(office: Office):
    await office.says("halo")
    commands = [one.command for one in CONVERSATIONS.values() if one.command]
    assert len(commands) >= len(SCRIPTS) // 2
    for command in commands:
        bubble = await office.says(f"/{command}")
        assert bubble.text.strip(), command
        for choice in bubble.choices[:1]:
            await office.says("1" if command != "petugas" else "/menu")  # digits, too, are for the human
            assert choice.label


async def test_sixteen_digits_are_used_and_written_nowhere(office: Office, caplog, capsys, tmp_path: Path):
    await office.says("/status")
    await office.says(f"{NUMBER} {SRI['nik']}", "S∗∗∗ A∗∗∗")
    await office.says("/status")
    await office.says(SRI["nik"])
    bodies = str([call.body for call in office.graph.journal.all])
    assert SRI["nik"] not in bodies
    assert SRI["nik"] not in caplog.text + "".join(capsys.readouterr())


async def test_a_double_tap_and_a_repeated_webhook_body_get_one_answer_each(office: Office):
    await office.says(f"{NUMBER} {DIGITS}")
    before = len(office.sri.bubbles)
    said = await office.sri.taps("Kabari saya", times=2, at_once=True)
    await said.confirmed()
    await office.counter.settle()
    assert len(office.sri.bubbles) == before + 1
    assert await office.counter.count("follows") == 1


async def test_statuses_in_disorder_climb_the_ladder_and_are_billed_once(office: Office):
    graph, person = office.graph, office.sri.person
    graph.messages.tells = ()
    heard, lost = await office.says("halo"), await office.says("menu")
    for state in ("read", "sent", "delivered", "delivered"):
        graph.deliveries.tell(events.status(graph.world, heard, person, state=state))
    for state, why in (
        ("failed", RefusedCall(131026, "gone")),
        ("sent", None),
    ):  # failed comes without contacts
        graph.deliveries.tell(events.status(graph.world, lost, person, state=state, why=why))
    await graph.deliveries.settled()
    assert await office.counter.count("outbox", "state = 'read'") == 1
    assert await office.counter.count("outbox", "state = 'failed' AND reason = 'undeliverable'") == 1
