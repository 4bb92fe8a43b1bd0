"""Size of a text on a small phone, and what the notice displaces there (P6)."""

import textwrap
from collections.abc import Callable

from handlers.engine.caps import Caps
from handlers.engine.scene import Said
from handlers.engine.screen import Screen

# A phone of 320 × 568 points with default letters: 38 letters per line of a bubble, and 28 lines
# visible with one small scroll.
COLUMNS = 38
LINES = 28
FIRST_STATUS_LINES = 22  # of a status answer, also with the notice before it
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
    "report-open-now",
    "report-data-date",
    "report-ahead",
    "report-policy",
)


def lines_of(text: str, columns: int = COLUMNS) -> int:
    """Number of lines on a small phone, with words kept whole, counting empty ones."""
    lines = text.replace("*", "").split("\n")
    return sum(1 if len(line) <= columns else _rows(line, columns) for line in lines)


def _rows(line: str, columns: int) -> int:
    """Rows of one line, as `textwrap` counts them, which takes fifty times as long.

    It is asked only where a row may end inside a word, or where two spaces may fall on an end.
    """
    rows, start, length = 1, 0, len(line.rstrip(" "))
    while length - start > columns:
        end = line.rfind(" ", start, start + columns + 1)
        if end <= start or line.find("-", end, start + columns + 1) > 0 or "  " in line:
            return len(textwrap.wrap(line, columns))
        start, rows = end + 1, rows + 1
    return rows


def fits(text: str) -> bool:
    """Whether a small phone shows the text."""
    return lines_of(text) <= LINES and len(text) <= CHARACTERS


def seen_at_once(text: str) -> bool:
    """Whether a small phone shows the text without scrolling; then it `fits`, as wider lines are fewer."""
    return lines_of(text, FIRST_COLUMNS) <= FIRST_LINES and len(text) <= CHARACTERS


def with_place(screen: Screen, caps: Caps) -> str:
    """The text with the line of its place, and with the link where that is no button (bot/whatsapp/render.py)."""
    if screen.place is None:
        return screen.text
    below = [screen.text, "", screen.place.line]
    if caps.rows and screen.choices:
        below.append(f"{screen.place.label}: {screen.place.url}")
    return "\n".join(below)


def with_notice(
    whole: Screen, left: list[Said], *, word: Callable[[list[Said]], Screen], caps: Caps
) -> Screen:
    """The message with the whole notice if everything is visible at once, else in brief, omitting what can wait.

    `left` are the texts with the notice in brief. `word` returns the message with these texts and the open question;
    the last one that it was asked for is taken.
    """
    text = with_place(whole, caps)
    if lines_of(text) <= FIRST_STATUS_LINES and seen_at_once(text):
        return whole
    for key in _GIVES_WAY:
        screen = word(left)
        if lines_of(with_place(screen, caps)) <= FIRST_STATUS_LINES:
            return screen
        left = [one for one in left if one.key != key]
    return word(left)
