"""The contract between the office and a channel.

A channel receives messages (`Heard`), passes them to `Hear`, and sends `Screen`s. A send can fail as:

    Undelivered
    ├── Throttled     the provider asks to wait `retry_after_seconds`; `whole_channel` or only this chat
    ├── Unreachable   the chat cannot be reached (`reason`): no retry
    ├── Absent        nobody is connected (web chat): keep it until somebody is
    ├── Rejected      the provider refuses this message (`reason`): no retry, staff see it
    ├── Held          not allowed now (`reason`): waits for the resident, at most `again_after_seconds`
    ├── Outage        the provider is down or refuses us as a whole (5xx, bad token): retry later
    └── Unknown       time-out or dropped connection after the request was written: it may have arrived
"""

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Literal, Protocol

from starlette.routing import Route

from domain.codec import light_dataclass
from handlers.engine.caps import Caps
from handlers.engine.screen import Screen
from storage.people.identities import Identity, send_address
from storage.post.receipts import Receipt

Gone = Literal["blocked", "left"]
Kind = Literal[
    "text", "choice", "photo", "file", "voice", "sticker", "location", "contact", "edited", "other", Gone
]


def storable(text: str) -> str:
    """The text without characters that databases refuse: NUL, and lone surrogates, which JSON allows."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


@light_dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One message of a resident.

    `message_id` identifies it within (channel, account); `address` is where the answer goes; `choice` is the
    token of a tapped button and `tapped` the provider's id of its message; `text` of a location is
    `latitude,longitude`; `left`: the resident leaves a shared device; `said_in` is the provider's id of the
    resident's message (to delete it if it held a NIK); `media` is the provider's reference of a photo or
    file, `data` the file itself if it came with the message (web chat), `source` the client's network address
    (web chat). `identities` are all names of the sender that the provider gave (WhatsApp); each leads to the
    same chat. `fetched`: a worker has tried to download it.
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
        """All addresses of the sender, so that omitting a name does not renew a budget."""
        return tuple(dict.fromkeys([self.address, *map(send_address, self.identities)]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Notice of a provider that a person has new names: a phone number, an id.

    `message_id` identifies it as in `Heard`.
    """

    channel: str
    account: str
    message_id: str
    before: tuple[Identity, ...] = field(repr=False)
    after: tuple[Identity, ...] = field(repr=False)


@light_dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One outbox row to send: a screen for an address. `priority` 0 = reply, 1 = push, 2 = announcement.

    `heard_at` is the time of the chat's last message.
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


@light_dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """Result of a turn after its commit.

    `duplicate`: the message had been claimed before. `inline`: the reply for the channel's own HTTP answer
    (requested by `inline=True`), also of a duplicate whose reply is not known to have left; the channel must await
    `written(parcel)` after writing it. The courier sends all other replies.
    """

    duplicate: bool = False
    inline: Parcel | None = None


class Hear(Protocol):
    """Processes one message in a turn; returns after the commit (and after the padding of equal answers).

    Raises:
        StoreDown: nothing was committed; the provider must send the message again (503).
        Busy: a browser's message that must wait; only messages with a `source` are refused so.
    """

    async def __call__(self, heard: Heard, *, inline: bool = False, padded: bool = True) -> Turned:
        """Process the message; `inline` requests the reply for the webhook's answer.

        `padded=False` returns right after the commit, for callers whose own answer does not reveal the time
        of a look-up; the reply is padded all the same.
        """
        ...

    async def moved(self, moved: Moved) -> None:
        """Assign a person's chat to their new names."""
        ...

    async def receipts(self, receipts: Sequence[Receipt]) -> None:
        """Record the provider's receipts."""
        ...

    async def written(self, parcel: Parcel) -> None:
        """Record that the inline parcel was part of the HTTP answer."""
        ...

    def carry(self, parcel: Parcel) -> None:
        """Send the inline parcel by calls, because the HTTP answer does not take it."""
        ...

    def cut(self, parcel: Parcel) -> None:
        """Note that the connection broke after the answer with the inline parcel."""
        ...


@light_dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The provider accepted the message; `id` is the provider's id of it (its last bubble), if known.

    `how` is a code if it was sent in an unusual way (`template`).
    """

    id: str | None = None
    how: str | None = None


@dataclass(slots=True)
class Contact:
    """What a provider last did: `heard_at` is the Unix time of its last answered poll or genuine webhook call.

    Until then it is the moment when the channel was built. `forged` counts calls that only pretended to come from it.
    """

    by: Literal["polling", "webhook"]
    heard_at: float = field(default_factory=time.time)
    forged: int = 0

    def heard(self) -> None:
        """Note a genuine one."""
        self.heard_at = time.time()


class Pace(Protocol):
    """Rate limit of an account (bot/sending/pacer.py); `rate` is per second, `replies` the number sent."""

    rate: float
    replies: int

    @property
    def queued(self) -> int:
        """Number of waiting pushes and announcements."""
        ...

    def leave_room(self, per_second: float) -> None:
        """Reserve capacity for other processes on this account."""
        ...


class Channel(ABC):
    """A way to reach residents: a folder in bot/, known only to the table in bot/channels.py.

    A channel declares its capabilities (`caps`), sends, and overrides the defaults here. `larger_bodies` maps
    paths of its routes that accept larger requests to their limits in bytes.
    """

    account: str
    caps: Caps
    pacer: Pace | None = None  # None: no limit
    contact: Contact | None = None  # None: there is no provider
    larger_bodies: Mapping[str, int] = MappingProxyType({})

    @property
    def name(self) -> str:
        """Name in chats, outbox rows and `--only`."""
        return self.caps.channel

    @property
    def parked(self) -> int:
        """Number of items from the provider that could not be read since the start."""
        return 0

    @property
    def trouble(self) -> str | None:
        """A code for trouble that needs a person; None: no trouble."""
        return None

    def routes(self) -> Sequence[Route]:
        """Its routes for the web server."""
        return ()

    def present(self) -> frozenset[str] | None:
        """Addresses that can be reached now; None: all."""
        return None

    async def listen(self, hear: Hear) -> None:  # noqa: ARG002  (for channels that receive here)
        """Receive until cancelled; a channel that receives through its routes only waits."""
        await asyncio.Event().wait()

    @abstractmethod
    async def send(self, parcel: Parcel) -> Sent:
        """Send the parcel; the call has a time-out shorter than the lease of 30 s."""

    async def fetch(self, media: str) -> bytes:  # noqa: ARG002  (for channels with files)
        """Download a photo or file (at most 10 MB, 10 s).

        Raises:
            Undelivered: it is unavailable.
        """
        raise Unreachable("no_reference")

    async def close(self) -> None:  # noqa: B027  (optional to override)
        """Close connections."""


def located(latitude: object, longitude: object) -> str:
    """Text of a location, precise to a metre; empty if these are no degrees."""
    degrees = (latitude, longitude)
    if not all(isinstance(one, int | float) and -180 <= one <= 180 for one in degrees):  # noqa: PLR2004 (a circle)
        return ""
    return ",".join(f"{one:.5f}" for one in degrees)


class Busy(Exception):
    """Too much is waiting: the message must be sent again later; the text names the full queue."""


class Undelivered(Exception):
    """A screen was not sent."""


class Throttled(Undelivered):
    """The provider asks to wait."""

    def __init__(self, retry_after_seconds: float, *, whole_channel: bool = True) -> None:
        super().__init__(f"wait {retry_after_seconds} s")
        self.retry_after_seconds = retry_after_seconds
        self.whole_channel = whole_channel


class Unreachable(Undelivered):
    """The chat cannot be reached; `reason` is a code such as `blocked`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Absent(Undelivered):
    """Nobody is connected."""


class Rejected(Undelivered):
    """The provider refuses this message; `reason` is a code without personal data."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Held(Undelivered):
    """Not allowed now; `reason` is a code shown to staff at the waiting row."""

    def __init__(self, reason: str, *, again_after_seconds: float) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again_after_seconds = again_after_seconds


class Outage(Undelivered):
    """The provider is down or refuses us as a whole; `asked`: it answered and may have accepted.

    `why` is a code for trouble that needs a person; None: waiting helps.
    """

    def __init__(self, *, asked: bool = False, why: str | None = None) -> None:
        super().__init__("the provider is down")
        self.asked = asked
        self.why = why


class Unknown(Undelivered):
    """It is unknown whether the message arrived."""


Clock = Callable[[], datetime]
Sleep = Callable[[float], Awaitable[None]]
