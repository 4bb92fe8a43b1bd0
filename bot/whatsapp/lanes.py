"""Events of a webhook, grouped by person, in order of time."""

from collections.abc import Sequence

from bot.channel import Heard
from bot.whatsapp.parser import Event
from storage.people.identities import Identity

Lane = list[Event]


def lanes(events: Sequence[Event]) -> list[Lane]:
    """Events grouped by person, in order of time; a body may have any order.

    Events belong to one person if they share a name, also through a third one.
    """
    if len(events) == 1:  # as in nearly every body
        return [[*events]]
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
    """Sort by time if all events have one; events of the same second keep their order."""
    return sorted(lane, key=lambda event: event.at) if all(event.at for event in lane) else lane
