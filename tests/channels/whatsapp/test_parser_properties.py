"""Parsing a mutated body never raises, and unchanged items are still heard."""

import copy
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channel import Moved
from bot.whatsapp.lanes import lanes
from bot.whatsapp.parser import Event, read
from tests.channels.whatsapp.shapes import (
    ACCOUNT,
    EVERY_KIND,
    JOKO_ID,
    SRI_ID,
    body,
    id_update,
    status,
    system,
    text,
    value,
)
from tests.support.exploring import examples

WHOLE = body(
    value(*EVERY_KIND.values(), text("grup", group_id="1"), text("x", from_user_id=SRI_ID)),
    value(
        statuses=[
            status("failed", errors=[{"code": 131047}]),
            status(
                "delivered", biz_opaque_callback_data="12", pricing={"billable": True, "category": "utility"}
            ),
        ]
    ),
    value(system("user_changed_number", {"wa_id": "628123456009", "user_id": JOKO_ID}), contacts=[]),
    value(contacts=[], user_id_update=[id_update(SRI_ID, JOKO_ID)]),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def reading(whole: Any):
    return read(whole, account=ACCOUNT, reason_of=str)


def places(node: Any, at: tuple = ()):
    """Every place in a body, as the way that leads there."""
    yield at
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from places(child, (*at, key))


PLACES = [place for place in places(WHOLE) if place]


def changed(whole: Any, place: tuple, how: str, junk: Any) -> None:
    holder = whole
    try:
        for key in place[:-1]:
            holder = holder[key]
        if how == "drop":
            del holder[place[-1]]
        elif how == "double":
            holder.append(copy.deepcopy(holder[place[-1]]))
        else:
            holder[place[-1]] = junk
    except (KeyError, IndexError, TypeError, AttributeError):
        return  # an earlier change took the place away


@settings(max_examples=examples(400), suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.sampled_from(PLACES), st.sampled_from(["drop", "junk", "double"]), JSON), max_size=6
    )
)
def test_reading_never_raises_and_every_event_can_be_stored(changes):
    whole = copy.deepcopy(WHOLE)
    for place, how, junk in changes:
        changed(whole, place, how, junk)
    found = reading(whole)
    for event in found.events:
        what = event.what
        assert what.message_id
        names = what.identities if hasattr(what, "identities") else (*what.before, *what.after)
        assert names
        assert all(kind in ("phone", "bsuid", "parent") and name.encode() for kind, name in names)
    assert all(receipt.id and (receipt.reason or receipt.state != "failed") for receipt in found.receipts)
    assert sum(map(len, lanes(found.events))) == len(found.events)


@given(st.sampled_from([place for place in PLACES if place[-2:-1] == ("messages",)]), JSON)
def test_one_message_that_is_broken_takes_no_other_along(place, junk):
    whole = copy.deepcopy(WHOLE)
    changed(whole, place, "junk", junk)
    before = {event.what.message_id for event in reading(WHOLE).events}
    after = {event.what.message_id for event in reading(whole).events}
    holder = WHOLE
    for key in place:
        holder = holder[key]
    assert before - after <= {holder["id"]}


@given(JSON)
def test_any_json_is_read_without_a_fault(junk):
    reading(junk)
    reading(json.loads(json.dumps({"entry": [{"changes": [{"value": junk}]}]})))


@given(st.lists(st.tuples(st.sampled_from("ABCD"), st.integers(0, 3)), max_size=20))
def test_lanes_hold_everything_once_by_person_and_in_order(said):
    messages = [
        text(str(number), sender=None, from_user_id=f"ID.{who}", timestamp=str(1_795_400_000 + at))
        for number, (who, at) in enumerate(said)
    ]
    events = reading(body(value(*messages, contacts=[]))).events
    found = lanes(events)
    assert len(found) == len({who for who, _ in said})
    assert sorted(event.what.text for lane in found for event in lane) == sorted(e.what.text for e in events)
    for lane in found:
        assert len({event.what.address for event in lane}) == 1
        assert [(e.at, int(e.what.text)) for e in lane] == sorted((e.at, int(e.what.text)) for e in lane)


@given(st.lists(st.lists(st.sampled_from("ABCDEF"), min_size=2, max_size=3), max_size=12))
def test_lanes_of_people_who_share_names_are_joined(chains):
    """Against a slow model: sets of names are merged until none overlap."""
    events = [_moved(number, chain) for number, chain in enumerate(chains)]
    people: list[set[str]] = []
    for chain in chains:
        met = [one for one in people if one & {*chain}]
        people = [one for one in people if one not in met] + [{*chain}.union(*met)]
    expected = [[number for number, chain in enumerate(chains) if person & {*chain}] for person in people]
    found = [[event.at for event in lane] for lane in lanes(events)]
    assert sorted(found) == sorted(expected)


def _moved(number: int, chain: list[str]) -> Event:
    before, *after = [(("bsuid", f"ID.{name}"),) for name in chain]
    names = tuple(name for one in after for name in one)
    what = Moved(channel="whatsapp", account=ACCOUNT, message_id=str(number), before=before, after=names)
    return Event(at=number, what=what)


def test_lanes_of_one_person_cost_in_proportion_to_their_messages():
    class Counted(tuple):
        __slots__ = ()
        reads = 0

        def __iter__(self):
            Counted.reads += 1
            return super().__iter__()

    messages = [text(str(number), timestamp=str(1_795_400_000 + number)) for number in range(2000)]
    events = reading(body(value(*messages))).events
    for event in events:
        object.__setattr__(event.what, "identities", Counted(event.what.identities))
    (lane,) = lanes(events)
    assert [event.what.text for event in lane] == [str(number) for number in range(2000)]
    assert Counted.reads <= 4 * len(events)
