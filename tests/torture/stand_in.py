"""A stand-in for `loket run`, to test the torture tools: claims, plans and answers with the real store.

STAND_IN_FAULT=forgets  moves the offset before it commits: a kill loses messages
STAND_IN_FAULT=repeats  does not claim: a redelivered message has a second effect
"""

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from bot.setup.processes import own_name
from demo.whatsapp_emulator.http import Answer, HttpServer, Request
from domain import codec
from handlers.engine.screen import Screen
from storage.people import chats
from storage.post import outbox, sending
from storage.post.outbox import claim
from storage.session import Writing
from storage.store import Store
from storage.vault import Vault

FAULT = os.environ.get("STAND_IN_FAULT", "")
API = f"{os.environ['LOKET_TELEGRAM_API_BASE']}/bot{os.environ['LOKET_TELEGRAM_TOKEN']}"
ACCOUNT = os.environ["LOKET_TELEGRAM_TOKEN"].partition(":")[0]
OWNER = own_name()
SHIFT = timedelta(seconds=float(os.environ["LOKET_CLOCK_SHIFT"]))


async def main(listen: str) -> None:
    vault = Vault.from_base64(os.environ["LOKET_SECRET_KEY"])
    url = os.environ["LOKET_DATABASE_URL"]
    store = await Store.open(url, vault=vault, clock=lambda: datetime.now(UTC) + SHIFT)  # noqa: TID251

    async def ready(request: Request) -> Answer:
        return Answer()

    await HttpServer(ready, port=int(listen.rpartition(":")[2])).start()
    async with (
        httpx.AsyncClient(base_url=API, trust_env=False, timeout=60) as client,
        asyncio.TaskGroup() as tasks,
    ):
        tasks.create_task(hear(store, client))
        tasks.create_task(carry(store, client))


async def hear(store: Store, client: httpx.AsyncClient) -> None:
    offset = 0
    while True:
        asked = {"offset": offset, "timeout": 30, "limit": 5}
        for update in (await client.post("/getUpdates", json=asked)).json()["result"]:
            offset = update["update_id"] + 1
            if FAULT == "forgets":
                await client.post("/getUpdates", json={"offset": offset, "limit": 1})
                await asyncio.sleep(0.05)  # long enough to be killed in
            await store.write(lambda db, update=update: turn(db, update))


async def turn(db: Writing, update: dict[str, Any]) -> None:
    message = update["message"]
    new = await claim(db, channel="telegram", account=ACCOUNT, message_id=str(update["update_id"]))
    if not new and FAULT != "repeats":
        return
    address = str(message["chat"]["id"])
    chat = await chats.meet(db, channel="telegram", account=ACCOUNT, address=address, language="id")
    screen = codec.dump(Screen(text=f"gema: {message['text']}"))
    await outbox.put(db, chat=chat.id, channel="telegram", priority=0, screen=screen, due_at=db.now)


async def carry(store: Store, client: httpx.AsyncClient) -> None:
    while True:
        await store.write(sending.take_over_expired)
        rows = await store.write(
            lambda db: sending.claim_due(db, channel="telegram", owner=OWNER, limit=5, priorities=(0,))
        )
        for row in rows:
            assert row.screen
            to = int(row.address.rpartition("\x1f")[2])
            await client.post("/sendMessage", json={"chat_id": to, "text": row.screen["text"]})
            sent = sending.Outcome(id=row.id, chat=row.chat, state="sent")
            await store.write(lambda db, sent=sent: sending.record(db, [sent]))
        if not rows:
            await asyncio.sleep(0.01)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[sys.argv.index("--listen") + 1]))
