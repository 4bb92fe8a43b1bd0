"""State of the emulated platform: people, names, chats and costs."""

import itertools
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from demo.whatsapp_emulator.bell import Bell
from demo.whatsapp_emulator.media import Stored

Json = dict[str, Any]
State = Literal["accepted", "sent", "delivered", "read", "failed"]

WINDOW = timedelta(hours=24)  # customer service window, from the person's last message
_LADDER: tuple[State, ...] = ("accepted", "sent", "delivered", "read")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An option that can be tapped in a bubble; `kind` is that of the resulting message."""

    kind: Literal["button_reply", "list_reply", "button", "url", "location"]
    id: str
    label: str
    hint: str = ""


@dataclass(slots=True, kw_only=True, eq=False)
class Bubble:
    """One message on a phone: sent by the bot, or (`mine`) by its owner.

    `was_heard` tells whether the office accepted an own message.
    """

    id: str
    kind: str
    text: str
    at: datetime
    mine: bool = False
    choices: tuple[Choice, ...] = ()
    opens: str = ""
    category: str = ""
    state: State = "accepted"
    billed: bool = False
    file: Stored | None = None
    payload: Json = field(default_factory=dict, repr=False)
    was_heard: Callable[[], bool] = field(default=lambda: False, repr=False)

    @property
    def labels(self) -> list[str]:
        """Labels of the choices."""
        return [choice.label for choice in self.choices]

    def climbs(self, state: State) -> bool:
        """Advance the state sent < delivered < read, never back; return whether it changed."""
        if self.state == "failed" or (
            state != "failed" and _LADDER.index(state) <= _LADDER.index(self.state)
        ):
            return False
        self.state = state
        return True


@dataclass(slots=True, kw_only=True, eq=False)
class EmulatedPerson:
    """A person with WhatsApp. `phone` None: hidden; `unreachable` people receive nothing (131026)."""

    name: str
    phone: str | None
    user_id: str | None
    parent_user_id: str | None = None
    username: str | None = None
    spoke_at: datetime | None = None
    unreachable: bool = False
    bubbles: list[Bubble] = field(default_factory=list)

    @property
    def contact(self) -> Json:
        """Contact of the person in webhooks."""
        profile = {"name": self.name} | ({"username": self.username} if self.username else {})
        names = {"wa_id": self.phone, "user_id": self.user_id, "parent_user_id": self.parent_user_id}
        return {"profile": profile} | {key: value for key, value in names.items() if value}

    @property
    def origin(self) -> Json:
        """Sender fields of the person's messages."""
        names = {
            "from": self.phone,
            "from_user_id": self.user_id,
            "from_parent_user_id": self.parent_user_id,
        }
        return {key: value for key, value in names.items() if value}


@dataclass(slots=True, kw_only=True)
class World:
    """State beyond a single call. `billed` counts delivered messages by category."""

    clock: Callable[[], datetime]
    number_id: str
    account_id: str
    display_number: str
    bell: Bell = field(default_factory=Bell)
    people: list[EmulatedPerson] = field(default_factory=list)
    files: dict[str, Stored] = field(default_factory=dict)
    templates: list[Json] = field(default_factory=list)
    billed: Counter[str] = field(default_factory=Counter)
    ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    @property
    def now(self) -> datetime:
        """Time of the given clock."""
        return self.clock()

    @property
    def metadata(self) -> Json:
        """The office's number in webhooks."""
        return {"display_phone_number": self.display_number, "phone_number_id": self.number_id}

    def new_wamid(self) -> str:
        """A new message id."""
        return f"wamid.HBgNEMULATOR{next(self.ids):012}"

    def by_phone(self, digits: str) -> EmulatedPerson | None:
        """Person with the number, even if webhooks hide it."""
        return next((one for one in self.people if one.phone == digits), None)

    def by_user_id(self, user_id: str) -> EmulatedPerson | None:
        """Person with the business-scoped id, or its parent."""
        return next((one for one in self.people if user_id in {one.user_id, one.parent_user_id}), None)

    def window_is_open(self, person: EmulatedPerson) -> bool:
        """Whether messages other than templates are permitted."""
        return person.spoke_at is not None and self.now < person.spoke_at + WINDOW

    def bill(self, bubble: Bubble) -> None:
        """Count a delivered message once; since October 2026 replies inside the window cost as well."""
        if not bubble.billed:
            bubble.billed = True
            self.billed[bubble.category] += 1
