"""Messages that hold answers: one for the open question, one for a later one, several at once."""

import re

import pytest

from domain.office.office import Office
from handlers.engine.chat import Chat
from handlers.engine.dialogue import Dialogue, Transcript
from handlers.engine.registry import CONVERSATIONS, Conversation, conversation
from storage import audit
from tests.engine.playground import Count


def spot_two(text: str, _office: Office) -> dict[str, str]:
    """A number stands behind a letter, which tells whether it answers the first question or the second."""
    found = dict(re.findall(r"\b([AB])([0-9]+)\b", text))
    return {
        f"{key}": found[letter] for letter, key in (("A", "shop-count"), ("B", "seat-for")) if letter in found
    }


async def two(chat: Chat) -> None:
    first = await chat.ask("shop-count", Count.parse, item="A")
    second = await chat.ask("seat-for", Count.parse, seat="B")
    lines = await chat.read(audit.entries)
    await chat.say("shop-item", pieces=first.pieces * 100 + second.pieces + len(lines))


@pytest.fixture(autouse=True)
def _two(desk, monkeypatch):
    monkeypatch.setitem(
        CONVERSATIONS, "two", Conversation(name="two", script=two, command="two", spot=spot_two)
    )
    desk.restart()


async def test_a_message_with_both_answers_opens_its_conversation_without_questions(desk, sri):
    await sri.says("saya punya A5 dan B7")
    sri.hears("after 507?")


async def test_only_what_is_missing_is_asked(desk, sri):
    await sri.says("A5")
    sri.hears("Whom is B for?")
    await sri.says("7")
    sri.hears("after 507?")


async def test_a_later_answer_given_early_is_kept_until_asked_for(desk, sri):
    await sri.says("/two")
    await sri.says("B7")
    sri.hears("How many of A?")
    await sri.says("5")
    sri.hears("after 507?")


async def test_both_answers_where_the_first_is_asked(desk, sri):
    await sri.says("two")
    await sri.says("B7 A5")
    sri.hears("after 507?")


async def test_an_answer_behind_the_command_is_taken(desk, sri):
    await sri.says("/two A5")
    sri.hears("Whom is B for?")


async def test_an_earlier_answer_typed_again_starts_over_with_it(desk, sri):
    for word in ("/two", "5", "A6"):
        await sri.says(word)
    sri.hears("Whom is B for?")
    await sri.says("7")
    sri.hears("after 607?")


async def test_a_spotted_answer_that_is_refused_is_told_and_asked_for(desk, sri):
    await sri.says("A500 B7")
    sri.hears("Contohnya 0812", "How many of A?")
    await sri.says("A501")
    sri.hears("Contohnya 0812", "How many of A?")
    await sri.says("A5")
    sri.hears("after 507?")


async def test_a_message_that_holds_answers_interrupts_a_choice(desk, sri):
    await sri.says("/shop")
    await sri.says("A5")
    sri.hears("Whom is B for?")


async def test_back_over_a_typed_answer(desk, sri):
    await sri.says("/two")
    await sri.says("5")
    await sri.says("kembali")
    sri.hears("How many of A?")
    await sri.says("6")
    await sri.says("7")
    sri.hears("after 607?")


async def test_an_argument_of_a_hand_over_is_not_asked_again(desk, sri, monkeypatch):
    async def script(chat: Chat) -> None:
        await chat.open("two", "A5 B7")

    monkeypatch.setitem(CONVERSATIONS, "link", Conversation(name="link", script=script, command="link"))
    desk.restart()
    await sri.says("/link")
    sri.hears("after 507?")


async def test_back_long_after_the_taps_are_forgotten(desk, sri, clock):
    for word in ("/shop", "1"):
        await sri.says(word)
    for _ in range(2):
        clock.move(hours=13)
        await sri.says("/mood")
        await sri.says("1")
    await sri.says("kembali")
    sri.hears("What do you take after 0?")


def test_a_dialogue_is_kept_as_it_is():
    asked, fresh = Transcript.new("two", given={"a": "1"}, argument="x"), Transcript.new("news", pushed=True)
    asked.keep_open("choose", "two-a")
    dialogue = Dialogue([asked, fresh])
    assert Dialogue.from_json(dialogue.to_json()) == dialogue


def test_two_conversations_cannot_share_a_name():
    with pytest.raises(ValueError, match="two conversations are called shop"):
        conversation("shop")(two)
