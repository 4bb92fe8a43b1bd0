"""Text with `*bold*` → runs of plain and bold text, and simple HTML.

Asterisks inside Unicode isolates (U+2068 … U+2069, which the texts put around values) are text, as are those
not at a word boundary: `S*** A***` stays unchanged.
"""

import re
from collections.abc import Iterator
from html import escape

Run = tuple[str, bool]

_BOLD = re.compile(
    r"\*(?<![\w*]\*)(?![\s*])"  # opens before a word; the asterisk stands first, which the search skips to
    r"((?:\u2068[^\u2069]*\u2069|[^*\n\u2068])+?)"
    r"(?<![\s*])\*(?![\w*])"  # closes after one
)


def to_html(text: str) -> str:
    """The text as HTML, with its bold words."""
    escaped = escape(text, quote=False)  # what it writes holds no asterisk, letter or space beside one
    return _BOLD.sub(lambda bold: f"<b>{bold[1]}</b>", escaped) if "*" in text else escaped


def runs(text: str) -> Iterator[Run]:
    """Pieces of the text in order, each with whether it is bold."""
    end = 0
    for bold in _BOLD.finditer(text):
        yield text[end : bold.start()], False
        yield bold[1], True
        end = bold.end()
    yield text[end:], False


def tagged(run: Run) -> str:
    """A run as HTML."""
    text, bold = run
    return f"<b>{escape(text, quote=False)}</b>" if bold else escape(text, quote=False)
