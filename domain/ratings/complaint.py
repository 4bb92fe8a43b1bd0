"""What a free word is about, as far as words can tell: a hint of a fee, a complaint, or neither."""

from collections.abc import Sequence
from typing import Literal

from domain.text.typed import plain

Kind = Literal["fee", "complaint"]


def kind_of(text: str, *, fee_words: Sequence[str], complaint_words: Sequence[str]) -> Kind | None:
    """Tell what a free word hints at; whole words only, a fee first (charging is a crime: UU 24/2013 Art. 95B).

    "Gratis, tidak bayar apa-apa" praises and still is a hint: a person decides, not a list of words.
    """
    spoken = f" {_words(text)} "
    for kind, listed in (("fee", fee_words), ("complaint", complaint_words)):
        if any(f" {_words(word)} " in spoken for word in listed):
            return "fee" if kind == "fee" else "complaint"
    return None


def _words(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in plain(text).casefold()).split())
