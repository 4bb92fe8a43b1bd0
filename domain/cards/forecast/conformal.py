"""Adaptive conformal correction: widens or narrows ranges by the errors of past ones.

Gibbs and Candès, "Adaptive Conformal Inference Under Distribution Shift" (arXiv 2106.00170): the level of a tail moves
against its misses, and the range moves by that quantile of past errors. Errors are measured in widths of their range, as
a wait of two months is missed by more days than one of two. They are kept as a histogram that fades, so no error
belongs to anybody.
"""

from dataclasses import dataclass, field

EARLY, LATE = 0.06, 0.03
"""Share of cards that may be ready before the range, and after it, which is worse for those who wait."""
_STEP = 0.02
_FULL = 10  # so many cases in a day move the level by a whole step
_FADES = 0.985  # a day
_LEAST = 20  # errors, below which nothing is corrected
_BIN, _FROM, _TO = 0.1, -3.0, 10.0
_BINS = round((_TO - _FROM) / _BIN)
_FURTHER = 10  # widths added per level below zero: no past error is large enough there
_LOWEST, _HIGHEST = -0.3, 0.5


@dataclass(slots=True)
class Tail:
    """One end of the range: its level, and past errors; positive ones lie outside."""

    misses: float
    level: float = 0.0
    errors: list[float] = field(default_factory=lambda: [0.0] * _BINS)

    def __post_init__(self) -> None:
        self.level = self.misses

    @property
    def correction(self) -> float:
        """By how many widths this end moves outwards; never inwards, where few past weeks would be trusted too much."""
        total = sum(self.errors)
        if total < _LEAST:
            return max(0.0, -self.level) * _FURTHER
        wanted, passed = total * (1 - self.level), 0.0
        for place, errors in enumerate(self.errors):
            if errors and passed + errors >= wanted - 1e-9:
                within = (wanted - passed) / errors
                return max(_FROM + _BIN * (place + min(within, 1.0)), 0.0)
            passed += errors
        last = max(place for place, errors in enumerate(self.errors) if errors)
        return _FROM + _BIN * (last + 1) + max(0.0, -self.level) * _FURTHER

    def add(self, error: float) -> None:
        """Keep the error of a card that is ready now."""
        self.errors[min(max(int((error - _FROM) / _BIN), 0), _BINS - 1)] += 1

    def learn(self, cases: int, misses: int) -> None:
        """Move the level by one day's misses, and let past errors fade."""
        self.errors = [one * _FADES for one in self.errors]
        if cases:
            moved = self.level + _STEP * min(cases / _FULL, 1) * (self.misses - misses / cases)
            self.level = min(max(moved, _LOWEST), _HIGHEST)
