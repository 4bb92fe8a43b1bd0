"""An office's rules, one class per table of its file (O1); values are in bot/setup/office.toml."""

from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any, Literal

from domain.people.budget import Budget

PickupWay = Literal["in_person", "same_family_card", "power_of_attorney", "post", "village"]


def _least(number: int) -> Any:
    return field(metadata={"least": number})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pickup:
    """Ways to pick up a card."""

    ways: tuple[PickupWay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """Cards and blanks.

    `on_arrival`: cards are printed while people wait, so print-ready counts as made. `stock`: number of blanks,
    if known. `show_ahead`: show the place in the print order.
    """

    on_arrival: bool
    show_ahead: bool
    stock: int | None = None

    @property
    def out_of_blanks(self) -> bool:
        """Whether there is known to be no blank."""
        return self.stock == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Imports:
    """Register files. `codes`: status codes of this office's lists, each with its stage.

    `folder`: files that are put there are imported; empty: none.
    """

    folder: str = ""
    codes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """How long changes of status are held, so that a flip back and forth is pushed once."""

    hold_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Limits of the look-up: refusal per chat; delay and alarm per NIK and in total."""

    max_wrong_pairs: int = _least(1)
    window_minutes: int = _least(1)
    whatsapp_max_wrong_pairs: int = _least(1)
    whatsapp_window_minutes: int = _least(1)
    web_address_factor: int = _least(1)
    nik_free_wrong: int
    nik_alarm_wrong: int = _least(1)
    total_free_wrong: int
    total_alarm_wrong: int = _least(1)

    def budget(self, *, full_nik: bool) -> Budget:
        """Budget of a chat; stricter on channels with four digits, which prove little."""
        if full_nik:
            return Budget(most=self.max_wrong_pairs, window=timedelta(minutes=self.window_minutes))
        minutes = self.whatsapp_window_minutes
        return Budget(most=self.whatsapp_max_wrong_pairs, window=timedelta(minutes=minutes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """When ratings are requested; `min_cell` is the minimum number of answers behind a public figure.

    Without an answer, one reminder follows after `remind_after_days` (0: none); answers are possible for
    `valid_days`.
    """

    invite_after_seconds: int
    remind_after_days: int
    valid_days: int = _least(1)
    min_cell: int = _least(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """Working days to answer a case, and the words in a free text that open one."""

    due_days: int = _least(1)
    complaint_words: tuple[str, ...]
    fee_words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Whether residents see the officer's name in a handover."""

    show_name: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcements:
    """Undo time, how many recipients an officer may reach without an approver, and the price of a template.

    The price is in rupiah for one billed WhatsApp message; 0: not told.
    """

    undo_seconds: int
    approver_above: int
    whatsapp_rupiah: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Quiet hours from `starts` to `ends`; none if equal."""

    starts: time = field(metadata={"key": "from"})
    ends: time = field(metadata={"key": "to"})

    def covers(self, moment: time) -> bool:
        """Whether this time of day is quiet (21:00 to 06:00 spans midnight)."""
        if self.starts <= self.ends:
            return self.starts <= moment < self.ends
        return moment >= self.starts or moment < self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """How long a console session lasts: idle, and in total."""

    idle_minutes: int = field(metadata={"least": 1, "most": 24 * 60})
    longest_hours: int = field(metadata={"least": 1, "most": 24})


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Retention periods (D5)."""

    lookups_days: int = _least(1)
    chat_link_days: int = _least(1)
    unfinished_hours: int = _least(1)
    shared_unfinished_minutes: int = _least(1)
    message_ids_days: int = _least(8)  # Meta sends a message again for 7 days
    audit_days: int = _least(1)
    idle_chats_days: int = _least(1)
    bookings_days: int = _least(1)
    words_days: int = _least(1)
