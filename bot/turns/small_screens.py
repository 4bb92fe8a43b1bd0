"""Whether a text fits the screen of a small phone, and what gives way where the notice needs its room (P6)."""

import math
from collections.abc import Callable, Sequence

from handlers.engine.scene import Said

# A phone of 320 × 568 points at its usual letter size: 38 letters fit a line of a bubble, and with one stroke of the
# thumb, which a resident makes without noticing, 28 lines are seen.
COLUMNS = 38
LINES = 28
CHARACTERS = 700
# What nobody has to move for, below the head of the chat and above the keyboard, with letters a little larger.
FIRST_COLUMNS = 36
FIRST_LINES = 24

# Left out of an answer that is said together with the notice, the least needed first; `status` says them again.
_GIVES_WAY = (
    "report-standard",
    "report-standard-paused",
    "report-standard-late",
    "report-hours",
    "report-meanwhile",
)


def lines_of(text: str, columns: int = COLUMNS) -> int:
    """How many lines a text takes on a small phone; an empty line is one, too."""
    return sum(max(1, math.ceil(len(line) / columns)) for line in text.split("\n"))


def fits(text: str) -> bool:
    """Tell whether a small phone shows the text."""
    return lines_of(text) <= LINES and len(text) <= CHARACTERS


def seen_at_once(text: str) -> bool:
    """Tell whether a small phone shows the text without a stroke of the thumb."""
    return lines_of(text, FIRST_COLUMNS) <= FIRST_LINES and fits(text)


def with_notice(
    said: Sequence[Said],
    *,
    whole: Sequence[Said],
    brief: Sequence[Said],
    text_of: Callable[[list[Said]], str],
) -> list[Said]:
    """Put the notice before what is said: whole where all is seen at once, else in brief, with what can wait left out.

    `text_of` gives the text that thoughts become, the open question included.
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
