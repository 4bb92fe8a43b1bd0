"""The language that a text is clearly written in."""

import re
from collections.abc import Mapping

from domain.text.typed import plain

_WORD = re.compile(r"[a-z]+")
_WORDS_AT_LEAST = 2


def spoken_language(text: str, markers: Mapping[str, frozenset[str]]) -> str | None:
    """The language of at least two words, and half of all; else None.

    `markers` are words that only one language has, by language. A single word proves nothing: many residents
    say "thanks" or "suwun" in an Indonesian chat.
    """
    words = _WORD.findall(plain(text).casefold())
    if len(words) < _WORDS_AT_LEAST:
        return None
    for language, known in markers.items():
        found = [word for word in words if word in known]
        if len(set(found)) >= _WORDS_AT_LEAST and len(found) * 2 >= len(words):
            return language
    return None
