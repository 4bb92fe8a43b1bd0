"""The office speaks first: planned with its cause, begun once, at a good moment."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from handlers.engine.registry import CONVERSATIONS, Conversation
from handlers.engine.screen import Screen
from storage.people import chats, follows
from storage.post import errands
from storage.session import Writing
from tests.engine.desk import Playground
from tests.support.resident import Resident

DAY = timedelta(days=1)


async def chat_of(desk: Playground, resident: Resident) -> int:
    caps = resident.phone.caps

    async def find(db: Writing) -> int:
        chat = await chats.meet(
            db, channel=caps.channel, account=resident.phone.account, address=resident.name, language="id"
        )
        return chat.id

    return await desk.store.write(find)


async def plan(
    desk: Playground, resident: Resident, argument: str = "ask Adi", *, after: timedelta = DAY, **until: float
) -> bool:
    chat = await chat_of(desk, resident)
    due = desk.clock() + after
    late = due + timedelta(**until) if until else None
    return await desk.store.write(
        lambda db: errands.plan(
            db, chat=chat, conversation="remind", argument=argument, due_at=due, until=late
        )
    )


async def withdraw(desk: Playground, argument: str = "ask Adi") -> int:
    return await desk.store.write(lambda db: errands.withdraw(db, conversation="remind", argument=argument))


async def outcomes(desk: Playground) -> Mapping[str, int]:
    found = await desk.store.read(errands.outcomes)
    return {outcome: count for (_, outcome), count in found.items()}


async def look(desk: Playground) -> None:
    """Let a process that has just been started look for what is due, and the courier bring it."""
    await desk.errands.begin_due()
    for phone in desk.phones.values():
        await desk.courier._carry_due(phone)
    await desk.settle()


async def test_it_is_begun_once_however_often_it_was_planned_and_looked_for(desk, sri):
    assert await plan(desk, sri)
    assert await plan(desk, sri)
    await look(desk)
    sri.hears_not("remind")
    desk.clock.move(days=1)
    for _ in range(3):
        await look(desk)
    assert len(sri.catch_up()) == 1
    sri.hears("We remind you, Adi.", "Are you coming, ask Adi?")
    assert not await plan(desk, sri)
    desk.clock.move(days=-1)
    await look(desk)
    assert sri.catch_up() == []
    assert await outcomes(desk) == {"begun": 1}


async def test_planned_again_while_it_waits_it_moves(desk, sri):
    await plan(desk, sri, after=timedelta(hours=1))
    await plan(desk, sri, after=timedelta(hours=3))
    desk.clock.move(hours=2)
    await look(desk)
    assert sri.catch_up() == []
    desk.clock.move(hours=1)
    await look(desk)
    assert len(sri.catch_up()) == 1


async def test_who_is_just_answering_is_not_interrupted(desk, sri):
    await plan(desk, sri, after=timedelta(minutes=10))
    desk.clock.move(minutes=9)
    await sri.says("/shop")
    desk.clock.move(minutes=1)
    await look(desk)
    assert sri.catch_up() == []
    desk.clock.move(minutes=1)
    await look(desk)
    sri.hears("Are you coming, ask Adi?")
    await sri.says("1")
    sri.hears("Noted.", "What do you take")


async def test_its_buttons_stay_good_when_the_dialogue_is_long_forgotten(desk, sri):
    await plan(desk, sri)
    desk.clock.move(days=1)
    await look(desk)
    pushed = sri.screen
    desk.clock.move(days=3)
    await sri.says("/shop")
    await sri.taps("Ya", of=pushed)
    sri.hears("Noted.", "What do you take")
    await sri.taps("Tidak", of=pushed)
    assert await desk.effects() == ["coming ask Adi True"]


async def test_a_digit_answers_it_days_later_when_it_was_the_last_word(desk, sri):
    await plan(desk, sri)
    desk.clock.move(days=1)
    await look(desk)
    desk.clock.move(days=3)
    await sri.says("2")
    sri.hears("Noted.")
    assert await desk.effects() == ["coming ask Adi False"]
    desk.clock.move(days=2)
    await sri.says("2")
    assert await desk.effects() == ["coming ask Adi False"]


async def test_when_its_time_is_over_its_buttons_are_old(desk, sri):
    await plan(desk, sri, days=2)
    desk.clock.move(days=1)
    await look(desk)
    pushed = sri.screen
    desk.clock.move(days=2)
    await sri.taps("Ya", of=pushed)
    sri.hears("tidak berlaku")
    assert await desk.effects() == []


async def test_what_was_withdrawn_is_not_begun_and_its_buttons_are_old(desk, sri):
    await plan(desk, sri)
    assert await withdraw(desk) == 1
    desk.clock.move(days=1)
    await look(desk)
    assert sri.catch_up() == []
    await plan(desk, sri, "ask Ibu", after=timedelta(0))
    await look(desk)
    pushed = sri.screen
    await withdraw(desk, "ask Ibu")
    desk.clock.move(days=3)
    await sri.taps("Ya", of=pushed)
    sri.hears("tidak berlaku")


async def test_nothing_is_begun_at_night_or_much_too_late(desk, sri):
    await plan(desk, sri, after=timedelta(hours=13))
    await plan(desk, sri, "ask Ibu", after=timedelta(hours=13), hours=6)
    desk.clock.move(hours=14)  # eleven in the evening
    await look(desk)
    assert sri.catch_up() == []
    desk.clock.move(hours=8)
    await look(desk)
    assert len(sri.catch_up()) == 1
    assert await outcomes(desk) == {"begun": 1, "late": 1}


async def test_who_wants_no_messages_gets_none(desk, sri):
    await plan(desk, sri)
    chat = await chat_of(desk, sri)
    await desk.store.write(lambda db: follows.stop(db, chat=chat))
    desk.clock.move(days=1)
    await look(desk)
    assert sri.catch_up() == []
    assert await outcomes(desk) == {"stopped": 1}


async def test_a_conversation_with_nothing_to_say_any_more_stays_silent(desk, sri):
    await plan(desk, sri, "hush")
    desk.clock.move(days=1)
    await look(desk)
    assert sri.catch_up() == []
    assert await outcomes(desk) == {"silent": 1}


async def test_a_push_without_a_question_leaves_what_is_open_open(desk, sri):
    await sri.says("/shop")
    items = sri.screen
    await plan(desk, sri, "tell Adi", after=timedelta(minutes=5))
    desk.clock.move(minutes=5)
    await look(desk)
    sri.hears("We remind you, Adi.")
    assert sri.screen.choices == ()
    await sri.taps("item-3", of=items)
    sri.hears("How many of item-3?")


async def test_a_failing_errand_is_retried_then_given_up_without_blocking_others(desk, sri):
    await plan(desk, sri, "broken")
    await plan(desk, sri)
    desk.clock.move(days=1)
    await look(desk)
    sri.hears("Are you coming, ask Adi?")
    assert await outcomes(desk) == {"begun": 1, "waiting": 1}
    for _ in range(4):
        desk.clock.move(minutes=30)
        await look(desk)
    assert await outcomes(desk) == {"begun": 1, "fault": 1}
    assert await desk.effects() == []


async def test_a_conversation_that_an_upgrade_took_away_is_given_up(desk, sri):
    chat = await chat_of(desk, sri)
    now = desk.clock()
    await desk.store.write(
        lambda db: errands.plan(db, chat=chat, conversation="gone", argument="", due_at=now)
    )
    for _ in range(5):
        await look(desk)
        desk.clock.move(hours=1)
    assert await outcomes(desk) == {"fault": 1}


async def test_a_shared_computer_shows_no_name_and_its_old_buttons_do_nothing(desk):
    browser = desk.resident("browser", channel="web")
    await browser.says("menu")
    await plan(desk, browser)
    desk.clock.move(days=1)
    await look(desk)
    browser.hears("kabar baru")
    browser.hears_not("Adi")
    assert browser.screen.choices == ()
    await browser.says("1")
    assert await desk.effects() == []


@pytest.mark.parametrize("others", [1, 45])
async def test_many_are_begun_in_one_look(desk, others):
    people = [desk.resident(f"Sri {number}") for number in range(others)]
    for one in people:
        await one.says("menu")
        await plan(desk, one)
    desk.clock.move(days=1)
    await look(desk)
    assert await outcomes(desk) == {"begun": others}


async def days_later(desk: Playground, resident: Resident) -> Screen:
    """A push that was shown and not answered for three days."""
    await plan(desk, resident)
    desk.clock.move(days=1)
    await look(desk)
    pushed = resident.screen
    desk.clock.move(days=3)
    return pushed


async def test_its_second_button_is_good_days_later(desk, sri):
    await sri.taps("Tidak", of=await days_later(desk, sri))
    sri.hears("Noted.")
    assert await desk.effects() == ["coming ask Adi False"]


async def test_a_digit_that_is_no_choice_shows_it_again_days_later(desk, sri):
    await days_later(desk, sri)
    await sri.says("7")
    sri.hears("Are you coming, ask Adi?")
    assert await desk.effects() == []
    await sri.taps("Ya")
    assert await desk.effects() == ["coming ask Adi True"]


async def test_its_buttons_are_old_when_it_has_nothing_to_say_any_more(desk, sri, monkeypatch):
    pushed = await days_later(desk, sri)

    async def silent(_chat):
        return

    monkeypatch.setitem(CONVERSATIONS, "remind", Conversation(name="remind", script=silent))
    await sri.taps("Ya", of=pushed)
    sri.hears("tidak berlaku")
    assert await desk.effects() == []


async def test_the_next_person_at_a_shared_computer_answers_no_push_of_before(desk):
    browser = desk.resident("browser", channel="web")
    await browser.says("menu")
    await plan(desk, browser, after=timedelta(minutes=10))
    desk.clock.move(minutes=10)
    await look(desk)
    browser.hears("Are you coming, ask Adi?")
    pushed = browser.screen
    desk.clock.move(minutes=16)
    await browser.taps("Ya", of=pushed)
    browser.hears("tidak berlaku")
    browser.hears_not("Adi")
    assert await desk.effects() == []


async def test_a_push_may_hand_over_to_another_conversation(desk, sri, monkeypatch):
    async def leads(chat):
        await chat.say("remind-head", name=chat.argument)
        await chat.open("news", "Ibu")

    monkeypatch.setitem(CONVERSATIONS, "remind", Conversation(name="remind", script=leads))
    await sri.says("/shop")
    await plan(desk, sri)
    desk.clock.move(days=1)
    await look(desk)
    sri.hears("We remind you, ask Adi.", "Are you coming, Ibu?")
    await sri.says("/strict")
    await sri.says("1")
    sri.hears("a1 is yours", "Are you coming, Ibu?")
    await sri.says("1")
    assert await desk.effects() == ["seat a1", "coming Ibu True"]


async def test_pushes_that_hand_over_in_a_circle_are_given_up(desk, sri, monkeypatch):
    async def again(chat):
        await chat.open("remind")

    monkeypatch.setitem(CONVERSATIONS, "remind", Conversation(name="remind", script=again))
    await plan(desk, sri)
    desk.clock.move(days=1)
    for _ in range(5):
        await look(desk)
        desk.clock.move(hours=1)
    assert sri.catch_up() == []
    assert await outcomes(desk) == {"fault": 1}
