"""The official satisfaction index (Permenpan RB 14/2017): nine elements, answers 1 to 4, exact arithmetic.

Everything is computed from a tally: number of people, sum per element, and sum of squares of each person's
total. Tallies are additive, so any period, point or service is the sum of its parts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor
from typing import Self


class Element(StrEnum):
    """The nine elements in question order. Stored by key: sources number the last two differently."""

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
WEIGHT = Fraction(1, len(ELEMENTS))  # exact: the rounded 0.11 of older tables would shift the grade
IKM_FACTOR = 25  # from 1-4 to 25-100
_LOWEST_SHOWN = 3

Scores = Mapping[Element, int]


class Grade(StrEnum):
    """Grade of a unit: A very good, B good, C less good, D not good."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


_BORDERS = ((Decimal("88.31"), Grade.A), (Decimal("76.61"), Grade.B), (Decimal("65.00"), Grade.C))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Sums over complete answer sets; `sums` are in the order of ELEMENTS."""

    people: int = 0
    sums: tuple[int, ...] = (0,) * len(ELEMENTS)
    squares: int = 0

    @classmethod
    def of(cls, answers: Iterable[Scores]) -> Self:
        """Tally answer sets; incomplete ones are left out."""
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
    """One element: total, average (NRR), and the average on the index's scale."""

    element: Element
    total: int
    people: int

    @property
    def average(self) -> Decimal:
        """Average score (NRR), to three decimals as in the regulation's table."""
        return half_up(Fraction(self.total, self.people), 3)

    @property
    def weighted(self) -> Decimal:
        """Contribution to the index, to three decimals; the index is never summed from these."""
        return half_up(Fraction(self.total, self.people) * WEIGHT, 3)

    @property
    def ikm(self) -> Decimal:
        """Average on the scale from 25 to 100."""
        return half_up(Fraction(self.total, self.people) * IKM_FACTOR, 2)

    @property
    def grade(self) -> Grade:
        """Grade of the element."""
        return grade_of(self.ikm)


@dataclass(frozen=True, slots=True, kw_only=True)
class Satisfaction:
    """The index of at least one complete answer set."""

    tally: Tally

    @property
    def people(self) -> int:
        """Number of complete sets."""
        return self.tally.people

    @property
    def exact(self) -> Fraction:
        """The index from 1 to 4, unrounded: the sum of weighted averages."""
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
        """Grade of the rounded index; rounding comes first."""
        return grade_of(self.ikm)

    @property
    def elements(self) -> tuple[ElementResult, ...]:
        """All elements, in question order."""
        return tuple(
            ElementResult(element=element, total=total, people=self.people)
            for element, total in zip(ELEMENTS, self.tally.sums, strict=True)
        )

    @property
    def lowest(self) -> tuple[ElementResult, ...]:
        """The three lowest elements, lowest first; of equal ones the earlier question first."""
        return tuple(sorted(self.elements, key=lambda one: one.total)[:_LOWEST_SHOWN])


def satisfaction_of(tally: Tally) -> Satisfaction | None:
    """The index; None without complete sets ("belum ada data", never 0)."""
    return Satisfaction(tally=tally) if tally.people else None


def is_complete(scores: Scores) -> bool:
    """Whether all nine questions were answered."""
    return all(element in scores for element in ELEMENTS)


def grade_of(ikm: Decimal) -> Grade:
    """Grade of an index rounded to two decimals."""
    return next((grade for least, grade in _BORDERS if ikm >= least), Grade.D)


def half_up(value: Fraction | Decimal, places: int) -> Decimal:
    """Round half up, exactly, without binary or decimal division."""
    scale = 10**places
    return Decimal(floor(Fraction(value) * scale + Fraction(1, 2))).scaleb(-places)
