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
        names = _names(event)
        met = {id(lane): lane for name in names if (lane := lane_of.get(name)) is not None}
        joined = _joined([*met.values()], lane_of)
        joined.append(event)
        lane_of.update(dict.fromkeys(names, joined))
    place = {id(event): number for number, event in enumerate(events)}
    apart = {id(lane): lane for lane in lane_of.values()}
    return [_ordered(sorted(lane, key=lambda event: place[id(event)])) for lane in apart.values()]


def _joined(met: list[Lane], lane_of: dict[Identity, Lane]) -> Lane:
    """One lane of all these; the shorter ones move into the longest, so that no event moves often."""
    longest = max(met, key=len, default=[])
    for lane in met:
        if lane is not longest:
            longest += lane
            for event in lane:
                lane_of.update(dict.fromkeys(_names(event), longest))
    return longest


def _names(event: Event) -> tuple[Identity, ...]:
    what = event.what
    return what.identities if isinstance(what, Heard) else (*what.before, *what.after)


def _ordered(lane: Lane) -> Lane:
    """Sort by time if all events have one; events of the same second keep their order."""
    return sorted(lane, key=lambda event: event.at) if all(event.at for event in lane) else lane
