"""An announcement: one text, sent once to everybody concerned.

draft ──▶ preparing ──▶ planned ──▶ sending ──▶ finished
             │            │ ▲          │ ▲
             ▼            ▼ │          ▼ │
         (given up)      paused       paused ──▶ withdrawn
                          │
                          ▼
                        undone
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self

from domain import codec
from domain.announcements.waves import Waves
from domain.cards.stages import Stage
from domain.office.hours import after_quiet
from domain.office.office import Office
from domain.office.services import INDONESIAN
from domain.refusals.announcements import NeedsApprover, TextEmpty, TextTooLong, UnknownPlaceholder
from domain.staff.roles import WHOLE_OFFICE, Action, StaffMember, insist, may

LONGEST_TEXT = 700  # together with name, number and place it still fits WhatsApp's approved template (1024)
LONGEST_NAME = 80
LATEST_DAYS = 60
"""So many days ahead an announcement may be planned; its recipients and texts are fixed when it is approved."""
LATE_FOLLOWERS = timedelta(days=14)
"""A chat that links within this time after an announcement still gets it, once."""
PLACEHOLDERS = ("nama", "nomor", "tempat")
WAVE_PLACEHOLDERS = ("hari", "jam")
HIDDEN = "•••"
"""Replaces names and numbers where somebody else may be at the device."""

_PLACE = re.compile(r"\{(\w+)\}")


class State(StrEnum):
    """State of an announcement."""

    DRAFT = "draft"  # waits for an approver; recipients are not fixed yet
    PREPARING = "preparing"  # recipients and texts are being frozen
    PLANNED = "planned"  # frozen; can be undone until it begins
    SENDING = "sending"
    PAUSED = "paused"
    FINISHED = "finished"  # nothing waits, except browsers that are away
    UNDONE = "undone"  # taken back before it started
    WITHDRAWN = "withdrawn"  # stopped while being sent: the rest is never sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Number of recipients per state; each recipient is in exactly one."""

    waiting: int = 0
    sending: int = 0
    sent: int = 0
    delivered: int = 0
    read: int = 0
    failed: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        """All recipients; equals the planned number."""
        return sum(asdict(self).values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Applications at a stage, optionally at one point, of a kecamatan or service, or reached within some days.

    No stage: a list of numbers.
    """

    stage: Stage | None = None
    point: str | None = None
    since: date | None = None
    until: date | None = None
    district: str | None = None
    service: str | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """The text by language; Indonesian is required and replaces missing ones."""

    json_shape = codec.ALONE

    texts: Mapping[str, str]

    @classmethod
    def read(cls, given: str | Mapping[str, str], *, waves: bool = False) -> Self:
        """Check and tidy an officer's text, a single one or one per language.

        Raises:
            TextEmpty, TextTooLong, UnknownPlaceholder: the text cannot be sent.
        """
        table = {INDONESIAN: given} if isinstance(given, str) else given
        texts = {language: _tidy(text) for language, text in table.items() if text.strip()}
        if INDONESIAN not in texts:
            raise TextEmpty
        known = PLACEHOLDERS + (WAVE_PLACEHOLDERS if waves else ())
        for text in texts.values():
            if len(text) > LONGEST_TEXT:
                raise TextTooLong(LONGEST_TEXT)
            if set(_PLACE.findall(text)) - set(known):
                raise UnknownPlaceholder(", ".join(f"{{{name}}}" for name in known))
        return cls(texts)

    def language(self, wanted: str) -> str:
        """The language actually used when this one is wanted."""
        return wanted if wanted in self.texts else INDONESIAN

    def said(self, wanted: str = INDONESIAN) -> str:
        """The text in the language, or in Indonesian."""
        return self.texts[self.language(wanted)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Text and recipients of an announcement.

    `listed`: applications of a list, None if a stage selects them. `not_before`: when it is to be sent.
    """

    name: str
    wording: Wording
    audience: Audience
    listed: Sequence[int] | None = None
    waves: Waves | None = None
    urgent: bool = False
    override: bool = False
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An application as texts name it: masked name, number, place; in waves also when to come."""

    name: str
    number: str
    place: str
    comes_at: datetime | None = None
    comes_until: datetime | None = None


def fill(text: str, values: Mapping[str, str]) -> str:
    """Fill in the placeholders; braces inside a value are not filled again."""
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def values_of(subjects: Sequence[Subject]) -> dict[str, str]:
    """Placeholder values for a chat that follows these applications: without repetition, joined by commas."""
    return {
        "nama": _joined(one.name for one in subjects),
        "nomor": _joined(one.number for one in subjects),
        "tempat": _joined(one.place for one in subjects),
    }


def guarded(applications: Iterable[int], wording: Wording) -> str:
    """Text that is equal for equal announcements: applications and wording, without the name.

    White space is ignored: line ends, trailing blanks and empty lines differ between machines.
    """
    ids = ",".join(map(str, sorted(set(applications))))
    words = "\x1f".join(
        f"{language}={' '.join(text.split())}" for language, text in sorted(wording.texts.items())
    )
    return f"{ids}\x1e{words}"


def concern(audience: Audience, points: Iterable[str | None]) -> str:
    """The point that an announcement is about, or WHOLE_OFFICE; `points` are those of a list's applications."""
    if audience.stage is not None:
        return audience.point or WHOLE_OFFICE
    named = set(points)
    only = named.pop() if len(named) == 1 else None
    return only or WHOLE_OFFICE


def check_release(
    member: StaffMember | None,
    *,
    recipients: int,
    most: int,
    point: str,
    urgent: bool = False,
    override: bool = False,
) -> StaffMember:
    """Return the member if they may send this to so many without an approver.

    Raises:
        NotAllowed: they may not announce (here), not in quiet hours, or not repeat.
        NeedsApprover: it reaches more than `most` people, and they are no approver.
    """
    member = insist(member, Action.ANNOUNCE, point)
    if urgent:
        insist(member, Action.URGENT, point)
    if override:
        insist(member, Action.OVERRIDE, point)
    if recipients > most and not may(member, Action.APPROVE, point):
        raise NeedsApprover(recipients, most)
    return member


def begins_at(
    office: Office, now: datetime, *, urgent: bool = False, not_before: datetime | None = None
) -> datetime:
    """When something approved now starts: after the undo time, not before the wanted moment, after quiet hours.

    Quiet hours don't hold what is urgent.
    """
    moment = now + timedelta(seconds=office.announcements.undo_seconds)
    moment = max(moment, not_before or moment)
    return moment if urgent else after_quiet(moment, office)


def _tidy(text: str) -> str:
    """Remove spaces at line ends, and reduce empty lines to one in a row."""
    lines = (" ".join(line.split()) for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(parts))
