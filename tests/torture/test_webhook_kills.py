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

KILLS = min(int(os.environ.get("TORTURE_KILLS", "1")), 20)
A_ROUND = 300  # events written before each kill: some are left when it comes, however fast they are sent
LEASE_ENDS = 31.0

pytestmark = [pytest.mark.torture, pytest.mark.timeout(120 + 30 * KILLS)]


async def tells(store: Store, round_: int) -> None:
    """Write the events of a round, as another process does."""
    cases = range(round_ * A_ROUND, (round_ + 1) * A_ROUND)
    messages = [Message({"case": str(number)}) for number in cases]
    await store.write(lambda db: tell(db, EventType.CASE_CLOSED, lambda: messages))


async def test_after_kills_every_event_has_arrived_under_one_id(tmp_path, database_url):
    print(f"TORTURE_SEED={SEED}")
    chance = random.Random(SEED)
    key = Vault.new_key()
    settings = {"LOKET_WEBHOOK_NETWORKS": "127.0.0.0/8"}
    run = Loket(folder=tmp_path, database_url=database_url, key=key, settings=settings)
    async with receiving() as receiver, run as loket:
        store = await Store.open(database_url, vault=Vault.from_base64(key), clock=wall_clock())
        make = {"events": [EventType.CASE_CLOSED], "numbers": False, "actor": SYSTEM}
        _, secret = await store.write(partial(targets.add, url=receiver.url, **make))
        for round_ in range(KILLS):
            await tells(store, round_)
            await receiver.gets(len(receiver.calls) + chance.randrange(1, A_ROUND))
            await loket.lives(chance.random() * 0.1)
            await loket.is_killed()
            await loket.starts_again(after_seconds=LEASE_ENDS)
        await store.close()
        await receiver.gets_all(KILLS * A_ROUND, within=120)
    found = Counter((call.id, json.loads(call.body)["data"]["case"]) for call in receiver.calls)
    assert len(found) == KILLS * A_ROUND
    assert len({event for event, _ in found}) == len({case for _, case in found}) == len(found)
    assert sum(found.values()) <= KILLS * (A_ROUND + 500)  # what was sent since the last record of each
    assert all(call.verified(secret) for call in receiver.calls[-20:])
    assert not loket.traceback
