"""What a resident does in a chat is told to other systems, without what they typed."""

import json

from sqlalchemy import select

from domain.webhooks.webhook import EventType
from storage.schema import webhook_deliveries
from storage.webhooks import targets
from tests.conversations.appointments.steps import books
from tests.support.people import SRI


async def test_a_booking_in_a_chat_is_told_by_its_ticket_code(counter, sri):
    url = "https://hooks.example"
    make = {"url": url, "events": [*EventType], "numbers": False, "actor": "system"}
    await counter.store.write(lambda db: targets.add(db, **make))
    code = await books(sri, SRI)
    query = select(webhook_deliveries.c.body).order_by(webhook_deliveries.c.event_id)
    (body,) = [row.body for row in await counter.store.read(lambda db: db.rows(query))]
    event = json.loads(body)
    assert (event["type"], event["data"]["appointment"]) == ("appointment.booked", code)
    assert not any(SRI[name] in body for name in ("nik", "nama", "no_registrasi"))
