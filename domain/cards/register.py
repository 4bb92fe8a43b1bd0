"""Register files: columns, rows, flags and refusals (F1)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from domain.cards.stages import Stage, code_key
from domain.codec import light_dataclass
from domain.office.registration import RegistrationNumber
from domain.people.nik import Nik
from domain.people.phones import Phone
from domain.text.cells import Cell, Problem, written
from domain.text.typed import bare

REQUIRED = ("no_registrasi", "nik", "nama", "layanan", "status", "tanggal")
OPTIONAL = ("tanggal_masuk", "tanggal_lengkap", "lokasi", "kecamatan", "desa", "no_hp", "catatan")
COLUMNS = REQUIRED + OPTIONAL

_COLUMN_OF = {bare(column): column for column in COLUMNS}
# Headings of office lists, by how often they were meant so; a column's own name comes first.
_USUAL = {
    bare(title): column
    for column, titles in {
        "no_registrasi": ("nomor registrasi", "no reg", "no register", "nomor register", "no pendaftaran"),
        "nik": ("nomor induk kependudukan", "no nik", "nomor nik"),
        "nama": ("nama lengkap", "nama pemohon", "nama penduduk"),
        "layanan": ("jenis layanan", "jenis permohonan", "jenis pelayanan", "permohonan"),
        "status": ("status permohonan", "status berkas", "status ktp", "keterangan status"),
        "tanggal": ("tanggal status", "tgl status", "tgl", "tanggal update"),
        "tanggal_masuk": ("tgl masuk", "tanggal pengajuan", "tanggal daftar", "tgl daftar"),
        "tanggal_lengkap": ("tgl lengkap", "tanggal berkas lengkap"),
        "lokasi": ("titik layanan", "tempat layanan", "tempat pelayanan"),
        "kecamatan": ("kec",),
        "desa": ("kelurahan", "desa kelurahan", "kelurahan desa", "kel desa", "desa kel"),
        "no_hp": ("hp", "nomor hp", "no telepon", "no telp", "telepon", "no wa"),
    }.items()
    for title in titles
}


def known_titles(cells: Iterable[str]) -> int:
    """How many of the cells are headings of a register, with or without quotation marks."""
    titles = {bare(cell) for cell in cells}
    return len(titles & (_COLUMN_OF.keys() | _USUAL.keys()))


class BadHeader(Exception):
    """The first row is no register header: required columns are missing, or a column is repeated."""

    def __init__(
        self, *, missing: Iterable[str] = (), doubled: Iterable[str] = (), titles: Iterable[str] = ()
    ) -> None:
        super().__init__("bad header")
        self.titles = tuple(titles)
        self.missing = tuple(missing)
        self.doubled = tuple(doubled)


@dataclass(frozen=True, slots=True)
class Header:
    """Positions of the columns; unknown columns are ignored."""

    places: Mapping[str, int]

    @classmethod
    def read(
        cls,
        cells: Iterable[Cell],
        *,
        required: Iterable[str] = REQUIRED,
        own: Mapping[str, str] | None = None,
    ) -> "Header":
        """Find columns by name in any order, ignoring case and separators.

        A column that does not stand there by its own name is looked for under the office's `own` headings (in the
        form of `code_key`), then under the usual ones.

        Raises:
            BadHeader: a required column is missing, or a column is repeated.
        """
        written_titles = [written(cell) for cell in cells]
        titles = [*map(code_key, written_titles)]
        places: dict[str, int] = {}
        doubled = []
        for place, title in enumerate(titles):
            column = _COLUMN_OF.get(title)
            if column in places:
                doubled.append(column)
            elif column is not None:
                places[column] = place
        for names in (own or {}, _USUAL):
            taken = set(places.values())
            for place, title in enumerate(titles):
                column = names.get(title)
                if column is not None and place not in taken:
                    places.setdefault(column, place)
        missing = [column for column in required if column not in places]
        if missing or doubled:
            raise BadHeader(missing=missing, doubled=doubled, titles=written_titles)
        return cls(places)


@dataclass(frozen=True, slots=True)
class Flag:
    """An accepted row with something that the office should check."""

    row: int
    column: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A refused row and the reason."""

    row: int
    column: str
    problem: Problem


@light_dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RegisterRow:
    """Content of a row. `told` names the optional columns that it fills, even with "empty"."""

    row: int
    number: RegistrationNumber
    nik: Nik
    name: str
    service: str
    raw_code: str
    stage: Stage | None  # None: unknown code of the office
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
    imported_on: date | None = None  # set if `stage_on` was in the future on that day

    @property
    def holds_from(self) -> date:
        """The day from which the status counts; for a future date, the day of the import."""
        return self.imported_on or self.stage_on

    @property
    def content(self) -> str:
        """Everything that the row says, as one text; its keyed hash is stored to recognise unchanged rows."""
        return content_of(
            self.number.canonical, self.nik.digits, self.name, self.service, self.stage, self.raw_code,
            _day(self.stage_on), _day(self.submitted_on), _day(self.complete_on), self.point, self.district, self.village,
            self.phone.e164 if self.phone else "", self.note, listed(self.told),
        )  # fmt: skip

    def __repr__(self) -> str:
        return f"RegisterRow({self.row}, {self.number}, {self.nik}, {self.raw_code}, {self.stage_on})"


class Presumed(NamedTuple):
    """A row that was not checked: `content` equals a stored row's only if this row was checked before."""

    row: int
    number: str
    nik: str
    content: str


@lru_cache(maxsize=256)
def listed(told: frozenset[str]) -> str:
    """The names in `told`, in order; a file has few different sets of them."""
    return str(sorted(told))


_day = lru_cache(maxsize=1024)(str)
"""A day as `str` gives it; a file has few different ones."""


def content_of(*values: object) -> str:
    """The values of `RegisterRow.content`, joined."""
    return "\x1f".join(map(str, values))


def settled(rows: Iterable[RegisterRow | Presumed]) -> tuple[list[RegisterRow | Presumed], list[Flag]]:
    """Keep the last row per number and NIK; earlier ones are flagged `repeated`.

    Rows with one number and different NIKs all stay, in order: the store knows the number's owner, and a new
    number belongs to the first.
    """
    last: dict[tuple[str, str], RegisterRow | Presumed] = {}
    flags = []
    for row in rows:
        key = row[1:3] if isinstance(row, Presumed) else (row.number.canonical, row.nik.digits)
        if before := last.get(key):
            flags.append(Flag(before.row, "no_registrasi", Problem("repeated", (("row", row.row),))))
        last[key] = row
    return list(last.values()), flags
