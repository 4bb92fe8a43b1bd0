"""Steps of an appointment at the counter, and the order in which waiting people are called.

booked → arrived → called → served, each of which may be skipped except before a call;
booked, arrived, called → no-show → arrived or served, if they come late;
booked, arrived, called → open at the end of the day → any of them the next morning.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.appointments.booking import BookingState, TicketCode

UNDO_FOR = timedelta(minutes=10)
"""How long the last step can be taken back."""

_S = BookingState
EARLIER: Mapping[BookingState, frozenset[BookingState]] = {
    _S.ARRIVED: frozenset({_S.BOOKED, _S.NO_SHOW, _S.OPEN}),
    _S.CALLED: frozenset({_S.ARRIVED}),
    _S.SERVED: frozenset({_S.BOOKED, _S.ARRIVED, _S.CALLED, _S.NO_SHOW, _S.OPEN}),
    _S.NO_SHOW: frozenset({_S.BOOKED, _S.ARRIVED, _S.CALLED, _S.OPEN}),
    _S.OPEN: frozenset({_S.BOOKED, _S.ARRIVED, _S.CALLED}),
}
"""The states from which each step may be taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """A person who waits to be called, or was called."""

    booking: int
    code: TicketCode
    starts_at: datetime
    arrived_at: datetime
    called_at: datetime | None
    desk: int | None
    walked_in: bool
    today: bool

    @property
    def has_time(self) -> bool:
        """Whether they have an appointment of today; a ticket of another day counts as none."""
        return self.today and not self.walked_in


def in_order(people: Iterable[Here], *, walk_in_every: int = 0, since_walk_in: int = 0) -> list[Here]:
    """People in the order in which they are called: by appointment time, then by arrival.

    Without an appointment their time is the one they were given, if `walk_in_every` is 0. Otherwise one of them
    is called, by arrival, after so many with an appointment (`since_walk_in` were called already), or when nobody
    else waits.
    """
    line = sorted(
        people, key=lambda one: (one.starts_at if one.today else one.arrived_at, one.arrived_at, one.booking)
    )
    if not walk_in_every:
        return line
    timed = [one for one in line if one.has_time]
    others = sorted((one for one in line if not one.has_time), key=lambda one: (one.arrived_at, one.booking))
    ordered: list[Here] = []
    while timed or others:
        is_walk_ins_turn = since_walk_in >= walk_in_every or not timed
        if others and is_walk_ins_turn:
            ordered.append(others.pop(0))
            since_walk_in = 0
        else:
            ordered.append(timed.pop(0))
            since_walk_in += 1
    return ordered


def called_since_walk_in(called: Sequence[Here]) -> int:
    """How many with an appointment were called after the last one without; `called` is newest first."""
    count = 0
    for one in called:
        if not one.has_time:
            break
        count += 1
    return count
