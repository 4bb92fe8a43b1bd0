"""What a resident is shown: words and choices, before a channel draws them."""

import base64
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChoice:
    """One choice as it is shown: `token` comes back when it is tapped, `number` when it is typed."""

    token: str
    number: int
    label: str
    hint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A picture or document that travels with a screen."""

    name: str
    mime: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The same news in words that a provider has approved: which words, and what stands in their gaps, in order."""

    name: str
    language: str
    variables: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One bubble: the text, its choices, its files; the same for every channel.

    `text` is plain text with the markup of docs/architecture.md: `*bold*` is written by texts only; values that
    come from people are escaped by the renderer of the channel. `replaces` is the provider's id of the message that
    this screen takes the place of (where the channel can edit). `deletes` is the id of a resident's message that
    held personal data and is to be removed (where the channel can). `language` is the language of the text, for a
    channel that can tell it to the reader's device (a screen reader picks its voice by it). `idle_text` is shown
    instead where the device may be shared and nobody spoke for a while: it holds no name and no number. `template` says it
    where a channel lets us speak first in approved words only.
    """

    text: str = field(repr=False)
    choices: tuple[ShownChoice, ...] = ()
    files: tuple[File, ...] = ()
    replaces: str | None = None
    deletes: str | None = None
    language: str | None = None
    idle_text: str | None = None
    template: Template | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the screen as JSON values, for the outbox."""
        return {
            "text": self.text,
            "choices": [[c.token, c.number, c.label, c.hint] for c in self.choices],
            "files": [[f.name, f.mime, base64.b64encode(f.data).decode()] for f in self.files],
            "replaces": self.replaces,
            "deletes": self.deletes,
            "language": self.language,
            "idle_text": self.idle_text,
            "template": self.template
            and [self.template.name, self.template.language, *self.template.variables],
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        return cls(
            text=value["text"],
            choices=tuple(
                ShownChoice(token=token, number=number, label=label, hint=hint)
                for token, number, label, hint in value["choices"]
            ),
            files=tuple(
                File(name=name, mime=mime, data=base64.b64decode(data)) for name, mime, data in value["files"]
            ),
            replaces=value["replaces"],
            deletes=value["deletes"],
            language=value.get("language"),
            idle_text=value.get("idle_text"),
            template=_template(value.get("template")),
        )


def _template(value: list[str] | None) -> Template | None:
    if not value:
        return None
    name, language, *variables = value
    return Template(name=name, language=language, variables=tuple(variables))
