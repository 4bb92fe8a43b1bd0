"""Errands that are about no card: each is answered about the right thing, and an open question comes back in short."""

from datetime import date
from pathlib import Path

import pytest

from bot.setup.holidays import holiday_names
from bot.turns.phrases import phrasebook
from domain.text.colloquial import standard
from domain.text.errands import asks_where, case_number, errand_of, likely_errand_of
from domain.text.named_day import day_in
from domain.text.topics import examples
from handlers import scripts
from storage.ratings import case_files
from tests.conversations.appointments.steps import proof
from tests.support.people import SRI, row
from tests.support.texts import the_texts

CHANNELS = pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])


def read(name):
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    return [tuple(line.split("|", 1)) for line in lines if not line.startswith("#")]


TABLE = read("errands.txt")
TODAY = date(2026, 11, 23)
EVENT = {
    "id": "balai_kemlagi",
    "name": "Jemput bola Kemlagi",
    "address": "Balai Desa Kemlagi",
    "dates": [date(2026, 12, 5)],
    "hours": ["08:00-12:00"],
    "quota": 60,
    "serves": ["Kemlagi", "Gedeg"],
}
SAID = [
    ("25 desember buka?", ["Jumat, 25 Desember 2026: *tutup*, Hari Raya Natal", "Senin, 28 Desember"]),
    ("besok libur gak", ["Selasa, 24 November 2026: *buka*", "08.00–15.00"]),
    ("sabtu buka gak", ["*tutup*, akhir pekan", "Senin, 30 November"]),
    ("tanggal merah buka?", ["*tutup* pada hari libur", "24 Desember 2026"]),
    ("mpp dimana", ["*Mal Pelayanan Publik*", "Jalan R.A. Basuni", "Senin–Kamis: 08.00"]),
    ("orang trawas ngurusnya dimana", ["Kantor Kecamatan Gondang"]),
    ("bapak saya meninggal, ktpnya gimana", ["Turut berduka cita", "akta kematian"]),
    ("mau pindah ke surabaya", ["surat pindah"]),
    ("paspor asing bisa bikin ktp?", ["KTP-el orang asing", "KITAP"]),
    ("saya punya kitap", ["KTP-el orang asing"]),
    ("nik tidak terdaftar di bank", ["perlu diperiksa petugas"]),
    ("apakah ini robot?", ["Kami bot", "bukan orang"]),
    ("are you a real person", ["Kami bot", "bukan orang"]),
    ("ini bot apa orang", ["Kami bot", "bukan orang"]),
    ("ktp saya ilang di bus", ["KTP-el hilang", "kepolisian"]),
    ("kk hilang ngurusnya dimana", ["tidak dilayani di sini"]),
    ("F-1.02 dapatnya di mana", ["*ada di loket*", "gratis"]),
    ("saya tuna netra", ["cukup dijawab dengan angka", "didikte"]),
]


def test_every_sentence_is_the_errand_that_it_names():
    wrong = [(errand, sentence, errand_of(sentence)) for errand, sentence in TABLE]
    assert not [one for one in wrong if (one[2] or "-") != one[0]]


def test_nine_of_ten_unseen_sentences_are_the_errand_that_they_name():
    unseen = read("unseen.txt")
    learnt = {one for texts in examples().values() for one in texts}
    assert not [sentence for _, sentence in unseen if standard(sentence) in learnt]
    heard = [(errand_of(one) or likely_errand_of(one) or "-") == errand for errand, one in unseen]
    assert sum(heard) >= 0.9 * len(unseen)
    clear = [(errand, found) for errand, one in unseen if (found := errand_of(one))]
    assert sum(errand == found for errand, found in clear) >= 0.97 * len(clear)


def test_words_and_examples_of_other_conversations_are_no_errand():
    scripts.load()
    texts = the_texts()
    others = ("status", "officer", "fees", "scam", "complaint", "language", "my-data", "consents", "erase")
    others += ("correct", "stop", "thanks", "anger", "lost-number", "rating")
    said = [
        *phrasebook(texts).opens,
        *(one for name in others for one in texts.words(None, f"{name}-examples")),
    ]
    assert not [one for one in said if errand_of(one)]


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("tgl 25 desember kantor buka pak?", date(2026, 12, 25)),
        ("natal libur gak", date(2026, 12, 25)),
        ("lebaran buka?", date(2027, 3, 10)),
        ("open on christmas eve?", date(2026, 12, 24)),
        ("malam tahun baru buka gak", date(2026, 12, 31)),
        ("tahun baru buka ta", date(2027, 1, 1)),
        ("weekend buka?", date(2026, 11, 28)),
        ("saiki bukak opo ora", TODAY),
        ("cuti bersama tutup?", None),
        ("31 februari buka?", None),
        (f"mau tanya {'pak ' * 20}kalau minggu buka", date(2026, 11, 29)),
    ],
)
def test_the_day_in_a_sentence_is_found(sentence, day):
    assert day_in(sentence, TODAY, holiday_names(TODAY, 30)) == day


@pytest.mark.parametrize(
    "sentence", ["perpanjang paspor", "bikin paspor dimana", "ktp wna saya sudah jadi belum"]
)
def test_a_passport_or_a_status_is_no_question_of_a_foreigner(sentence):
    assert errand_of(sentence) != "foreign"


@CHANNELS
@pytest.mark.first_office
async def test_every_errand_is_answered(counter, channel):
    sri = counter.resident("Sri", channel=channel)
    await sri.says("halo")
    for sentence, words in SAID:
        await sri.says(sentence)
        sri.hears(*words)


@CHANNELS
@pytest.mark.first_office
async def test_below_a_card_the_errand_is_answered_and_consent_not_asked_again(counter, channel):
    await counter.imports(row(SRI, "RECEIVED_AT_CENTRAL"))
    sri = counter.resident("Sri", channel=channel)
    await sri.says("halo")
    await sri.asks(SRI, SRI["nik"][-4:] if channel == "whatsapp" else None)
    labels = sri.labels
    for sentence, words in SAID[:7]:
        await sri.says(sentence)
        sri.hears(*words)
        sri.hears_not("setuju kami mengirim")
        assert sri.labels == labels
    await sri.taps("Kabari saya")
    sri.hears("kami kabari begitu")


async def test_in_another_language_the_sentence_of_consent_is_told_again(counter, sri):
    await counter.imports(row(SRI, "RECEIVED_AT_CENTRAL"))
    await sri.says("halo")
    await sri.asks(SRI)
    await sri.says("/bahasa english")
    sri.hears("you agree that we send messages")
    await sri.says("are you open tomorrow?")
    sri.hears("*open*")
    sri.hears_not("you agree that we send messages")


async def test_after_a_question_of_what_is_meant_only_the_answer_is_told(sri):
    await sri.says("tolong hapus semua data saya dari sini ya pak")
    sri.hears("Maksudnya yang mana?")
    await sri.says("mpp dimana")
    sri.hears("Mal Pelayanan Publik")
    sri.hears_not("Maksudnya yang mana?")


async def test_at_the_question_for_a_number_the_question_comes_back(sri):
    await sri.says("/status")
    await sri.says("25 desember buka?")
    sri.hears("Hari Raya Natal", "nomor registrasi")


async def test_the_place_comes_with_a_pin(sri):
    await sri.says("alamat mpp")
    assert sri.screen.place is not None


@pytest.mark.parametrize("counter", [{"outreach": [EVENT]}], indirect=True)
@pytest.mark.first_office
async def test_outreach_is_listed_with_place_day_and_hours(counter, sri):
    await sri.says("jemput bola kapan di desa saya")
    sri.hears("Balai Desa Kemlagi", "Sabtu, 5 Desember 2026", "08.00")
    await sri.says("jemput bola di gedeg kapan")
    sri.hears("Balai Desa Kemlagi")
    sri.hears_not("belum ada jadwal")
    await sri.says("jadwal jemput bola pacet")
    sri.hears("kecamatan itu belum ada", "Balai Desa Kemlagi")
    counter.clock.move(days=20)
    await sri.says("jemput bola kapan")
    sri.hears("belum ada", "kunjungan rumah")
    sri.hears_not("Balai Desa Kemlagi")


@pytest.mark.parametrize(
    "counter",
    [{"closures": [{"date": date(2026, 11, 24), "reason": "Pelatihan", "points": ["mpp"]}]}],
    indirect=True,
)
async def test_a_day_that_differs_by_point_names_the_open_ones(counter, sri):
    await sri.says("besok buka?")
    sri.hears("*buka* di Kantor Dispendukcapil, Sooko", "08.00")
    sri.hears_not("Mal Pelayanan Publik")


@CHANNELS
async def test_a_visit_at_home_becomes_a_case_that_staff_see(counter, channel):
    sri = counter.resident("Sri", channel=channel)
    await sri.says("ibu saya lumpuh, bisa direkam di rumah?")
    sri.hears("desa dan kecamatan", "Gratis")
    await sri.says("Desa Sumbersono, Dlanggu; tidak bisa berjalan")
    sri.hears("Ini yang akan dikirim", "lumpuh", "Sumbersono")
    assert not await counter.store.read(case_files.listed)
    await sri.taps("Kirim")
    (case,) = await counter.store.read(case_files.listed)
    sri.hears(case.number, "30 November")
    assert case.word.splitlines() == [
        "ibu saya lumpuh, bisa direkam di rumah?",
        "Desa Sumbersono, Dlanggu; tidak bisa berjalan",
    ]


async def test_a_visit_that_is_not_sent_opens_no_case(counter, sri):
    await sri.says("ibu saya lumpuh, bisa direkam di rumah?")
    await sri.says("Desa Sumbersono, Dlanggu")
    await sri.taps("Batal")
    assert not await counter.store.read(case_files.listed)
    sri.hears("tidak ada yang dikirim")


@pytest.mark.first_office
@pytest.mark.parametrize("said", ["alamat kecamatan jetis dan gondang", "kantor jetis sama gondang di mana"])
async def test_two_places_are_told_with_one_set_of_hours_and_no_pin(sri, said):
    await sri.says(said)
    sri.hears("Kantor Kecamatan Jetis", "Kantor Kecamatan Gondang")
    assert sri.screen.place is None


def test_a_case_number_is_found_beside_words():
    assert case_number("laporan k7m2qp gimana") == "K7M2QP"
    assert not case_number("laporan saya kemarin")


def test_hours_and_places_are_asked_in_many_words():
    assert all(map(asks_where, ("mpp nang endi", "jam buka mpp", "where is mpp")))
    assert not asks_where("pesan mpp")


@CHANNELS
@pytest.mark.parametrize(
    "said",
    [
        "jam berapa?",
        "when are you open",
        "di mana?",
        "trus saya harus kemana?",
        "kalau hari rabu?",
        "trus ke mana",
    ],
)
async def test_hours_or_a_place_without_a_day_are_those_of_the_office(counter, channel, said):
    sri = counter.resident("Sri", channel=channel)
    await sri.says("nik saya ditolak waktu buka rekening bri")
    await sri.says(said)
    sri.hears("Jalan R.A. Basuni", "Senin–Kamis: 08.00–15.00")
    sri.hears_not("hari libur nasional", "bukan orang")


@pytest.mark.parametrize(
    "said", ["berapa lama jadinya", "bisa bawa anak?", "perlu apa aja", "berapa lama", "terus"]
)
async def test_a_vague_question_is_no_errand_and_no_anger(sri, said):
    await sri.says("ktp ku patah jadi dua")
    await sri.says(said)
    sri.hears_not("orang asing", "Untuk yang sakit", "surat pindah", "pengalaman yang tidak menyenangkan")


async def test_a_visit_that_was_asked_for_is_not_asked_again(sri):
    await sri.says("ibu saya lumpuh, bisa direkam di rumah?")
    await sri.says("Desa Sumbersono, Dlanggu")
    await sri.taps("Kirim")
    await sri.says("status kunjungan rumah saya")
    sri.hears("sedang ditangani", "30 November")


@pytest.mark.parametrize("said", ["kapan tekane", "kapan datangnya?", "petugasnya datang kapan"])
async def test_after_a_request_when_is_about_the_visit(sri, said):
    await sri.says("ibu saya lumpuh, bisa direkam di rumah?")
    await sri.says("Desa Sumbersono, Dlanggu")
    await sri.taps("Kirim")
    await sri.says(said)
    sri.hears("sedang ditangani", "30 November")
    await sri.says("jemput bola kapan di desa saya")
    sri.hears("Jadwal jemput bola belum ada")


async def test_whoever_asks_for_a_visit_and_when_is_asked_for_the_village(sri):
    await sri.says("kapan petugas bisa datang ke rumah, ibu saya lumpuh")
    sri.hears("desa dan kecamatan")


@pytest.mark.parametrize("said", ["bayar?", "kalau senin?", "dimana?", "kalau hari senin?"])
async def test_a_short_question_at_the_number_is_no_small_talk(sri, said):
    await sri.says("/status")
    await sri.says(said)
    sri.hears("nomor registrasi")
    sri.hears_not("bukan orang")


async def test_hours_are_told_again_where_choices_or_a_list_are_open(sri):
    for said in ("di mana?", "jam berapa?", "bawa apa", "jam berapa bukanya"):
        await sri.says(said)
        sri.hears_not("Silakan pilih salah satu", "belum kami kenal")
    sri.hears("Senin–Kamis: 08.00–15.00")


async def test_a_story_of_a_lost_card_without_money_is_no_first_card(sri):
    await sri.says(
        "sy mau tny min, ktp sy hlng di psr, trs mau bikin lg tp gk pny uang, byr gk ya? sm kmn ya"
    )
    sri.hears("kepolisian", "gratis")


async def test_a_request_to_cancel_a_visit_opens_no_new_one(counter, sri):
    await sri.says("batalkan kunjungan rumah")
    sri.hears_not("desa dan kecamatan")
    assert not await counter.store.read(case_files.listed)


@CHANNELS
@pytest.mark.parametrize(
    "said",
    [
        "saya warga Sooko",
        "Sooko",
        "saya di sooko",
        "halo min, saya tinggal di Sooko",
        "I live in Sooko",
        "kulo tiyang Sooko",
    ],
)
async def test_who_says_where_they_live_is_told_where_to_go(counter, channel, said):
    sri = counter.resident("Sri", channel=channel)
    await counter.imports(row(SRI, "RECEIVED_AT_CENTRAL"))
    await sri.says("halo")
    await sri.says(said)
    sri.hears("Kantor Dispendukcapil, Sooko", "Sekarang buka")
    sri.hears_not("paspor")
    await sri.asks(SRI, proof(sri, SRI))
    await sri.says(said)
    sri.hears("Kantor Dispendukcapil, Sooko", "Sekarang buka")


@pytest.mark.parametrize("said", ["saya warga Magersari", "Magersari", "saya tinggal di magersari"])
async def test_who_lives_next_door_is_told_of_that_office(sri, said):
    await sri.says(said)
    sri.hears("Magersari termasuk Kota Mojokerto", "Dispendukcapil Kota Mojokerto")


@pytest.mark.parametrize(
    "said", ["saya warga", "kami warga sini", "saya orang Surabaya", "saya warga Wonosobo"]
)
async def test_a_citizen_is_no_foreigner(sri, said):
    await sri.says(said)
    sri.hears_not("paspor", "orang asing")


async def test_who_moves_there_is_not_taken_for_somebody_who_lives_there(sri):
    await sri.says("saya pindah ke Sooko")
    sri.hears_not("Kantor Dispendukcapil, Sooko")
