"""The template registry: the words that a provider has to approve, and how their gaps are filled (templates.toml)."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.whatsapp.markup import without_bold
from bot.whatsapp.render import Payload, size
from handlers.engine.screen import ShownChoice, Template
from locales.texts import DEFAULT

FILE = Path(__file__).with_name("templates.toml")
BODY = 1024  # of a template's text with its gaps filled
_GAP = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """One entry: a text per language, the names of its gaps in order, a sample for each, the labels of its buttons."""

    name: str
    category: str
    variables: tuple[str, ...]
    samples: tuple[str, ...]
    text: Mapping[str, str]
    buttons: Mapping[str, tuple[str, ...]]

    def language(self, wanted: str) -> str:
        """Give the language that it is said in where this one is wanted."""
        return wanted if wanted in self.text else DEFAULT

    def body(self, language: str) -> str:
        """Give the text as the provider writes it: `{{1}}` for the first gap."""
        return _GAP.sub(
            lambda gap: f"{{{{{self.variables.index(gap[1]) + 1}}}}}", self.text[self.language(language)]
        )

    def labels(self, language: str) -> tuple[str, ...]:
        """Give the labels of the buttons in order; none where the text has no choices."""
        return self.buttons.get(self.language(language), ())

    def components(self, language: str) -> list[dict[str, Any]]:
        """Give what is submitted for approval; a text without gaps has no samples."""
        body: dict[str, Any] = {"type": "BODY", "text": self.body(language)}
        if self.samples:
            body["example"] = {"body_text": [[*self.samples]]}
        buttons = [{"type": "QUICK_REPLY", "text": label} for label in self.labels(language)]
        return [body, {"type": "BUTTONS", "buttons": buttons}] if buttons else [body]


@cache
def registry(file: Path = FILE) -> dict[str, Registered]:
    """Read the registry."""
    entries = tomllib.loads(file.read_text("utf-8"))
    return {
        name: Registered(
            name=name,
            category=entry["category"],
            variables=tuple(entry["variables"]),
            samples=tuple(entry["samples"]),
            text=entry["text"],
            buttons={language: tuple(labels) for language, labels in entry.get("buttons", {}).items()},
        )
        for name, entry in entries.items()
    }


def payload(template: Template | None, choices: Sequence[ShownChoice] = ()) -> Payload | None:
    """Give the message for a template; None when the registry has none that fits, so that nothing can be said.

    Its buttons answer with the tokens of the choices. Where those are not as many, a tap says its label as if typed.
    """
    known = registry().get(template.name) if template is not None else None
    if known is None or template is None or len(template.variables) != len(known.variables):
        return None
    language = known.language(template.language)
    gaps = _within(known, language, [in_one_line(value) for value in template.variables])
    if gaps is None:
        return None
    body = [{"type": "body", "parameters": [{"type": "text", "text": gap} for gap in gaps]}] if gaps else []
    components = [*body, *_buttons(known.labels(language), choices)]
    content: dict[str, Any] = {"name": known.name, "language": {"code": language}}
    return Payload(kind="template", content=content | ({"components": components} if components else {}))


def _buttons(labels: Sequence[str], choices: Sequence[ShownChoice]) -> Iterator[dict[str, Any]]:
    for place, choice in enumerate(choices if len(choices) == len(labels) else ()):
        said = [{"type": "payload", "payload": choice.token}]
        yield {"type": "button", "sub_type": "quick_reply", "index": str(place), "parameters": said}


def in_one_line(value: str) -> str:
    """Give a value as a gap takes it: not empty, no line ends, no tabs, no row of spaces, no marks."""
    return " ".join(without_bold(value).split()) or "-"


def _within(known: Registered, language: str, gaps: Sequence[str]) -> Sequence[str] | None:
    """Give the gaps if the filled text is short enough for the provider."""
    words = size(_GAP.sub("", known.text[language]))
    return gaps if words + sum(map(size, gaps)) <= BODY else None
