"""Streaming reader for a workbook's XML parts; document types, and so entities, are refused."""

import re
import zipfile
from collections.abc import Callable, Mapping
from xml.parsers import expat

Attributes = Mapping[str, str]

_CHUNK_BYTES = 1 << 16
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class BadXml(Exception):
    """The part is no valid part of a workbook."""


class Parser:
    """Calls callbacks for elements: at their start, with their text, at their end.

    Elements are matched by local name, because Excel, LibreOffice and strict writers use different prefixes and
    namespaces.
    """

    def __init__(
        self,
        *,
        starts: Mapping[str, Callable[[Attributes], None]],
        texts: Mapping[str, Callable[[str], None]] | None = None,
        ends: Mapping[str, Callable[[], None]] | None = None,
        skipped: str = "",
    ) -> None:
        self._starts = starts
        self._texts = texts or {}
        self._ends = ends or {}
        self._skipped = skipped
        self._skipping = 0
        self._text: list[str] = []
        parser = self._expat = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        """Parse the next bytes of the part.

        Raises:
            BadXml: not well-formed, or not part of a workbook.
        """
        try:
            self._expat.Parse(chunk, last)
        except (expat.ExpatError, ValueError, IndexError, OverflowError):
            raise BadXml from None

    def close(self) -> None:
        """End the part.

        Raises:
            BadXml: it ended too early.
        """
        self.feed(b"", last=True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == self._skipped:
            self._skipping += 1
        elif self._skipping:
            return
        else:
            if start := self._starts.get(name):
                start(attributes)
            if name in self._texts:
                self._text = []
                self._expat.CharacterDataHandler = self._text.append

    def _end(self, name: str) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == self._skipped:
            self._skipping -= 1
        elif self._skipping:
            return
        elif take := self._texts.get(name):
            self._expat.CharacterDataHandler = None
            take(_unescaped("".join(self._text)))
        elif end := self._ends.get(name):
            end()

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
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
