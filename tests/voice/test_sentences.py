"""Sentences to record: every prompt has words in every language, and numbers are said as people say them."""

import pytest

from bot.setup.office_file import load_office
from bot.voice.sentences import Sentences, hash_of, recording_name
from handlers.shared import prompts
from locales.grammar import GRAMMARS
from tests.support.texts import the_texts

OFFICE = load_office(None)
SENTENCES = Sentences(the_texts(OFFICE), OFFICE)


@pytest.mark.parametrize("language", OFFICE.languages)
def test_every_sentence_can_be_read_aloud(language: str):
    found = dict(SENTENCES.every(language))
    assert 100 < len(found) < 160
    for name, sentence in found.items():
        assert sentence == sentence.strip() != ""
        assert not set("*\n{}\x1f") & set(sentence)
        assert name.endswith(f".{hash_of(sentence)}.opus")


def test_a_changed_sentence_has_another_name():
    before, after = (
        recording_name("report-printed", "Sudah dicetak"),
        recording_name("report-printed", "Dicetak"),
    )
    assert before != after
    assert recording_name("point.kantor / ../a", "x").count("/") == 0


@pytest.mark.parametrize(
    ("number", "indonesian", "english"),
    [
        (0, "nol", "zero"),
        (7, "tujuh", "seven"),
        (10, "sepuluh", "ten"),
        (11, "sebelas", "eleven"),
        (17, "tujuh belas", "seventeen"),
        (30, "tiga puluh", "thirty"),
        (45, "empat puluh lima", "forty five"),
        (100, "seratus", "one hundred"),
        (111, "seratus sebelas", "one hundred eleven"),
        (512, "lima ratus dua belas", "five hundred twelve"),
        (999, "sembilan ratus sembilan puluh sembilan", "nine hundred ninety nine"),
        (1000, "seribu", "one thousand"),
    ],
)
def test_numbers_are_said_in_words(number: int, indonesian: str, english: str):
    assert " ".join(GRAMMARS["id"].count(number)) == indonesian
    assert " ".join(GRAMMARS["en"].count(number)) == english


def test_the_words_of_all_numbers_are_few():
    assert len({word for number in range(prompts.MOST + 1) for word in GRAMMARS["id"].count(number)}) < 20


def test_days_and_times_are_said_in_words():
    assert SENTENCES.of("date.2026-11-23", "id") == ["Senin", "dua", "puluh", "tiga", "November"]
    assert SENTENCES.of("clock.08:00", "id") == ["delapan"]
    assert SENTENCES.of("clock.13:30", "en") == ["thirteen", "thirty"]
    assert SENTENCES.of("report-ready-for-pickup.before", "id") == ["Kartu sudah siap diambil di"]
    assert SENTENCES.of("report-ready-for-pickup.after", "id") == []
