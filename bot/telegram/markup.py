"""Text with `*bold*` → Telegram's HTML (bot/markup.py), in parts within its limit."""

import re
from collections.abc import Iterator
from html import escape

from bot.markup import Run, runs, tagged, to_html

_WORDS = re.compile(r"\s+|\S+")
_TAGS = len("<b></b>")
_WORST = 10  # a character becomes at most five (`&amp;`), or two UTF-16 units


def parts(text: str, limit: int) -> list[str]:
    """HTML pieces of at most `limit` UTF-16 units each; only white space at a cut is dropped."""
    if not text.strip():
        return []
    whole = to_html(text)
    if _units(whole) <= limit:
        return [whole]
    pieces: list[str] = []
    words = list(_words(text, limit // _WORST))
    while words:
        cut = _cut(words, limit)
        pieces.append("".join(map(tagged, words[:cut])).replace("</b><b>", "").strip())
        words = words[cut:]
        while words and words[0][0].isspace():
            words.pop(0)
    return [piece for piece in pieces if piece]


def _units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _words(text: str, longest: int) -> Iterator[Run]:
    for run, bold in runs(text):
        for word in _WORDS.findall(run):
            for start in range(0, len(word), longest):
                yield word[start : start + longest], bold


def _cut(words: list[Run], limit: int) -> int:
    """Number of words of a piece: up to the last paragraph, line or word that ends in its second half."""
    size = count = 0
    for word, bold in words:
        size += _units(escape(word, quote=False)) + (_TAGS if bold else 0)
        if size > limit:
            break
        count += 1
    if count == len(words):
        return count
    for seam in ("\n\n", "\n"):
        for end in range(count, count // 2, -1):
            if seam in words[end][0]:
                return end
    return next((end for end in range(count, count // 2, -1) if words[end][0].isspace()), count)
