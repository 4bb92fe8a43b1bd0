"""The template registry (templates.toml): texts to be approved by the provider, and their variables."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.whatsapp.markup import without_bold
from bot.whatsapp.render import Payload, size
from domain.announcements.announcement import fill
from handlers.engine.screen import ShownChoice, Template
from locales.texts import DEFAULT

FILE = Path(__file__).with_name("templates.toml")
BODY = 1024  # limit for a template's text with its variables
_GAP = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """One template: texts per language, variable names in order with samples, button labels."""

    name: str
    category: str
    variables: tuple[str, ...]
    samples: tuple[str, ...]
    text: Mapping[str, str]
    buttons: Mapping[str, tuple[str, ...]]

    def language(self, wanted: str) -> str:
        """Language used if `wanted` is requested."""
        return wanted if wanted in self.text else DEFAULT

    def body(self, language: str) -> str:
        """Text in the provider's notation: `{{1}}` for the first variable."""
        return _GAP.sub(
            lambda gap: f"{{{{{self.variables.index(gap[1]) + 1}}}}}", self.text[self.language(language)]
        )

    def labels(self, language: str) -> tuple[str, ...]:
        """Button labels in order; empty for a text without choices."""
        return self.buttons.get(self.language(language), ())

    def components(self, language: str) -> list[dict[str, Any]]:
        """Components to submit for approval; a text without variables has no samples."""
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
    """Message for a template; None if the registry has no fitting one, so nothing can be sent.

    Its buttons answer with the tokens of the choices. If their numbers differ, a tap counts as its typed
    label.
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


def worded(template: Template) -> str:
    """The approved text with the template's variables, as the resident reads it."""
    known = registry()[template.name]
    gaps = zip(known.variables, map(in_one_line, template.variables), strict=True)
    return fill(known.text[known.language(template.language)], dict(gaps))


def in_one_line(value: str) -> str:
    """A value for a variable: not empty, no line breaks, tabs, repeated spaces or marks."""
    return " ".join(without_bold(value).split()) or "-"


def _within(known: Registered, language: str, gaps: Sequence[str]) -> Sequence[str] | None:
    """The variables, if the filled text is within the provider's limit."""
    words = size(_GAP.sub("", known.text[language]))
    return gaps if words + sum(map(size, gaps)) <= BODY else None
