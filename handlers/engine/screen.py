"""What a resident is shown: words and choices, before a channel draws them."""

from dataclasses import dataclass, field
from typing import Self

from domain import codec


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChoice:
    """One choice as it is shown: `token` comes back when it is tapped, `number` when it is typed."""

    json_shape = codec.ROW

    token: str
    number: int
    label: str
    hint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A picture or document that travels with a screen."""

    json_shape = codec.ROW

    name: str
    mime: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address on the web, and the words on its button."""

    json_shape = codec.ROW

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

    def to_json(self) -> list[str]:
        """Give the name, the language and the variables in one list."""
        return [self.name, self.language, *self.variables]

    @classmethod
    def from_json(cls, value: list[str]) -> Self:
        """Read what `to_json` wrote."""
        name, language, *variables = value
        return cls(name=name, language=language, variables=tuple(variables))


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
