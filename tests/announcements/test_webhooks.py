"""Other systems are told that an announcement is out, once, by its id alone."""

import json

from sqlalchemy import select

from domain.webhooks.webhook import EventType
from storage.schema import webhook_deliveries
from storage.webhooks import targets


async def told(hall) -> list[dict]:
    query = select(webhook_deliveries.c.body).order_by(webhook_deliveries.c.event_id)
    return [json.loads(row.body) for row in await hall.store.read(lambda db: db.rows(query))]


async def test_the_end_of_an_announcement_is_told_once(hall, officer):
    url, kinds = "https://hooks.example", [EventType.ANNOUNCED]
    await hall.store.write(lambda db: targets.add(db, url=url, events=kinds, numbers=True, actor="system"))
    await hall.crowd(2)
    announcement = await hall.announces(officer)
    assert await told(hall) == []
    await hall.passes(seconds=61)
    await hall.passes(hours=1)
    ((kind, data),) = [(one["type"], one["data"]) for one in await told(hall)]
    assert (kind, data) == ("announcement.finished", {"announcement": str(announcement)})


async def test_an_announcement_that_was_withdrawn_is_not_told(hall, officer):
    url, kinds = "https://hooks.example", [EventType.ANNOUNCED]
    await hall.store.write(lambda db: targets.add(db, url=url, events=kinds, numbers=False, actor="system"))
    await hall.crowd(1)
    announcement = await hall.announces(officer)
    assert await hall.steers("undo", announcement, officer) is None
    await hall.passes(hours=1)
    assert await told(hall) == []
