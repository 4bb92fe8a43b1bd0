"""An office's rules, table by table as in its file (O1); the values stand in bot/setup/office.toml."""

from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any, Literal

from domain.people.budget import Budget

PickupWay = Literal["in_person", "same_family_card", "power_of_attorney", "post", "village"]


def _least(number: int) -> Any:
    return field(metadata={"least": number})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pickup:
    """Who may fetch a card, and how."""

    ways: tuple[PickupWay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """Cards and blanks.

    `on_arrival`: cards are printed while people wait, so print ready is as good as made. `stock`: blanks in the
    house, if known. `show_ahead`: tell how many are ahead in the print order.
    """

    on_arrival: bool
    show_ahead: bool
    stock: int | None = None

    @property
    def out_of_blanks(self) -> bool:
        """It is known that there is no blank."""
        return self.stock == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """Status changes are held so long, so that a flip back and forth pushes only its end."""

    hold_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Budgets of the look-up: refusal per chat; delay and alarm per NIK and in total."""

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
        """Give a chat's budget; four digits prove little, so that channel has a stricter one."""
        if full_nik:
            return Budget(most=self.max_wrong_pairs, window=timedelta(minutes=self.window_minutes))
        minutes = self.whatsapp_window_minutes
        return Budget(most=self.whatsapp_max_wrong_pairs, window=timedelta(minutes=minutes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """When a rating is asked for; `min_cell` is the fewest answers that a public figure may rest on.

    Who has not answered is asked once more after `remind_after_days` (0: never), and can answer for `valid_days`.
    """

    invite_after_seconds: int
    remind_after_days: int
    valid_days: int = _least(1)
    min_cell: int = _least(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """A case is to be answered within so many days; a free word that holds one of these words opens one."""

    due_days: int = _least(1)
    complaint_words: tuple[str, ...]
    fee_words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A resident who talks with an officer through the bot: whether they see the officer's name."""

    show_name: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcements:
    """Time to undo, and how many recipients an officer may reach without an approver."""

    undo_seconds: int
    approver_above: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """No push from `starts` to `ends`; never quiet when they are equal."""

    starts: time = field(metadata={"key": "from"})
    ends: time = field(metadata={"key": "to"})

    def covers(self, moment: time) -> bool:
        """Tell whether the office keeps quiet at this time of its day (from 21:00 to 06:00 goes over midnight)."""
        if self.starts <= self.ends:
            return self.starts <= moment < self.ends
        return moment >= self.starts or moment < self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """How long a session of the staff console lasts: without a page being opened, and at all."""

    idle_minutes: int = field(metadata={"least": 1, "most": 24 * 60})
    longest_hours: int = field(metadata={"least": 1, "most": 24})


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long things are kept (D5)."""

    lookups_days: int = _least(1)
    chat_link_days: int = _least(1)
    unfinished_hours: int = _least(1)
    shared_unfinished_minutes: int = _least(1)
    message_ids_days: int = _least(8)  # Meta sends a message again for 7 days
    audit_days: int = _least(1)
    idle_chats_days: int = _least(1)
    bookings_days: int = _least(1)
    words_days: int = _least(1)
