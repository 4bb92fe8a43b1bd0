"""Sentences of residents open their conversation, and mistakes do no harm."""

from pathlib import Path

import pytest

from bot.turns.phrases import CAREFUL, UNOFFERED, phrasebook
from domain.staff.roles import Role
from domain.text.scam import looks_like_scam
from domain.text.typed import fold
from handlers import scripts
from handlers.engine.answering import SCAM
from handlers.engine.hearing import Phrasebook
from handlers.engine.registry import CONVERSATIONS
from handlers.engine.understanding import Guess, Matcher
from locales.texts import Texts
from storage.staff.service_words import Words, reword
from storage.staff.staff import find, invite
from tests.support.texts import the_texts


def sentences(name: str) -> list[tuple[str, ...]]:
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    return [tuple(line.split("|", 1)) for line in lines if not line.startswith("#")]


TABLE, UNSEEN = sentences("sentences.txt"), sentences("sentences_unseen.txt")
NOTHING = "-"
HARMLESS = {
    "status",
    "lost-number",
    "booking",
    "requirements",
    "office",
    "officer",
    "help",
    "fees",
    "correct",
    "anger",
} | UNOFFERED


@pytest.fixture(scope="module")
def texts() -> Texts:
    return the_texts()


@pytest.fixture(scope="module")
def phrases(texts: Texts) -> Phrasebook:
    scripts.load()
    return phrasebook(texts)


@pytest.fixture(scope="module")
def matcher(phrases: Phrasebook) -> Matcher:
    return phrases.matcher


def understood(phrases: Phrasebook, sentence: str) -> Guess:
    typed = fold(sentence)
    if typed in phrases.greetings:
        return Guess()
    if typed in phrases.opens:
        return Guess((phrases.opens[typed],), sure=True)
    return Guess((SCAM,), sure=True) if looks_like_scam(sentence) else phrases.matcher.guess(sentence)


def is_right(meant: str, guess: Guess) -> bool:
    """The conversation is opened, or offered among at most three where we ask; no errand is opened for nothing."""
    if meant == NOTHING:
        return not guess.sure or guess.names[0] in UNOFFERED
    return guess.names[:1] == (meant,) if guess.sure else meant in guess.names


def test_the_tables_are_large_and_no_copy_of_the_examples(texts: Texts):
    assert len(TABLE) >= 300
    assert len(UNSEEN) >= 150
    told = [sentence for _, sentence in TABLE + UNSEEN]
    assert len(set(told)) == len(told)
    keys = [one.examples for one in CONVERSATIONS.values() if one.examples]
    examples = {example for key in keys for example in texts.words(None, key)}
    for table in (TABLE, UNSEEN):
        copied = [sentence for _, sentence in table if sentence.casefold() in examples]
        assert len(copied) <= len(table) * 0.1, copied


@pytest.mark.parametrize("table", [TABLE, UNSEEN], ids=["tried before", "unseen"])
def test_95_of_100_sentences_find_their_conversation(phrases: Phrasebook, table: list[tuple[str, ...]]):
    wrong = [
        f"{meant}: {sentence!r} → {guess}"
        for meant, sentence in table
        if not is_right(meant, guess := understood(phrases, sentence))
    ]
    assert len(wrong) <= len(table) * 0.05, "\n".join(wrong)


def test_two_of_three_are_answered_without_asking_back(phrases: Phrasebook):
    meant = [sentence for meant, sentence in UNSEEN if meant != NOTHING]
    assert sum(understood(phrases, sentence).sure for sentence in meant) >= len(meant) * 2 / 3


def test_no_mistake_does_harm(phrases: Phrasebook):
    """Similar words never open a conversation that ends or erases something, and never hide a scam warning."""
    for meant, sentence in TABLE + UNSEEN:
        guess = understood(phrases, sentence)
        opened = guess.names[0] if guess.sure else NOTHING
        assert opened not in CAREFUL or fold(sentence) in phrases.opens, sentence
        assert is_right(meant, guess) or meant != SCAM, sentence
        if opened not in (meant, NOTHING):
            assert opened in HARMLESS, f"{sentence}: {opened}"


@pytest.mark.parametrize(
    "asked",
    [
        "aktivasi ikd harus pakai aplikasi apa ya",
        "kalau ktp hilang apakah harus bayar denda pak",
        "pesan jadwal lewat aplikasi bisa tidak ya pak",
        "saya sudah instal aplikasi ikd tapi tidak bisa masuk",
    ],
)
def test_an_honest_question_about_apps_and_money_is_no_trick(asked: str):
    assert not looks_like_scam(asked)


@pytest.mark.parametrize("typed", ["", " ", "?", "a" * 5000, "ktp " * 3000, "\u202eptk", "😀😀😀", "1", "0"])
def test_anything_can_be_typed(matcher: Matcher, typed: str):
    assert matcher.guess(typed) is not None


@pytest.mark.parametrize(
    "said",
    [
        "rahasia sekali 7431",
        "hujan deras",
        "makan nasi goreng enak",
        "saya suka bakso",
        "motor mogok di jalan",
    ],
)
def test_what_only_looks_a_little_like_an_example_opens_nothing(matcher: Matcher, said: str):
    assert not matcher.guess(said).sure


async def test_p4_two_sentences_that_nobody_understands_offer_a_person(counter, sri):
    await sri.says("asdfgh")
    sri.hears("belum paham", "Ada yang bisa kami bantu?")
    await sri.says("wkwkwk")
    sri.hears("hubungkan dengan petugas")
    await sri.taps("Bicara ke petugas")
    sri.hears("diteruskan ke petugas")


async def test_p4_in_between_something_understood_nobody_is_offered(counter, sri):
    await sri.says("asdfgh")
    await sri.says("syarat ktp hilang apa saja")
    await sri.says("wkwkwk")
    sri.hears_not("hubungkan dengan petugas")


async def test_what_should_not_be_opened_by_likeness_is_asked_back(counter, sri):
    await sri.says("tolong hapus semua data saya dari sini ya pak")
    sri.hears("Maksudnya yang mana?")


async def test_a_question_about_a_lost_card_is_answered_at_once(counter, sri):
    await sri.says("pak syarat ktp hilang apa saja ya")
    sri.hears("Surat kehilangan dari kepolisian", "gratis")


async def test_a_question_during_a_conversation_is_answered_and_the_open_one_repeated(counter, sri):
    await sri.says("/status")
    await sri.says("syarat ktp hilang apa saja")
    sri.hears("Surat kehilangan dari kepolisian", "nomor registrasi")


async def test_a_forwarded_trick_is_recognised(counter, sri):
    await sri.says("Yth Bapak/Ibu, KTP Anda diblokir. Segera klik http://dukcapil.xyz dan kirim kode OTP")
    sri.hears("bukan dari kami", "OTP")


async def test_anger_is_met_with_dignity_and_a_person(counter, sri):
    await sri.says("pelayanan kok lelet banget")
    sri.hears("Mohon maaf")
    assert "Bicara ke petugas" in sri.labels


async def test_every_service_tells_what_it_needs_by_digits(counter, sri):
    await sri.says("/syarat")
    sri.hears("layanan yang mana")
    await sri.says("1")
    sri.hears("syaratnya", "gratis")


async def test_other_offices_services_are_named_and_a_second_question_offers_a_person(counter, sri):
    await sri.says("mau perpanjang sim dimana ya")
    sri.hears("tidak dilayani di sini", "KTP-el")
    await sri.says("cek bansos pkh")
    sri.hears("hubungkan dengan petugas")


async def test_chit_chat_in_a_question_is_answered_and_the_question_stays(counter, sri):
    await sri.says("/status")
    await sri.says("kamu ini siapa namanya")
    sri.hears("bot", "nomor registrasi")


async def test_an_insult_is_met_with_dignity_at_once(counter, sri):
    await sri.says("dasar bot goblok")
    sri.hears("Mohon maaf")
    assert "Bicara ke petugas" in sri.labels


async def test_help_answers_hours_costs_and_a_lost_card_by_digits(counter, sri):
    await sri.says("/bantuan")
    sri.hears("dijawab dengan angka", "Ingin tahu apa?")
    await sri.says("1")
    sri.hears("Jalan", "Senin")
    await sri.says("/bantuan")
    await sri.says("3")
    sri.hears("Surat kehilangan dari kepolisian")
    await sri.says("/bantuan")
    await sri.says("4")
    sri.hears("gratis")
    await sri.says("/bantuan")
    await sri.says("6")
    sri.hears("diteruskan ke petugas")


async def test_help_in_the_middle_of_a_question_gives_the_question_back(counter, sri):
    await sri.says("/status")
    await sri.says("/bantuan")
    sri.hears("dijawab dengan angka", "nomor registrasi")
    sri.hears_not("Ingin tahu apa?")


async def test_what_staff_wrote_about_a_service_is_read_in_every_language(counter, sri):
    words = {"id": Words(needed=("KK asli",), note="Bawa materai.")}

    async def write(db) -> None:
        code = await invite(db, name="Ibu Wulan", role=Role.APPROVER, point=None, actor="system")
        member = await find(db, name="Ibu Wulan")
        assert code
        await reword(db, service="ktp_hilang", words=words, staff=member.id, actor="system")

    await counter.store.write(write)
    await sri.says("pak syarat ktp hilang apa saja ya")
    sri.hears("KK asli", "Bawa materai", "gratis")
    sri.hears_not("kepolisian")
    await sri.says("/bahasa en")
    await sri.says("requirements for a lost card")
    sri.hears("KK asli", "Lost card")


@pytest.mark.parametrize("asked", ["apakah ini robot?", "ini robot ya"])
async def test_a_question_whether_this_is_a_robot_is_answered_truthfully(counter, sri, asked):
    await sri.says(asked)
    sri.hears("Kami bot", "bukan orang")
    assert not await counter.count("handovers")


async def test_a_blind_resident_hears_that_digits_suffice(sri):
    await sri.says("saya tuna netra")
    sri.hears("cukup dijawab dengan angka")


@pytest.mark.parametrize(
    ("said", "papers"),
    [("balita", "Kartu Identitas Anak"), ("tercecer", "kepolisian"), ("kebanjiran", "KTP-el yang rusak")],
)
async def test_a_word_for_a_service_answers_which_papers(sri, said, papers):
    await sri.says("/syarat")
    await sri.says(said)
    sri.hears("syaratnya", papers)


@pytest.mark.parametrize("said", ["biaya 2", "syarat2"])
async def test_a_word_with_a_digit_at_the_number_is_a_slip(sri, said):
    await sri.says("/status")
    await sri.says(said)
    sri.hears("nomor registrasi")
    sri.hears_not("syaratnya", "Semua layanan gratis")
