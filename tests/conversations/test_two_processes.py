"""Two processes share the database, and a resident writes twice: each message is heard by another one."""

import asyncio

from sqlalchemy import text

from bot.channel import Heard
from storage import outbox, sending
from storage.sending import Outcome


async def test_a_reply_behind_another_processs_reply_follows_it_soon(counter, sri, monkeypatch):
    """Nobody tells us when that one is out; looking once a second would leave the resident waiting for it."""
    await sri.says("halo")
    monkeypatch.setattr("bot.courier.LOOK_SECONDS", 3600.0)
    monkeypatch.setattr("bot.courier.HURRY_SECONDS", 60.0)
    chat = await counter.store.read(lambda db: db.scalar(text("SELECT id FROM chats")))

    async def another_is_sending(db):
        return await outbox.put(
            db,
            chat=chat,
            channel="telegram",
            priority=outbox.REPLY,
            screen=sri.screen.to_json(),
            due_at=db.now,
            owner="another process",
        )

    row = await counter.store.write(another_is_sending)
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
    async with asyncio.timeout(30):
        await sri.phone.rings.wait()
    sri.hears("Kata yang selalu bisa diketik")
