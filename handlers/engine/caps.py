"""Capabilities of a channel, declared as data for renderers and conversations."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """Limits of one channel.

    `channel` is the stored name, `title` the name for staff. Lengths are in characters. `buttons` is the
    number of choices below a message, `rows` that of a list which the resident opens (0: the channel has no
    lists). `full_nik`: the channel's rules allow asking for a whole identity number. `answers_each`: every
    message gets an answer, also one for an officer. `resends_unknown`: a message with an unknown outcome is
    sent once more, as a duplicate costs nothing. `given_up`: the reason of a message that failed after 30
    days of waiting for the browser or the resident.
    """

    channel: str
    title: str
    buttons: int
    rows: int = 0
    label: int
    row_label: int = 0
    hint: int = 0
    text: int
    edit: bool = False
    deletes: bool = False
    files: bool = True
    full_nik: bool = True
    push: Literal["free", "template"] = "free"
    shared_device: bool = False
    answers_each: bool = False
    resends_unknown: bool = False
    given_up: Literal["absent", "waited_too_long"] | None = None

    @property
    def page(self) -> int:
        """Largest number of choices in one message; more become pages."""
        return max(self.buttons, self.rows)
