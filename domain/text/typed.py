"""Normalizes typed text: full-width forms, typographic dashes, odd spaces and invisible marks."""

import re
from functools import lru_cache

# Full-width ASCII (U+FF01..U+FF5E) is 0xFEE0 above plain ASCII. Some phone keyboards write it.
_FULL_WIDTH: dict[int, str] = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u00ad\ufe58\ufe63"), "-")
_SPACES = dict.fromkeys(map(ord, "\t\r\v\f\u00a0\u1680\u202f\u205f\u3000"), " ")
_SPACES |= dict.fromkeys([0x2028, 0x2029], "\n")
_SPACES |= dict.fromkeys(range(0x2000, 0x200B), " ")
_INVISIBLE = dict.fromkeys(
    [0x061C, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
)
_PLAIN: dict[int, str | None] = {**_FULL_WIDTH, **_DASHES, **_SPACES, **_INVISIBLE}

# A run of digits as people group them: 3516 0157.0890–0001. Line ends and other characters end it.
_RUN = re.compile(r"[0-9](?:[ .\-]{0,3}[0-9])*")
_MARKS = re.compile(r"[\W_]")
_NO_DIGITS = re.compile(r"[^0-9]")
_POLITE = (
    "tolong mohon maaf minta mau ingin saya aku sy kulo kula ya yaa dong deh pak bu bapak ibu mas mbak kak min nggih saja aja "
    "oke ok baik terima kasih terimakasih makasih trims suwun matur nuwun sekarang please thanks thank you i want to"
)
_COURTESY = frozenset(_POLITE.split())


def plain(text: str) -> str:
    """The text with plain ASCII digits, letters, dashes, spaces and line ends, without invisible marks."""
    # Nearly every text is: a register has some million cells.
    return text if text.isascii() and text.isprintable() else text.translate(_PLAIN)


def visible(text: str) -> str:
    """The text without zero-width and direction marks."""
    return text if text.isascii() and text.isprintable() else text.translate(_INVISIBLE)


def bare(text: str) -> str:
    """Letters and digits only, in capitals, so that spellings with other separators and case are equal."""
    return _MARKS.sub("", plain(text)).upper()


@lru_cache(maxsize=256)
def spellings(names: tuple[str, ...]) -> frozenset[str]:
    """An office's own names as `bare` gives them; each message looks some up."""
    return frozenset(map(bare, names))


def lowered(text: str) -> str:
    """The text in lower case with single spaces, for patterns."""
    return " ".join(plain(text).casefold().split())


@lru_cache(maxsize=4)  # several rules read the same message
def fold(text: str) -> str:
    """The text for comparisons: lower case, single spaces, no punctuation at its ends (a slash stays)."""
    return lowered(text).strip(" .,!?:;*\"'")


@lru_cache(maxsize=4)
def without_courtesy(text: str) -> str:
    """The folded text without polite words around it: "tolong hapus data saya ya pak" is "hapus data"."""
    words = fold(text).replace(",", " ").replace(".", " ").split()
    while words and words[0] in _COURTESY:
        words.pop(0)
    while words and words[-1] in _COURTESY:
        words.pop()
    return " ".join(words)


def only_digits(text: str) -> str:
    """The ASCII digits of the text."""
    return _NO_DIGITS.sub("", text)


def digit_runs(text: str) -> list[str]:
    """Groups of digits from left to right, without separators inside."""
    return [only_digits(match.group()) for match in _RUN.finditer(plain(text))]


def digits_of_length(text: str, length: int) -> str | None:
    """The first `length` digits in one block or adjacent blocks, or None.

    Finds a number typed in blocks of four, and one beside another number.
    """
    for match in _RUN.finditer(plain(text)):
        blocks = [only_digits(block) for block in match.group().split(" ")]
        for first in range(len(blocks)):
            digits = ""
            for block in blocks[first:]:
                digits += block
                if len(digits) >= length:
                    break
            if len(digits) == length:
                return digits
    return None
