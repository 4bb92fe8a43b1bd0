"""Who plays in a conversation and what passes between them: the scene, thoughts, questions, choices, answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, Self

from domain.office.office import Office
from domain.office.week import Week
from domain.ratings.figures import Figures
from domain.staff.roles import StaffMember
from handlers.engine.caps import Caps
from handlers.engine.dialogue import Dialogue
from handlers.engine.screen import File, Place
from storage.people import chats
from storage.session import Reading, Writing

# A mapping holds the same words by language; the texts take the resident's.
Variable = str | int | Decimal | bool | date | datetime | Sequence[str] | Mapping[str, str] | Week


class OfficeText(str):
    """What the office's own staff wrote: its stars make words bold where it is shown, as they do where it is sent."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Said:
    """One thought: a key of the texts and its variables."""

    key: str
    variables: Mapping[str, Variable] = field(default_factory=dict)


class Choice:
    """One thing to choose: the value that the script gets, the key of its label, the key of its hint.

    The value is a JSON primitive, and no two choices of a question share one: buttons are named by it.
    """

    __slots__ = ("hint", "label", "value", "variables")

    def __init__(self, value: Any, label: str, *, hint: str | None = None, **variables: Variable) -> None:
        self.value = value
        self.label = label
        self.hint = hint
        self.variables = variables


@dataclass(frozen=True, slots=True)
class Approved:
    """Words that a provider has approved: their name, and what stands in their gaps, in order."""

    name: str
    gaps: tuple[str | Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A text file that any phone opens, written in the resident's language: a line for each thought."""

    name: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The satisfaction index as a picture, drawn in the resident's language."""

    name: str
    figures: Figures
    office: Office


Attached = File | Page | Chart


@dataclass(slots=True)
class Enclosed:
    """What goes along with the words: files, links (the words on each and where it leads), a place.

    `approved` says the same where a channel lets us speak first in approved words only.
    """

    files: list[Attached] = field(default_factory=list)
    links: list[tuple[Said, str]] = field(default_factory=list)
    place: Place | None = None
    approved: Approved | None = None

    def approve(self, name: str, *gaps: str | Said) -> None:
        """Name the approved words."""
        self.approved = Approved(name, gaps)

    def add(self, more: "Enclosed") -> None:
        """Put in what somebody else enclosed; of two places or approved words the later ones count."""
        self.files += more.files
        self.links += more.links
        self.place = more.place or self.place
        self.approved = more.approved or self.approved


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its choices, as a script asks it; `locates`: it may be answered with where the resident is."""

    kind: Literal["ask", "choose"]
    said: Said
    choices: Sequence[Choice] = ()
    locates: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the open question hears: the typed text, or the value of the choice that was taken, and its token.

    `located`: the text is where the resident is, as `latitude,longitude`.
    """

    text: str = field(default="", repr=False)
    located: bool = False
    value: Any = field(default=None, repr=False)
    token: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """A keyed hash that wrong pairs are counted under; `allowance` multiplies the chat's budget.

    `shared`: a network address, which neighbours share; a chat of its own comes first.
    """

    key: bytes
    allowance: int = 1
    shared: bool = False


Holidays = Callable[[date, int], Mapping[date, str]]
"""Names the closed days around a day, with so many days ahead that can be booked."""


@dataclass(slots=True, kw_only=True)
class Scene:
    """Where a script is played: who is asking, over which channel of all `channels`, at which moment. `Scene.of` makes every one.

    With a `db` that only reads, the open question can be shown again and nothing else. `uncalled`: nobody asked anything,
    the office speaks first. `handed`: a human has the chat. `proven` and `cases`: what whoever sits at a shared device has
    shown (those of the dialogue); `sat_at`: since when they sit there.
    """

    db: Reading
    office: Office
    caps: Caps
    channels: Mapping[str, Caps]
    language: str
    chat: int
    askers: tuple[Asker, ...]
    staff: StaffMember | None
    stopped: bool
    idle_seconds: float
    holidays: Holidays
    uncalled: bool
    handed: bool
    proven: list[int]
    cases: list[str]
    sat_at: datetime | None

    @classmethod
    def of(
        cls,
        chat: chats.Chat,
        *,
        db: Reading,
        office: Office,
        caps: Caps,
        channels: Mapping[str, Caps],
        holidays: Holidays,
        staff: StaffMember | None,
        dialogue: Dialogue,
        askers: tuple[Asker, ...] = (),
        uncalled: bool = False,
    ) -> Self:
        """Give the scene of a chat; what its dialogue holds as proven is shared with it."""
        return cls(
            db=db,
            office=office,
            caps=caps,
            channels=channels,
            language=chat.language,
            chat=chat.id,
            askers=askers,
            staff=staff,
            stopped=chat.stopped,
            idle_seconds=(db.now - chat.heard_at).total_seconds(),
            holidays=holidays,
            uncalled=uncalled,
            handed=chat.human_until is not None and chat.human_until > db.now,
            proven=dialogue.proven,
            cases=dialogue.cases,
            sat_at=chat.sat_at,
        )

    @property
    def writing(self) -> Writing:
        """The transaction that a turn writes in.

        Raises:
            TypeError: this scene only reads.
        """
        if not isinstance(self.db, Writing):
            raise TypeError("a scene that only shows the open question cannot write")
        return self.db

    @property
    def idle(self) -> bool:
        """Whether somebody else may have sat down at a shared device since the last word."""
        minutes = self.office.retention.shared_unfinished_minutes
        return self.caps.shared_device and self.idle_seconds >= minutes * 60
