"""Reads the rows of a register file; a bad row is refused alone, with its reason.

An unreadable optional cell is flagged and skipped: a mistyped phone number must not hide that a card is ready.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

from domain.cards.register import (
    OPTIONAL,
    REQUIRED,
    Flag,
    Header,
    Presumed,
    RefusedRow,
    RegisterRow,
    content_of,
    listed,
)
from domain.cards.register_cells import (
    read_district,
    read_id,
    read_name,
    read_nik,
    read_note,
    read_number,
    read_phone,
    read_text,
)
from domain.cards.stages import Stage, code_key, stage_of
from domain.office.office import Office, Point
from domain.office.registration import RegistrationNumber
from domain.office.services import Service
from domain.people.nik import Nik
from domain.text.cells import Cell, Problem, Record, Unusable, day, words

T = TypeVar("T")
K = TypeVar("K")

NAMED = ("layanan", "lokasi")
"""Columns whose cells name something of the office."""
_UNKNOWN_NAMES = frozenset({"service-unknown", "point-unknown"})
_SAYS_NOTHING = frozenset({"empty", "no-letter"})
_FIELDS = ("number", "nik", "name", "service", "raw_code", "stage_on")
_MORE_FIELDS = ("submitted_on", "complete_on", "point", "district", "village", "phone", "note")


class RowReader:
    """Reads records under one header. Repeated values (dates, codes, places) are parsed once.

    `names` are ids by the office's own words, in the form of `code_key`, for each column of `NAMED`. `unknown` are
    words in them that name nothing, with their rows; if columns were exchanged, they may name people.
    """

    def __init__(
        self,
        header: Header,
        office: Office,
        *,
        today: date,
        codes: Mapping[str, Stage] | None = None,
        names: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self.unknown: dict[str, Counter[str]] = {column: Counter() for column in NAMED}
        self._today = today
        self._width = max(header.places.values()) + 1
        parsers = _parsers(office, today, names or {})
        self._required = [
            (column, field, header.places[column], parsers[column])
            for column, field in zip(REQUIRED, _FIELDS, strict=True)
        ]
        self._optional = [
            (column, field, header.places[column], parsers[column])
            for column, field in zip(OPTIONAL, _MORE_FIELDS, strict=True)
            if column in header.places
        ]
        self._columns = [(column, place) for column, _, place, _ in (*self._required, *self._optional)]
        self._told = frozenset(field for _, field, _, _ in self._optional)
        self._listed = listed(self._told)
        self._stage = _once(partial(stage_of, own=codes))

    def read(self, record: Record) -> RegisterRow | RefusedRow:
        """The row, or its refusal with the first problem in column order."""
        cells = self._whole(record)
        if damaged := _damaged(record, cells, self._columns):
            return damaged
        row: dict[str, Any] = {}
        for column, field, place, parse in self._required:
            try:
                row[field] = parse(cells[place])
            except Unusable as unusable:
                self._note_unknown(column, cells[place], unusable)
                return RefusedRow(record.row, column, unusable.problem)
        row["stage"] = self._stage(row["raw_code"])
        if row["stage_on"] > self._today:
            row["imported_on"] = self._today
        flags = [*self._read_optional(record.row, cells, row), *self._doubts(record.row, row)]
        return RegisterRow(row=record.row, flags=tuple(flags), **row)

    def number_cell(self, record: Record) -> Cell:
        """The cell of the registration number."""
        place = self._required[0][2]
        return record.cells[place] if place < len(record.cells) else ""

    def presume(self, record: Record) -> Presumed | None:
        """The content of a row that is written as its checked form would be, without the costly checks.

        Only good for a comparison with rows that were checked before. None: the row must be read.
        """
        cells = self._whole(record)
        if _damaged(record, cells, self._columns):
            return None
        number, nik, name = (cells[place] for _, _, place, _ in self._required[:3])
        if not (isinstance(number, str) and isinstance(nik, str) and isinstance(name, str)):
            return None
        try:
            service, code, stage_on = (parse(cells[place]) for _, _, place, parse in self._required[3:])
            told = {
                field: parse(cells[place]) for _, field, place, parse in self._optional if cells[place] != ""
            }
        except Unusable:
            return None
        stage = self._stage(code)
        if stage is None or stage_on > self._today:
            return None
        phone = told.get("phone")
        told["phone"] = phone.e164 if phone else ""
        more = map(told.get, _MORE_FIELDS)
        content = content_of(number, nik, name, service, stage, code, stage_on, *more, self._listed)
        return Presumed(record.row, number, nik, content)

    def _whole(self, record: Record) -> list[Cell]:
        """The cells, with those that a spreadsheet leaves out at the end because they are empty."""
        missing = self._width - len(record.cells)
        return record.cells + [""] * missing if missing > 0 else record.cells

    def _read_optional(self, number: int, cells: list[Cell], row: dict[str, Any]) -> list[Flag]:
        flags: list[Flag] = []
        row["told"] = self._told
        for column, field, place, parse in self._optional:
            cell = cells[place]
            if cell == "":
                continue
            try:
                row[field] = parse(cell)
            except Unusable as unusable:
                self._note_unknown(column, cell, unusable)
                if unusable.problem.code != "empty":
                    flags.append(Flag(number, column, unusable.problem))
                    row["told"] -= {field}
        return flags

    def _note_unknown(self, column: str, cell: Cell, unusable: Unusable) -> None:
        if unusable.problem.code in _UNKNOWN_NAMES:
            self.unknown[column][words(cell)] += 1

    def _doubts(self, number: int, row: dict[str, Any]) -> list[Flag]:
        flags: list[Flag] = []
        if row["stage"] is None:
            flags.append(Flag(number, "status", Problem("status-unknown", (("code", row["raw_code"]),))))
        if row["stage_on"] > self._today:
            flags.append(Flag(number, "tanggal", Problem("date-ahead")))
        return flags


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRow:
    """A row of a list of applications: the number, and the NIK if present."""

    row: int
    number: RegistrationNumber
    nik: Nik | None = None


class NumberReader:
    """Reads the rows of a list of applications; its other columns must be readable or empty."""

    def __init__(
        self,
        header: Header,
        office: Office,
        *,
        today: date,
        names: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self._width = max(header.places.values()) + 1
        parsers = _parsers(office, today, names or {})
        self._columns = [
            (column, header.places[column], parsers[column]) for column in REQUIRED if column in header.places
        ]

    def read(self, record: Record) -> NumberRow | RefusedRow:
        """The number, or the refusal with the first problem in column order."""
        cells = record.cells + [""] * (self._width - len(record.cells))
        if damaged := _damaged(record, cells, [(column, place) for column, place, _ in self._columns]):
            return damaged
        values: dict[str, Any] = {}
        for column, place, parse in self._columns:
            try:
                values[column] = parse(cells[place])
            except Unusable as unusable:
                if unusable.problem.code not in _SAYS_NOTHING or column == "no_registrasi":
                    return RefusedRow(record.row, column, unusable.problem)
        return NumberRow(row=record.row, number=values["no_registrasi"], nik=values.get("nik"))


def _damaged(record: Record, cells: list[Cell], columns: list[tuple[str, int]]) -> RefusedRow | None:
    """Refuse a row with a NUL in any column, where a character was lost."""
    if "\0" not in "".join([cell for cell in cells if isinstance(cell, str)]):
        return None
    for column, place in columns:
        cell = cells[place]
        if isinstance(cell, str) and "\0" in cell:
            return RefusedRow(record.row, column, Problem("damaged"))
    return None


def _parsers(
    office: Office, today: date, names: Mapping[str, Mapping[str, str]]
) -> dict[str, Callable[[Cell], Any]]:
    services, points = (names.get(column, {}) for column in NAMED)

    def read_day(cell: Cell) -> date:
        return day(cell, today=today)

    def find_service(text: str) -> Service | None:
        return office.service(services.get(code_key(text), text))

    def read_service(cell: Cell) -> str:
        return read_id(cell, find_service, office.services, otherwise="service-unknown")

    def find_point(text: str) -> Point | None:
        return office.point(points.get(code_key(text), text))

    def read_point(cell: Cell) -> str:
        return read_id(cell, find_point, office.points, otherwise="point-unknown")

    def read_kecamatan(cell: Cell) -> str:
        return read_district(cell, office)

    day_once = _once(read_day)
    return {
        "no_registrasi": lambda cell: read_number(cell, office.number),
        "nik": read_nik,
        "nama": read_name,
        "layanan": _once(read_service),
        "status": _once(read_text),
        "tanggal": day_once,
        "tanggal_masuk": day_once,
        "tanggal_lengkap": day_once,
        "lokasi": _once(read_point),
        "kecamatan": _once(read_kecamatan),
        "desa": _once(read_text),
        "no_hp": read_phone,
        "catatan": read_note,
    }


def _once(read: Callable[[K], T]) -> Callable[[K], T]:
    """Cache a reader by cell; refusals are not cached."""
    known: dict[K, T] = {}

    def remembered(cell: K) -> T:
        try:
            return known[cell]
        except KeyError:
            return known.setdefault(cell, read(cell))

    return remembered
