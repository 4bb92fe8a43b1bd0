"""Names of people: stored as written, shown only as `S*** A***`."""

import unicodedata

from domain.text.typed import visible

LONGEST = 200
_SHOWN_WORDS = 4
_COMPOSED_OF = 4  # code points, at most, that compose one


def clean_name(text: str) -> str:
    """The name on one line, without control and direction marks, at most 200 characters."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())[:LONGEST].rstrip()
    spaced = (" " if unicodedata.category(one) == "Cc" else one for one in visible(text))
    # Normalizing a run of combining marks takes quadratic time, so the text is cut first.
    shown = " ".join("".join(spaced).split())[: LONGEST * _COMPOSED_OF]
    return unicodedata.normalize("NFC", shown)[:LONGEST].rstrip()


def mask_name(text: str) -> str:
    """Initials of the first words with three stars each, whatever their length: `S*** A***`."""
    initials = [
        next(character for character in word if character.isalnum())
        for word in clean_name(text).split()
        if any(map(str.isalnum, word))
    ]
    return " ".join(f"{initial}***" for initial in initials[:_SHOWN_WORDS]) or "***"
