"""A register file of any kind as a table of records."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from domain.refusals import Detail
from domain.text.cells import Record

MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_ROWS = 250_000
MAX_SHEETS = 10  # that are looked through for a heading
MAX_COLUMNS = 256  # cells beyond are no register columns and are ignored

_SNIFF_BYTES = 4096
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class UnusableFile(Exception):
    """The whole file is unusable; `code` is worded in Fluent as `import-file-<code>`."""

    def __init__(self, code: str, **details: Detail) -> None:
        super().__init__(code)
        self.code = code
        self.details = details
        self.titles: tuple[str, ...] = ()  # headings of the line that comes nearest, if columns are missing


class Table(Protocol):
    """A file that can be read record by record, repeatedly."""

    delimiter: str

    def records(self, sheet: int = 0) -> Iterator[Record]:
        """All records of a sheet that are not empty; none if there is no such sheet.

        Raises:
            UnusableFile: the file is damaged or too large.
        """
        ...


def open_table(path: Path) -> Table:
    """Detect the kind of file.

    Raises:
        UnusableFile: missing, empty, too large, or not a register.
    """
    head = _head(path)
    if head.startswith(b"PK"):
        from bot.importing.xlsx import XlsxTable

        return XlsxTable(path)
    if head.startswith(_OLD_EXCEL):
        raise UnusableFile("old-excel")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise UnusableFile("web-page")
    from bot.importing.text import TextTable

    return TextTable(path)


def _head(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_SNIFF_BYTES)
    except FileNotFoundError:
        raise UnusableFile("not-there") from None
    except IsADirectoryError:
        raise UnusableFile("folder") from None
    except OSError as error:
        raise UnusableFile("unreadable", why=error.strerror or "") from None
    if size > MAX_FILE_BYTES:
        raise UnusableFile("too-large", megabytes=MAX_FILE_BYTES // 1024 // 1024)
    if not head.strip(b"\xef\xbb\xbf \t\r\n,;"):
        raise UnusableFile("empty")
    return head
