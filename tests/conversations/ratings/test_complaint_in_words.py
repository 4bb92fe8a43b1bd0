"""A sentence about a bribe, a fee or a rude officer opens the complaint with these words in it."""

import pytest

from domain.text.grievance import is_grievance
from storage.ratings import case_files
from tests.conversations.guide.test_sentences import TABLE, UNSEEN
from tests.conversations.ratings.test_rating import answer, serve

CHANNELS = pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])
REPORTS = [
    "disuruh bayar sama pak kades",
    "dimintai uang petugas 100rb",
    "petugas kasar",
    "saya disuruh bayar 50 ribu di balai desa",
    "petugas minta uang rokok",
    "bu saya dimintain duit sama perangkat desa",
    "pak rt minta uang buat ktp",
    "petugas loket 2 bentak ibu saya",
    "ditarik 75 ribu di kelurahan",
    "pegawainya judes",
    "oknum petugas minta 150rb biar cepat",
    "wong deso njaluk duit 50rb",
    "the officer was rude to me",
]


@pytest.mark.parametrize("sentence", REPORTS)
def test_a_report_is_recognised(sentence):
    assert is_grievance(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "petugas ramah dan tidak kasar",
        "mau bicara dengan petugas",
        "ktp bayar berapa",
        "bisa minta tolong petugas",
        "petugas tidak minta uang kan?",
        "minta surat keterangan di balai desa",
        "ada yg wa minta kode otp katanya petugas",
        "1",
        "",
    ],
)
def test_another_sentence_is_no_report(sentence):
    assert not is_grievance(sentence)


def test_no_sentence_about_anything_else_is_a_report():
    assert not [one for meant, one in TABLE + UNSEEN if is_grievance(one) and meant != "complaint"]


@CHANNELS
@pytest.mark.parametrize("sentence", REPORTS[:3])
async def test_a_complaint_in_words_is_sent_only_after_confirmation(counter, channel, sentence):
    sri = counter.resident("Sri", channel=channel)
    await sri.says(sentence)
    sri.hears("Ini yang akan dikirim ke kantor", sentence)
    assert sri.labels == ["Kirim", "Batal"]
    assert not await counter.count("cases")
    await sri.says("1")
    (case,) = await counter.store.read(case_files.listed)
    assert case.word == sentence
    sri.hears(case.number)


@CHANNELS
async def test_the_words_are_heard_in_the_number_question(counter, channel):
    sri = counter.resident("Sri", channel=channel)
    await sri.says("status")
    await sri.says("disuruh bayar sama pak kades")
    sri.hears("Ini yang akan dikirim ke kantor", "disuruh bayar sama pak kades")


@CHANNELS
async def test_the_words_are_heard_in_the_middle_of_a_survey_which_continues(counter, channel):
    sri = counter.resident("Sri", channel=channel)
    await serve(counter, sri)
    await answer(sri, "1444")
    await sri.says("petugas kasar")
    sri.hears("Ini yang akan dikirim ke kantor", "petugas kasar")
    await sri.taps("Kirim")
    sri.hears("4/9", "nomor")
    assert await counter.count("cases") == 1
    await answer(sri, "444444")
    sri.hears("sudah diterima")


async def test_words_that_were_asked_about_are_kept_for_the_complaint(counter, sri):
    sentence = "saya mau komplain pelayanan di kecamatan"
    await sri.says(sentence)
    if "Pengaduan" in sri.labels:
        await sri.taps("Pengaduan")
    sri.hears(sentence)


async def test_the_command_takes_the_complaint_with_it(sri):
    await sri.says("/pengaduan antreannya diserobot terus")
    sri.hears("Ini yang akan dikirim ke kantor", "antreannya diserobot terus")


async def test_a_step_back_asks_for_other_words(sri):
    await sri.says("petugas kasar")
    await sri.says("kembali")
    sri.hears("Silakan tulis keluhannya")
