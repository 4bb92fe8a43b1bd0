"""Metadata of a workbook: its first sheet, shared texts, and styles that show dates."""

import posixpath
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from typing import Self

from bot.importing.parts import Attributes, BadXml, Parser, read_part
from bot.importing.table import MAX_SHEETS

MAX_STYLES = 1 << 17  # Excel's limit is 65,490
# Number formats known by id (ECMA-376 part 1, 18.8.30), including East Asian editions.
_BUILT_IN_DATES = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
_NO_DATE_MARKS = re.compile(r'"[^"]*"|\[[^\[\]]*\]|\\.|[_*].|General', re.IGNORECASE)
_DATE_MARKS = re.compile(r"[yd]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Workbook:
    """`sheets` are the parts of the visible sheets; dates are counted from `day_zero`."""

    sheets: tuple[str, ...]
    day_zero: date

    @classmethod
    def read(cls, package: zipfile.ZipFile) -> Self:
        """Read the list of sheets.

        Raises:
            BadXml: there is no sheet.
        """
        sheets: list[str] = []
        day_zero = date(1899, 12, 30)

        def see_sheet(attributes: Attributes) -> None:
            if attributes.get("state", "visible") == "visible":
                sheets.extend(value for name, value in attributes.items() if name.rpartition(":")[2] == "id")

        def see_properties(attributes: Attributes) -> None:
            nonlocal day_zero
            if attributes.get("date1904") in ("1", "true"):
                day_zero = date(1904, 1, 1)

        read_part(
            package, "xl/workbook.xml", Parser(starts={"sheet": see_sheet, "workbookPr": see_properties})
        )
        if not sheets:
            raise BadXml
        targets = _targets(package)
        return cls(tuple(targets.get(sheet, "") for sheet in sheets[:MAX_SHEETS]), day_zero)


def _targets(package: zipfile.ZipFile) -> dict[str, str]:
    targets: dict[str, str] = {}

    def see(attributes: Attributes) -> None:
        target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
        targets[attributes.get("Id", "")] = target.lstrip("/")

    read_part(package, "xl/_rels/workbook.xml.rels", Parser(starts={"Relationship": see}))
    return targets


class SharedTexts:
    """Texts that cells refer to by position."""

    @staticmethod
    def read(package: zipfile.ZipFile) -> list[str]:
        """The texts in order; a text in several styles is one text."""
        texts: list[str] = []
        pieces: list[str] = []

        def start(_: Attributes) -> None:
            pieces.clear()

        def end(_: str) -> None:
            texts.append("".join(pieces))

        read_part(
            package,
            "xl/sharedStrings.xml",
            Parser(starts={"si": start}, ends={"t": pieces.append, "si": end}, skipped="rPh"),
        )
        return texts


class Styles:
    """Styles that show a number as a date."""

    @staticmethod
    def read(package: zipfile.ZipFile) -> frozenset[str]:
        """Ids of date styles, as cells name them."""
        formats: dict[str, bool] = {}
        styles: list[str] = []
        inside: list[bool] = [False]

        def see_format(attributes: Attributes) -> None:
            formats[attributes.get("numFmtId", "")] = is_date_format(attributes.get("formatCode", ""))

        def see_style(attributes: Attributes) -> None:
            if len(styles) >= MAX_STYLES or len(formats) > MAX_STYLES:
                raise BadXml
            if inside[0]:
                styles.append(attributes.get("numFmtId", "0"))

        def enter(_: Attributes) -> None:
            inside[0] = True

        def leave(_: str) -> None:
            inside[0] = False

        parser = Parser(
            starts={"numFmt": see_format, "cellXfs": enter, "xf": see_style}, ends={"cellXfs": leave}
        )
        read_part(package, "xl/styles.xml", parser)
        return frozenset(
            str(place)
            for place, number in enumerate(styles)
            if formats.get(number, number.isdecimal() and int(number) in _BUILT_IN_DATES)
        )


def is_date_format(code: str) -> bool:
    """Whether a format shows a day or year: `dd/mm/yyyy` does, `[Red]0,00` and `hh:mm` do not."""
    return _DATE_MARKS.search(_NO_DATE_MARKS.sub("", code)) is not None
