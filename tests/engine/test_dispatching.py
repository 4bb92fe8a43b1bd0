"""One message = one turn = one transaction, and what happens to its answer after the commit."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from bot.channel import Heard
from handlers.engine.registry import CONVERSATIONS, Conversation
from handlers.engine.screen import Screen
from storage.post import sending
from storage.post.outbox import LEASE
from storage.post.sending import FORGOTTEN
from storage.session import StoreDown
from storage.store import Store
from tests.engine.desk import Playground
from tests.support.counter import Counter, counter_of


@pytest.fixture
def slow(desk: Playground, monkeypatch: pytest.MonkeyPatch) -> None:
    """A conversation whose second answer is held back."""

    async def script(chat):
        await chat.ask("seat-for", str, seat="a1")
        chat.pad(3.0)
        await chat.say("seat-full")

    monkeypatch.setitem(CONVERSATIONS, "slow", Conversation(name="slow", script=script, command="slow"))
    desk.restart()


def heard(text: str, message: str = "m-1", **more) -> Heard:
    said = {"channel": "telegram", "account": "loket", "message_id": message, "address": "Sri", "text": text}
    return Heard(**{**said, **more})


@pytest.fixture
async def counter(_sqlite_url: str, vault, clock, tmp_path) -> AsyncIterator[Counter]:
    """The whole office, whose courier runs."""
    store = await Store.open(_sqlite_url, vault=vault, clock=clock)
    opened = counter_of(store, clock, tmp_path)
    await opened.open()
    yield opened
    await opened.close()
    await store.close()


async def states(desk) -> list[str]:
    rows = await desk.store.read(lambda db: db.rows(text("SELECT state FROM outbox ORDER BY id")))
    return [row.state for row in rows]


async def test_s12_the_same_message_three_times_two_at_once_has_one_effect(desk, sri):
    await sri.says("/shop")
    await sri.says("1")
    same = heard("5")
    turns = await asyncio.gather(desk.hear(same), desk.hear(same))
    turns.append(await desk.hear(same))
    assert sorted(turned.duplicate for turned in turns) == [False, True, True]
    await desk.settle()
    assert await desk.effects() == ["put item-1 5"]
    assert len(sri.catch_up()) == 1


async def test_a_message_id_of_another_channel_or_account_is_another_message(desk):
    for more in ({}, {"channel": "web"}, {"account": "other"}):
        assert not (await desk.hear(heard("/shop", **more))).duplicate


async def test_an_answer_travels_inline_when_it_is_asked_for(desk):
    turned = await desk.hear(heard("/shop"), inline=True)
    assert turned.inline is not None
    assert (turned.inline.address, turned.inline.priority, turned.inline.attempts) == ("Sri", 0, 1)
    assert await states(desk) == ["sending"], "committed before it is written"
    await desk.hear.written(turned.inline)
    await desk.settle()
    assert await states(desk) == ["sent"]
    assert desk.phones["telegram"].screens == {}, "it is not sent a second time"


async def test_an_inline_answer_that_was_never_written_is_sent_after_its_lease(desk, clock):
    await desk.hear(heard("/shop"), inline=True)
    clock.move(seconds=LEASE.total_seconds() + 1)
    assert await desk.store.write(sending.take_over_expired) == 1
    assert await states(desk) == ["waiting"]


async def test_an_answer_of_an_unconfirmed_commit_does_not_wait_for_its_lease(counter, monkeypatch):
    """The database committed and was gone: the message comes again as a duplicate, and nobody carries its answer."""
    sri, write = counter.resident("Sri"), counter.store.write

    async def loses_connection(work):
        monkeypatch.undo()
        await write(work)
        raise StoreDown("the connection was lost after COMMIT")

    monkeypatch.setattr(counter.store, "write", loses_connection)
    said = heard("/menu")
    with pytest.raises(StoreDown):
        await counter.hear(said)
    assert (await counter.hear(said)).duplicate
    counter.clock.move(seconds=FORGOTTEN.total_seconds() + 1)
    await counter.courier._look_after_leases()
    await counter.settle()
    sri.hears("Ada yang bisa kami bantu")


async def test_an_answer_that_is_on_its_way_is_not_sent_again(counter, monkeypatch):
    """A provider may take longer than it takes to call an answer forgotten."""
    sri = counter.resident("Sri")
    goes_on = asyncio.Event()
    send = sri.phone.send

    async def slowly(parcel):
        await goes_on.wait()
        return await send(parcel)

    monkeypatch.setattr(sri.phone, "send", slowly)
    await counter.hear(heard("/menu"))
    counter.clock.move(seconds=FORGOTTEN.total_seconds() + 1)
    await counter.courier._look_after_leases()
    goes_on.set()
    await counter.settle()
    assert len(sri.screens) == 1


async def test_a_reply_of_a_dead_process_does_not_block_the_chat(desk):
    await desk.hear(heard("/shop"), inline=True)
    dead = desk.courier.owner
    desk.restart()
    assert await desk.store.write(lambda db: sending.take_over_expired(db, alive=lambda _owner: True)) == 0
    assert (
        await desk.store.write(lambda db: sending.take_over_expired(db, alive=lambda one: one != dead)) == 1
    )
    assert await states(desk) == ["waiting"]


async def test_an_answer_behind_an_open_one_keeps_its_place(desk, sri):
    first = await desk.hear(heard("/shop"), inline=True)
    second = await desk.hear(heard("1", "m-2"), inline=True)
    third = await desk.hear(heard("5", "m-3"))
    assert (second.inline, third.inline) == (None, None)
    assert await states(desk) == ["sent", "sending", "waiting", "waiting"]
    sri.catch_up()
    await desk.hear.written(first.inline)
    await desk.settle()
    assert await states(desk) == ["sent"] * 4
    assert [screen.text.split("]")[1][:9] for screen in sri.catch_up()] == [" How many", " What do "]


async def test_an_open_answer_of_somebody_else_holds_nobody_up(desk):
    await desk.hear(heard("/shop"), inline=True)
    assert (await desk.hear(heard("/shop", "m-2", address="Budi"), inline=True)).inline is not None


async def test_equal_answers_leave_no_earlier_than_their_padding(desk, sri, slow):
    await sri.says("/slow")
    await sri.says("apa saja")
    [waited] = desk.padded
    assert 2.0 < waited <= 3.0, "what the work took is taken off"
    due, made = await desk.store.read(
        lambda db: db.one(text("SELECT due_at, created_at FROM outbox ORDER BY id DESC LIMIT 1"))
    )
    assert due > made


async def test_a_padded_answer_behind_an_open_one_waits_for_both(desk, sri, slow, clock):
    await sri.says("/slow")
    open_answer = await desk.hear(heard("/bantuan"), inline=True)
    await desk.hear(heard("apa saja", "m-2"))
    await desk.hear.written(open_answer.inline)
    await desk.settle()
    assert (await states(desk))[-1] == "waiting", "its own time has not come"
    clock.move(seconds=3)
    [late] = await desk.store.write(
        lambda db: sending.claim_due(db, channel="telegram", owner="x", limit=5, priorities=[0])
    )
    assert late.screen["text"] == "[id] Somebody sits there."


async def test_when_nothing_can_be_committed_the_sender_must_try_again(desk, sri, monkeypatch):
    await sri.says("/shop")
    await sri.says("1")

    async def down(*_args, **_more):
        raise StoreDown("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr("storage.post.outbox.put_reply", down)
        with pytest.raises(StoreDown):
            await desk.hear(heard("5"))
    assert await desk.effects() == []
    assert not (await desk.hear(heard("5"))).duplicate, "the claim is gone with the rest"
    assert await desk.effects() == ["put item-1 5"]


async def test_a_store_that_goes_down_within_a_step_is_no_fault(desk, sri, monkeypatch):
    async def script(chat):
        await chat.once("down", _down)

    monkeypatch.setitem(CONVERSATIONS, "down", Conversation(name="down", script=script, command="down"))
    desk.restart()
    with pytest.raises(StoreDown):
        await desk.hear(heard("/down"))
    assert await states(desk) == ["sent"], "no apology"


async def _down(db) -> None:
    raise StoreDown("the line was cut")


async def test_a_photo_is_two_turns(desk, sri):
    await sri.says("/seat")
    await sri.says("1")
    answered = len(sri.screens)
    photo = heard("", "p-1", kind="photo", media="file-1")
    assert not (await desk.hear(photo)).duplicate
    assert desk.photos._news.is_set(), "the worker is woken"
    assert len(sri.screens) == answered, "the first turn is silent"
    assert (await desk.hear(photo)).duplicate
    await desk.hear(heard("", "p-1:media", kind="photo"))
    await desk.settle()
    sri.hears("kode QR pada foto tidak terbaca", "Whom is a1 for?")
    await desk.hear(heard("", "p-2", kind="photo", media="file-2"))
    await desk.hear(heard("Adi", "p-2:media"))
    await desk.settle()
    sri.hears("a1 is yours")


async def test_a_file_that_cannot_be_fetched_is_told_to_be_one(desk, sri):
    await sri.sends(kind="file")
    sri.hears(desk.says("id", "engine-unsupported", kind="file"))


@pytest.mark.parametrize(
    "first",
    [{"text": "halo"}, {"text": "/menu"}, {"kind": "photo", "media": "m"}, {"kind": "choice", "choice": "x"}],
)
async def test_a_group_is_refused_at_first_and_at_each_command(desk, first):
    group = desk.resident("Keluarga")
    await group.sends(group=True, **first)
    group.hears("tidak bisa dipakai di grup")
    assert len(group.screen.text) < 300, "no notice, no question"
    for more in ({"text": "halo"}, {"kind": "choice", "choice": "x"}, {"kind": "photo", "media": "m"}):
        await group.sends(group=True, **more)
    assert len(group.screens) == 1, "its chatter is not interrupted again"
    await group.sends(text="/status 3516994107900001", group=True)
    group.hears("tidak bisa dipakai di grup")
    assert len(group.screens) == 2


async def test_who_blocked_us_is_stopped_in_silence(desk, sri):
    answered = len(sri.screens)
    await sri.sends(kind="blocked")
    assert len(sri.screens) == answered
    stopped = await desk.store.read(lambda db: db.one(text("SELECT stopped_why FROM chats")))
    assert stopped.stopped_why == "blocked"


async def test_an_answer_with_a_file_does_not_travel_inline(desk, monkeypatch):
    from bot.turns import turn
    from handlers.engine.screen import File

    def word(*_args, **_more) -> Screen:
        return Screen(text="tiket", files=(File(name="t.png", mime="image/png", data=b"x"),))

    monkeypatch.setattr(turn, "word", word)
    assert (await desk.hear(heard("/shop"), inline=True)).inline is None
    assert desk.phones["telegram"].screens["Sri"][0].files
