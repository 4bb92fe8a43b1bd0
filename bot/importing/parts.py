"""Streaming reader for a workbook's XML parts; document types, and so entities, are refused."""

import re
import zipfile
from collections.abc import Callable, Mapping
from xml.parsers import expat

Attributes = Mapping[str, str]

MAX_DEPTH = 64  # spreadsheet programs write fewer than 20 levels
MAX_NAMES = 4096  # of elements and attributes; the parser keeps each one
MAX_TAG_BYTES = 256 * 1024  # expat reads an unfinished tag or comment from its start again with each chunk
MAX_TEXT_CHARACTERS = 32_767 * len("_x000D_")  # Excel's limit for a cell, with every character escaped

_CHUNK_BYTES = 1 << 16
_FEW_PIECES = 16  # of up to a chunk each
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class BadXml(Exception):
    """The part is no valid part of a workbook."""


class Parser:
    """Calls callbacks for elements: at their start, and at their end with the text since the last start of an element.

    Elements are matched by local name, because Excel, LibreOffice and strict writers use different prefixes and
    namespaces. A text is cut beyond `MAX_TEXT_CHARACTERS`. The limits are checked after each chunk, so that an element costs
    nothing more.
    """

    def __init__(
        self,
        *,
        starts: Mapping[str, Callable[[Attributes], None]],
        ends: Mapping[str, Callable[[str], None]] | None = None,
        skipped: str = "",
    ) -> None:
        self._starts = {**starts, skipped: self._skip}
        self._ends = ends or {}
        self._skipped = 0
        self._depth = 0
        self._fed = 0
        self._names: dict[str, str] = {}
        self._text: list[str] = []
        parser = self._expat = expat.ParserCreate(intern=self._names)
        parser.buffer_text = True
        parser.CharacterDataHandler = self._text.append
        parser.StartDoctypeDeclHandler = self._refuse
        self._go_on()

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        """Parse the next bytes of the part.

        Raises:
            BadXml: not well-formed, not part of a workbook, or beyond the limits.
        """
        try:
            self._expat.Parse(chunk, last)
        except (expat.ExpatError, ValueError, IndexError, OverflowError):
            raise BadXml from None
        self._fed += len(chunk)
        unfinished = self._fed - self._expat.CurrentByteIndex
        if self._depth > MAX_DEPTH or len(self._names) > MAX_NAMES or unfinished > MAX_TAG_BYTES:
            raise BadXml
        if len(self._text) > _FEW_PIECES:
            self._text[:] = ["".join(self._text)[:MAX_TEXT_CHARACTERS]]

    def close(self) -> None:
        """End the part.

        Raises:
            BadXml: it ended too early.
        """
        self.feed(b"", last=True)

    def _go_on(self) -> None:
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._text.clear()
        self._depth += 1
        start = self._starts.get(name)
        if start is None and ":" in name:
            start = self._starts.get(name.rpartition(":")[2])
        if start is not None:
            start(attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        end = self._ends.get(name)
        if end is None and ":" in name:
            end = self._ends.get(name.rpartition(":")[2])
        if end is not None:
            text = "".join(self._text)
            end(_unescaped(text) if "_x" in text else text)

    def _skip(self, _: Attributes) -> None:
        """Ignore everything until this element ends."""
        self._skipped = self._depth
        self._expat.StartElementHandler = self._start_skipped
        self._expat.EndElementHandler = self._end_skipped

    def _start_skipped(self, _name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1

    def _end_skipped(self, _: str) -> None:
        self._depth -= 1
        if self._depth < self._skipped:
            self._go_on()

    def _refuse(self, *_: object) -> None:
        raise BadXml


def read_part(package: zipfile.ZipFile, name: str, parser: Parser) -> None:
    """Read a whole part of the workbook.

    Raises:
        BadXml: the part is missing or damaged.
    """
    try:
        file = package.open(name)
    except KeyError:
        raise BadXml from None
    with file:
        while chunk := file.read(_CHUNK_BYTES):
            parser.feed(chunk)
    parser.close()


def _unescaped(text: str) -> str:
    """Decode characters that the file writes as `_x000D_`."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
