"""Readers for the cells of each register column; each raises Unusable."""

import re
from collections.abc import Callable, Iterable

from domain.office.office import Office, Point
from domain.office.registration import NumberFormat, RegistrationNumber
from domain.office.services import Service
from domain.people.names import LONGEST, clean_name
from domain.people.nik import Nik
from domain.people.phones import Phone
from domain.refusals import Refusal
from domain.text.cells import Cell, Unusable, words, written
from domain.text.typed import bare, plain

_SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]+)?E\+?[0-9]{1,2}", re.IGNORECASE)
_QUOTES = "\"'`\u00b4\u2018\u2019\u201c\u201d"
_NIK = re.compile(rf"(?:NIK)?[ :.+{_QUOTES}]*([0-9][0-9 .\-]*)[{_QUOTES}]*", re.IGNORECASE)
_NIK_DIGITS = 16
_LONGEST_TEXT = 100
_LONGEST_NOTE = 1000


def read_number(cell: Cell, number_format: NumberFormat) -> RegistrationNumber:
    """Read a registration number.

    Raises:
        Unusable: with the code of the refusal.
    """
    text = words(cell)
    try:
        number = number_format.parse(text)
    except Refusal as refusal:
        raise Unusable(refusal.code, **refusal.details) from None
    if text != number.canonical and bare(text) != bare(number.canonical):
        raise Unusable("number-bad-shape", example=number_format.example)
    return number


def read_nik(cell: Cell) -> Nik:
    """Read a NIK.

    Raises:
        Unusable: `nik-scientific` (3.52E+15), `nik-rounded`, or the code of the refusal.
    """
    if isinstance(cell, str) and len(cell) == _NIK_DIGITS and cell.isascii() and cell.isdigit():
        return _nik(cell)  # as nearly all are written: none of the other rules can apply
    text = words(cell)
    if _SCIENTIFIC.fullmatch(text):
        raise Unusable("nik-scientific")
    # A spreadsheet keeps fifteen digits of a number: the sixteenth became 0, and the original is lost.
    if not isinstance(cell, str) and len(text) == _NIK_DIGITS and text.endswith("0"):
        raise Unusable("nik-rounded")
    found = _NIK.fullmatch(plain(text))
    return _nik(found[1] if found else "")


def _nik(text: str) -> Nik:
    try:
        return Nik.parse(text)
    except Refusal as refusal:
        raise Unusable(refusal.code, **refusal.details) from None


def read_name(cell: Cell) -> str:
    """Read a person's name.

    Raises:
        Unusable: `no-letter`, `too-long`.
    """
    text = words(cell)
    if len(text) > LONGEST:
        raise Unusable("too-long", most=LONGEST)
    name = clean_name(text)
    if not any(map(str.isalpha, name)):
        raise Unusable("no-letter")
    return name


def read_id(
    cell: Cell,
    find: Callable[[str], Service | Point | None],
    known: Iterable[Service | Point],
    *,
    otherwise: str,
) -> str:
    """Id of the named service or point.

    Raises:
        Unusable: `otherwise`, with the known ids.
    """
    found = find(words(cell))
    if found is None:
        raise Unusable(otherwise, known=", ".join(one.id for one in known))
    return found.id


def read_text(cell: Cell) -> str:
    """Read a short text.

    Raises:
        Unusable: `too-long`.
    """
    text = clean_name(words(cell))
    if len(text) > _LONGEST_TEXT:
        raise Unusable("too-long", most=_LONGEST_TEXT)
    return text


def read_district(cell: Cell, office: Office) -> str:
    """The kecamatan in the office's spelling, or another district's as written."""
    text = read_text(cell)
    district = office.district(text)
    return text if district is None else district.name


def read_phone(cell: Cell) -> Phone:
    """Read a telephone number.

    Raises:
        Unusable: `bad-phone`.
    """
    try:
        return Phone.parse(words(cell))
    except Refusal as refusal:
        raise Unusable(refusal.code) from None


def read_note(cell: Cell) -> str:
    """Read a note, which may have several lines.

    Raises:
        Unusable: `too-long`.
    """
    one_line: Cell = " ".join(written(cell).split()) if isinstance(cell, str) else cell
    text = words(one_line)
    if len(text) > _LONGEST_NOTE:
        raise Unusable("too-long", most=_LONGEST_NOTE)
    return text
