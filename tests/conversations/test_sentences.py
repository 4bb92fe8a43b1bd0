"""Two hundred sentences as residents write them: nearly all find their conversation, and no mistake does harm."""

from pathlib import Path

import pytest

from bot.phrases import CAREFUL, phrasebook
from domain.scam import looks_like_scam
from handlers import scripts
from handlers.answering import SCAM
from handlers.registry import CONVERSATIONS
from handlers.understanding import Guess, Matcher
from locales.texts import Texts
from tests.support.texts import the_texts

TABLE = [
    tuple(line.split("|", 1))
    for line in Path(__file__).with_name("sentences.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
NOTHING = "-"


@pytest.fixture(scope="module")
def texts() -> Texts:
    return the_texts()


@pytest.fixture(scope="module")
def matcher(texts: Texts) -> Matcher:
    scripts.load()
    return phrasebook(texts).matcher


def understood(matcher: Matcher, sentence: str) -> Guess:
    return Guess((SCAM,), sure=True) if looks_like_scam(sentence) else matcher.guess(sentence)


def is_right(meant: str, guess: Guess) -> bool:
    """The conversation is opened, or offered among at most three where we ask; nothing is opened for nothing."""
    if meant == NOTHING:
        return not guess.sure
    return guess.names[:1] == (meant,) if guess.sure else meant in guess.names


def test_the_table_is_large_and_no_copy_of_the_examples(texts: Texts):
    assert len(TABLE) >= 200
    assert len({sentence for _, sentence in TABLE}) == len(TABLE)
    keys = [one.examples for one in CONVERSATIONS.values() if one.examples]
    examples = {example for key in keys for example in texts.words(None, key)}
    copied = [sentence for _, sentence in TABLE if sentence.casefold() in examples]
    assert len(copied) <= len(TABLE) * 0.1, copied


def test_95_of_100_sentences_find_their_conversation(matcher: Matcher):
    wrong = [
        f"{meant}: {sentence!r} → {guess}"
        for meant, sentence in TABLE
        if not is_right(meant, guess := understood(matcher, sentence))
    ]
    assert len(wrong) <= len(TABLE) * 0.05, "\n".join(wrong)


def test_no_mistake_does_harm(matcher: Matcher):
    """What ends or erases something is never opened by likeness, and a warning or a fee is never mistaken for another."""
    for meant, sentence in TABLE:
        guess = understood(matcher, sentence)
        opened = guess.names[0] if guess.sure else NOTHING
        assert opened not in CAREFUL, sentence
        if opened not in (meant, NOTHING):
            assert opened in {"status", "booking", "requirements", "officer", "help", "fees", "thanks"}, (
                sentence
            )


@pytest.mark.parametrize("typed", ["", " ", "?", "a" * 5000, "ktp " * 3000, "\u202eptk", "😀😀😀", "1", "0"])
def test_anything_can_be_typed(matcher: Matcher, typed: str):
    assert matcher.guess(typed) is not None


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
    await sri.says("pelayanan kok lelet banget")
    sri.hears("Maksudnya yang mana?")


async def test_a_question_about_a_lost_card_is_answered_at_once(counter, sri):
    await sri.says("pak syarat ktp hilang apa saja ya")
    sri.hears("Surat kehilangan dari kepolisian", "gratis")


async def test_a_question_in_the_middle_is_answered_and_the_open_one_comes_back(counter, sri):
    await sri.says("/status")
    await sri.says("syarat ktp hilang apa saja")
    sri.hears("Surat kehilangan dari kepolisian", "nomor registrasi")


async def test_a_forwarded_trick_is_recognised(counter, sri):
    await sri.says("Yth Bapak/Ibu, KTP Anda diblokir. Segera klik http://dukcapil.xyz dan kirim kode OTP")
    sri.hears("bukan dari kami", "OTP")


async def test_anger_is_met_with_dignity_and_a_person(counter, sri):
    await sri.says("pelayanan kok lelet banget")
    await sri.taps("Saya kecewa")
    sri.hears("Mohon maaf")
    assert "Bicara ke petugas" in sri.labels


async def test_every_service_tells_what_it_needs_by_digits(counter, sri):
    await sri.says("/syarat")
    sri.hears("layanan yang mana")
    await sri.says("1")
    sri.hears("syaratnya", "gratis")
