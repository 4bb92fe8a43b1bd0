"""What is kept of a handover, for how long, and who is told of it."""

import asyncio

import pytest
from sqlalchemy import select

from bot.setup.gauges import Gauges
from bot.setup.heart import Heart
from bot.setup.metrics import Metrics
from storage import audit
from storage.keeping.chat_merge import merge
from storage.keeping.purge import purge
from storage.schema import handovers
from tests.conversations.handovers.test_handing_over import handed, officer, taken


async def test_a_resident_is_handed_over_once(counter, sri):
    await handed(counter, sri)
    await sri.says("/petugas")
    sri.hears("sudah diteruskan")
    assert sri.labels == ["Pengaduan", "Kembali ke bot"]
    assert await counter.count("handovers") == 1


async def test_what_was_said_before_a_kill_is_carried_after_it(counter, sri):
    ratna = await officer(counter)
    await taken(counter, sri, ratna)
    counter.relaying = False  # the process dies between the commit and the relay
    await sri.says("masih ada?")
    ratna.hears_nothing_new()
    counter.relaying = True
    await counter.settle()
    await counter.settle()
    ratna.catch_up()
    assert sum("masih ada?" in one.text for one in ratna.screens) == 1


async def test_erasing_ends_it_and_leaves_no_word(counter, sri):
    ratna = await officer(counter)
    await taken(counter, sri, ratna)
    await sri.says("/hapusdata")
    await sri.taps("Ya")
    await counter.passes(seconds=2)
    ratna.has_heard("menghapus datanya")
    assert await counter.count("handover_lines") == 0
    assert await counter.count("handovers", "chat_id IS NOT NULL OR state <> 'over'") == 0


async def test_words_of_a_talk_are_deleted_a_day_after_its_end(counter, sri):
    ratna = await officer(counter)
    await taken(counter, sri, ratna)
    await ratna.says("Sudah jadi, Bu")
    await sri.says("/datasaya")
    [file] = sri.screen.files
    text = file.data.decode("utf-8-sig")
    assert "Halo, mau tanya" in text
    assert "Sudah jadi, Bu" in text
    await ratna.says("/kembalikan")
    await counter.passes(hours=25)

    async def pause():
        await asyncio.sleep(0)

    gone = await purge(counter.store, counter.office.retention, pause=pause)
    assert gone["words of hand-overs"] > 0
    assert await counter.count("handover_lines") == 0
    assert await counter.count("handovers") == 1


async def test_two_chats_of_one_person_are_in_one_hand_over(counter):
    one, two = counter.resident("One"), counter.resident("Two")
    await handed(counter, one)
    await handed(counter, two)
    ids = [
        row.chat_id
        for row in await counter.store.read(lambda db: db.rows(select(handovers).order_by(handovers.c.id)))
    ]
    await counter.store.write(lambda db: merge(db, ids[0], ids[1]))
    assert await counter.count("handovers", "state <> 'over'") == 1
    assert await counter.count("handover_lines", f"chat_id = {ids[0]}") == 4


async def test_the_metrics_tell_who_waits(counter, sri):
    await handed(counter, sri)
    await counter.passes(minutes=5)
    metrics = Metrics()
    heart = Heart(store=counter.store, doing="run")
    await Gauges(store=counter.store, channels={}, office=counter.office, heart=heart)(metrics)
    written = metrics.written().decode()
    assert "loket_handovers_waiting 1.0" in written
    assert "loket_handovers_oldest_seconds 300.0" in written


async def test_the_audit_knows_who_talked_and_holds_no_word(counter, sri):
    ratna = await officer(counter)
    await taken(counter, sri, ratna)
    await ratna.says("/kembalikan")
    entries = await counter.store.read(audit.entries)
    mine = [one for one in entries if one.subject.startswith("handover:")]
    assert [one.action for one in reversed(mine)] == ["handover-opened", "handover-taken", "handover-ended"]
    assert "Halo" not in str(entries)


@pytest.mark.parametrize("counter", [{"handover": {"show_name": True}}], indirect=True)
async def test_an_office_that_shows_names_shows_them(counter, sri):
    ratna = await officer(counter)
    await taken(counter, sri, ratna)
    await ratna.says("Selamat pagi")
    sri.has_heard("Petugas Ratna")
