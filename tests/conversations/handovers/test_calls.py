"""The officer's side: being called, taking and taking over, talking to several, handing back."""

import asyncio

from storage.handovers import views
from storage.staff import staff
from tests.conversations.appointments.steps import books, to_record
from tests.conversations.handovers.test_handing_over import handed, officer, taken
from tests.support.people import BUDI


async def test_of_two_officers_who_take_at_once_one_has_the_resident(counter, sri):
    ratna, wati = await officer(counter), await officer(counter, "Wati")
    await handed(counter, sri)
    await counter.passes(minutes=3)
    ratna.catch_up()
    wati.catch_up()
    await asyncio.gather(ratna.taps("Ambil"), wati.taps("Ambil"))
    texts = [ratna.screens[-2:], wati.screens[-2:]]
    told = ["\n".join(one.text for one in pair) for pair in texts]
    assert sum("terhubung" in one for one in told) == 1
    assert sum("sudah diambil" in one for one in told) == 1


async def test_an_officer_takes_over_from_another(counter, sri):
    ratna, wati = await officer(counter), await officer(counter, "Wati")
    await taken(counter, sri, ratna)
    await wati.says("/panggilan")
    await wati.says("1")
    wati.hears("Ratna", "Ambil alih")
    await wati.taps("Ya")
    wati.has_heard("terhubung")
    await ratna.says("masih di sini")
    ratna.has_heard("tidak dikirim")
    await wati.says("Saya Wati")
    sri.has_heard("Saya Wati")
    await sri.says("baik")
    wati.has_heard("baik")
    await counter.passes(minutes=3)
    ratna.has_heard("dipegang petugas lain")


async def test_declining_to_take_over_leaves_the_talk_as_it_is(counter, sri):
    ratna, wati = await officer(counter), await officer(counter, "Wati")
    await taken(counter, sri, ratna)
    await wati.says("/panggilan")
    await wati.says("1")
    await wati.taps("Tidak")
    await ratna.says("masih di sini")
    sri.has_heard("masih di sini")


async def test_a_call_put_off_waits_in_the_list(counter, sri):
    ratna = await officer(counter)
    await handed(counter, sri)
    await counter.passes(minutes=3)
    ratna.catch_up()
    await ratna.taps("Nanti")
    ratna.hears("/panggilan")
    await ratna.says("/panggilan")
    await ratna.says("1")
    ratna.has_heard("terhubung")
    await ratna.says("/panggilan")
    assert "Anda" in ratna.labels[0]
    await ratna.says("1")  # their own talk goes on
    await ratna.says("Maaf, lama")
    sri.has_heard("Maaf, lama")


async def test_a_talk_that_ended_meanwhile_is_told_as_over(counter, sri):
    ratna = await officer(counter)
    await taken(counter, sri, ratna)
    await ratna.says("/panggilan")
    await sri.says("selesai")
    await ratna.says("1")
    ratna.has_heard("sudah selesai")


async def test_nobody_is_called_to_a_resident_who_was_taken(counter, sri):
    ratna, wati = await officer(counter), await officer(counter, "Wati")
    await handed(counter, sri)
    await ratna.says("/panggilan")
    await ratna.says("1")
    wati.catch_up()
    await counter.passes(minutes=3)
    wati.hears_nothing_new()


async def test_of_several_talks_the_officer_chooses_which_to_hand_back(counter, sri):
    ratna, adi = await officer(counter), counter.resident("Adi")
    await ratna.says("/kembalikan")
    ratna.hears("Tidak ada percakapan")
    await handed(counter, sri)
    await ratna.says("/panggilan")
    await ratna.says("1")
    await handed(counter, adi)
    await ratna.says("/panggilan")
    await ratna.says("2")
    await ratna.says("/kembalikan")
    ratna.hears("Percakapan mana")
    await ratna.says("1")
    await counter.passes(seconds=1)
    sri.has_heard("Bot menjawab lagi")
    await ratna.says("/panggilan")
    await ratna.says("1")
    await ratna.says("Pak Adi?")
    adi.has_heard("Pak Adi?")


async def test_after_handing_back_one_the_next_words_go_to_the_other(counter, sri):
    ratna = await officer(counter)
    await taken(counter, sri, ratna)
    budi = counter.resident("Budi")
    await taken(counter, budi, ratna)
    await ratna.says("/kembalikan")
    await ratna.taps(ratna.labels[0])
    ratna.has_heard("dikembalikan ke bot", "Anda terhubung dengan warga")
    back, kept = (sri, budi) if "Bot menjawab lagi" in sri.screen.text else (budi, sri)
    back.catch_up()
    await ratna.says("Baik, ada lagi?")
    kept.has_heard("Baik, ada lagi?")
    back.hears_nothing_new()


async def test_of_two_more_talks_the_officer_chooses_the_next(counter, sri):
    ratna = await officer(counter)
    for resident in (sri, counter.resident("Budi"), counter.resident("Dewi")):
        await handed(counter, resident)
        await ratna.says("/panggilan")
        await ratna.says(str(len(ratna.labels)))  # the last one waits, the others are hers
    await ratna.taps("Selesai, ke bot", of=next(one for one in reversed(ratna.screens) if one.choices))
    ratna.has_heard("dikembalikan ke bot")
    asked = next(one for one in reversed(ratna.screens) if one.choices)
    assert len(asked.choices) == 2


async def test_words_for_a_talk_that_ended_lead_on_to_the_other(counter, sri):
    ratna = await officer(counter)
    budi = counter.resident("Budi")
    await taken(counter, budi, ratna)
    await taken(counter, sri, ratna)
    await sri.says("selesai")
    await ratna.says("masih di sini?")
    ratna.has_heard("tidak dikirim", "Anda terhubung dengan warga")
    await ratna.says("Halo, giliran Anda")
    budi.has_heard("giliran Anda")


async def test_a_former_officer_can_neither_take_nor_hand_back(counter, sri):
    ratna = await officer(counter)
    await handed(counter, sri)
    await counter.passes(minutes=3)
    ratna.catch_up()
    await counter.store.write(lambda db: staff.revoke(db, name="Ratna", actor="system"))
    await ratna.taps("Ambil")
    ratna.hears("tidak berwenang")
    await ratna.says("/kembalikan")
    ratna.hears("tidak berwenang")
    [found] = await counter.store.read(views.living)
    assert found.state == "waiting"


async def test_an_officer_who_is_revoked_has_nobody_any_more(counter, sri):
    ratna, wati = await officer(counter), await officer(counter, "Wati")
    await taken(counter, sri, ratna)
    await counter.store.write(lambda db: staff.revoke(db, name="Ratna", actor="system"))
    await counter.passes(minutes=3)
    wati.hears("ingin bicara dengan petugas")
    await wati.taps("Ambil")
    wati.has_heard("terhubung")


async def test_a_number_answers_a_reminder_above_a_talk(counter, sri):
    ratna = await officer(counter)
    await counter.imports(to_record(BUDI))
    await books(ratna, BUDI, day="rabu")
    counter.clock.move(hours=23, minutes=50)
    await taken(counter, sri, ratna)
    await counter.passes(minutes=8)
    ratna.catch_up()
    ratna.has_heard("Pengingat", "Bisa datang?")
    await ratna.says("1")
    ratna.has_heard("Kami tunggu")
    sri.catch_up()
    assert not any(one.text.endswith("Petugas:* 1") for one in sri.screens)
