"""The XML parts of a workbook, read as a stream; no document type, hence no entities, is let in."""

import re
import zipfile
from collections.abc import Callable, Mapping
from xml.parsers import expat

Attributes = Mapping[str, str]

_CHUNK_BYTES = 1 << 16
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class BadXml(Exception):
    """The part is not what a workbook holds."""


class Parser:
    """Calls what is registered for an element's local name: at its start, with its whole text, at its end.

    Elements are known by their local names: Excel, LibreOffice and strict writers differ in prefix and name space.
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
        """Take the next bytes of the part.

        Raises:
            BadXml: this is no well-formed XML, or not what a workbook holds.
        """
        try:
            self._expat.Parse(chunk, last)
        except (expat.ExpatError, ValueError, IndexError, OverflowError):
            raise BadXml from None

    def close(self) -> None:
        """Say that the part has ended.

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
    """Give the characters that the file may not hold as such and writes as `_x000D_`."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
