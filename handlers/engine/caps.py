"""What a channel can show: declared data that renderers and conversations read."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """The limits of one channel.

    `channel` is the name that is stored, `title` the one that staff read. Lengths are in characters. `buttons` are choices shown under a message, `rows` are choices shown in a list that
    the resident opens (0 = the channel has no lists). `full_nik` tells whether the channel's rules allow asking for
    a whole identity number; `answers_each` that every message gets an answer, also one that a human will answer.
    `resends_unknown`: a message that may have arrived is sent once more, since a double one costs nothing. `given_up` is
    the reason with which a message fails that waited 30 days: for the browser to come back, or for the resident's next word.
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
        """The most choices one message can show; more become pages."""
        return max(self.buttons, self.rows)
