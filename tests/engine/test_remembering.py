"""What is remembered between two messages: how long, how safe, and what happens when the scripts have changed."""

import json

import pytest
from sqlalchemy import text

from bot.turns.sittings import scene_of
from handlers.engine.dialogue import Dialogue
from handlers.engine.registry import CONVERSATIONS, Conversation
from storage.people import chats
from storage.session import Reading
from tests.engine.playground import Count, effect

OVER = "mulai lagi dari awal"
NIK = "3516994107900001"


@pytest.fixture
def upgrade(monkeypatch):
    """Let an upgrade of Loket change a script."""

    def change(name: str, script) -> None:
        monkeypatch.setitem(CONVERSATIONS, name, Conversation(name=name, script=script, command=name))

    return change


async def starts_over(desk, sri, word: str) -> None:
    await sri.says(word)
    sri.hears(OVER, desk.says("id", "menu-ask"))
    assert len(sri.screen.text.split(OVER)) == 2, "one sentence"
    await sri.says("/mood")
    await sri.says("1")
    sri.hears("So you are good.")


async def test_the_dialogue_goes_on_after_a_restart(desk, sri):
    for word in ("/shop", "1", "5", "2"):
        desk.restart()
        await sri.says(word)
    sri.hears("How many of item-2?")


async def test_a_renamed_question_starts_over(desk, sri, upgrade):
    await sri.says("/strict")

    async def script(chat):
        await chat.ask("seat-for", str, seat="a1")

    upgrade("strict", script)
    await starts_over(desk, sri, "1")


async def test_a_renamed_step_starts_over_and_carries_nothing_out(desk, sri, upgrade):
    await sri.says("/seat")
    await sri.says("1")

    async def script(chat):
        await chat.choose("seat-which", [])
        await chat.once("seat-taken-anew", effect, chat=chat.id, what="again")

    upgrade("seat", script)
    await starts_over(desk, sri, "Adi")
    assert await desk.effects() == ["seat a1"]


async def test_a_step_before_the_open_question_restarts_before_it_is_run(desk, sri, upgrade):
    await sri.says("/strict")

    async def script(chat):
        await chat.once("strict-take", effect, chat=chat.id, what="too early")
        await chat.ask("strict-which", str)

    upgrade("strict", script)
    await starts_over(desk, sri, "1")
    assert await desk.effects() == []


async def test_a_choice_that_became_a_text_starts_over(desk, sri, upgrade):
    await sri.says("/strict")

    async def script(chat):
        await chat.ask("strict-which", str)

    upgrade("strict", script)
    await starts_over(desk, sri, "1")


async def test_a_script_that_ends_before_its_open_question_starts_over(desk, sri, upgrade):
    await sri.says("/seat")
    await sri.says("1")

    async def script(chat):
        await chat.choose("seat-which", [])

    upgrade("seat", script)
    await starts_over(desk, sri, "Adi")


async def test_a_script_that_leaves_before_its_open_question_starts_over(desk, sri, upgrade):
    await sri.says("/seat")
    await sri.says("1")

    async def script(chat):
        await chat.open("shop")

    upgrade("seat", script)
    await starts_over(desk, sri, "Adi")


async def test_a_recorded_value_that_no_longer_loads_starts_over(desk, sri, monkeypatch):
    await sri.says("/shop")
    await sri.says("1")
    await sri.says("5")
    monkeypatch.setattr(Count, "from_json", classmethod(_reads_no_more))
    await starts_over(desk, sri, "2")


def _reads_no_more(cls, value):
    raise ValueError(value)


async def test_a_recorded_result_of_another_shape_starts_over(desk, sri, upgrade):
    async def before(chat):
        await chat.once("step", effect, chat=chat.id, what="one")
        await chat.ask("seat-for", str, seat="a1")

    async def after(chat):
        await chat.choose("step", [])

    upgrade("strict", before)
    await sri.says("/strict")
    upgrade("strict", after)
    await starts_over(desk, sri, "1")


async def test_a_conversation_that_is_gone_starts_over(desk, sri, monkeypatch):
    await sri.says("/seat")
    monkeypatch.delitem(CONVERSATIONS, "seat")
    desk.restart()
    await starts_over(desk, sri, "apa saja")


async def test_a_conversation_that_is_gone_does_not_stand_in_an_asides_way(desk, sri, monkeypatch):
    await sri.says("/seat")
    monkeypatch.delitem(CONVERSATIONS, "seat")
    await sri.says("/bantuan")
    sri.hears(desk.says("id", "help-text"), OVER)


@pytest.mark.parametrize(
    "kept", [{"v": 1}, {}, {"v": 2, "stack": [["shop"]], "taps": []}, {"v": 2, "stack": 5}]
)
async def test_a_dialogue_of_another_version_starts_over(desk, sri, kept):
    await sri.says("/shop")
    await _keep(desk, kept)
    assert await desk.hear.resume(channel="telegram", account="loket", address="Sri") is None
    await starts_over(desk, sri, "apa saja")
    await sri.says("/shop")
    await _keep(desk, kept)
    await sri.says("/seat")
    sri.hears("Which seat?")
    sri.hears_not(OVER)


async def _keep(desk, kept) -> None:
    async def work(db) -> None:
        chat = await db.scalar(text("SELECT id FROM chats"))
        sealed = db.vault.seal(json.dumps(kept), at=f"chats.dialogue:{chat}")
        await db.run(text("UPDATE chats SET dialogue = :sealed"), {"sealed": sealed})

    await desk.store.write(work)


@pytest.mark.parametrize(("channel", "kept"), [("telegram", 24 * 60), ("whatsapp", 24 * 60), ("web", 15)])
async def test_an_unfinished_dialogue_is_dropped_after_its_time(desk, clock, channel, kept):
    sri = desk.resident(channel=channel)
    await sri.says("/seat")
    clock.move(minutes=kept, seconds=-1)
    await sri.says("1")
    sri.hears("Whom is a1 for?")
    clock.move(minutes=kept)
    assert await desk.hear.resume(channel=channel, account="loket", address="Sri") is None
    await sri.says("Adi")
    sri.hears("belum paham", desk.says("id", "menu-ask"))


async def test_what_was_typed_stands_nowhere_in_the_file_in_clear(desk, sri, tmp_path):
    await sri.says("/seat")
    await sri.says("1")
    await sri.says(f"{NIK} Sri Aminah")
    await sri.says("/seat")
    await sri.says("2")
    await sri.says("/mood")
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for word in (NIK, "Sri Aminah", "seat-for", "is yours", "a1 is"):
        assert word.encode() not in written
    assert b"telegram" in written or desk.store.dialect == "postgresql", "this test reads the right file"


async def test_the_notice_of_a_first_contact_is_shown_once(desk, clock):
    sri = desk.resident()
    await sri.says("/shop")
    sri.hears("Yang kami simpan", "Come in.")
    await sri.says("1")
    sri.hears_not("Yang kami simpan")
    clock.move(days=3)
    await sri.says("halo")
    sri.hears_not("Yang kami simpan")


async def test_a_new_notice_is_shown_to_everybody_once(desk, sri, monkeypatch):
    monkeypatch.setattr("bot.turns.turn.NOTICE_VERSION", 2)
    for shown in (True, False):
        await sri.says("/shop")
        assert ("Yang kami simpan" in sri.screen.text) == shown


async def test_the_notice_waits_when_a_first_message_meets_a_fault(desk, monkeypatch):
    with monkeypatch.context() as broken:
        broken.delitem(CONVERSATIONS, "menu")
        sri = desk.resident()
        await sri.says("halo")
        assert sri.screen.text == desk.says("id", "engine-fault")
    await sri.says("halo")
    sri.hears("Yang kami simpan", desk.says("id", "menu-ask"))


async def test_a_client_that_comes_back_gets_the_open_question(desk):
    sri = desk.resident(channel="web")
    who = {"channel": "web", "account": "loket", "address": "Sri"}
    assert await desk.hear.resume(**who) is None
    await sri.says("/seat")
    shown = await desk.hear.resume(**who)
    assert (shown.text, shown.choices) == ("[id] Which seat?", sri.screen.choices)
    await sri.says("1")
    await sri.says("Adi")
    assert await desk.hear.resume(**who) is None


async def test_showing_a_question_again_carries_out_no_step_of_an_upgrade(desk, upgrade):
    async def before(chat):
        await chat.once("step", effect, chat=chat.id, what="one")
        await chat.ask("seat-for", str, seat="a1")

    async def after(chat):
        await chat.once("step", effect, chat=chat.id, what="one")
        await chat.once("another", effect, chat=chat.id, what="two")
        await chat.ask("seat-for", str, seat="a1")

    sri = desk.resident(channel="web")
    upgrade("strict", before)
    await sri.says("/strict")
    upgrade("strict", after)
    assert await desk.hear.resume(channel="web", account="loket", address="Sri") is None
    assert await desk.effects() == ["one"]


async def test_a_returning_client_is_not_shown_choices_that_digits_would_miss(desk, monkeypatch):
    sri = desk.resident(channel="web")
    await sri.says("/seat")
    monkeypatch.setattr("tests.engine.playground.SEATS", ("z9", "a1"))
    assert await desk.hear.resume(channel="web", account="loket", address="Sri") is None


async def test_what_only_shows_a_question_again_cannot_write(desk, sri):
    async def look(db: Reading) -> None:
        chat = await chats.peek(db, channel="telegram", account="loket", address="Sri")
        scene = scene_of(db, chat, Dialogue(), office=desk.office, caps=sri.phone.caps)
        with pytest.raises(TypeError, match="cannot write"):
            _ = scene.writing

    await desk.store.read(look)
