"""Contents of webhooks: envelopes of values, values of messages and statuses."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from demo.whatsapp_emulator.refusals import RefusedCall
from demo.whatsapp_emulator.world import Bubble, EmulatedPerson, Json, World


def envelope(values: Iterable[Json], *, account: str, per_entry: int = 1) -> Json:
    """One body with the values, `per_entry` changes in each entry."""
    changes = [{"value": value, "field": "messages"} for value in values]
    groups = [changes[start : start + per_entry] for start in range(0, len(changes), per_entry)]
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": account, "changes": group} for group in groups],
    }


def inbound(world: World, person: EmulatedPerson, message: Json) -> Json:
    """Value with a person's message."""
    return _value(world, contacts=[person.contact], messages=[message])


def system(world: World, message: Json) -> Json:
    """Value with a system message; it has no contacts."""
    return _value(world, messages=[message])


def merged(values: Sequence[Json]) -> list[Json]:
    """One value with all messages and statuses of the given ones, as in the platform's batches."""
    together: Json = {}
    for value in values:
        for key, part in value.items():
            if isinstance(part, list):
                together.setdefault(key, []).extend(one for one in part if one not in together[key])
            else:
                together.setdefault(key, part)
    return [together] if together else []


def status(
    world: World, bubble: Bubble, person: EmulatedPerson | None, *, state: str, why: RefusedCall | None = None
) -> Json:
    """Value with the state of a message.

    `pricing` comes with both `sent` and `delivered` (or `read` without it), so adding up both counts twice;
    a `failed` status has neither contacts nor pricing.
    """
    one: Json = {"id": bubble.id, "status": state, "timestamp": stamp(world.now)}
    if person is not None:
        names = {"recipient_id": person.phone, "recipient_user_id": person.user_id}
        one |= {key: value for key, value in names.items() if value}
    else:
        one["recipient_id"] = str(bubble.payload.get("to", "")).removeprefix("+")
    data = bubble.payload.get("biz_opaque_callback_data")
    if data is not None:
        one["biz_opaque_callback_data"] = data
    if why is not None:
        return _value(world, statuses=[one | {"errors": [why.as_status_error()]}])
    if state in {"sent", "delivered"}:
        one["pricing"] = {
            "billable": True,
            "pricing_model": "PMP",
            "category": bubble.category,
            "type": "regular",
        }
    contacts = {"contacts": [person.contact]} if person is not None else {}
    return _value(world, **contacts, statuses=[one])


def stamp(moment: datetime) -> str:
    """A time as in webhooks: seconds, as text."""
    return str(int(moment.timestamp()))


def _value(world: World, **parts: Any) -> Json:
    return {"messaging_product": "whatsapp", "metadata": world.metadata, **parts}
