"""The office file: the shipped sample, and the office's own file on top of it (`LOKET_OFFICE`)."""

import tomllib
from pathlib import Path
from typing import Any

from domain.office import Office
from domain.office_reading import BadOffice, unknown_keys

SAMPLE = Path(__file__).with_name("office.toml")


def load_office(path: Path | None) -> Office:
    """Give the office that the file describes; what it leaves out comes from the shipped sample.

    Raises:
        BadOffice: the file is missing, is no TOML, or one of its keys cannot be used; the text names the place.
    """
    return Office.from_mapping(_tables(path) if path else {}, sample=_tables(SAMPLE))


def unknown_office_keys(path: Path) -> list[str]:
    """Give the keys of the office's own file that nobody reads, for `loket check`."""
    return unknown_keys(Office, _tables(path))


def _tables(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadOffice("", f"the office file {path} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadOffice("", f"the office file {path} is no TOML: {error}") from error
