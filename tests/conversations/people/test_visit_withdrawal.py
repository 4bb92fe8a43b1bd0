"""A visit at home that is no longer needed: its resident withdraws it, and the office hears of it."""

import pytest

from domain.staff.roles import Role
from domain.text.errands import errand_of
from storage.ratings import case_files, cases
from tests.conversations.appointments.steps import with_an_appointment
from tests.support.officers import officer

CHANNELS = pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])
SURE = "Batalkan permintaan kunjungan"
OTHERS = [
    "kenapa kunjungan rumah saya dibatalkan",
    "kunjungan rumah tidak perlu bayar?",
    "tidak perlu bawa kk kalau kunjungan rumah?",
    "saya tidak jadi datang, rumah jauh",
    "kunjungan rumah tidak perlu antre ya",
    "batalkan jadwal saya",
]


async def asked(counter, name="Sri", channel="telegram", village="Desa Sumbersono, Dlanggu"):
    """Somebody who sent a request for a visit, and its number."""
    who = counter.resident(name, channel=channel)
    return who, await asks(counter, who, village)


async def asks(counter, who, village):
    await who.says("ibu saya lumpuh, bisa direkam di rumah?")
    await who.says(village)
    await who.taps("Kirim")
    who.hears("Tidak jadi? Ketik *batalkan kunjungan*.")
    known = await counter.store.read(case_files.listed)
    return max(known, key=lambda one: one.id).number


async def shown(counter, number):
    return await counter.store.read(lambda db: case_files.show(db, number=number))


@CHANNELS
async def test_a_visit_is_withdrawn_after_a_confirmation(counter, channel):
    sri, number = await asked(counter, channel=channel)
    await sri.says("batalkan kunjungan")
    sri.hears(SURE, number, "Sumbersono")
    assert sri.labels == ["Ya, batal", "Tidak, tetap"]
    assert (await shown(counter, number)).state == "open"
    await sri.taps("Ya, batal")
    sri.hears(number, "dibatalkan", "petugas kami beri tahu")
    case = await shown(counter, number)
    assert (case.state, case.withdrawn) == ("closed", True)
    assert [(one.actor, one.what) for one in case.history] == [
        ("resident", "visit"),
        ("resident", "withdrawn"),
    ]
    await sri.says("status kunjungan rumah saya")
    sri.hears(f"*{number}* sudah *dibatalkan*")


@pytest.mark.parametrize("said", ["batalkan kunjungan", "cancel visit"])
def test_what_the_answer_says_to_type_withdraws_it(said):
    assert errand_of(said) == "withdraw"


@pytest.mark.parametrize("said", OTHERS)
def test_questions_about_a_visit_withdraw_nothing(said):
    assert errand_of(said) != "withdraw"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("english", ["Cancel the request for a visit", "Yes, cancel", "is *cancelled*"]),
        pytest.param("jawa", [SURE, "Inggih, batal", "Matur nuwun"], marks=pytest.mark.first_office),
    ],
)
async def test_it_is_withdrawn_in_every_language(counter, language, words):
    sri, number = await asked(counter)
    await sri.says(f"/bahasa {language}")
    await sri.says("batalkan kunjungan rumah")
    sri.hears(words[0], number)
    await sri.taps(words[1])
    sri.hears(number, words[2])


async def test_the_owner_hears_of_the_withdrawal_in_the_staff_chat(counter):
    bima = await officer(counter, "Bima", role=Role.APPROVER)
    sri, number = await asked(counter)
    await counter.passes(hours=1)
    await withdraws(sri)
    await counter.passes(hours=1)
    bima.hears(number, "dibatalkan warga", "tidak perlu didatangi")
    read = len(bima.screens)
    await counter.passes(hours=3)
    assert len(bima.screens) == read


async def withdraws(who):
    await who.says("batalkan kunjungan rumah")
    await who.taps("Ya, batal")


async def test_a_visit_that_stays_is_kept_and_can_be_withdrawn_later(counter):
    sri, number = await asked(counter)
    await sri.says("batalkan kunjungan rumah")
    confirm = sri.screen
    await sri.taps("Tidak, tetap")
    sri.hears(number, "tetap berlaku")
    await sri.taps("Ya, batal", of=confirm)
    assert (await shown(counter, number)).state == "open"
    await withdraws(sri)
    assert (await shown(counter, number)).withdrawn


async def test_a_second_withdrawal_is_told_that_it_was_done(counter):
    sri, number = await asked(counter)
    await sri.says("batalkan kunjungan rumah")
    confirm = sri.screen
    await sri.taps("Ya, batal")
    await sri.taps("Ya, batal", of=confirm)
    sri.hears(number, "dibatalkan")
    await sri.says("batalkan kunjungan rumah")
    sri.hears(number, "dibatalkan* sebelumnya")
    assert [one.what for one in (await shown(counter, number)).history] == ["visit", "withdrawn"]


async def test_a_visit_that_the_office_closed_is_withdrawn_no_more(counter):
    sri, number = await asked(counter)
    await sri.says("batalkan kunjungan rumah")
    await counter.store.write(lambda db: cases.close(db, number=number, by="staff:7"))
    await sri.taps("Ya, batal")
    sri.hears(number, "tidak bisa dibatalkan lagi")
    await sri.says("batalkan kunjungan rumah")
    sri.hears(number, "tidak bisa dibatalkan lagi")
    assert not (await shown(counter, number)).withdrawn


async def test_a_visit_with_a_day_is_withdrawn_and_no_longer_asked_about(counter):
    sri, number = await asked(counter)
    word = "Kami datang Kamis pagi."
    await counter.store.write(lambda db: cases.reply(db, number=number, word=word, staff_id=7))
    await counter.passes(minutes=1)
    sri.hears(word, "Apakah ini sudah cukup")
    await withdraws(sri)
    sri.hears("dibatalkan")
    sri.hears_not("Apakah ini sudah cukup")
    assert (await shown(counter, number)).withdrawn


async def test_a_reply_on_its_way_is_not_told_after_the_withdrawal(counter):
    sri, number = await asked(counter)
    await counter.store.write(lambda db: cases.reply(db, number=number, word="Kamis.", staff_id=7))
    await withdraws(sri)
    await counter.passes(minutes=5)
    sri.hears("dibatalkan")


async def test_of_two_visits_of_a_family_one_is_chosen(counter):
    sri, first = await asked(counter)
    second = await asks(counter, sri, "Nenek saya, Desa Kemlagi")
    await sri.says("batalkan kunjungan rumah")
    sri.hears("yang mana", first, second, "Nenek saya")
    await sri.taps(second)
    sri.hears(SURE, second)
    await sri.says("kembali")
    await sri.taps(first)
    sri.hears(SURE, first)
    await sri.taps("Ya, batal")
    assert (await shown(counter, first)).withdrawn
    assert (await shown(counter, second)).state == "open"


@pytest.mark.parametrize(("name", "channel"), [("Sri", "whatsapp"), ("Budi", "telegram")])
async def test_another_chat_withdraws_nothing_and_learns_nothing(counter, name, channel):
    _, number = await asked(counter)
    other = counter.resident(name, channel=channel)
    await other.says("batalkan kunjungan rumah")
    other.hears("tidak ada permintaan kunjungan rumah", "Batalkan di chat itu")
    other.hears_not(number, "Sumbersono")
    assert (await shown(counter, number)).state == "open"


async def test_the_next_person_at_a_shared_device_sees_no_visit(counter):
    sri, number = await asked(counter, channel="web")
    await counter.passes(hours=1)
    await sri.says("batalkan kunjungan rumah")
    sri.hears("tidak ada permintaan kunjungan rumah")
    sri.hears_not(number)


async def test_a_button_of_yesterday_withdraws_nothing(counter):
    sri, number = await asked(counter)
    await sri.says("batalkan kunjungan rumah")
    confirm = sri.screen
    await counter.passes(days=2)
    await sri.taps("Ya, batal", of=confirm)
    sri.hears("tidak berlaku")
    assert (await shown(counter, number)).state == "open"


async def test_before_it_is_sent_the_same_words_drop_the_request(counter, sri):
    for village in ([], ["Desa Sumbersono, Dlanggu"]):
        await sri.says("ibu saya lumpuh, bisa direkam di rumah?")
        for said in [*village, "batalkan kunjungan rumah"]:
            await sri.says(said)
        sri.hears("tidak ada yang dikirim")
    assert not await counter.store.read(case_files.listed)


async def test_a_complaint_is_no_visit(counter, sri):
    await sri.says("pengaduan")
    await sri.says("Loket tutup padahal masih jam kerja")
    await sri.taps("Kirim")
    await sri.says("batalkan kunjungan rumah")
    sri.hears("tidak ada permintaan kunjungan rumah")


async def test_without_a_visit_the_appointment_may_be_meant(counter):
    sri = await with_an_appointment(counter)
    await sri.says("batalkan kunjungan saya besok")
    sri.hears("tidak ada permintaan kunjungan rumah", "Batalkan jadwal")


async def test_at_the_question_for_a_number_the_words_are_heard(counter):
    sri, number = await asked(counter)
    await sri.says("/status")
    await sri.says("batalkan kunjungan rumah")
    sri.hears(SURE, number)
