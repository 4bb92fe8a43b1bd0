"""What a free word is about, as far as words can tell: a hint of a fee, a complaint, or neither; and which points."""

from collections.abc import Iterable, Sequence
from typing import Literal

from domain.office.office import Point
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


def points_named(text: str, points: Iterable[Point]) -> tuple[str, ...]:
    """Give the points that a free word names, by id, name or short name; whole words only."""
    spoken = f" {_words(text)} "
    return tuple(
        one.id
        for one in points
        if any(f" {_words(name)} " in spoken for name in (one.id, one.name, one.short) if _words(name))
    )


def _words(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in plain(text).casefold()).split())
