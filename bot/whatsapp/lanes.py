"""Which events of a body belong to one person, and in which order they happened."""

from collections.abc import Sequence

from bot.channel import Heard
from bot.whatsapp.reading import Event
from storage.people.identities import Identity

Lane = list[Event]


def lanes(events: Sequence[Event]) -> list[Lane]:
    """The events by person, each person's in the order of their moments; a body may hold them in any other.

    Two events are one person's when they share a name, also over a third one.
    """
    lane_of: dict[Identity, Lane] = {}
    for event in events:
        met = {id(lane): lane for name in _names(event) if (lane := lane_of.get(name)) is not None}
        joined = [*(earlier for lane in met.values() for earlier in lane), event]
        for one in joined:
            lane_of.update(dict.fromkeys(_names(one), joined))
    place = {id(event): number for number, event in enumerate(events)}
    apart = {id(lane): lane for lane in lane_of.values()}
    return [_ordered(sorted(lane, key=lambda event: place[id(event)])) for lane in apart.values()]


def _names(event: Event) -> tuple[Identity, ...]:
    what = event.what
    return what.identities if isinstance(what, Heard) else (*what.before, *what.after)


def _ordered(lane: Lane) -> Lane:
    """By moment where every event tells one; what happened in the same second stays as it came."""
    return sorted(lane, key=lambda event: event.at) if all(event.at for event in lane) else lane
