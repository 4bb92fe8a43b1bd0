"""The office file (`LOKET_OFFICE`), merged over the shipped sample."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.setup.logs import hide_numbers
from domain.cards.stages import Stage
from domain.office.office import Office
from domain.office.tables import BadOffice, unknown_keys
from locales.texts import LANGUAGES, Texts

SAMPLE = Path(__file__).with_name("office.toml")
NEW_OFFICE = Path(__file__).with_name("new_office.template")
"""What `loket office new` fills in: TOML with `$names`."""
OTHER_SAMPLES = Path(__file__).with_name("offices")
"""Further complete sample offices in other zones and languages."""
_PLACE = ("name", "districts", "neighbour.name", "neighbour.office", "neighbour.prefixes", "number.prefix")
_OWN = ("points", "contact.address", "contact.phone", "hours", *_PLACE)


def load_office(path: Path | None) -> Office:
    """The office of the file; missing keys come from the sample. From now on no log line holds one of its numbers.

    Raises:
        BadOffice: the file is missing, no TOML, or has an unusable key; the error names the place.
    """
    if path is None:
        return office_of({})
    office = office_of(_tables(path))
    hide_numbers(*office.number.expressions)
    return office


def office_of(tables: Mapping[str, Any]) -> Office:
    """The office of a file's tables; missing keys come from the sample.

    Raises:
        BadOffice: a key cannot be used.
    """
    office = Office.from_mapping(tables, sample=_tables(SAMPLE))
    if strange := set(office.languages) - set(LANGUAGES):
        raise BadOffice(
            "languages", f"there are no texts in {min(strange)!r}, only in {', '.join(LANGUAGES)}"
        )
    for code, stage in office.imports.codes.items():
        if stage not in set(Stage):
            raise BadOffice(f"import.codes.{code}", f"must be one of {', '.join(Stage)}")
    return office


def texts_of(office: Office) -> Texts:
    """Texts of the office in its languages and zone."""
    return Texts(zone=office.timezone, languages=office.languages)


def unknown_office_keys(path: Path) -> list[str]:
    """Unknown keys of the office's file, for `loket check`."""
    return unknown_keys(Office, _tables(path))


def is_of_a_real_office(path: Path, office: Office) -> bool:
    """Whether a file describes a real office: it says so, or names another place without `sample`."""
    table = _tables(path)
    return not office.sample or ("sample" not in table and any(_has(table, key) for key in ("zone", *_PLACE)))


def missing_in(path: Path) -> list[str]:
    """Keys about the place that the office's file leaves to the sample; hours may stand in every point instead."""
    table = _tables(path)
    points = table.get("points")
    in_points = isinstance(points, list) and points and all(_has(one, "hours") for one in points)
    return [key for key in _OWN if not (_has(table, key) or (key == "hours" and in_points))]


def _has(table: Any, key: str) -> bool:
    name, _, inner = key.partition(".")
    return isinstance(table, dict) and name in table and (not inner or _has(table[name], inner))


def _tables(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadOffice("", f"the office file {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadOffice("", f"the office file {path} is no text in UTF-8: save it so") from error
    except tomllib.TOMLDecodeError as error:
        raise BadOffice("", f"the office file {path} is no TOML: {error}") from error
    except RecursionError:
        raise BadOffice("", f"the office file {path} is nested too deeply") from None
