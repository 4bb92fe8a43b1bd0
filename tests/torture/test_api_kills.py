"""kill -9 while programs use the API: every request counts once, and a repeated one gets its first answer.

TORTURE_KILLS says how often (1 in the suite, 20 under `make torture`), TORTURE_SEED repeats a run.
"""

import asyncio
import os
import random
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from bot.setup.clock import wall_clock
from domain.staff.scopes import TokenScope
from storage import audit
from storage.schema import announcements, applications, jobs, webhook_targets
from storage.session import Reading
from storage.staff import tokens
from storage.store import Store
from storage.vault import Vault
from storage.webhooks.targets import MOST
from tests.api.test_applications import row
from tests.torture.processes import SEED, Loket

KILLS = min(int(os.environ.get("TORTURE_KILLS", "1")), 20)
A_ROUND = 4  # requests of each kind between two kills
ROWS = 20  # of a batch
PAUSE = 0.05

pytestmark = [pytest.mark.torture, pytest.mark.timeout(200 + 40 * KILLS)]


@dataclass(eq=False, frozen=True, slots=True)
class Order:
    """A request with a key and a token."""

    token: str
    path: str
    key: str
    sent: dict[str, Any]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Idempotency-Key": self.key}


def orders(round_: int, token: str) -> list[Order]:
    """Requests of a round; each has an effect of its own that can be counted."""
    made = [
        Order(token, "/webhooks", f"target-{round_}", {"json": {"url": f"https://satu.example/{round_}"}})
    ]
    for place in range(round_ * A_ROUND, (round_ + 1) * A_ROUND):
        draft = {"name": f"Kabar {place}", "text": "Halo.", "status": "PRINTED"}
        rows = [row(1 + place * ROWS + number) for number in range(ROWS)]
        file = "\n".join([",".join(rows[0]), ",".join(row(5000 + place).values())])
        made += [
            Order(token, "/announcements", f"draft-{place}", {"json": draft}),
            Order(token, "/applications:batch", f"batch-{place}", {"json": {"rows": rows}}),
            Order(token, "/imports", f"file-{place}", {"files": {"file": ("daftar.csv", file)}}),
        ]
    return made if round_ < MOST else made[1:]


async def answer_to(client: httpx.AsyncClient, order: Order) -> httpx.Response:
    """Repeat a request until it is answered, as a program does that follows docs/api.md."""
    while True:
        try:
            answer = await client.post(order.path, headers=order.headers, **order.sent)
        except httpx.HTTPError:
            await asyncio.sleep(PAUSE)
            continue
        if answer.is_success:
            return answer
        assert answer.json()["code"] in ("idempotency-busy", "unavailable"), answer.text
        await asyncio.sleep(PAUSE)


async def through_a_kill(
    client: httpx.AsyncClient, loket: Loket, sent: list[Order], chance: random.Random
) -> list[httpx.Response]:
    """Answers to requests that are sent at once; it is killed when some are answered, and others are not."""
    wanted = chance.randrange(len(sent))
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(answer_to(client, order)) for order in sent]
        for _, done in zip(range(wanted), asyncio.as_completed(tasks), strict=False):
            await done
        await loket.lives(chance.random() * PAUSE)
        await loket.is_killed()
        await loket.starts_again()
    return [task.result() for task in tasks]


async def stand(client: httpx.AsyncClient, answers: dict[Order, httpx.Response]) -> None:
    """Send everything again: the first answers come again; files are taken in by then."""
    for order, first in answers.items():
        again = await answer_to(client, order)
        assert (again.status_code, again.content) == (first.status_code, first.content)
        assert again.headers["idempotent-replayed"] == "true"
        while order.path == "/imports":  # a database rings no bell
            found = await client.get(f"/imports/{first.json()['id']}", headers=order.headers)
            if found.json()["state"] == "done":
                break
            await asyncio.sleep(PAUSE)


async def effects(store: Store) -> Counter[str]:
    """How often everything is there that the requests make."""

    async def count(db: Reading) -> Counter[str]:
        found = Counter(f"jobs {one.state}" for one in await db.rows(select(jobs.c.state)))
        for table in (announcements, applications, webhook_targets):
            found[table.name] = int(await db.scalar(select(func.count()).select_from(table)))
        found["audited"] = len(await audit.entries(db, action="webhook-added"))
        return found

    return await store.read(count)


async def test_after_kills_every_request_counted_once_and_its_answer_stands(tmp_path, database_url):
    print(f"TORTURE_SEED={SEED}")
    chance = random.Random(SEED)
    loket = Loket(folder=tmp_path, database_url=database_url)
    store = await Store.open(database_url, vault=Vault.from_base64(loket.key), clock=wall_clock())
    make = {"scopes": frozenset(TokenScope), "actor": audit.SYSTEM, "per_minute": 1_000_000}
    answers: dict[Order, httpx.Response] = {}
    async with (
        loket,
        httpx.AsyncClient(base_url=f"{loket.url}/api/v1", trust_env=False) as client,
    ):
        for round_ in range(KILLS):
            token = await store.write(partial(tokens.create, name=f"Ekspor {round_}", **make))
            sent = orders(round_, token)
            answers |= zip(sent, await through_a_kill(client, loket, sent, chance), strict=True)
        await stand(client, answers)
    found = await effects(store)
    await store.close()
    batches = [one.json() for order, one in answers.items() if order.path == "/applications:batch"]
    number = KILLS * A_ROUND
    assert [one["new"] for one in batches] == [ROWS] * number, "a batch was taken in twice"
    assert found["announcements"] == found["jobs done"] == number
    assert found["applications"] == number * (ROWS + 1)
    assert found["webhook_targets"] == found["audited"] == min(KILLS, MOST)
    assert not loket.traceback
