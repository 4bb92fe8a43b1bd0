"""Content of a message, before a channel renders it."""

from dataclasses import dataclass, field
from typing import Self

from domain import codec
from domain.codec import light_dataclass


@light_dataclass(frozen=True, slots=True, kw_only=True)
class ShownChoice:
    """A choice as shown: a tap returns `token`, typing means `number`."""

    json_shape = codec.ROW

    token: str
    number: int
    label: str
    hint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A picture or document of a screen."""

    json_shape = codec.ROW

    name: str
    mime: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A web address and its button's label."""

    json_shape = codec.ROW

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place on the map; `label` is that of the button that opens it."""

    latitude: float
    longitude: float
    name: str
    address: str = ""
    label: str = ""

    @property
    def line(self) -> str:
        """The place as one line of text."""
        told = filter(None, [self.name, self.address])
        return "📍 " + ", ".join(f"\u2068{one}\u2069" for one in told)

    @property
    def url(self) -> str:
        """Address of the map (https://developers.google.com/maps/documentation/urls/get-started)."""
        return f"https://www.google.com/maps/search/?api=1&query={self.latitude:.6f},{self.longitude:.6f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The push as an approved template: its name and variables in order."""

    name: str
    language: str
    variables: tuple[str, ...] = field(default=(), repr=False)

    def to_json(self) -> list[str]:
        """Name, language and variables in one list."""
        return [self.name, self.language, *self.variables]

    @classmethod
    def from_json(cls, value: list[str]) -> Self:
        """Read what `to_json` wrote."""
        name, language, *variables = value
        return cls(name=name, language=language, variables=tuple(variables))


@light_dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One bubble, the same for every channel: text, choices, link, place and files.

    `text` is plain with the markup of docs/architecture.md: `*bold*` comes from texts only; renderers escape
    input of people. `replaces` is the provider's id of the message to edit, if the channel can. `deletes` is
    that of a resident's message with personal data to delete, if the channel can. `language` is that of the
    text, for screen readers. `idle_text` and `idle_choices` are shown instead on an idle shared device; they
    contain no name and no number. `template` is used where a push needs one. A `place` alone is a pin; with
    text it is a line and a link. `locate` is the label of the button that sends the location; None: not
    asked.
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
        """The screen for an idle shared device: without names, and without choices of another person."""
        return Screen(
            text=self.idle_text or "", choices=self.idle_choices, language=self.language, veiled=True
        )

    @property
    def pin(self) -> Place | None:
        """The place, if it is the whole content."""
        return None if self.text or self.choices or self.link or self.locate else self.place

    @property
    def links(self) -> tuple[Link, ...]:
        """The link, and the map of the place."""
        to_map = self.place and Link(label=self.place.label or self.place.name, url=self.place.url)
        return tuple(link for link in (self.link, to_map) if link)
