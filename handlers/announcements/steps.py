"""What the conversation about announcements asks of the store."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from textwrap import shorten
from typing import Any, Self

from domain.announcements.announcement import Audience, State, Wording, begins_at, fill, values_of
from domain.office.office import Office
from domain.refusals import NotAllowed
from domain.refusals.base import Refusal
from domain.staff.roles import StaffMember
from handlers.engine.screen import Screen
from storage.announcements import control, drafts
from storage.announcements.audience import concerned_by, followers, unfollowed
from storage.announcements.subjects import subjects
from storage.post import outbox
from storage.session import Reading, Writing

_NAME = "{words} ({at:%d/%m %H.%M})"
_NAME_WIDTH = 50
_PLACEHOLDER = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What an announcement would do now: how many it reaches, and how the first one reads."""

    recipients: int
    telegram: int
    whatsapp: int
    web: int
    none: int
    text: str
    starts_at: datetime
    quiet: bool

    def to_json(self) -> dict[str, Any]:
        """Give the glance as JSON values."""
        return {name: getattr(self, name) for name in self.__slots__} | {
            "starts_at": self.starts_at.isoformat()
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        return cls(**{**value, "starts_at": datetime.fromisoformat(value["starts_at"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What came of releasing: the announcement, or why not."""

    announcement: int | None = None
    refusal: Refusal | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the attempt as JSON values."""
        return {"announcement": self.announcement, "refusal": self.refusal and self.refusal.to_json()}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        refusal = value["refusal"]
        return cls(announcement=value["announcement"], refusal=refusal and Refusal.from_json(refusal))


async def glance(db: Reading, *, audience: Audience, wording: Wording, office: Office) -> Glance:
    """Look at what an announcement would do; nothing is written."""
    ids = [one.id for one in await concerned_by(db, audience=audience)]
    found = await followers(db, ids=ids)
    counted = Counter(one.channel for one in found)
    first = next(iter(found), None)
    about = await subjects(db, ids=first.applications if first else ids[:1], office=office)
    text = wording.said(first.language if first else "id")
    starts_at = begins_at(office, db.now)
    return Glance(
        recipients=len(found),
        telegram=counted["telegram"],
        whatsapp=counted["whatsapp"],
        web=counted["web"],
        none=len(unfollowed(ids, found)),
        text=fill(text, values_of(about)) if about else text,
        starts_at=starts_at,
        quiet=starts_at > db.now + timedelta(seconds=office.announcements.undo_seconds),
    )


async def send_test(db: Writing, *, chat: int, channel: str, seen: Glance) -> None:
    """Send the officer what the first recipient would get, as a message of its own."""
    screen = Screen(text=seen.text).to_json()
    await outbox.put(db, chat=chat, channel=channel, priority=outbox.REPLY, screen=screen, due_at=db.now)


async def release(
    db: Writing,
    *,
    by: StaffMember | None,
    audience: Audience,
    wording: Wording,
    office: Office,
    chat: int,
    urgent: bool,
) -> Attempt:
    """Release an announcement that is named after its first words and the time; a refusal leaves no row.

    `urgent`: it goes out in the quiet hours, too.
    """
    name = _NAME.format(words=_first_words(wording), at=office.local(db.now))

    async def step() -> int:
        if by is None:
            raise NotAllowed
        announcement = await drafts.draft(
            db, name=name, wording=wording, audience=audience, by=by, urgent=urgent, told_chat=chat
        )
        await drafts.release(db, announcement=announcement, by=by, office=office)
        return announcement

    done = await control.attempted(db, by=by, step=step)
    return Attempt(refusal=done) if isinstance(done, Refusal) else Attempt(announcement=done)


def _first_words(wording: Wording) -> str:
    """Give the first words of the text; where a placeholder stands is left open."""
    return shorten(_PLACEHOLDER.sub("…", wording.said("id").replace("*", "")), _NAME_WIDTH, placeholder=" …")


async def take_back(db: Writing, *, announcement: int, by: StaffMember) -> str:
    """Undo an announcement, or stop what has begun; give the state that it has now."""
    undone = await control.attempted(
        db, by=by, step=lambda: control.undo(db, announcement=announcement, by=by)
    )
    if not isinstance(undone, Refusal):
        return State.UNDONE.value
    stopped = await control.attempted(
        db, by=by, step=lambda: control.withdraw(db, announcement=announcement, by=by)
    )
    return State.FINISHED.value if isinstance(stopped, Refusal) else State.WITHDRAWN.value


def said_of(state: str) -> str:
    """Give what is said about an announcement that was to be taken back."""
    return f"announce-state-{state}"
