"""Back, cancel, language, asides and opening words."""

import pytest

from domain.office.office import Office
from handlers.engine.registry import CONVERSATIONS, Conversation

OPENED = "What do you take"


async def test_back_takes_the_last_answer_back(desk, sri):
    await sri.says("/shop")
    await sri.says("1")
    for word in ("kembali", "2", "/kembali", "3", "back"):
        await sri.says(word)
    sri.hears("What do you take after 0?")
    await sri.says("4")
    await sri.says("9")
    assert await desk.effects() == ["put item-4 9"]


async def test_back_never_goes_past_a_step(desk, sri):
    await sri.says("/shop")
    await sri.says("1")
    await sri.says("5")
    await sri.says("kembali")
    sri.hears("tidak bisa mundur", "What do you take after 5?")
    await sri.says("2")
    await sri.says("kembali")
    await sri.says("kembali")
    sri.hears("tidak bisa mundur", "What do you take after 5?")
    assert await desk.effects() == ["put item-1 5"]


async def test_back_at_the_first_question_asks_it_again(desk, sri):
    await sri.says("/shop")
    await sri.says("kembali")
    sri.hears("tidak bisa mundur", OPENED)


async def test_back_to_the_first_question_says_again_what_leads_to_it(desk, sri):
    await sri.says("/shop")
    sri.hears("Come in.", OPENED)
    await sri.says("1")
    sri.hears_not("Come in.")
    await sri.says("kembali")
    sri.hears("Come in.", OPENED)


async def test_back_out_of_an_aside_gives_the_interrupted_question_back(desk, sri):
    await sri.says("/shop")
    await sri.says("1")
    await sri.says("/mood")
    await sri.says("kembali")
    sri.hears("How many of item-1?")
    sri.hears_not("How are you?")


async def test_back_with_nothing_open_opens_the_menu(desk, sri):
    await sri.says("kembali")
    sri.hears("tidak bisa mundur", desk.says("id", "menu-ask"))


async def test_cancel_drops_the_conversation(desk, sri):
    await sri.says("/shop")
    await sri.says("1")
    await sri.says("batal")
    sri.hears("tidak dilanjutkan", desk.says("id", "menu-ask"))
    await sri.says("5")
    assert await desk.effects() == []


async def test_cancel_in_an_aside_drops_the_aside_alone(desk, sri):
    await sri.says("/shop")
    await sri.says("1")
    await sri.says("/mood")
    await sri.says("batal")
    sri.hears("tidak dilanjutkan", "How many of item-1?")


async def test_cancel_with_nothing_open_opens_the_menu(desk, sri):
    await sri.says("/batal")
    sri.hears("dibatalkan", desk.says("id", "menu-ask"))


async def test_a_language_switch_asks_the_same_question_and_keeps_the_answers(desk, sri):
    await sri.says("/shop")
    await sri.says("1")
    await sri.says("/bahasa en")
    sri.hears("from now on we write in English", "[en] How many of item-1?")
    await sri.says("5")
    sri.hears("[en] What do you take after 5?")
    await sri.says("item-2 (en)")
    sri.hears("[en] How many of item-2?")


async def test_a_later_language_switch_is_kept_after_a_script_chose_a_language(desk, sri, monkeypatch):
    async def script(chat):
        chat.speak("en")
        await chat.ask("seat-for", str, seat="a1")
        await chat.ask("seat-for", str, seat="a2")

    monkeypatch.setitem(CONVERSATIONS, "english", Conversation(name="english", script=script, command="x"))
    desk.restart()
    await sri.says("/x")
    sri.hears("[en] Whom is a1 for?")
    await sri.says("bahasa indonesia")
    sri.hears("[id] Whom is a1 for?")
    await sri.says("Adi")
    sri.hears("[id] Whom is a2 for?")


async def test_an_aside_gives_the_interrupted_question_back(desk, sri):
    await sri.says("/shop")
    await sri.says("1")
    await sri.says("/mood")
    sri.hears("How are you?")
    await sri.says("1")
    sri.hears("So you are good.", "How many of item-1?")
    await sri.says("5")
    assert await desk.effects() == ["put item-1 5"]


async def test_a_second_aside_takes_the_place_of_the_first(desk, sri):
    for word in ("/shop", "1", "/mood", "/bantuan"):
        await sri.says(word)
    sri.hears(desk.says("id", "help-text"), "How many of item-1?")


async def test_a_tap_on_the_interrupted_question_ends_the_aside(desk, sri):
    await sri.says("/shop")
    items = sri.screen
    await sri.says("/mood")
    await sri.taps("item-2", of=items)
    sri.hears("How many of item-2?")
    await sri.says("5")
    sri.hears("What do you take after 5?")


@pytest.mark.parametrize(
    "word",
    [
        "/shop",
        "shop",
        "SHOP!",
        "/shop@loket_bot",
        "Shop (id)",
        "Shop (en)",
        "shop apel",
        "/shop apel dua kilo",
    ],
)
async def test_opening_words_open_their_conversation_from_anywhere(desk, sri, word):
    await sri.says("/seat")
    await sri.says("1")
    await sri.says(word)
    sri.hears("Come in.", OPENED)


@pytest.mark.parametrize("word", ["shop apel dua kilo", "toko", "apel shop", "!"])
async def test_words_that_open_nothing_are_answers(desk, sri, word):
    await sri.says("/seat")
    await sri.says("1")
    await sri.says(word)
    sri.hears("a1 is yours")


async def test_a_command_that_does_not_exist_is_told_and_the_question_stays(desk, sri):
    await sri.says("/seat")
    await sri.says("1")
    await sri.says("/toko")
    sri.hears("belum paham", "Whom is a1 for?")


async def test_a_greeting_is_answered_with_what_is_open(desk, sri):
    await sri.says("Halo!")
    assert sri.screen.text == desk.says("id", "menu-ask")
    await sri.says("/shop")
    await sri.says("Selamat pagi")
    assert sri.screen.text == "[id] What do you take after 0?"
    await sri.says("1")
    await sri.says("halo")
    sri.hears("[id] How many of item-1?")
    sri.hears_not("belum paham")  # a refusal would be no answer to a greeting


async def test_a_greeting_is_an_answer_where_the_question_takes_it(desk, sri):
    await sri.says("/seat")
    await sri.says("1")
    await sri.says("Pagi")
    sri.hears("a1 is yours")


async def test_a_script_may_hand_over_to_another_one(desk, sri):
    await sri.says("/gate")
    await sri.says("1")
    sri.hears("Come in.", OPENED)


async def test_handing_over_to_what_does_not_exist_starts_over(desk, sri):
    await sri.says("/gate")
    await sri.says("to the nowhere (id)")
    sri.hears("mulai lagi dari awal", desk.says("id", "menu-ask"))


async def test_scripts_that_hand_over_in_a_circle_are_a_fault(desk, sri, monkeypatch):
    async def script(chat):
        await chat.open("round")

    monkeypatch.setitem(CONVERSATIONS, "round", Conversation(name="round", script=script, command="round"))
    desk.restart()
    await sri.says("/round")
    assert sri.screen.text == desk.says("id", "engine-fault")


async def test_a_text_refused_by_the_open_question_may_open_another_conversation(desk, sri, monkeypatch):
    def spot(text: str, _office: Office) -> dict[str, str]:
        return {"seat-which": text} if text == "kursi a1" else {}

    seat = CONVERSATIONS["seat"]
    monkeypatch.setitem(
        CONVERSATIONS, "seat", Conversation(name="seat", script=seat.script, command="seat", spot=spot)
    )
    await sri.says("/shop")
    await sri.says("kursi a1")
    sri.hears("Which seat?")
    await sri.says("/shop")
    await sri.says("1")
    await sri.says("kursi a1")
    sri.hears("Which seat?")
