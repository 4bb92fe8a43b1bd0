"""The contract between the office and a channel.

A channel hears (`Heard`), hands over to `Hear`, and sends `Screen`s. How a send can fail:

    Undelivered
    ├── Throttled     the provider asks to wait `retry_after_seconds`; `whole_channel` or this chat alone
    ├── Unreachable   this chat cannot be reached (`reason`): no retry
    ├── Absent        nobody is connected now (web chat): keep it until they are
    ├── Rejected      the provider refuses this very message (`reason`): no retry, staff see it
    ├── Held          it may not be said now (`reason`): it waits until they speak, at most `again_after_seconds` a time
    ├── Outage        the provider is down or we may not speak at all (5xx, bad token): try again later
    └── Unknown       time-out or cut line after the request was written: it may or may not have arrived
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Literal, Protocol

from starlette.routing import Route

from handlers.engine.caps import Caps
from handlers.engine.screen import Screen
from storage.people.identities import Identity, send_address
from storage.post.receipts import Receipt

Gone = Literal["blocked", "left"]
Kind = Literal[
    "text", "choice", "photo", "file", "voice", "sticker", "location", "contact", "edited", "other", Gone
]


def storable(text: str) -> str:
    """Drop what no store takes: NUL, and halves of a surrogate pair that JSON lets through."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One message of a resident, as a channel understood it.

    `message_id` names it for de-duplication within (channel, account); `address` is where an answer goes;
    `choice` is the token of a tapped button and `tapped` the provider's id of the message it stood under;
    `text` of a location is `latitude,longitude`; `left` is somebody who says that they leave a device that others use;
    `said_in` is the provider's id of the resident's own message (to delete it when it held a NIK);
    `media` is the provider's reference of a photo or file, `data` the file itself where it came with the message (web
    chat), `source` the client's network address (web chat only). `identities` is everything that the provider said
    about who speaks, where one person can have several names at once (WhatsApp); any of them leads to their chat.
    `fetched`: a worker has tried to download it.
    """

    channel: str
    account: str
    message_id: str
    address: str = field(repr=False)
    kind: Kind = "text"
    text: str = field(default="", repr=False)
    choice: str | None = field(default=None, repr=False)
    tapped: str | None = None
    said_in: str | None = None
    media: str | None = field(default=None, repr=False)
    data: bytes | None = field(default=None, repr=False)
    mime: str = ""
    file_name: str = field(default="", repr=False)
    fetched: bool = False
    group: bool = False
    forwarded: bool = False
    source: str | None = field(default=None, repr=False)
    identities: tuple[Identity, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        typed = {
            "text": self.text,
            "choice": self.choice,
            "tapped": self.tapped,
            "file_name": self.file_name,
            "mime": self.mime,
        }
        for name, value in typed.items():
            if value:
                object.__setattr__(self, name, storable(value))

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address of who speaks: a budget is not renewed by a name that a message happens to leave out."""
        return tuple(dict.fromkeys([self.address, *map(send_address, self.identities)]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A provider's word that a person has other names now: a new phone number, a new id.

    `message_id` names the news for de-duplication, as in `Heard`.
    """

    channel: str
    account: str
    message_id: str
    before: tuple[Identity, ...] = field(repr=False)
    after: tuple[Identity, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One outbox row on its way: a screen for an address. `priority` 0 = reply, 1 = push, 2 = announcement.

    `heard_at` is when the chat last spoke.
    """

    id: int
    chat: int
    channel: str
    account: str
    address: str = field(repr=False)
    priority: int
    screen: Screen = field(repr=False)
    attempts: int = 0
    due_at: datetime
    heard_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """What came of a turn after its commit.

    `duplicate`: this message had been claimed before, nothing happened. `inline`: the reply that the channel may put
    into its own HTTP answer (asked for with `inline=True`); the channel must then await `written(parcel)` once the
    answer is written. Every other reply is on its way through the courier already.
    """

    duplicate: bool = False
    inline: Parcel | None = None


class Hear(Protocol):
    """Take one message through its turn; returns after the commit (and after the padding of equal answers).

    Raises:
        StoreDown: nothing could be committed; the provider must send the message again (503).
        Busy: a browser's message that has to wait; only messages with a `source` are refused so.
    """

    async def __call__(self, heard: Heard, *, inline: bool = False, padded: bool = True) -> Turned:
        """Take the message; `inline` asks for the reply back, where it may travel in the webhook's answer.

        `padded=False` returns right after the commit, for a caller whose own answer tells nobody how long a look-up
        took; the reply is padded all the same.
        """
        ...

    async def moved(self, moved: Moved) -> None:
        """Let a person's chat follow them to their new names."""
        ...

    async def receipts(self, receipts: Sequence[Receipt]) -> None:
        """Record what became of messages that the provider took."""
        ...

    async def written(self, parcel: Parcel) -> None:
        """Record that the inline parcel was written into the HTTP answer."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The provider took the message; `id` is the provider's id of (the last bubble of) it, if it tells one.

    `how` is a code for a message that went another way than usual (`template`).
    """

    id: str | None = None
    how: str | None = None


class Pace(Protocol):
    """How fast an account may speak (bot/sending/pacer.py); `rate` is messages a second, `replies` those that left."""

    rate: float
    replies: int

    @property
    def queued(self) -> int:
        """How many pushes and announcements wait for their turn."""
        ...

    def leave_room(self, per_second: float) -> None:
        """Leave room for what other processes say on this account."""
        ...


class Channel(ABC):
    """One way to reach residents: a folder under bot/, known only to the table in bot/channels.py.

    A channel says what it can show (`caps`), sends, and overrides what differs from the defaults here.
    `larger_bodies` are the paths of its routes that take larger requests, with their bytes.
    """

    account: str
    caps: Caps
    pacer: Pace | None = None  # None: the provider sets no limit
    larger_bodies: Mapping[str, int] = MappingProxyType({})

    @property
    def name(self) -> str:
        """The name that chats, outbox rows and `--only` know it by."""
        return self.caps.channel

    @property
    def parked(self) -> int:
        """How many items from the provider could not be read since the start."""
        return 0

    @property
    def trouble(self) -> str | None:
        """A word for what only a person can mend, None while all is well."""
        return None

    def routes(self) -> Sequence[Route]:
        """What the web server has to serve for it."""
        return ()

    def present(self) -> frozenset[str] | None:
        """The addresses that can be reached now; None: all of them, always."""
        return None

    async def listen(self, hear: Hear) -> None:  # noqa: ARG002 (for channels that hear here)
        """Hear until cancelled; a channel that hears through its routes only waits here."""
        await asyncio.Event().wait()

    @abstractmethod
    async def send(self, parcel: Parcel) -> Sent:
        """Show the parcel's screen at its address; the call has a time-out below the lease of 30 s."""

    async def fetch(self, media: str) -> bytes:  # noqa: ARG002 (for channels that have files to fetch)
        """Download a photo or file (at most 10 MB, 10 s).

        Raises:
            Undelivered: it could not be had.
        """
        raise Unreachable("no_reference")

    async def close(self) -> None:  # noqa: B027 (a channel that holds nothing open has nothing to close)
        """Let go of connections."""


def located(latitude: object, longitude: object) -> str:
    """Give the text of a location, to a metre; empty where these are no degrees."""
    degrees = (latitude, longitude)
    if not all(isinstance(one, int | float) and -180 <= one <= 180 for one in degrees):  # noqa: PLR2004 (a circle)
        return ""
    return ",".join(f"{one:.5f}" for one in degrees)


class Busy(Exception):
    """Too much waits already: nothing was taken in, the sender is asked to send it again later; the text names what is full."""


class Undelivered(Exception):
    """A screen did not reach the resident."""


class Throttled(Undelivered):
    """The provider asks to wait."""

    def __init__(self, retry_after_seconds: float, *, whole_channel: bool = True) -> None:
        super().__init__(f"wait {retry_after_seconds} s")
        self.retry_after_seconds = retry_after_seconds
        self.whole_channel = whole_channel


class Unreachable(Undelivered):
    """The chat cannot be reached; `reason` is a code like `blocked`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Absent(Undelivered):
    """Nobody is connected now."""


class Rejected(Undelivered):
    """The provider refuses this message; `reason` is a code without personal data."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Held(Undelivered):
    """It may not be said now; `reason` is a code that staff read at the waiting row."""

    def __init__(self, reason: str, *, again_after_seconds: float) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again_after_seconds = again_after_seconds


class Outage(Undelivered):
    """The provider is down or refuses us as a whole; `asked`: something on the way answered, so it may have been taken.

    `why` is a word for what only a person can mend, None where waiting helps.
    """

    def __init__(self, *, asked: bool = False, why: str | None = None) -> None:
        super().__init__("the provider is down")
        self.asked = asked
        self.why = why


class Unknown(Undelivered):
    """Nobody knows whether it arrived."""


Clock = Callable[[], datetime]
Sleep = Callable[[float], Awaitable[None]]
