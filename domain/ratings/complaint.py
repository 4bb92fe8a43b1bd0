"""Classifies a free text: hint of a fee, complaint, or neither; and the points it names."""

from collections.abc import Iterable, Sequence
from typing import Literal

from domain.office.office import Point
from domain.text.grievance import tells_of_money
from domain.text.typed import plain

Kind = Literal["fee", "complaint"]


def kind_of(text: str, *, fee_words: Sequence[str], complaint_words: Sequence[str]) -> Kind | None:
    """What a free text hints at, by whole words or a demand for money; fees first (charging is a crime: UU 24/2013 Art. 95B).

    "Gratis, tidak bayar apa-apa" is praise and still counts as a hint: a person decides, not a word list.
    """
    if tells_of_money(text):
        return "fee"
    spoken = f" {_words(text)} "
    for kind, listed in (("fee", fee_words), ("complaint", complaint_words)):
        if any(f" {_words(word)} " in spoken for word in listed):
            return "fee" if kind == "fee" else "complaint"
    return None


def points_named(text: str, points: Iterable[Point]) -> tuple[str, ...]:
    """Ids of points that a free text names by id, name or short name; whole words only."""
    spoken = f" {_words(text)} "
    return tuple(
        one.id
        for one in points
        if any(f" {_words(name)} " in spoken for name in (one.id, one.name, one.short) if _words(name))
    )


def _words(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in plain(text).casefold()).split())
