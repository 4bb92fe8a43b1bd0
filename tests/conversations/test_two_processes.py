"""Two processes share the database, one beside the other or one after it."""

import asyncio

import pytest
from sqlalchemy import text

from bot.channel import Absent, Heard
from bot.setup.processes import own_name
from domain import codec
from storage.ids import new_id
from storage.post import outbox, sending
from storage.post.sending import Outcome


async def is_sending_to(counter, resident, owner: str) -> tuple[int, int]:
    """Let another process be about to send a reply; give the chat and its row."""
    chat = await counter.store.read(lambda db: db.scalar(text("SELECT id FROM chats")))

    async def plan(db):
        row = new_id()
        screen = codec.dump(resident.screen)
        assert await outbox.put_reply(
            db, chat=chat, channel="telegram", screen=screen, due_at=db.now, owner=owner, row=row
        )
        return row

    return chat, await counter.store.write(plan)


async def test_a_reply_behind_another_processs_reply_follows_it_soon(counter, sri, monkeypatch):
    """No event announces that the earlier reply was sent, and polling once a second would be slow."""
    await sri.says("halo")
    monkeypatch.setattr("bot.sending.courier.LOOK_SECONDS", 3600.0)
    monkeypatch.setattr("bot.sending.courier.HURRY_SECONDS", 60.0)
    chat, row = await is_sending_to(counter, sri, "another process")
    answered = len(sri.screens)
    sri.phone.rings.clear()
    await counter.hear(
        Heard(
            channel="telegram", account=sri.phone.account, message_id="m-2", address=sri.name, text="/bantuan"
        )
    )
    assert len(sri.screens) == answered, "the earlier reply is not out yet"
    out = Outcome(id=row, chat=chat, state="sent")
    await counter.store.write(lambda db: sending.record(db, [out]))
    async with asyncio.timeout(60):
        await sri.phone.rings.wait()
    sri.hears("Kata yang selalu bisa diketik")


async def test_replies_that_cannot_be_shown_here_are_left_to_the_other_process(counter):
    """A browser that connects to another process is absent here. Claiming its replies again and again kept them from there."""
    sri = counter.resident("Sri", channel="web")
    await sri.says("halo")
    tried, goes_on = [], asyncio.Event()

    async def send(parcel):
        tried.append(parcel.id)
        await goes_on.wait()
        raise Absent

    sri.phone.send, sri.phone.present = send, frozenset
    for message in ("m-1", "m-2"):
        said = {"channel": "web", "account": sri.phone.account, "message_id": message, "address": sri.name}
        await counter.hear(Heard(**said, text="/bantuan"))
    goes_on.set()
    await counter.courier.rest(1)
    assert len(tried) == 1
    assert await counter.count("outbox", "state = 'waiting'") == 2


@pytest.mark.first_office
async def test_s11_whoever_follows_a_killed_process_does_not_wait_for_it(counter, sri):
    """A process died between sending and recording; the chat's next reply goes out at once, not after a minute."""
    await sri.says("status")
    machine, _, _ = own_name().split("/")
    await is_sending_to(counter, sri, f"{machine}/4194304/abcd")  # no process has such a number
    await counter.close()
    await counter.open()
    await sri.says("/bantuan")
    sri.hears("Kata yang selalu bisa diketik")
