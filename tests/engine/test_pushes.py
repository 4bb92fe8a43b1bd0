"""What the office opens by a push with choices."""

from handlers.engine import playing
from handlers.engine.dialogue import Dialogue, Transcript
from tests.engine.desk import push

OPENED = "What do you take"


async def test_digits_answer_a_push_and_the_older_question_is_asked_again_afterwards(desk, sri):
    await sri.says("/shop")
    await push(desk, sri, "news", "Adi")
    sri.hears("Are you coming, Adi?")
    await sri.says("1")
    sri.hears("Noted.", OPENED)
    assert await desk.effects() == ["coming Adi True"]
    await sri.says("2")
    sri.hears("How many of item-2?")


async def test_the_older_question_stays_open_for_taps_and_the_push_does_too(desk, sri):
    await sri.says("/shop")
    items = sri.screen
    pushed = await push(desk, sri, "news", "Adi")
    await sri.taps("item-3", of=items)
    sri.hears("How many of item-3?")
    await sri.taps("Ya", of=pushed)
    sri.hears("Noted.", "How many of item-3?")
    await sri.says("5")
    assert await desk.effects() == ["coming Adi True", "put item-3 5"]


async def test_a_text_fitting_no_choice_of_a_push_answers_the_older_question(desk, sri):
    await sri.says("/shop")
    await sri.says("1")
    await push(desk, sri, "news", "Adi")
    await sri.says("55")
    sri.hears("What do you take after 55?")
    await sri.says("/bantuan")
    await sri.says("batal")
    sri.hears("tidak dilanjutkan")


async def test_a_push_outlives_what_the_resident_opens_and_cancels(desk, sri):
    pushed = await push(desk, sri, "news", "Adi")
    for word in ("/shop", "menu", "batal", "/strict", "1"):
        await sri.says(word)
    sri.hears("a1 is yours", "Are you coming, Adi?")
    await sri.says("/shop")
    await sri.taps("Tidak", of=pushed)
    sri.hears("Noted.", OPENED)
    await sri.taps("Tidak", of=pushed)
    sri.hears("Noted.", OPENED)
    assert await desk.effects() == ["seat a1", "coming Adi False"]


async def test_a_push_alone_hears_what_fits_none_of_its_choices(desk, sri):
    await push(desk, sri, "news", "Adi")
    await sri.says("mungkin")
    sri.hears("Silakan pilih salah satu", "Are you coming, Adi?")
    await sri.says("batal")
    sri.hears("tidak dilanjutkan", desk.says("id", "menu-ask"))


async def test_the_same_push_again_takes_the_place_of_the_one_before(desk, sri):
    first = await push(desk, sri, "news", "Adi")
    await push(desk, sri, "news", "Adi")
    await sri.taps("Ya", of=first)
    sri.hears("tidak berlaku", "Are you coming, Adi?")
    await sri.taps("Ya")
    sri.hears("Noted.")
    assert await desk.effects() == ["coming Adi True"]


def test_the_oldest_of_many_pushes_gives_way():
    dialogue = Dialogue([Transcript.new("shop")])
    for number in range(7):
        playing.open_by_push(dialogue, "news", str(number))
    assert [one.argument for one in dialogue.stack] == ["", "2", "3", "4", "5", "6"]


def test_a_push_waits_while_somebody_is_answering():
    busy, free = Dialogue([Transcript.new("shop")]), Dialogue()
    assert playing.push_waits(busy, idle_seconds=119)
    assert not playing.push_waits(busy, idle_seconds=120)
    assert not playing.push_waits(free, idle_seconds=0)
