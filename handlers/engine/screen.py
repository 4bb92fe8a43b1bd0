"""What a resident is shown: words and choices, before a channel draws them."""

import base64
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
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
class Link:
    """An address on the web, and the words on its button."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Somewhere to go: a pin on the map. `label` are the words on the button that opens the map."""

    latitude: float
    longitude: float
    name: str
    address: str = ""
    label: str = ""

    @property
    def line(self) -> str:
        """The place in one line of words."""
        told = filter(None, [self.name, self.address])
        return "📍 " + ", ".join(f"\u2068{one}\u2069" for one in told)

    @property
    def url(self) -> str:
        """The map, as any telephone opens it (https://developers.google.com/maps/documentation/urls/get-started)."""
        return f"https://www.google.com/maps/search/?api=1&query={self.latitude:.6f},{self.longitude:.6f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The same news in words that a provider has approved: which words, and what stands in their gaps, in order."""

    name: str
    language: str
    variables: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One bubble: the text, its choices, its link, place and files; the same for every channel.

    `text` is plain text with the markup of docs/architecture.md: `*bold*` is written by texts only; values that
    come from people are escaped by the renderer of the channel. `replaces` is the provider's id of the message that
    this screen takes the place of (where the channel can edit). `deletes` is the id of a resident's message that
    held personal data and is to be removed (where the channel can). `language` is the language of the text, for a
    channel that can tell it to the reader's device (a screen reader picks its voice by it). `idle_text` is shown
    instead, with `idle_choices`, where the device may be shared and somebody else may sit there by now: it holds no name and no
    number. `template` says it
    where a channel lets us speak first in approved words only. A `place` that comes alone is a pin, beside words it is
    a line and a link. `locate` are the words on a button that sends where the resident is; None: nobody asks.
    """

    text: str = field(repr=False)
    choices: tuple[ShownChoice, ...] = ()
    files: tuple[File, ...] = ()
    link: Link | None = None
    place: Place | None = None
    locate: str | None = None
    replaces: str | None = None
    deletes: str | None = None
    language: str | None = None
    idle_text: str | None = None
    idle_choices: tuple[ShownChoice, ...] = ()
    veiled: bool = False
    template: Template | None = None

    def veil(self) -> "Screen":
        """Give what is shown to whoever sits there: the words without names, and nothing to decide for another."""
        return Screen(
            text=self.idle_text or "", choices=self.idle_choices, language=self.language, veiled=True
        )

    @property
    def pin(self) -> Place | None:
        """The place, where nothing else is said."""
        return None if self.text or self.choices or self.link or self.locate else self.place

    @property
    def links(self) -> tuple[Link, ...]:
        """Everything that opens a page: the link, and the map of the place."""
        to_map = self.place and Link(label=self.place.label or self.place.name, url=self.place.url)
        return tuple(link for link in (self.link, to_map) if link)

    def to_json(self) -> dict[str, Any]:
        """Give the screen as JSON values, for the outbox."""
        return {
            "text": self.text,
            "choices": [[c.token, c.number, c.label, c.hint] for c in self.choices],
            "files": [[f.name, f.mime, base64.b64encode(f.data).decode()] for f in self.files],
            "link": self.link and [self.link.label, self.link.url],
            "place": self.place and asdict(self.place),
            "locate": self.locate,
            "replaces": self.replaces,
            "deletes": self.deletes,
            "language": self.language,
            "idle_text": self.idle_text,
            "idle_choices": [[c.token, c.number, c.label, c.hint] for c in self.idle_choices],
            "veiled": self.veiled,
            "template": self.template
            and [self.template.name, self.template.language, *self.template.variables],
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        return cls(
            text=value["text"],
            choices=_choices(value["choices"]),
            files=tuple(
                File(name=name, mime=mime, data=base64.b64decode(data)) for name, mime, data in value["files"]
            ),
            link=_link(value.get("link")),
            place=_place(value.get("place")),
            locate=value.get("locate"),
            replaces=value["replaces"],
            deletes=value["deletes"],
            language=value.get("language"),
            idle_text=value.get("idle_text"),
            idle_choices=_choices(value.get("idle_choices", ())),
            veiled=value.get("veiled", False),
            template=_template(value.get("template")),
        )


def _choices(value: Sequence[Any]) -> tuple[ShownChoice, ...]:
    return tuple(
        ShownChoice(token=token, number=number, label=label, hint=hint)
        for token, number, label, hint in value
    )


def _link(value: list[str] | None) -> Link | None:
    return Link(label=value[0], url=value[1]) if value else None


def _place(value: dict[str, Any] | None) -> Place | None:
    return Place(**value) if value else None


def _template(value: list[str] | None) -> Template | None:
    if not value:
        return None
    name, language, *variables = value
    return Template(name=name, language=language, variables=tuple(variables))
