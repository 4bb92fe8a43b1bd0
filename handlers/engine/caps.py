"""What a channel can show: declared data that renderers and conversations read."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """The limits of one channel.

    Lengths are in characters. `buttons` are choices shown under a message, `rows` are choices shown in a list that
    the resident opens (0 = the channel has no lists). `full_nik` tells whether the channel's rules allow asking for
    a whole identity number; `answers_each` that every message gets an answer, also one that a human will answer.
    """

    channel: str
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

    @property
    def page(self) -> int:
        """The most choices one message can show; more become pages."""
        return max(self.buttons, self.rows)
