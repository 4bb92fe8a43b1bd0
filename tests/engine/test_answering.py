"""Typing, tapping, paging: how a question of the office is answered."""

import pytest

from handlers.engine.chat import Chat
from handlers.engine.registry import Conversation
from tests.engine.playground import ITEMS, playground


async def test_a_choice_is_tapped_or_its_number_or_its_label_is_typed(desk):
    for name, answer in (("Sri", None), ("Budi", "3"), ("Dewi", " ITEM-3  (id). "), ("Adi", "３")):
        resident = desk.resident(name)
        await resident.says("/shop")
        await (resident.taps("item-3") if answer is None else resident.says(answer))
        resident.hears("How many of item-3?")


async def test_full_width_digits_are_digits(desk, sri):
    await sri.says("/shop")
    await sri.says("３")
    await sri.says("１２")
    assert await desk.effects() == ["put item-3 12"]


@pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])
async def test_every_choice_is_reached_with_digits_alone(desk, channel):
    for index, item in enumerate(ITEMS):
        resident = desk.resident(f"{channel}-{index}", channel=channel)
        await resident.says("/shop")
        for _ in ITEMS:
            wanted = [choice for choice in resident.screen.choices if choice.label == f"{item} (id)"]
            if wanted:
                break
            await resident.says(str(resident.button("Lainnya").number))
        await resident.says(str(wanted[0].number))
        resident.hears(f"How many of {item}?")


async def test_a_page_is_turned_in_place_where_the_channel_can(desk, sri):
    await sri.says("/shop")
    await sri.sends(kind="choice", choice=sri.button("Lainnya").token, tapped="bubble-7")
    assert sri.screen.replaces == "bubble-7"
    assert sri.labels == [
        "item-10 (id)",
        "item-11 (id)",
        "item-12 (id)",
        "item-13 (id)",
        "nothing more (id)",
        "Sebelumnya",
    ]
    await sri.taps("Sebelumnya")
    assert sri.labels[0] == "item-1 (id)"
    assert sri.screen.replaces is None, "this tap did not tell its bubble"
    dewi = desk.resident("Dewi", channel="whatsapp")
    await dewi.says("/shop")
    await dewi.sends(kind="choice", choice=dewi.button("Lainnya").token, tapped="bubble-7")
    assert dewi.labels == ["item-3 (id)", "Lainnya", "Sebelumnya"]
    assert dewi.screen.replaces is None, "this channel cannot edit"


async def test_a_page_button_tapped_twice_turns_one_page(desk, sri):
    await sri.says("/shop")
    first = sri.screen
    for _ in range(2):
        await sri.taps("Lainnya", of=first)
        assert sri.labels[0] == "item-10 (id)"


async def test_a_label_of_another_page_is_understood(desk, sri):
    await sri.says("/shop")
    await sri.says("item-13 (id)")
    sri.hears("How many of item-13?")


async def test_what_is_no_choice_is_told_so_and_the_page_stays(desk, sri):
    await sri.says("/shop")
    await sri.taps("Lainnya")
    await sri.says("mangga")
    sri.hears("Silakan pilih salah satu", "What do you take")
    assert sri.labels[0] == "item-10 (id)"
    await sri.says("99999999999999999999")
    sri.hears("Silakan pilih salah satu")


async def test_what_a_parser_refuses_is_told_and_the_question_stays(desk, sri):
    await sri.says("/shop")
    await sri.says("1")
    for _ in range(2):
        await sri.says("lima")
        sri.hears("Contohnya 0812 3456 7890", "How many of item-1?")
    await sri.says("5")
    sri.hears("What do you take after 5?")


async def test_a_parser_that_promises_a_type_gets_it_back_on_replay(desk, sri):
    await sri.says("/shop")
    for answer in ("1", "20", "2", "22"):
        await sri.says(answer)
        desk.restart()
    sri.hears("What do you take after 42?")


async def test_yes_and_no(desk, sri):
    for answer, effects in (("Tidak", []), ("Ya", ["buy 0"])):
        await sri.says("/shop")
        await sri.says("nothing more (id)")
        await sri.says(answer)
        assert await desk.effects() == effects


async def test_a_script_that_ends_without_a_word_shows_the_menu(desk, sri):
    await sri.says("/shop")
    await sri.says("nothing more (id)")
    await sri.says("2")
    assert sri.screen.text == desk.says("id", "menu-ask")


@pytest.mark.parametrize("kind", ["voice", "sticker", "location", "file", "other"])
async def test_what_is_no_text_is_answered_and_the_question_stays(desk, sri, kind):
    await sri.says("/mood")
    await sri.sends(kind=kind)
    sri.hears(desk.says("id", "engine-unsupported", kind=kind), "How are you?")


async def test_a_contact_card_is_refused_and_the_question_stays(desk, sri):
    await sri.says("/mood")
    await sri.sends(kind="contact")
    sri.hears("tidak menerima kartu kontak", "How are you?")


async def test_without_a_question_what_is_no_text_opens_the_menu(desk, sri):
    await sri.sends(kind="voice")
    sri.hears("belum bisa mendengarkan", desk.says("id", "menu-ask"))


async def test_a_location_is_taken_only_where_it_is_asked_for(desk, sri):
    async def meet(chat: Chat) -> None:
        wanted = await chat.ask("seat-for", str.strip, location=True, seat="a1")
        await chat.say("seat-yours", seat=wanted)

    await sri.says("/shop")
    await sri.says("1")
    await sri.sends(kind="location", text="-7.47,112.43")
    sri.hears(desk.says("id", "engine-unsupported", kind="location"), "How many of item-1?")
    with playground({"meet": Conversation(name="meet", script=meet, command="meet")}):
        desk.restart()
        await sri.says("/meet")
        assert sri.screen.locate
        await sri.sends(kind="location", text="-7.47,112.43")
        sri.hears("-7.47,112.43 is yours")
