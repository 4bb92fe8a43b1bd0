"""Closures by staff: a day or part of it, at one point or all."""

from dataclasses import dataclass
from datetime import date, datetime, time

from domain.office.week import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """A closed day, or from `starts` to `ends` of it; `point` None means every point."""

    day: date
    reason: str = ""
    point: str | None = None
    starts: time | None = None
    ends: time | None = None

    def __post_init__(self) -> None:
        if self.starts is not None and self.ends is not None and self.starts >= self.ends:
            raise ValueError("the closure ends before it begins")

    @property
    def whole_day(self) -> bool:
        """Whether the whole day is closed."""
        return self.starts is None and self.ends is None

    def concerns(self, point: str) -> bool:
        """Whether it applies to that point."""
        return self.point is None or self.point == point

    def covers(self, wanted: "Closure") -> bool:
        """Whether everything that the other one would close is closed by this one."""
        begins = self.starts is None or (wanted.starts is not None and self.starts <= wanted.starts)
        ends = self.ends is None or (wanted.ends is not None and wanted.ends <= self.ends)
        return self.day == wanted.day and self.point in (None, wanted.point) and begins and ends

    def is_over(self, now: datetime) -> bool:
        """Whether it ended before this moment of the office's zone."""
        return (self.day, self.ends or time.max) <= (now.date(), now.time())

    def touches(self, opens: time, closes: time) -> bool:
        """Whether any minute from `opens` to `closes` (excluded) is closed."""
        return (self.starts is None or self.starts < closes) and (self.ends is None or opens < self.ends)

    def cut(self, span: Span) -> tuple[Span, ...]:
        """What remains open of a span: all, a piece, two pieces, or nothing."""
        if not self.touches(span.opens, span.closes):
            return (span,)
        before = self.starts is not None and span.opens < self.starts
        after = self.ends is not None and self.ends < span.closes
        pieces = []
        if before and self.starts is not None:
            pieces.append(Span(span.opens, self.starts))
        if after and self.ends is not None:
            pieces.append(Span(self.ends, span.closes))
        return tuple(pieces)


def opened(spans: tuple[Span, ...], closures: tuple[Closure, ...]) -> tuple[Span, ...]:
    """What remains open of the spans after all closures."""
    for closure in closures:
        spans = tuple(piece for span in spans for piece in closure.cut(span))
    return spans
