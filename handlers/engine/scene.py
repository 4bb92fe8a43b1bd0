"""Types between a script and the engine: the scene, texts, questions, choices, answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, Protocol, Self

from domain.codec import light_dataclass
from domain.office.office import Office
from domain.office.week import Week
from domain.ratings.figures import Figures
from domain.staff.roles import StaffMember
from handlers.engine.caps import Caps
from handlers.engine.dialogue import Dialogue
from handlers.engine.screen import File, Place
from storage.people import chats
from storage.session import Reading, Writing

# A mapping has one wording per language.
Variable = str | int | Decimal | bool | date | datetime | Sequence[str] | Mapping[str, str] | Week


class OfficeText(str):
    """Text written by staff; its *bold* words are shown bold."""

    __slots__ = ()


@light_dataclass(frozen=True, slots=True)
class Said:
    """A text key and its variables. `tight`: it stands right below the text before, without an empty line."""

    key: str
    variables: Mapping[str, Variable] = field(default_factory=dict)
    tight: bool = False


class Choice:
    """One choice: the script's value, and the text keys of label and hint.

    The value is a JSON primitive, unique within its question, because buttons are named by it.
    """

    __slots__ = ("hint", "label", "value", "variables")

    def __init__(self, value: Any, label: str, *, hint: str | None = None, **variables: Variable) -> None:
        self.value = value
        self.label = label
        self.hint = hint
        self.variables = variables


@dataclass(frozen=True, slots=True)
class Approved:
    """A template approved by a provider: its name and its variables in order."""

    name: str
    gaps: tuple[str | Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A text file in the resident's language, one line per text."""

    name: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The satisfaction index as a picture in the resident's language."""

    name: str
    figures: Figures
    office: Office


Attached = File | Page | Chart


@dataclass(slots=True)
class Enclosed:
    """Attachments of a turn: files, links (label and address), a place.

    `approved` is the template for channels where a push needs one.
    """

    files: list[Attached] = field(default_factory=list)
    links: list[tuple[Said, str]] = field(default_factory=list)
    place: Place | None = None
    approved: Approved | None = None

    def approve(self, name: str, *gaps: str | Said) -> None:
        """Set the template."""
        self.approved = Approved(name, gaps)

    def add(self, more: "Enclosed") -> None:
        """Add other attachments; a later place or template replaces an earlier one."""
        self.files += more.files
        self.links += more.links
        self.place = more.place or self.place
        self.approved = more.approved or self.approved


@light_dataclass(frozen=True, slots=True)
class Question:
    """A question with its choices; `locates`: a location is accepted."""

    kind: Literal["ask", "choose"]
    said: Said
    choices: Sequence[Choice] = ()
    locates: bool = False


@light_dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to the open question: the typed text, or the value and token of a choice.

    `located`: the text is a location, as `latitude,longitude`. `follows`: the value is a follow-up question
    to what was told above the choices.
    """

    text: str = field(default="", repr=False)
    located: bool = False
    follows: bool = False
    value: Any = field(default=None, repr=False)
    token: str | None = None


@light_dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """A keyed hash under which wrong pairs are counted; `allowance` multiplies the chat's budget.

    `shared`: a network address, which several people use; the chat itself has precedence.
    """

    key: bytes
    allowance: int = 1
    shared: bool = False


class Voice(Protocol):
    """Reads answers aloud, from the office's recordings."""

    def speak(self, language: str, prompts: Sequence[str]) -> File | None:
        """One recording of all prompts; None if some part of them is not recorded."""
        ...


@light_dataclass(frozen=True, slots=True, kw_only=True)
class AskerName:
    """What an `Asker` is hashed from, an address or a network; few turns need the hash."""

    name: str = field(repr=False)
    of: Literal["asker", "source"] = "asker"
    allowance: int = 1


Holidays = Callable[[date, int], Mapping[date, str]]
"""Names of closed days, from a date and for so many days ahead."""


@dataclass(slots=True, kw_only=True)
class Scene:
    """The circumstances in which a script is played; made by `Scene.of`.

    With a read-only `db`, only the open question can be shown again. `uncalled`: the office begins. `handed`:
    an officer has the chat. `proven` and `cases` belong to the sitting (and are those of the dialogue);
    `sat_at` is its begin. `voice` reads the prompts of the last answer (`spoken`); None: no recordings.
    `switched`: this message changed the language.
    """

    db: Reading
    office: Office
    caps: Caps
    channels: Mapping[str, Caps]
    language: str
    chat: int
    asker_names: Sequence[AskerName]
    staff: StaffMember | None
    stopped: bool
    idle_seconds: float
    holidays: Holidays
    uncalled: bool
    handed: bool
    proven: list[int]
    cases: list[str]
    sat_at: datetime | None
    voice: Voice | None
    spoken: tuple[str, ...]
    switched: bool = False

    def speak(self, language: str) -> None:
        """Go on in this language."""
        self.switched = self.switched or language != self.language
        self.language = language

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
        asker_names: Sequence[AskerName] = (),
        uncalled: bool = False,
        voice: Voice | None = None,
    ) -> Self:
        """The scene of a chat; it shares `proven` and `cases` with the dialogue."""
        return cls(
            db=db,
            office=office,
            caps=caps,
            channels=channels,
            language=chat.language,
            chat=chat.id,
            asker_names=asker_names,
            staff=staff,
            stopped=chat.stopped,
            idle_seconds=(db.now - chat.heard_at).total_seconds(),
            holidays=holidays,
            uncalled=uncalled,
            handed=chat.human_until is not None and chat.human_until > db.now,
            proven=dialogue.proven,
            cases=dialogue.cases,
            sat_at=chat.sat_at,
            voice=voice,
            spoken=tuple(dialogue.spoken),
        )

    @property
    def writing(self) -> Writing:
        """The transaction of this turn.

        Raises:
            TypeError: the scene is read-only.
        """
        if not isinstance(self.db, Writing):
            raise TypeError("a scene that only shows the open question cannot write")
        return self.db

    @property
    def idle(self) -> bool:
        """Whether another person may use a shared device since the last message."""
        minutes = self.office.retention.shared_unfinished_minutes
        return self.caps.shared_device and self.idle_seconds >= minutes * 60
