"""Admins see where events go and what did not arrive, and send it again; addresses and secrets are not shown."""

from sqlalchemy import update

from domain.staff.roles import Role
from domain.webhooks.webhook import EventType
from storage.schema import webhook_deliveries, webhook_targets
from storage.webhooks import deliveries, targets
from storage.webhooks.events import Message, tell
from tests.console.conftest import ConsoleCounter

HOME = "/staf/webhook"
URL = "https://antrian.example/loket?kunci=RAHASIA"


async def lost(counter: ConsoleCounter, count: int) -> int:
    """A target with so many events that were given up."""

    async def make(db) -> int:
        target, _ = await targets.add(db, url=URL, events=[*EventType], numbers=False, actor="system")
        await tell(db, EventType.CASE_CLOSED, lambda: [Message({"case": str(one)}) for one in range(count)])
        values = {"due_at": None, "give_up_at": None, "given_up_on": db.now.date(), "outcome": "http-500"}
        await db.run(update(webhook_deliveries).values(**values))
        return target

    return await counter.store.write(make)


async def counts(counter: ConsoleCounter) -> dict[str, int]:
    return await counter.store.read(deliveries.counts)


async def test_what_was_given_up_is_listed_and_sent_again(counter: ConsoleCounter):
    target = await lost(counter, 3)
    admin = await counter.enter(Role.ADMIN)
    page = (await admin.opens(HOME)).text
    assert "antrian.example" in page
    assert "3 menyerah" in page
    assert page.count("case.closed") == 3
    assert "http-500" in page
    assert "RAHASIA" not in page
    one = await counter.store.read(lambda db: deliveries.given_up(db, limit=1))
    path = f"{HOME}/{target}/kirim"
    assert "dikirim lagi" in (await admin.sends(HOME, path, peristiwa=str(one[0].event))).text
    assert (await counts(counter))["given_up"] == 2
    await admin.sends(HOME, path)
    assert (await counts(counter))["waiting"] == 3
    lines = await counter.store.read(lambda db: db.rows(webhook_deliveries.select()))
    assert {line.attempts for line in lines} == {0}


async def test_a_disabled_target_is_enabled_and_removed(counter: ConsoleCounter):
    target = await lost(counter, 1)
    await counter.store.write(lambda db: targets.disable(db, target=target, why="http-410"))
    admin = await counter.enter(Role.ADMIN)
    assert "mati sejak" in (await admin.opens(HOME)).text
    told = await admin.sends(HOME, f"{HOME}/{target}/nyalakan")
    assert "menyala lagi" in told.text
    assert "mati sejak" not in told.text
    told = await admin.sends(HOME, f"{HOME}/{target}/hapus")
    assert "Belum ada penerima" in told.text
    assert await counter.store.read(lambda db: db.rows(webhook_targets.select())) == []
