"""Short questions where the text for the office is asked for are answered; a complaint with a question mark stays one."""

import pytest

from domain.text.case_questions import asked_about_case
from storage.ratings import case_files

CHANNELS = pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])
ASKED = [
    ("berapa lama dibalas?", "reply"),
    ("brp hari dijawabnya", "reply"),
    ("kapan petugasnya datang?", "reply"),
    ("pinten dinten dipun wangsuli", "reply"),
    ("how long until you reply", "reply"),
    ("pasti dibalas gak", "reply"),
    ("bayar?", "cost"),
    ("gratis kan?", "cost"),
    ("lapor gini bayar ga", "cost"),
    ("bisa anonim?", "hidden"),
    ("nama saya dirahasiakan kan?", "hidden"),
    ("harus pake nama asli?", "hidden"),
    ("is it anonymous?", "hidden"),
    ("siapa yang baca?", "readers"),
    ("yg baca siapa ya", "readers"),
    ("sinten ingkang maos", "readers"),
    ("who reads this?", "readers"),
    ("nulis apa aja?", "how"),
]
COMPLAINTS = [
    "kenapa antre saya dilewati terus sama satpam?",
    "kenapa lama sekali?",
    "kok bayar?",
    "saya harus bayar",
    "disuruh bayar sama pak kades",
    "gratis katanya tapi bayar",
    "kapan blangko ada? sudah 3 bulan",
    "berapa lama lagi saya harus menunggu ktp saya?",
    "siapa yang bertanggung jawab kalau data saya bocor?",
    "apa petugasnya tidur?",
    "tidak dijawab",
    "wc bau",
]


@pytest.mark.parametrize(("said", "topic"), ASKED)
def test_a_short_clear_question_is_no_text_for_the_office(said, topic):
    assert asked_about_case(said) == topic


@pytest.mark.parametrize("said", COMPLAINTS)
def test_a_complaint_that_is_a_question_stays_a_complaint(said):
    assert asked_about_case(said) is None


@CHANNELS
@pytest.mark.parametrize(
    ("opening", "told"),
    [
        (
            "/pengaduan",
            [
                "paling lambat Senin, 30 November",
                "*gratis*",
                "nama dan nomor Anda tidak",
                "petugas pengaduan",
            ],
        ),
        (
            "nenek saya lumpuh, bisa direkam di rumah?",
            ["Senin, 30 November", "*gratis*", "hanya dibaca", "mengatur"],
        ),
        ("/perbaikan", ["Kamis, 26 November", "*gratis*", "hanya dibaca", "memperbaiki data"]),
    ],
)
async def test_questions_are_answered_and_nothing_of_them_is_sent(counter, channel, opening, told):
    sri = counter.resident("Sri", channel=channel)
    await sri.says(opening)
    questions = ("berapa lama dibalas?", "bayar?", "bisa anonim?", "siapa yang baca?")
    for question, answer in zip(questions, told, strict=True):
        await sri.says(question)
        sri.hears(answer)
        sri.hears_not("Ini yang akan dikirim")
    await sri.says("Kenapa nama jalan di desa Sumbersono ditulis salah?")
    sri.hears("Ini yang akan dikirim", "Sumbersono")
    await sri.says("berapa lama dibalas?")
    sri.hears(told[0], "Ini yang akan dikirim")
    await sri.taps("Kirim")
    (case,) = await counter.store.read(case_files.listed)
    assert "Sumbersono" in case.word
    assert not any(question in case.word for question in questions)
