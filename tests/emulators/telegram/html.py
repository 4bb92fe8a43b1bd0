"""The Bot API's HTML: what a person sees, the entities, and the refusals of bad markup."""

import html as standard_html
import re
from dataclasses import dataclass, field
from typing import Any

from tests.emulators.telegram.refusals import bad_request

ENTITY_OF_TAG = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
TAG_NAME = re.compile(r"[a-zA-Z0-9-]*")
KNOWN_CHARACTER = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
HREF = re.compile(r"""href\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)


def utf16_length(text: str) -> int:
    """Telegram counts offsets and lengths in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def read_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Give the visible text and its entities.

    Raises:
        Refused: "can't parse entities", with the byte offset.
    """
    return _Reader(source).read()


@dataclass
class _Reader:
    source: str
    at: int = 0
    seen: str = ""
    length: int = 0
    open_tags: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    entities: list[dict[str, Any]] = field(default_factory=list)

    def read(self) -> tuple[str, list[dict[str, Any]]]:
        while self.at < len(self.source):
            if self.source.startswith("</", self.at):
                self._end_tag()
            elif self.source[self.at] == "<":
                self._start_tag()
            else:
                self._words()
        if self.open_tags:
            tag = self.open_tags[-1][0]
            raise bad_request(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{tag}\""
            )
        return self.seen, sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))

    def _words(self) -> None:
        end = self.source.find("<", self.at)
        words = self.source[self.at : end if end >= 0 else len(self.source)]
        self.at += len(words)
        shown = KNOWN_CHARACTER.sub(lambda found: standard_html.unescape(found.group()), words)
        self.seen += shown
        self.length += utf16_length(shown)

    def _start_tag(self) -> None:
        begin = self.at
        end = self.source.find(">", begin)
        tag = TAG_NAME.match(self.source, begin + 1).group().lower()  # type: ignore[union-attr]
        if tag not in ENTITY_OF_TAG:
            raise self._refusal(f'Unsupported start tag "{tag}"', begin)
        if end < 0:
            raise self._refusal("Unclosed start tag", begin)
        inside = self.source[begin:end]
        if tag == "span" and "tg-spoiler" not in inside:
            raise self._refusal('Tag "span" must have class "tg-spoiler"', begin)
        entity: dict[str, Any] = {"type": ENTITY_OF_TAG[tag], "offset": self.length}
        if tag == "a" and (href := HREF.search(inside)):
            entity["url"] = standard_html.unescape(href.group(1))
        self.open_tags.append((tag, entity))
        self.at = end + 1

    def _end_tag(self) -> None:
        begin = self.at
        end = self.source.find(">", begin)
        if end < 0:
            raise self._refusal("Unclosed end tag", begin)
        if not self.open_tags:
            raise self._refusal("Unexpected end tag", begin)
        found = self.source[begin + 2 : end].strip().lower()
        tag, entity = self.open_tags.pop()
        if found not in {"", tag}:
            raise self._refusal("Unmatched end tag", begin, f', expected "</{tag}>", found "</{found}>"')
        self.at = end + 1
        entity["length"] = self.length - entity["offset"]
        if entity["length"] and not (entity["type"] == "text_link" and "url" not in entity):
            self.entities.append(entity)

    def _refusal(self, what: str, begin: int, more: str = "") -> Exception:
        offset = len(self.source[:begin].encode())
        return bad_request(f"can't parse entities: {what} at byte offset {offset}{more}")
