"""R1-R7: who was served rates the service, once, and nobody can tell afterwards who answered what."""

import json

import pytest
from sqlalchemy import text

from domain.ratings.period import Period
from domain.ratings.survey import PROFILE
from storage.ratings import answers
from storage.session import Reading, Writing
from tests.support.counter import Counter, counter_of
from tests.support.people import SRI, row
from tests.support.resident import Resident

HANDED_OVER = "CARD_ISSUED"


async def serve(counter: Counter, *residents: Resident) -> None:
    """Sri's card is looked up by these people and handed over; ten minutes later they are invited."""
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    for resident in residents:
        await resident.asks(SRI)
    await counter.imports(row(SRI, HANDED_OVER, tanggal="2026-11-23"))
    await counter.passes(minutes=5)
    await counter.passes(minutes=5)


async def answer(resident: Resident, digits: str) -> None:
    for digit in digits:
        await resident.says(digit)


async def rows(counter: Counter, query: str) -> list[tuple[object, ...]]:
    async def read(db: Reading) -> list[tuple[object, ...]]:
        return [tuple(one) for one in await db.rows(text(query))]

    return await counter.store.read(read)


async def counted(counter: Counter) -> int:
    return await counter.count("answer_sets", "complete")


async def test_r1_ten_minutes_after_the_handover_nine_digits_are_enough(counter, sri):
    await serve(counter, sri)
    sri.hears("sudah selesai", "Bagaimana pelayanan kami?")
    await sri.says("1")
    sri.hears("1/9", "persyaratan")
    await answer(sri, "44444444")
    sri.hears("9/9", "pengaduan")
    await sri.says("4")
    sri.hears("sudah diterima", "Jenis kelamin")
    assert await counted(counter) == 1
    await sri.taps("Lewati")
    sri.hears("saran atau keluhan")
    await sri.says("Pelayanannya bagus")
    sri.hears("Terima kasih")
    words = await counter.store.read(lambda db: answers.words(db, period=_today(counter), limit=9))
    assert [one.word for one in words] == ["Pelayanannya bagus"]


def _today(counter: Counter) -> Period:
    day = counter.office.today(counter.clock())
    return Period(first=day, last=day)


async def test_r1_nobody_is_invited_at_night(counter, sri):
    counter.clock.move(hours=12)  # nine in the evening
    await serve(counter, sri)
    sri.hears_not("Bagaimana pelayanan kami?")
    await counter.passes(hours=9)
    await counter.passes(minutes=5)
    sri.hears("Bagaimana pelayanan kami?")


async def test_r1_three_answers_are_kept_as_partial_and_count_nowhere(counter, sri):
    await serve(counter, sri)
    await answer(sri, "1434")
    await sri.says("batal")
    found = await rows(counter, "SELECT complete, persyaratan, prosedur, waktu, biaya FROM answer_sets")
    assert [(bool(done), *scores) for done, *scores in found] == [(False, 4, 3, 4, None)]
    assert await counter.count("answer_sums") == 0
    assert await counter.count("invitations", "state = 'spent'") == 1


async def test_cancelling_a_rating_says_what_is_kept(counter, sri):
    await serve(counter, sri)
    await answer(sri, "143")
    await sri.says("batal")
    sri.hears("2 dari 9 jawaban kami simpan tanpa nama")
    sri.hears_not("tidak dilanjutkan")


async def test_cancelling_before_the_first_answer_keeps_nothing(counter, sri):
    await serve(counter, sri)
    await sri.says("1")
    await sri.says("batal")
    sri.hears("tidak dilanjutkan")
    sri.hears_not("kami simpan")
    assert await counter.count("answer_sets") == 0


async def test_cancelling_after_the_ninth_answer_says_that_they_count(counter, sri):
    await serve(counter, sri)
    await answer(sri, "1444444444")
    await sri.says("batal")
    sri.hears("sudah dihitung tanpa nama")
    assert await counted(counter) == 1


async def test_a_low_answer_says_at_once_that_it_opens_a_case(counter, sri):
    await serve(counter, sri)
    await answer(sri, "11")
    sri.hears("kami catat sebagai laporan", "juga bila berhenti di sini", "2/9")
    await sri.says("batal")
    sri.hears("sebagai laporan nomor", "1 dari 9 jawaban")
    sri.hears_not("tidak dilanjutkan")
    assert await counter.count("cases") == 1


async def test_a_low_answer_taken_back_opens_no_case(counter, sri):
    await serve(counter, sri)
    await answer(sri, "11")
    await sri.says("kembali")
    await sri.says("4")
    sri.hears_not("sebagai laporan")
    await sri.says("batal")
    assert await counter.count("cases") == 0


async def test_another_conversation_in_place_of_a_rating_tells_what_is_kept(counter, sri):
    await serve(counter, sri)
    await sri.says("/nilai")
    await sri.says("3")
    await sri.says("/status")
    sri.hears("1 dari 9 jawaban", "nomor registrasi")


async def test_r1_what_nobody_goes_on_with_for_a_day_becomes_partial(counter, sri):
    await serve(counter, sri)
    await answer(sri, "1343")
    await counter.passes(hours=23)
    assert await counter.count("answer_sets") == 0
    await counter.passes(hours=2)
    assert await counter.count("answer_sets", "NOT complete") == 1
    assert await counter.count("invited_chats") == 0
    await counter.passes(days=5)
    assert "Bagaimana pelayanan" not in sri.screen.text


async def test_r1_back_changes_the_last_answer(counter, sri):
    await serve(counter, sri)
    await answer(sri, "12")
    await sri.says("kembali")
    sri.hears("1/9")
    await answer(sri, "444444444")
    assert await counted(counter) == 1
    assert await counter.count("answer_sets", "persyaratan = 4") == 1


async def test_r1_who_does_not_answer_is_asked_once_more_and_never_again(counter, sri):
    await serve(counter, sri)
    asked = len(sri.screens)
    await counter.passes(days=2)
    assert len(sri.screens) == asked
    await counter.passes(days=1)
    sri.hears("Bagaimana pelayanan kami?")
    assert len(sri.screens) == asked + 1
    await counter.passes(days=20)
    assert len(sri.screens) == asked + 1
    assert await counter.count("invitations", "state = 'spent'") == 1
    await sri.says("/nilai")
    sri.hears("Belum ada layanan yang menunggu")


async def test_r1_the_invitation_can_be_answered_days_later(counter, sri):
    await serve(counter, sri)
    invitation = sri.screen
    await counter.passes(days=2)
    await sri.taps("Mulai", of=invitation)
    sri.hears("1/9")


async def test_r1_a_no_is_for_good(counter, sri):
    await serve(counter, sri)
    await sri.taps("Tidak")
    sri.hears("tidak akan meminta penilaian lagi")
    await counter.passes(days=5)
    await counter.imports(row(SRI, "PRR", tanggal="2026-11-29"))
    await counter.passes(minutes=6)
    await counter.imports(row(SRI, HANDED_OVER, tanggal="2026-11-30"))
    await counter.passes(minutes=30)
    sri.hears_not("Bagaimana pelayanan")


async def test_r1_who_stopped_our_messages_is_not_asked(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.asks(SRI)
    await sri.says("berhenti")
    await counter.imports(row(SRI, HANDED_OVER, tanggal="2026-11-23"))
    await counter.passes(minutes=15)
    sri.hears_not("Bagaimana pelayanan")
    assert await counter.count("errands") == 0


async def test_r1_nilai_without_an_invitation_says_so(counter, sri):
    await sri.says("/nilai")
    sri.hears("Belum ada layanan yang menunggu")


async def test_r1_nilai_leads_to_the_first_question(counter, sri):
    await serve(counter, sri)
    await sri.says("/nilai")
    sri.hears("1/9")


async def test_r2_the_same_service_counts_once_over_two_channels(counter, sri):
    other = counter.resident("Sri di komputer", channel="whatsapp")
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.asks(SRI)
    await other.says(SRI["no_registrasi"])
    await other.says(SRI["nik"][-4:])
    await counter.imports(row(SRI, HANDED_OVER, tanggal="2026-11-23"))
    await counter.passes(minutes=5)
    await counter.passes(minutes=5)
    sri.catch_up()
    other.catch_up()
    await sri.says("1")
    await answer(other, "1" + "4" * 8)
    await answer(sri, "4" * 9)
    sri.hears("sudah diterima", "Jenis kelamin")
    await other.says("4")
    other.hears("sudah diterima")
    other.hears_not("Jenis kelamin")
    assert await counted(counter) == 1
    await sri.taps("Lewati")
    await sri.taps("Lewati")
    await sri.says("/nilai")
    sri.hears("sudah diterima")
    assert await counter.count("answer_sets") == 1
    assert await counter.count("invitations", "state = 'spent'") == 1


async def test_r2_a_double_tap_on_an_answer_has_one_effect(counter, sri):
    await serve(counter, sri)
    await sri.says("1")
    first = sri.screen
    await sri.taps("Sangat sesuai", of=first)
    await sri.taps("Sangat sesuai", of=first)
    sri.hears("2/9")
    await answer(sri, "44444444")
    assert await counted(counter) == 1


async def test_r2_another_chat_that_was_invited_hears_that_the_rating_is_in(counter, sri):
    other = counter.resident("Budi")
    await serve(counter, sri, other)
    invitation = other.screen
    await answer(sri, "1" + "4" * 9)
    await sri.taps("Lewati")
    await sri.taps("Lewati")
    await other.taps("Mulai", of=invitation)
    other.hears("sudah diterima")


async def test_nilai_again_goes_on_where_the_rating_is(counter, sri):
    await serve(counter, sri)
    await sri.says("/nilai")
    await answer(sri, "4444")
    await sri.says("/nilai")
    sri.hears("5/9")
    await answer(sri, "44444")
    await sri.says("/nilai")
    sri.hears("Jenis kelamin")
    await sri.taps("Lewati")
    await sri.taps("Lewati")
    sri.hears("Terima kasih")
    sri.hears_not("Bagaimana pelayanan kami?")


async def test_who_rates_before_the_invitation_came_gets_none(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.asks(SRI)
    await counter.imports(row(SRI, HANDED_OVER, tanggal="2026-11-23"))
    await counter.passes(minutes=5)
    await sri.says("/nilai")
    sri.hears("1/9")
    await counter.passes(minutes=10)
    await answer(sri, "4" * 9)
    await sri.taps("Lewati")
    await sri.taps("Lewati")
    sri.hears("Terima kasih")
    await counter.passes(days=4)
    assert not [one.text for one in sri.screens if "Bagaimana pelayanan kami?" in one.text]


async def test_r7_nothing_that_is_stored_joins_an_answer_to_a_person(counter, sri):
    await serve(counter, sri)
    await answer(sri, "1" + "432434344")
    await sri.taps("Perempuan")
    await sri.taps("Lewati")
    await sri.says("Ruangannya sejuk")
    ((key, day),) = await rows(counter, "SELECT key, answered_on FROM answer_sets")
    tables = [name for (name,) in await rows(counter, _TABLES[counter.store.dialect])]
    keeps_answers = {"answer_sets", "answer_sums", "free_words"}
    for table in set(tables) - keeps_answers:
        for stored in await rows(counter, f'SELECT * FROM "{table}"'):
            assert key not in stored, table
    assert await counter.count("invited_chats") == 0
    assert await counter.count("errands") == 0
    assert await rows(counter, "SELECT point, service, until FROM invitations") == [(None, None, None)]
    sealed = await rows(counter, "SELECT id, dialogue FROM chats")
    for chat, dialogue in sealed:
        told = counter.store.vault.open(dialogue, at=f"chats.dialogue:{chat}") if dialogue else "{}"
        assert "rating" not in told
        taken = json.loads(told).get("taps", [])
        assert len(taken) <= 1, "only what was tapped before the rating is still remembered"
    assert day is not None


_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
}


async def test_the_thank_you_tells_what_earlier_ratings_changed(counter, sri):
    await counter.store.write(
        lambda db: answers.tell_improvement(db, told="loket buka pukul 07.30.", staff=None)
    )
    await serve(counter, sri)
    await answer(sri, "1" + "4" * 9)
    await sri.taps("Lewati")
    await sri.taps("Lewati")
    sri.hears("warga sebelumnya", "loket buka pukul 07.30.")


async def test_nobody_is_asked_again_about_the_same_handover(store, clock, tmp_path):
    counter = counter_of(store, clock, tmp_path, rating={"remind_after_days": 0})
    await counter.open()
    sri = counter.resident("Sri")
    await serve(counter, sri)
    asked = len(sri.screens)
    await counter.imports(row(SRI, "PRR", tanggal="2026-11-24"))
    await counter.passes(minutes=6)
    await counter.imports(row(SRI, HANDED_OVER, tanggal="2026-11-25"))
    await counter.passes(minutes=30)
    await counter.close()
    assert [one.text for one in sri.screens[asked:] if "Bagaimana pelayanan" in one.text] == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("kok banyak pertanyaannya", "Tinggal 7 lagi"),
        ("masih lama?", "Tinggal 7 lagi"),
        ("kurang berapa lagi", "Tinggal 7 lagi"),
        ("nanti aja ngisinya", "ketik *nilai*"),
        ("mengko ae", "ketik *nilai*"),
    ],
)
async def test_a_remark_instead_of_a_score_is_answered(counter, sri, said, told):
    await serve(counter, sri)
    await sri.says("1")
    await answer(sri, "44")
    await sri.says(said)
    sri.hears(told, "3/9")
    sri.hears_not("Sama-sama")
    await sri.says("batal")
    found = await rows(counter, "SELECT persyaratan, prosedur, waktu FROM answer_sets")
    assert found == [(4, 4, None)]


async def test_whoever_tells_the_whole_profile_is_asked_for_a_word_next(counter, sri):
    await serve(counter, sri)
    await answer(sri, "1444444444")
    asked = 0
    while "Lewati" in sri.labels and "saran atau keluhan" not in sri.screen.text:
        await sri.says("1")
        asked += 1
    assert asked == len(PROFILE)
    sri.hears("saran atau keluhan")
    assert await counted(counter) == 1


async def test_an_abandoned_rating_of_another_version_keeps_nothing(counter, sri):
    await serve(counter, sri)
    await answer(sri, "1343")

    async def upgrade(db: Writing) -> None:
        chat = await db.scalar(text("SELECT id FROM chats"))
        sealed = db.vault.seal(json.dumps({"v": 1}), at=f"chats.dialogue:{chat}")
        await db.run(text("UPDATE chats SET dialogue = :sealed"), {"sealed": sealed})

    await counter.store.write(upgrade)
    await counter.passes(hours=25)
    assert await counter.count("answer_sets") == 0
    assert await counter.count("invited_chats") == 0
