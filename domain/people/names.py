"""People's names: kept as they were written, and shown only as `S*** A***`."""

import unicodedata

from domain.text.typed import visible

LONGEST = 200
_SHOWN_WORDS = 4
_COMPOSED_OF = 4  # code points, at most, that become one


def clean_name(text: str) -> str:
    """Give the name on one line, without control and text-direction marks, of at most 200 characters."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())[:LONGEST].rstrip()
    spaced = (" " if unicodedata.category(one) == "Cc" else one for one in visible(text))
    # Sorting a run of combining marks takes the square of its length: what cannot be shown is cut off before it.
    shown = " ".join("".join(spaced).split())[: LONGEST * _COMPOSED_OF]
    return unicodedata.normalize("NFC", shown)[:LONGEST].rstrip()


def mask_name(text: str) -> str:
    """Give the initials of the first words and three stars each, whatever the words' length: `S*** A***`."""
    initials = [
        next(character for character in word if character.isalnum())
        for word in clean_name(text).split()
        if any(map(str.isalnum, word))
    ]
    return " ".join(f"{initial}***" for initial in initials[:_SHOWN_WORDS]) or "***"
