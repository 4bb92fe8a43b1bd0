"""Yes, no and 0 in the words that people use."""

import pytest

from bot.turns.phrases import phrasebook
from handlers import scripts
from tests.support.people import SRI, row
from tests.support.texts import the_texts

YES = ["iya", "y", "OK", "oke", "nggih", "Inggih", "betul", "yes", "ya"]
NO = ["tidak", "gak", "ga", "nggak", "ndak", "mboten", "boten", "no"]
JAVANESE = {"nggih", "Inggih", "mboten", "boten"}


def each(words: list[str]) -> list[object]:
    """The words, of which an office without Javanese knows some only."""
    return [pytest.param(one, marks=pytest.mark.first_office) if one in JAVANESE else one for one in words]


async def is_asked_whether_to_stop(counter, sri) -> None:
    await counter.imports(row(SRI, "PRR"))
    await sri.asks(SRI)
    await sri.says("1")
    await sri.asks(SRI)
    await sri.says("1")
    assert sri.labels == ["Ya", "Tidak"]


@pytest.mark.parametrize("word", each(YES))
async def test_yes_is_understood_in_every_language(counter, sri, word):
    await is_asked_whether_to_stop(counter, sri)
    await sri.says(word)
    sri.hears("Sudah dihapus dari daftar")


@pytest.mark.parametrize("word", each(NO))
async def test_no_is_understood_in_every_language(counter, sri, word):
    await is_asked_whether_to_stop(counter, sri)
    await sri.says(word)
    sri.hears("tetap ada dalam daftar")


@pytest.mark.parametrize("word", ["oke", "nggih", "ga"])
@pytest.mark.first_office
async def test_yes_and_no_choose_nothing_where_they_are_not_asked_for(counter, sri, word):
    await sri.says("/bahasa")
    await sri.says(word)
    assert sri.labels == ["Indonesia", "Jawa", "English"]


def test_no_word_for_yes_or_no_has_another_meaning_in_any_language():
    scripts.load()
    phrases = phrasebook(the_texts())
    others = {*phrases.opens, *phrases.back, *phrases.cancel, *phrases.menu, *phrases.greetings}
    assert not phrases.yes & phrases.no
    assert not (phrases.yes | phrases.no) & others
    assert {word.casefold() for word in YES} <= phrases.yes
    assert set(NO) <= phrases.no


async def test_a_lone_0_is_the_menu_also_where_digits_are_asked_for(counter, sri):
    """No number consists of a single 0, so 0 is the way back; zeros within numbers are digits."""
    await sri.says("status")
    await sri.says("0")
    sri.hears("Ada yang bisa kami bantu")
    await counter.imports(row(SRI, "PRR"))
    await sri.asks(SRI)
    sri.hears("siap dicetak")


async def test_four_zeros_answer_the_question_and_are_no_way_out(counter):
    sri = counter.resident("Sri", channel="whatsapp")
    await counter.imports(row(SRI, "PRR"))
    await sri.says("status")
    await sri.says(SRI["no_registrasi"])
    await sri.says("0000")
    sri.hears("Mohon ketik 4 angka terakhir NIK")
    sri.hears_not("Ada yang bisa kami bantu")
