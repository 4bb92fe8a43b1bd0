"""S6, S9, P3: news of a change, several people in one chat, and no more news."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from storage.audit import SYSTEM
from storage.cards.register_undo import undo
from tests.support.counter import Counter
from tests.support.people import BUDI, CHILDREN, SRI, row
from tests.support.resident import Resident


async def followed(counter: Counter, resident: Resident, person: dict[str, str], status: str = "PRR") -> None:
    """Let the resident follow somebody who stands so."""
    await counter.imports(row(person, status))
    await resident.asks(person)
    await resident.taps("Kabari saya")
    resident.hears("kami kabari")


async def test_s6_one_push_when_the_card_becomes_ready(counter, sri):
    await followed(counter, sri, SRI)
    await counter.imports(row(SRI, "CARD_SHIPPED", tanggal="2026-11-23"))
    await counter.passes(minutes=4)
    sri.hears_nothing_new()
    await counter.passes(minutes=2)
    assert len(sri.catch_up()) == 1
    sri.hears("kabar baru", "S*** A***", "siap diambil", "Ketik *berhenti*")


async def test_s6_flipping_back_and_forth_pushes_only_the_final_stage(counter, sri):
    await followed(counter, sri, SRI)
    for status in ("WAITING_BLANK", "PRR", "CARD_SHIPPED", "WAITING_BLANK"):
        await counter.imports(row(SRI, status, tanggal="2026-11-23"))
        await counter.passes(minutes=1)
    sri.hears_nothing_new()
    await counter.passes(minutes=6)
    assert len(sri.catch_up()) == 1
    sri.hears("menunggu blangko")


async def test_s6_a_flip_that_ends_where_it_began_is_no_news(counter, sri):
    await followed(counter, sri, SRI)
    await counter.imports(row(SRI, "WAITING_BLANK", tanggal="2026-11-23"))
    await counter.imports(row(SRI, "PRR", tanggal="2026-11-23"))
    await counter.passes(minutes=6)
    sri.hears_nothing_new()


async def test_s6_a_repeated_import_pushes_nothing(counter, sri):
    await followed(counter, sri, SRI)
    await counter.imports(row(SRI, "CARD_SHIPPED", tanggal="2026-11-23"))
    await counter.passes(minutes=6)
    sri.catch_up()
    await counter.imports(row(SRI, "CARD_SHIPPED", tanggal="2026-11-23"))
    await counter.passes(minutes=6)
    sri.hears_nothing_new()


async def takes_back(counter: Counter, import_id: int) -> None:
    hold = timedelta(seconds=counter.office.push.hold_seconds)
    await undo(counter.store, import_id=import_id, actor=SYSTEM, hold=hold, advance=lambda _: None)


async def test_s6_news_of_an_import_taken_back_in_time_are_not_told(counter, sri):
    await followed(counter, sri, SRI)
    report = await counter.imports(row(SRI, "CARD_SHIPPED", tanggal="2026-11-23"))
    await counter.passes(minutes=4)
    await takes_back(counter, report.import_id)
    await counter.passes(minutes=10)
    sri.hears_nothing_new()


async def test_s6_news_told_before_an_import_is_taken_back_are_corrected(counter, sri):
    await followed(counter, sri, SRI, "WAITING_BLANK")
    report = await counter.imports(row(SRI, "CARD_SHIPPED", tanggal="2026-11-23"))
    await counter.passes(minutes=6)
    sri.catch_up()
    await takes_back(counter, report.import_id)
    await counter.passes(minutes=6)
    sri.hears("menunggu blangko")


async def test_s6_who_did_not_ask_for_news_gets_none(counter, sri):
    await counter.imports(row(SRI, "PRR"))
    await sri.asks(SRI)
    await counter.imports(row(SRI, "CARD_SHIPPED", tanggal="2026-11-23"))
    await counter.passes(minutes=6)
    sri.hears_nothing_new()


async def test_s6_a_push_on_a_shared_device_that_was_silent_names_nobody(counter):
    sri = counter.resident("Sri", channel="web")
    await followed(counter, sri, SRI)
    await counter.imports(row(SRI, "CARD_SHIPPED", tanggal="2026-11-23"))
    await counter.passes(minutes=20)
    assert len(sri.catch_up()) == 1
    sri.hears("siap diambil", "ketik *status*")
    sri.hears_not("S***", SRI["no_registrasi"])


async def test_s6_the_consent_is_recorded_once_with_version_time_and_channel(counter, sri):
    await followed(counter, sri, SRI)
    await followed(counter, sri, BUDI)
    assert await counter.count("consents") == 1
    assert await counter.count("consents", "kind = 'updates' AND version = 1 AND channel = 'telegram'") == 1


@pytest.mark.first_office
async def test_s9_a_mother_with_three_childrens_receipts(counter, sri):
    for child in CHILDREN:
        await followed(counter, sri, child)
    await sri.says("status")
    sri.hears("Status siapa")
    tails = [child["no_registrasi"][-6:] for child in CHILDREN]
    assert sri.labels == [
        f"A*** F*** {tails[0]}",
        f"A*** F*** {tails[1]}",
        f"B*** P*** {tails[2]}",
        "Nomor lain",
    ]
    assert all(len(label) <= 20 for label in sri.labels)
    await sri.says("2")
    sri.hears(CHILDREN[1]["no_registrasi"], "belum dibuat")
    assert sri.labels[0] == "Hapus dari daftar"
    await sri.says("1")
    sri.hears("Hapus A*** F***")
    await sri.says("1")
    sri.hears("Sudah dihapus")
    for child in CHILDREN:
        await counter.imports(row(child, "CARD_SHIPPED", tanggal="2026-11-23"))
    await counter.passes(minutes=6)
    told = "\n".join(screen.text for screen in sri.catch_up())
    assert [child["no_registrasi"] in told for child in CHILDREN] == [True, False, True]


async def test_s9_keeping_somebody_in_the_list(counter, sri):
    await followed(counter, sri, SRI)
    await sri.says("status")
    await sri.says("1")
    await sri.taps("Hapus")
    await sri.taps("Tidak")
    sri.hears("tetap ada dalam daftar")
    assert await counter.count("follows") == 1


async def test_s9_another_number_is_asked_beside_the_list(counter, sri):
    await followed(counter, sri, SRI)
    await counter.imports(row(BUDI, "CARD_SHIPPED"))
    await sri.says("status")
    await sri.taps("Nomor lain")
    sri.hears("nomor registrasi")
    await sri.says(BUDI["no_registrasi"])
    await sri.says(BUDI["nik"])
    sri.hears("B*** S***", "siap diambil")
    await sri.taps("Nomor lain")
    sri.hears("nomor registrasi")


async def test_s9_a_removed_entry_of_the_list_asks_for_the_pair(counter, sri):
    """Removed on another of the chat's devices while this one showed the list."""
    await followed(counter, sri, SRI)
    await sri.says("status")
    await counter.store.write(lambda db: db.run(text("DELETE FROM follows")))
    await sri.says("1")
    sri.hears("nomor registrasi")


async def test_s9_an_idle_shared_device_does_not_show_the_list(counter):
    sri = counter.resident("Sri", channel="web")
    await followed(counter, sri, SRI)
    await sri.says("status")
    sri.hears("Status siapa")
    counter.clock.move(minutes=16)
    await sri.says("status")
    sri.hears("nomor registrasi")
    sri.hears_not("Status siapa")


async def test_s9_a_greeting_does_not_unlock_a_shared_device(counter):
    """Only a right pair identifies a person, until a quarter of an hour of silence."""
    sri = counter.resident("Sri", channel="web")
    await followed(counter, sri, SRI)
    counter.clock.move(minutes=16)
    await sri.says("halo")
    for words in ("status", "/jadwal"):
        await sri.says(words)
        sri.hears("nomor registrasi")
        sri.hears_not("S*** A***")
    await sri.asks(SRI)
    for _ in range(3):
        counter.clock.move(minutes=10)
        await sri.says("menu")
    await sri.says("status")
    sri.hears("Status siapa")


async def test_s9_who_leaves_a_shared_device_is_known_there_no_more(counter):
    """[Selesai] has the effect of a quarter of an hour of silence: the pair is needed again."""
    sri = counter.resident("Sri", channel="web")
    await followed(counter, sri, SRI)
    before = sri.screens[-2]
    await sri.sends(kind="left")
    sri.hears("menu")
    await sri.sends(kind="choice", choice=before.choices[0].token)
    sri.hears_not("S***", SRI["no_registrasi"])
    for words in ("/jadwal", "/datasaya", "/hapusdata", "/izin", "status"):
        await sri.says(words)
        sri.hears("nomor registrasi")
        sri.hears_not("S*** A***")
    await sri.asks(SRI)
    await sri.says("status")
    sri.hears("Status siapa")


async def test_s6_a_push_after_somebody_left_a_shared_device_names_nobody(counter):
    sri = counter.resident("Sri", channel="web")
    await followed(counter, sri, SRI)
    await counter.imports(row(SRI, "CARD_SHIPPED", tanggal="2026-11-23"))
    await sri.sends(kind="left")
    await counter.passes(minutes=6)
    assert len(sri.catch_up()) == 1
    sri.hears("ketik *status*")
    sri.hears_not("S***", SRI["no_registrasi"])


async def test_p3_no_more_messages_and_back_again(counter, sri):
    await followed(counter, sri, SRI)
    await sri.says("/berhenti")
    sri.hears("tidak akan mengirim kabar lagi", "kabari lagi")
    assert await counter.count("consents", "withdrawn_at IS NULL") == 0
    await counter.imports(row(SRI, "WAITING_BLANK", tanggal="2026-11-23"))
    await counter.passes(minutes=6)
    sri.hears_nothing_new()
    await sri.says("/start")
    sri.hears("kami kirim lagi", "Ada yang bisa kami bantu")
    assert await counter.count("consents", "withdrawn_at IS NULL") == 1
    await counter.imports(row(SRI, "CARD_SHIPPED", tanggal="2026-11-24"))
    await counter.passes(minutes=6)
    assert len(sri.catch_up()) == 1
    sri.hears("siap diambil")


async def test_p3_choosing_news_again_after_berhenti_starts_all_of_them(counter, sri):
    await followed(counter, sri, SRI)
    await sri.says("berhenti")
    await counter.imports(row(BUDI, "PRR"))
    await sri.asks(BUDI)
    await sri.taps("Kabari saya")
    sri.hears("nomor lain dalam daftar juga")


async def test_p3_start_without_a_list_is_a_plain_greeting(counter, sri):
    await sri.says("/berhenti")
    counter.clock.move(seconds=20)
    await sri.says("/start")
    sri.hears("Selamat datang")
    sri.hears_not("kami kirim lagi")
    assert await counter.count("consents", "withdrawn_at IS NULL") == 0


async def test_p3_who_blocked_us_gets_no_push_until_start(counter, sri):
    await followed(counter, sri, SRI)
    await sri.phone_blocks()
    await counter.imports(row(SRI, "WAITING_BLANK", tanggal="2026-11-23"))
    await counter.passes(minutes=6)
    assert await counter.count("outbox", "priority = 1") == 0
    await sri.says("/start")
    sri.hears("kami kirim lagi")


@pytest.mark.parametrize("words", ["terima kasih", "Matur nuwun", "thanks!"])
async def test_a_thank_you_is_answered(counter, sri, words):
    await followed(counter, sri, SRI)
    await sri.says(words)
    sri.hears("Sama-sama")
