"""kill -9 at random moments of sending webhooks: every event arrives, a repeated one under its own id.

TORTURE_KILLS says how often (1 in the suite, 20 under `make torture`), TORTURE_SEED repeats a run.
"""

import json
import os
import random
from collections import Counter
from functools import partial

import pytest

from bot.setup.clock import wall_clock
from domain.webhooks.webhook import EventType
from storage.audit import SYSTEM
from storage.store import Store
from storage.vault import Vault
from storage.webhooks import targets
from storage.webhooks.events import Message, tell
from tests.torture.processes import SEED, Loket
from tests.webhooks.receiver import receiving

LONG = "TORTURE_KILLS" in os.environ
KILLS = min(int(os.environ.get("TORTURE_KILLS", "1")), 20)
EVENTS = 2000 if LONG else 200
LEASE_ENDS = 31.0

pytestmark = [pytest.mark.torture, pytest.mark.timeout(120 + 30 * KILLS)]


async def written(database_url: str, key: str, url: str) -> str:
    """Write the events as another process does; give the target's secret."""
    store = await Store.open(database_url, vault=Vault.from_base64(key), clock=wall_clock())

    async def write(db) -> str:
        make = partial(targets.add, url=url, events=[EventType.CASE_CLOSED], numbers=False, actor=SYSTEM)
        _, secret = await make(db)
        messages = [Message({"case": str(number)}) for number in range(EVENTS)]
        await tell(db, EventType.CASE_CLOSED, lambda: messages)
        return secret

    try:
        return await store.write(write)
    finally:
        await store.close()


async def test_after_kills_every_event_has_arrived_under_one_id(tmp_path, database_url):
    print(f"TORTURE_SEED={SEED}")
    chance = random.Random(SEED)
    key = Vault.new_key()
    settings = {"LOKET_WEBHOOK_NETWORKS": "127.0.0.0/8"}
    run = Loket(folder=tmp_path, database_url=database_url, key=key, settings=settings)
    async with receiving() as receiver, run as loket:
        secret = await written(database_url, key, receiver.url)
        for _ in range(KILLS):
            await receiver.gets(len(receiver.calls) + EVENTS // (KILLS + 2))
            await loket.lives(chance.random() * 0.1)
            await loket.is_killed()
            await loket.starts_again(after_seconds=LEASE_ENDS)
        await receiver.gets_all(EVENTS, within=120)
    found = Counter((call.id, json.loads(call.body)["data"]["case"]) for call in receiver.calls)
    assert len(found) == EVENTS
    assert len({event for event, _ in found}) == len({case for _, case in found}) == EVENTS
    assert sum(found.values()) <= EVENTS + KILLS * 500  # what was sent since the last record of each
    assert all(call.verified(secret) for call in receiver.calls[-20:])
    assert not loket.traceback
