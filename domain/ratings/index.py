"""The official satisfaction index (Permenpan RB 14/2017): nine elements, answers 1 to 4, exact to the last digit.

Everything is counted from a tally: how many people, the sum of each element, and the sum of the squares of each
person's total. Tallies add up, so that any period, point or service is the sum of its parts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor
from typing import Self


class Element(StrEnum):
    """The nine elements, in the order of the questions. Stored by key: sources number the last two both ways."""

    PERSYARATAN = "persyaratan"
    PROSEDUR = "prosedur"
    WAKTU = "waktu"
    BIAYA = "biaya"
    PRODUK = "produk"
    KOMPETENSI = "kompetensi"
    PERILAKU = "perilaku"
    SARANA = "sarana"
    PENGADUAN = "pengaduan"


ELEMENTS = tuple(Element)
WEIGHT = Fraction(1, len(ELEMENTS))  # exact: the rounded 0.11 of older tables shifts the grade
LOWEST_SCORE, HIGHEST_SCORE = 1, 4
IKM_FACTOR = 25  # from 1-4 to 25-100
_LOWEST_SHOWN = 3

Scores = Mapping[Element, int]


class Grade(StrEnum):
    """The grade of a unit: A very good, B good, C less good, D not good."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


_BORDERS = ((Decimal("88.31"), Grade.A), (Decimal("76.61"), Grade.B), (Decimal("65.00"), Grade.C))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What is known of any number of complete answer sets; `sums` in the order of ELEMENTS."""

    people: int = 0
    sums: tuple[int, ...] = (0,) * len(ELEMENTS)
    squares: int = 0

    @classmethod
    def of(cls, answers: Iterable[Scores]) -> Self:
        """Tally answer sets; one that lacks an element is partial and left out."""
        complete = [[scores[element] for element in ELEMENTS] for scores in answers if is_complete(scores)]
        return cls(
            people=len(complete),
            sums=tuple(sum(column) for column in zip(*complete, strict=True)) or (0,) * len(ELEMENTS),
            squares=sum(sum(row) ** 2 for row in complete),
        )

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            people=self.people + other.people,
            sums=tuple(mine + theirs for mine, theirs in zip(self.sums, other.sums, strict=True)),
            squares=self.squares + other.squares,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementResult:
    """One element: the sum of its scores, its average (NRR), and the same on the scale of the index."""

    element: Element
    total: int
    people: int

    @property
    def average(self) -> Decimal:
        """The average score (NRR), to three decimals as the regulation's table has it."""
        return half_up(Fraction(self.total, self.people), 3)

    @property
    def weighted(self) -> Decimal:
        """What the element adds to the index, to three decimals; the index itself is never summed from these."""
        return half_up(Fraction(self.total, self.people) * WEIGHT, 3)

    @property
    def ikm(self) -> Decimal:
        """The average on the scale from 25 to 100."""
        return half_up(Fraction(self.total, self.people) * IKM_FACTOR, 2)

    @property
    def grade(self) -> Grade:
        """The grade of the element alone."""
        return grade_of(self.ikm)


@dataclass(frozen=True, slots=True, kw_only=True)
class Satisfaction:
    """The index of at least one complete answer set."""

    tally: Tally

    @property
    def people(self) -> int:
        """How many answered completely."""
        return self.tally.people

    @property
    def exact(self) -> Fraction:
        """The index from 1 to 4, unrounded: the sum of every element's average times its weight."""
        return sum((Fraction(total, self.people) * WEIGHT for total in self.tally.sums), Fraction())

    @property
    def index(self) -> Decimal:
        """The index from 1 to 4, to four decimals."""
        return half_up(self.exact, 4)

    @property
    def ikm(self) -> Decimal:
        """The index on the scale from 25 to 100, half-up to two decimals."""
        return half_up(self.exact * IKM_FACTOR, 2)

    @property
    def grade(self) -> Grade:
        """The grade of the rounded index: rounding comes first."""
        return grade_of(self.ikm)

    @property
    def elements(self) -> tuple[ElementResult, ...]:
        """Every element, in the order of the questions."""
        return tuple(
            ElementResult(element=element, total=total, people=self.people)
            for element, total in zip(ELEMENTS, self.tally.sums, strict=True)
        )

    @property
    def lowest(self) -> tuple[ElementResult, ...]:
        """The three lowest elements, the lowest first; of equal ones the one that is asked first."""
        return tuple(sorted(self.elements, key=lambda one: one.total)[:_LOWEST_SHOWN])


def satisfaction_of(tally: Tally) -> Satisfaction | None:
    """Give the index; None while nobody has answered completely ("belum ada data", never 0)."""
    return Satisfaction(tally=tally) if tally.people else None


def is_complete(scores: Scores) -> bool:
    """Tell whether all nine were answered."""
    return all(element in scores for element in ELEMENTS)


def grade_of(ikm: Decimal) -> Grade:
    """Give the grade of an index that is rounded to two decimals already."""
    return next((grade for least, grade in _BORDERS if ikm >= least), Grade.D)


def half_up(value: Fraction | Decimal, places: int) -> Decimal:
    """Round half-up, exactly: no binary and no decimal division stands between the answers and the figure."""
    scale = 10**places
    return Decimal(floor(Fraction(value) * scale + Fraction(1, 2))).scaleb(-places)
