"""Words repeated by regular expressions: whether a text of them can be divided in two ways.

One that can makes the expression try every way, twice as many with each word. Two codes are compared as Sardinas and
Patterson do: what remains of a word after another word is compared with the words again. A word with a lookahead is left out: the
lookahead says beside which words it does not stand.
"""

import re
from itertools import product

_INSIDE = r"((?:[^()\\]|\(\?[:!][^()\\]*\)\??)+)"
_REPEATED = re.compile(rf"\(\?:( \??)?(?:\(\?:{_INSIDE}\)|([^()\\|]+))( \??)?\)[*+](?!\+)")
_PIECE = re.compile(r"\(\?:([^()]*)\)(\??)|(.)(\??)")
_BAR = re.compile(r"\|(?![^(]*\))")


def repeated_words(pattern: str) -> list[list[str]]:
    """Each repetition of plain words, as all that one round may match."""
    return [
        [
            f"{before}{word}{after}"
            for before, word, after in product(_gap(lead), _words(inside or one), _gap(trail))
        ]
        for lead, inside, one, trail in _REPEATED.findall(pattern)
    ]


def _gap(gap: str) -> list[str]:
    return {"": [""], " ": [" "]}.get(gap, ["", " "])


def _words(inside: str) -> list[str]:
    """The alternatives with and without what is optional in them; one that stands twice is given twice."""
    return [
        "".join(parts)
        for word in _BAR.split(inside)
        if "(?!" not in word
        for parts in product(*map(_choices, _PIECE.findall(word)))
    ]


def _choices(piece: tuple[str, str, str, str]) -> list[str]:
    group, group_optional, letter, optional = piece
    return (_words(group) if group else [letter]) + ([""] if group_optional or optional else [])


def ambiguous(words: list[str]) -> str | None:
    """A rest at which two divisions of one text meet, or a word that stands twice; None if there is one division."""
    twice = next((word for word in words if words.count(word) > 1), None)
    if twice is not None:
        return twice
    known = set(words)
    rests = {one[len(other) :] for one in known for other in known if one != other and one.startswith(other)}
    seen: set[str] = set()
    while rests:
        if met := rests & known:
            return min(met)
        seen |= rests
        rests = {
            long[len(short) :]
            for rest in rests
            for word in known
            for long, short in ((rest, word), (word, rest))
            if long.startswith(short)
        } - seen
    return None
