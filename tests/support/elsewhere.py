"""The conversation tests at another sample office: what is said and shown there, in the words of the first one.

    Here()          the first office, whose words the tests use
    Kendari()       the second one: residents say its words, and its screens are read back in the first one's

`leaked` are the texts of the second office that hold a word of the first one.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from bot.setup.office_file import OTHER_SAMPLES, SAMPLE
from domain.office.office import Office
from domain.office.registration import check_character
from domain.office.tables import merged
from handlers.engine.screen import File, Screen, ShownChoice, Template

_POINTS = {"sooko": "mandonga", "mpp": "mpp", "mojosari": "kota_lama", "jetis": "baruga"}
_WORDS = {
    "Dispendukcapil Kabupaten Mojokerto": "Disdukcapil Kota Kendari",
    "Dispendukcapil Kota Mojokerto": "Disdukcapil Kabupaten Konawe",
    "Kota Mojokerto": "Kabupaten Konawe",
    "Jalan R.A. Basuni, Sooko, Mojokerto": "Jalan Drs. H. Abdullah Silondae, Mandonga, Kendari",
    "Jalan R.A. Basuni, Sooko": "Jalan Drs. H. Abdullah Silondae, Mandonga",
    "(0321) 000000": "(0401) 000000",
    "Kantor Dispendukcapil, Sooko": "Kantor Disdukcapil, Mandonga",
    "Dispendukcapil Sooko": "Disdukcapil",
    "Sooko": "Mandonga",
    "Puri": "Kadia",
    "Trowulan": "Puuwatu",
    "Jetis": "Baruga",
    "Gedeg": "Wua-Wua",
    "Kemlagi": "Kambu",
    "Mojosari": "Kendari",
    "Ngoro": "Poasia",
    "Pungging": "Kendari Barat",
    "Kutorejo": "Abeli",
    "Magersari": "Sampara",
    "Kranggan": "Soropia",
    "08.00–15.00": "07.30–15.30",
    "WIB": "WITA",
    "MJK": "KDI",
}
_NUMBER = re.compile(r"(?<![^\W_])(MJK|KDI)(\W?)(\d{6})(\W?)(\w{4})(\W?)([A-Z\d])\b", re.IGNORECASE)
# Six more digits or stars: a drawn code has no room for them.
_NIK = r"(?<![A-Za-z0-9]){}(?=(?:[ .-]?[\dOIl*]){{6}})"
_FIRST_NIK = re.compile(_NIK.format("(?:3516|3576)"))
FIRST_OFFICE = re.compile(
    r"(?<![A-Za-z0-9])(?:Mojokerto|MJK|Sooko|Mojosari|Jetis|WIB|Dispendukcapil)(?![A-Za-z0-9])", re.IGNORECASE
)
"""What only the first office says, as words of their own: drawn codes may hold their letters."""


class Here:
    """The first sample office: nothing is translated."""

    files: tuple[Path, ...] = (SAMPLE,)
    hours_ahead = 0
    """By so many hours its clock is ahead of the first office's."""

    def __init__(self) -> None:
        self.leaked: list[str] = []

    def office(self, changed: Mapping[str, Any]) -> Office:
        """The office with changed tables of its file."""
        if not changed:
            return _office(self.files)
        return Office.from_mapping(self.table({**changed}), sample=_tables(self.files))

    def said(self, text: str) -> str:
        return text

    def shown(self, screen: Screen) -> Screen:
        return screen

    def point(self, name: str) -> str:
        return name

    def table(self, table: Any) -> Any:
        """A table of an office file, or a row of its register."""
        return table


class Kendari(Here):
    """The second sample office: on another island, in WITA, without Javanese."""

    files = (SAMPLE, OTHER_SAMPLES / "kendari.toml")
    hours_ahead = 1

    def said(self, text: str) -> str:
        text = _numbers(text, "KDI")
        text = re.sub(_NIK.format("3516"), "7471", text)
        return _THERE(re.sub(_NIK.format("3576"), "7402", text))

    def shown(self, screen: Screen) -> Screen:
        place = screen.place
        if place is not None:
            place = replace(place, name=self._read(place.name), address=self._read(place.address))
        return replace(
            screen,
            text=self._read(screen.text),
            files=tuple(self._file(one) for one in screen.files),
            template=self._template(screen.template),
            choices=self._choices(screen.choices),
            place=place,
            idle_text=screen.idle_text and self._read(screen.idle_text),
            idle_choices=self._choices(screen.idle_choices),
        )

    def point(self, name: str) -> str:
        return _POINTS[name]

    def table(self, table: Any) -> Any:
        if isinstance(table, dict):
            return {key: self.table(value) for key, value in table.items()}
        if isinstance(table, list | tuple):
            return [self.table(value) for value in table]
        return _POINTS.get(table) or self.said(table) if isinstance(table, str) else table

    def _choices(self, choices: tuple[ShownChoice, ...]) -> tuple[ShownChoice, ...]:
        return tuple(
            replace(one, label=self._read(one.label), hint=one.hint and self._read(one.hint))
            for one in choices
        )

    def _template(self, template: Template | None) -> Template | None:
        return template and replace(template, variables=tuple(map(self._read, template.variables)))

    def _file(self, file: File) -> File:
        if file.mime == "text/calendar" or not file.mime.startswith("text/"):
            return file
        return replace(file, data=self._read(file.data.decode()).encode())

    def _read(self, text: str) -> str:
        """Words of a screen in those of the first office."""
        if FIRST_OFFICE.search(text) or _FIRST_NIK.search(text):
            self.leaked.append(text)
        text = re.sub(_NIK.format("7471"), "3516", _numbers(text, "MJK"))
        return _BACK(re.sub(_NIK.format("7402"), "3576", text))


class _Dictionary:
    """Words and what stands for them, found as whole words, also in small letters."""

    def __init__(self, words: dict[str, str]) -> None:
        self._words = words | {one.casefold(): other.casefold() for one, other in words.items()}
        longest_first = sorted(self._words, key=len, reverse=True)
        self._pattern = re.compile("|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in longest_first))

    def __call__(self, text: str) -> str:
        return self._pattern.sub(lambda found: self._words[found[0]], text)


_THERE, _BACK = _Dictionary(_WORDS), _Dictionary({other: one for one, other in _WORDS.items()})


@cache
def _office(files: tuple[Path, ...]) -> Office:
    return Office.from_mapping(_tables(files))


@cache
def _tables(files: tuple[Path, ...]) -> dict[str, Any]:
    tables: dict[str, Any] = {}
    for file in files:
        tables = merged(tables, tomllib.loads(file.read_text()))
    return tables


def _numbers(text: str, prefix: str) -> str:
    """Registration numbers with another prefix; a right check character stays right, a wrong one wrong."""

    def other(found: re.Match[str]) -> str:
        old, gap, day, gap2, serial, gap3, check = found.groups()
        right, now = (check_character(f"{one}{day}{serial}".upper()) for one in (old, prefix))
        check = {right: now, now: right}.get(check.upper(), check)
        number = f"{prefix}{gap}{day}{gap2}{serial}{gap3}{check}"
        return number if old.isupper() else number.casefold()

    return _NUMBER.sub(other, text)
