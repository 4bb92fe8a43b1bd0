"""Waves: the counter serves a limited number of cards a day, so each message names a day and a window (A10).

Cards of one chat get the same window: nobody is called twice for the family's cards.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

from domain.office.week import Span
from domain.refusals.announcements import NoWindows

WINDOW_MINUTES = 60
FURTHEST_DAYS = 366

OpenSpans = Callable[[str, date], Sequence[Span]]
"""Opening spans of a point on a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waves:
    """Cards per day at a counter, and the first day."""

    per_day: int
    begins: date


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Window:
    """Part of a day at a point, with room for some cards."""

    starts_at: datetime
    ends_at: datetime
    room: int = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One line of the preview calendar: cards called to a window of a point."""

    point: str
    starts_at: datetime
    ends_at: datetime
    cards: int
    room: int


def windows(waves: Waves, point: str, open_spans: OpenSpans, zone: timezone) -> Iterator[Window]:
    """Windows of a point from the first day on, each with its share of the day's cards."""
    for ahead in range(FURTHEST_DAYS):
        day = waves.begins + timedelta(days=ahead)
        pieces = [piece for span in open_spans(point, day) for piece in _pieces(day, span, zone)]
        yield from _shared(pieces, waves.per_day)


def assign(
    groups: Iterable[tuple[str, Sequence[int]]],
    waves: Waves,
    open_spans: OpenSpans,
    zone: timezone,
    not_before: datetime | None = None,
) -> dict[int, Window]:
    """Assign a window to every application; `groups` are (point, applications that come together) by priority.

    A group larger than a window gets one for itself. No window begins before `not_before`.

    Raises:
        NoWindows: there is no room within a year.
    """
    held: Counter[tuple[str, datetime]] = Counter()
    lines: dict[str, list[Window]] = {}
    first: dict[str, int] = defaultdict(int)
    found: dict[int, Window] = {}
    for point, members in groups:
        if point not in lines:
            found_windows = windows(waves, point, open_spans, zone)
            lines[point] = [one for one in found_windows if not_before is None or one.starts_at > not_before]
        window = _first_with_room(lines[point], point, len(members), held, first)
        held[point, window.starts_at] += len(members)
        found.update(dict.fromkeys(members, window))
    return found


def families(follows: Iterable[tuple[int, int]], applications: Iterable[int]) -> list[list[int]]:
    """Group applications that should come together: those of one chat, and transitively of their other followers.

    `follows` are (chat, application) pairs. The order is that of `applications`.
    """
    parent: dict[Hashable, Hashable] = {}

    def root(one: Hashable) -> Hashable:
        while parent.setdefault(one, one) != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for chat, application in follows:
        parent[root(("chat", chat))] = root(application)
    together: dict[Hashable, list[int]] = defaultdict(list)
    for application in applications:
        together[root(application)].append(application)
    return list(together.values())


def calendar(found: Mapping[int, Window], points: Mapping[int, str]) -> list[Expected]:
    """Preview: cards per window and point, in the order of days."""
    counted = Counter((points[application], window) for application, window in found.items())
    return [
        Expected(
            point=point, starts_at=window.starts_at, ends_at=window.ends_at, cards=cards, room=window.room
        )
        for (point, window), cards in sorted(counted.items(), key=lambda item: (item[0][1], item[0][0]))
    ]


def _pieces(day: date, span: Span, zone: timezone) -> Iterator[tuple[datetime, datetime]]:
    begins, closes = datetime.combine(day, span.opens, zone), datetime.combine(day, span.closes, zone)
    while begins < closes:
        ends = min(begins + timedelta(minutes=WINDOW_MINUTES), closes)
        yield begins, ends
        begins = ends


def _shared(pieces: Sequence[tuple[datetime, datetime]], per_day: int) -> Iterator[Window]:
    """Share the day's cards by length, exact to the card: sums of shares are rounded, not shares."""
    whole = sum((ends - begins).total_seconds() for begins, ends in pieces)
    before, passed = 0, 0.0
    for begins, ends in pieces:
        passed += (ends - begins).total_seconds()
        until = round(per_day * passed / whole)
        if until > before:
            yield Window(starts_at=begins, ends_at=ends, room=until - before)
        before = until


def _first_with_room(
    line: Sequence[Window],
    point: str,
    size: int,
    held: Mapping[tuple[str, datetime], int],
    first: dict[str, int],
) -> Window:
    """First window with room for all; full windows are skipped for good."""
    while first[point] < len(line) and _left(line[first[point]], point, held) <= 0:
        first[point] += 1
    for window in line[first[point] :]:
        left = _left(window, point, held)
        if left >= size or left == window.room:
            return window
    raise NoWindows


def _left(window: Window, point: str, held: Mapping[tuple[str, datetime], int]) -> int:
    return window.room - held.get((point, window.starts_at), 0)
