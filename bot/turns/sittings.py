"""Sittings: a person's time at a shared device, and what ends with it (docs/decisions/0038)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.channels import CAPS
from bot.setup.holidays import holiday_names
from domain.office.office import Office
from domain.staff.roles import StaffMember
from handlers.engine.caps import Caps
from handlers.engine.dialogue import Dialogue
from handlers.engine.scene import AskerName, Scene, Voice
from storage.handovers import handovers
from storage.people import chats, sittings
from storage.session import Reading, Writing
from storage.staff import staff_chats

LEFT = "left"


def unfinished(office: Office, caps: Caps) -> timedelta:
    """How long an open question (on a shared device: a sitting) lasts after the last message."""
    kept = office.retention
    if caps.shared_device:
        return timedelta(minutes=kept.shared_unfinished_minutes)
    return timedelta(hours=kept.unfinished_hours)


def is_over(chat: chats.Chat, office: Office, caps: Caps, now: datetime) -> bool:
    """Whether a sitting on a shared device is over: ended by the person, or idle."""
    return caps.shared_device and (chat.sat_at is None or now - chat.heard_at >= unfinished(office, caps))


def member_of(chat: chats.Chat, office: Office, caps: Caps, now: datetime) -> StaffMember | None:
    """Member of staff of this chat; on a shared device only within the office's time limits."""
    if chat.staff is None or not caps.shared_device:
        return chat.staff
    limits = staff_chats.limits_of(office)
    lives = (
        not is_over(chat, office, caps, now)
        and now - chat.heard_at < limits.idle
        and chat.staff_since is not None
        and now - chat.staff_since < limits.longest
    )
    return chat.staff if lives else None


def scene_of(
    db: Reading,
    chat: chats.Chat,
    dialogue: Dialogue,
    *,
    office: Office,
    caps: Caps,
    asker_names: Sequence[AskerName] = (),
    uncalled: bool = False,
    voice: Voice | None = None,
) -> Scene:
    """The scene of a chat at this moment."""
    return Scene.of(
        chat,
        db=db,
        office=office,
        caps=caps,
        channels=CAPS,
        holidays=holiday_names,
        staff=member_of(chat, office, caps, db.now),
        dialogue=dialogue,
        asker_names=asker_names,
        uncalled=uncalled,
        voice=voice,
    )


async def sit_down(db: Writing, chat: chats.Chat, office: Office, caps: Caps) -> chats.Chat:
    """Begin a new sitting if the last one is over, and end what belonged to it; return the changed chat.

    An expired staff chat also ends within a sitting.
    """
    if chat.staff is not None and member_of(chat, office, caps, db.now) is None:
        await staff_chats.end(db, chat=chat.id, member=chat.staff.id, why=staff_chats.OVER)
        chat = replace(chat, staff=None, staff_ended=True)
    if not is_over(chat, office, caps, db.now):
        return chat
    if chat.human_until is not None and chat.human_until > db.now:
        await handovers.end_of_chat(db, chat=chat.id, by=LEFT)
    forgets = chat.sat_at is not None
    await sittings.begin(db, chat=chat.id, forgets=forgets)
    dialogue = None if forgets else chat.dialogue
    return replace(chat, sat_at=db.now, dialogue=dialogue, human_until=None)


async def get_up(db: Writing, chat: chats.Chat) -> chats.Chat:
    """End what belongs to the person who leaves a shared device; return the changed chat."""
    await sittings.drop_unsaid(db, chat=chat.id)
    await handovers.end_of_chat(db, chat=chat.id, by=LEFT)
    if chat.staff is not None:
        await staff_chats.end(db, chat=chat.id, member=chat.staff.id, why=LEFT)
    return replace(chat, staff=None, human_until=None)
