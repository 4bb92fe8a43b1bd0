"""The office file: the shipped sample, and the office's own file on top of it (`LOKET_OFFICE`)."""

import tomllib
from pathlib import Path
from typing import Any

from domain.office.office import Office
from domain.office.tables import BadOffice, unknown_keys
from locales.texts import LANGUAGES, Texts

SAMPLE = Path(__file__).with_name("office.toml")
OTHER_SAMPLES = Path(__file__).with_name("offices")
"""Further complete offices to start from, in other zones and languages."""
_OWN = ("points", "contact.address", "contact.phone")
_LOCAL = ("name", "districts", "neighbour.name", "neighbour.office", "neighbour.prefixes", "number.prefix")


def load_office(path: Path | None) -> Office:
    """Give the office that the file describes; what it leaves out comes from the shipped sample.

    Raises:
        BadOffice: the file is missing, is no TOML, or one of its keys cannot be used; the text names the place.
    """
    office = Office.from_mapping(_tables(path) if path else {}, sample=_tables(SAMPLE))
    if strange := set(office.languages) - set(LANGUAGES):
        raise BadOffice(
            "languages", f"there are no texts in {min(strange)!r}, only in {', '.join(LANGUAGES)}"
        )
    return office


def texts_of(office: Office) -> Texts:
    """Give what the office says: in the languages that it offers, with times in its own zone."""
    return Texts(zone=office.timezone, languages=office.languages)


def unknown_office_keys(path: Path) -> list[str]:
    """Give the keys of the office's own file that nobody reads, for `loket check`."""
    return unknown_keys(Office, _tables(path))


def is_of_a_real_office(path: Path, office: Office) -> bool:
    """Tell whether an own file describes a real office: it says so, or it names another place and does not say it is a sample."""
    table = _tables(path)
    return not office.sample or ("sample" not in table and any(_has(table, key) for key in ("zone", *_LOCAL)))


def missing_in(path: Path) -> tuple[list[str], list[str]]:
    """Give the keys of a place that an office's own file leaves to the sample.

    First those that no other office can share, then those that are right for offices of the same regency only.
    """
    table = _tables(path)
    return [key for key in _OWN if not _has(table, key)], [key for key in _LOCAL if not _has(table, key)]


def _has(table: Any, key: str) -> bool:
    name, _, inner = key.partition(".")
    return isinstance(table, dict) and name in table and (not inner or _has(table[name], inner))


def _tables(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadOffice("", f"the office file {path} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadOffice("", f"the office file {path} is no TOML: {error}") from error
    except RecursionError:
        raise BadOffice("", f"the office file {path} is nested too deeply") from None
