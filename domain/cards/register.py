"""A register file's columns, and what its rows say, are flagged for, or are refused for (F1)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from domain.cards.stages import Stage
from domain.office.registration import RegistrationNumber
from domain.people.nik import Nik
from domain.people.phones import Phone
from domain.text.cells import Cell, Problem, written
from domain.text.typed import bare

REQUIRED = ("no_registrasi", "nik", "nama", "layanan", "status", "tanggal")
OPTIONAL = ("tanggal_masuk", "tanggal_lengkap", "lokasi", "kecamatan", "desa", "no_hp", "catatan")
COLUMNS = REQUIRED + OPTIONAL

_COLUMN_OF = {bare(column): column for column in COLUMNS}


class BadHeader(Exception):
    """The first row names no register: required columns are missing, or a column stands twice."""

    def __init__(self, *, missing: Iterable[str] = (), doubled: Iterable[str] = ()) -> None:
        super().__init__("bad header")
        self.missing = tuple(missing)
        self.doubled = tuple(doubled)


@dataclass(frozen=True, slots=True)
class Header:
    """Where the columns stand; columns that are none of ours are passed over."""

    places: Mapping[str, int]

    @classmethod
    def read(cls, cells: Iterable[Cell], *, required: Iterable[str] = REQUIRED) -> "Header":
        """Find the columns by name, in any order; capitals and separators make no difference.

        Raises:
            BadHeader: a required column is missing, or a column stands twice.
        """
        places: dict[str, int] = {}
        doubled = []
        for place, cell in enumerate(cells):
            column = _COLUMN_OF.get(bare(written(cell)))
            if column in places:
                doubled.append(column)
            elif column is not None:
                places[column] = place
        missing = [column for column in required if column not in places]
        if missing or doubled:
            raise BadHeader(missing=missing, doubled=doubled)
        return cls(places)


@dataclass(frozen=True, slots=True)
class Flag:
    """A row that was taken, with something that the office should look at."""

    row: int
    column: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken, and why."""

    row: int
    column: str
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RegisterRow:
    """What one row says. `told` names the optional columns that it says something about, be it "empty"."""

    row: int
    number: RegistrationNumber
    nik: Nik
    name: str
    service: str
    raw_code: str
    stage: Stage | None  # None: nobody knows the office's code
    stage_on: date
    told: frozenset[str]
    submitted_on: date | None = None
    complete_on: date | None = None
    point: str | None = None
    district: str | None = None
    village: str | None = None
    phone: Phone | None = None
    note: str | None = None
    flags: tuple[Flag, ...] = ()
    imported_on: date | None = None  # told when `stage_on` has not come yet on that day

    @property
    def holds_from(self) -> date:
        """The day from which the status counts: a date ahead counts as the day of the import."""
        return self.imported_on or self.stage_on

    def __repr__(self) -> str:
        return f"RegisterRow({self.row}, {self.number}, {self.nik}, {self.raw_code}, {self.stage_on})"


def settled(rows: Iterable[RegisterRow]) -> tuple[list[RegisterRow], list[Flag]]:
    """Let the last row win where a number stands in several rows with one NIK; the others are flagged `repeated`.

    Rows that give one number to several NIKs all stay, in the order of their first appearance: the store knows who
    holds the number, and a number that is new there belongs to the first.
    """
    last: dict[tuple[str, str], RegisterRow] = {}
    flags = []
    for row in rows:
        key = (row.number.canonical, row.nik.digits)
        if before := last.get(key):
            flags.append(Flag(before.row, "no_registrasi", Problem("repeated", (("row", row.row),))))
        last[key] = row
    return list(last.values()), flags
