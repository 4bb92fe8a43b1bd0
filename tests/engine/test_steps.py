"""What a script does once: effects, refusals, faults."""

import pytest
from structlog.testing import capture_logs

from tests.engine.playground import WORLD


async def test_a_step_is_carried_out_once_however_often_the_script_is_replayed(desk, sri):
    await sri.says("/shop")
    await sri.says("1")
    await sri.says("5")
    for text in ("apa?", "/bantuan", "english"):
        await sri.says(text)
    desk.restart()
    await sri.says("1")
    assert await desk.effects() == ["put item-1 5"]


async def test_a_refusal_that_is_caught_goes_on_and_stays_refused(desk, sri):
    budi = desk.resident("Budi")
    await budi.says("/strict")
    await budi.says("1")
    await sri.says("/seat")
    await sri.says("1")
    sri.hears("Somebody sits there.", "Another one?")
    await sri.says("ya")
    await sri.says("2")
    sri.hears("Whom is a2 for?")
    assert await desk.effects() == ["seat a1", "seat a2"], "the refused step undid its own writes"
    await sri.says("Adik")
    sri.hears("a2 is yours")


async def test_a_refusal_that_is_not_caught_is_told_and_ends_the_conversation(desk, sri):
    for _ in range(2):
        await sri.says("/strict")
        await sri.says("1")
    sri.hears("baru saja terisi")
    assert await desk.effects() == ["seat a1"]
    await sri.says("1")
    sri.hears("Ada yang bisa kami bantu")


async def test_a_fault_is_answered_once_and_leaves_everything_as_it_was(desk, sri):
    await sri.says("/shop")
    await sri.says("1")
    WORLD.broken = True
    with capture_logs() as logs:
        await sri.says("5")
    assert sri.screen.text == desk.says("id", "engine-fault")
    assert await desk.effects() == []
    [fault] = logs
    assert (fault["event"], fault["log_level"], fault["fault"]) == ("turn.fault", "error", "Broken")
    assert (fault["conversation"], fault["step"]) == ("shop", "shop-count")
    assert fault["turn"]
    assert "Sri Aminah" not in str(fault), "the fault's own words may be a resident's"
    assert "3516" not in str(fault)
    await sri.says("5")
    assert await desk.effects() == ["put item-1 5"], "the question had stayed open"


async def test_a_message_that_met_a_fault_stays_claimed(desk, sri):
    await sri.says("/shop")
    await sri.says("1")
    WORLD.broken = True
    await sri.sends(text="5", message_id="same")
    answered = len(sri.screens)
    await sri.sends(text="5", message_id="same")
    assert await desk.effects() == []
    assert len(sri.screens) == answered


async def test_a_nik_is_deleted_also_when_its_turn_fails(desk, sri):
    await sri.says("/seat")
    await sri.says("1")
    await sri.says("3516994107900001", said_in="said-9")
    assert sri.screen.deletes == "said-9"
    await sri.says("/shop")
    await sri.says("1")
    WORLD.broken = True
    await sri.says("5", said_in="said-10")
    assert sri.screen.deletes is None


async def test_a_text_that_cannot_be_said_is_a_fault_too(desk, sri, monkeypatch):
    monkeypatch.setattr("tests.engine.playground.tell_help.__code__", _says_nothing_known.__code__)
    await sri.says("/bantuan")
    assert sri.screen.text == desk.says("id", "engine-fault")


async def _says_nothing_known(chat):
    await chat.say("no-such-text")


@pytest.mark.parametrize("channel", ["telegram", "web"])
async def test_an_answer_that_cannot_be_recorded_is_a_fault_not_a_loop(desk, channel, monkeypatch):
    """A recorded value that is no JSON: the transaction must not fail as a whole, or the message comes back for ever."""
    from handlers.engine.registry import CONVERSATIONS, Conversation

    async def script(chat):
        await chat.ask("seat-for", _not_json, seat="a1")
        await chat.ask("seat-for", str, seat="a2")

    monkeypatch.setitem(CONVERSATIONS, "odd", Conversation(name="odd", script=script, command="odd"))
    desk.restart()
    sri = desk.resident(channel=channel)
    await sri.says("/odd")
    await sri.says("apa saja")
    assert sri.screen.text == desk.says("id", "engine-fault")


def _not_json(text: str) -> dict:
    return {"it": object()}


async def test_equal_answers_are_held_back_and_a_replay_is_not(desk, sri, monkeypatch):
    from handlers.engine.registry import CONVERSATIONS, Conversation

    async def script(chat):
        await chat.ask("seat-for", str, seat="a1")
        chat.pad(2.0)
        chat.pad(1.0)
        await chat.ask("seat-for", str, seat="a2")

    monkeypatch.setitem(CONVERSATIONS, "slow", Conversation(name="slow", script=script, command="slow"))
    desk.restart()
    await sri.says("/slow")
    assert desk.padded == []
    await sri.says("x")
    assert desk.padded == [pytest.approx(2.0, abs=0.5)]
    await sri.sends(kind="voice")
    assert len(desk.padded) == 1
