"""Size of a text on a small phone, and what the notice displaces there (P6)."""

import math
from collections.abc import Callable, Sequence

from handlers.engine.scene import Said

# A phone of 320 × 568 points with default letters: 38 letters per line of a bubble, and 28 lines
# visible with one small scroll.
COLUMNS = 38
LINES = 28
CHARACTERS = 700
# Visible without scrolling, between header and keyboard, with slightly larger letters.
FIRST_COLUMNS = 36
FIRST_LINES = 24

# Omitted from an answer with the notice, the least important first; `status` repeats them.
_GIVES_WAY = (
    "report-standard",
    "report-standard-paused",
    "report-standard-late",
    "report-hours",
    "report-meanwhile",
)


def lines_of(text: str, columns: int = COLUMNS) -> int:
    """Number of lines on a small phone, counting empty ones."""
    return sum(max(1, math.ceil(len(line) / columns)) for line in text.split("\n"))


def fits(text: str) -> bool:
    """Whether a small phone shows the text."""
    return lines_of(text) <= LINES and len(text) <= CHARACTERS


def seen_at_once(text: str) -> bool:
    """Whether a small phone shows the text without scrolling."""
    return lines_of(text, FIRST_COLUMNS) <= FIRST_LINES and fits(text)


def with_notice(
    said: Sequence[Said],
    *,
    whole: Sequence[Said],
    brief: Sequence[Said],
    text_of: Callable[[list[Said]], str],
) -> list[Said]:
    """Prepend the notice: whole if everything is visible at once, else in brief, omitting what can wait.

    `text_of` returns the text of the message, including the open question.
    """
    first = [*whole, *said]
    if seen_at_once(text_of(first)):
        return first
    left = [*brief, *said]
    for key in _GIVES_WAY:
        if fits(text_of(left)):
            return left
        left = [one for one in left if one.key != key]
    return left
