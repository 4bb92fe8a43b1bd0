"""Announcing from a staff chat: audience, text, preview, release."""

import re
from dataclasses import replace
from textwrap import shorten
from typing import Any

from domain import codec
from domain.announcements.announcement import Audience, Order, State, Wording
from domain.cards.stages import Stage
from domain.refusals import NotAllowed
from domain.refusals.announcements import NeedsApprover
from domain.refusals.base import Refusal
from domain.staff.roles import WHOLE_OFFICE, Action, StaffMember, may
from handlers.announcements.service import Attempt, Preview, look, plan_at_once
from handlers.engine.chat import Chat, Choice
from handlers.engine.registry import LONGEST_MESSAGE, conversation
from handlers.engine.scene import OfficeText
from handlers.engine.screen import Screen
from storage.announcements import control
from storage.post import outbox
from storage.session import Writing
from storage.staff.rights import allowed

AUDIENCES: dict[str, Stage] = {
    "ready": Stage.READY_FOR_PICKUP,
    "waiting": Stage.WAITING_BLANK,
    "record": Stage.NOT_RECORDED,
    "again": Stage.RECORD_FAILED,
    "incomplete": Stage.DOCS_INCOMPLETE,
}
EVERYWHERE = "*"
_NAME = "{words} ({at:%d/%m %H.%M})"
_NAME_WIDTH = 50
_PLACEHOLDER = re.compile(r"\{\w+\}")


@conversation("announce", command="umumkan", for_staff=True, longest=LONGEST_MESSAGE)
async def announce(chat: Chat) -> None:
    """Plan an announcement from the chat; large ones need an approver.

    Any text that fits into a message is accepted here, so that the answer can name the limit of
    announcements.
    """
    member = chat.staff
    if not await chat.once("may", allowed, member=member, action=Action.ANNOUNCE, chat=chat.id):
        raise NotAllowed
    choices = [Choice(name, f"announce-whom-{name}") for name in AUDIENCES]
    stage = AUDIENCES[await chat.choose("announce-whom", choices)]
    wording = await chat.ask("announce-text", Wording.read)
    point = None if member is None else member.point
    while True:
        audience = Audience(stage=stage, point=point)
        order = Order(name=_name(chat, wording), wording=wording, audience=audience)
        seen = await chat.learn(
            "look", look, order=order, by=member, office=chat.office, channels=chat.channels,
            holidays=chat.holidays,
        )  # fmt: skip
        await _show(chat, seen)
        chosen = await chat.choose("announce-send", _ways(chat, member, seen, point), count=seen.recipients)
        if chosen == "place":
            point = await _place(chat)
        elif chosen == "test":
            await chat.repeat("test", send_test, chat=chat.id, channel=chat.caps.channel, text=seen.text)
            await chat.say("announce-tested")
        elif chosen in ("send", "urgent"):
            return await _send(chat, member, replace(order, urgent=chosen == "urgent"))
        else:
            return await chat.say("announce-dropped")


def _name(chat: Chat, wording: Wording) -> str:
    """Name of an announcement: its first words without placeholders, and the time."""
    words = _PLACEHOLDER.sub("…", wording.said().replace("*", ""))
    return _NAME.format(words=shorten(words, _NAME_WIDTH, placeholder=" …"), at=chat.office.local(chat.now))


async def _show(chat: Chat, seen: Preview) -> None:
    """Show the first recipient's text, the number of recipients, and whether an approver is needed."""
    await chat.say("announce-preview", text=OfficeText(seen.text))
    await chat.say("announce-reach", recipients=seen.recipients, channels=seen.reach(chat.channels))
    if seen.none_count:
        await chat.say("announce-none-count", count=seen.none_count)
    if seen.waits_for_morning:
        await chat.say("announce-starts-quiet", at=chat.office.local(seen.starts_at))
    if isinstance(seen.refusal, NeedsApprover):
        await chat.say("announce-needs-approver", most=chat.office.announcements.approver_above)


def _ways(chat: Chat, member: StaffMember | None, seen: Preview, point: str | None) -> list[Choice]:
    ways = [Choice("send", "announce-go"), Choice("test", "announce-try")]
    if seen.waits_for_morning and may(member, Action.URGENT, point or WHOLE_OFFICE):
        ways.insert(1, Choice("urgent", "announce-go-urgent"))
    if member is not None and member.point is None and len(chat.office.points) > 1:
        ways.append(Choice("place", "announce-choose-place"))
    useful = ways if seen.recipients or seen.none_count else [one for one in ways if one.value == "place"]
    return [*useful, Choice("drop", "announce-drop")]


async def _place(chat: Chat) -> str | None:
    places: list[Choice] = [Choice(EVERYWHERE, "announce-everywhere")]
    places += [Choice(point.id, "announce-place", name=point.name) for point in chat.office.points]
    chosen: str = await chat.choose("announce-where", places)
    return None if chosen == EVERYWHERE else chosen


async def _send(chat: Chat, member: StaffMember | None, order: Order) -> None:
    """Release the announcement; one tap undoes it for a short time."""
    attempt: Attempt = await chat.once(
        "release", plan_at_once, order=order, by=member, office=chat.office, told_chat=chat.id
    )
    if attempt.announcement is None or member is None:
        raise attempt.refusal or NotAllowed
    told = "announce-released-urgent" if order.urgent else "announce-released"
    await chat.say(told, seconds=chat.office.announcements.undo_seconds)
    undo: Any = await chat.choose(
        "announce-after", [Choice("undo", "announce-undo"), Choice("fine", "announce-fine")]
    )
    if undo == "undo":
        taken = await chat.once("undo", take_back, announcement=attempt.announcement, by=member)
        await chat.say(f"announce-state-{taken}")


async def send_test(db: Writing, *, chat: int, channel: str, text: str) -> None:
    """Send the officer the first recipient's text as a message of its own."""
    screen = codec.dump(Screen(text=text))
    await outbox.put(db, chat=chat, channel=channel, priority=outbox.REPLY, screen=screen, due_at=db.now)


async def take_back(db: Writing, *, announcement: int, by: StaffMember) -> str:
    """Undo an announcement, or stop it if it has begun; return its new state."""
    undone = await control.attempted(
        db, by=by, step=lambda: control.undo(db, announcement=announcement, by=by)
    )
    if not isinstance(undone, Refusal):
        return State.UNDONE.value
    stopped = await control.attempted(
        db, by=by, step=lambda: control.withdraw(db, announcement=announcement, by=by)
    )
    return State.FINISHED.value if isinstance(stopped, Refusal) else State.WITHDRAWN.value
