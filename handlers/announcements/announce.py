"""An officer writes to everybody concerned, from the chat: whom, what, a look at it, and off it goes."""

from typing import Any

from domain.announcements.announcement import Audience, Wording
from domain.cards.stages import Stage
from domain.refusals import NotAllowed
from domain.staff.roles import WHOLE_OFFICE, Action, StaffMember, may
from handlers.announcements.steps import Attempt, Glance, glance, release, said_of, send_test, take_back
from handlers.engine.chat import Chat, Choice
from handlers.engine.registry import LONGEST_MESSAGE, conversation
from handlers.engine.scene import OfficeText
from storage.staff.rights import allowed

AUDIENCES: dict[str, Stage] = {
    "ready": Stage.READY_FOR_PICKUP,
    "waiting": Stage.WAITING_BLANK,
    "record": Stage.NOT_RECORDED,
    "again": Stage.RECORD_FAILED,
    "incomplete": Stage.DOCS_INCOMPLETE,
}
EVERYWHERE = "*"


@conversation("announce", command="umumkan", for_staff=True, longest=LONGEST_MESSAGE)
async def announce(chat: Chat) -> None:
    """Plan an announcement from the chat; large ones need an approver, as everywhere.

    A text of any length that a message can have is taken, so that it is told how long an announcement may be.
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
        seen = await chat.learn("look", glance, audience=audience, wording=wording, office=chat.office)
        await _show(chat, seen)
        await _tell_limit(chat, member, seen, point)
        chosen = await chat.choose("announce-send", _ways(chat, member, seen, point), count=seen.recipients)
        if chosen == "place":
            point = await _place(chat)
        elif chosen == "test":
            await chat.once("test", send_test, chat=chat.id, channel=chat.caps.channel, seen=seen)
            await chat.say("announce-tested")
        elif chosen in ("send", "urgent"):
            return await _send(chat, member, audience, wording, urgent=chosen == "urgent")
        else:
            return await chat.say("announce-dropped")


async def _show(chat: Chat, seen: Glance) -> None:
    """Show what the first recipient would read, and how many there are."""
    await chat.say("announce-preview", text=OfficeText(seen.text))
    channels = {"telegram": seen.telegram, "whatsapp": seen.whatsapp, "web": seen.web}
    await chat.say("announce-reach", recipients=seen.recipients, **channels)
    if seen.none:
        await chat.say("announce-none-count", count=seen.none)
    if seen.quiet:
        await chat.say("announce-starts-quiet", at=chat.office.local(seen.starts_at))


async def _tell_limit(chat: Chat, member: StaffMember | None, seen: Glance, point: str | None) -> None:
    """Tell before it is tried that sending will be refused, since it reaches too many for one person's word."""
    most = chat.office.announcements.approver_above
    if seen.recipients > most and not may(member, Action.APPROVE, point or WHOLE_OFFICE):
        await chat.say("announce-needs-approver", most=most)


def _ways(chat: Chat, member: StaffMember | None, seen: Glance, point: str | None) -> list[Choice]:
    ways = [Choice("send", "announce-go"), Choice("test", "announce-try")]
    if seen.quiet and may(member, Action.URGENT, point or WHOLE_OFFICE):
        ways.insert(1, Choice("urgent", "announce-go-urgent"))
    if member is not None and member.point is None and len(chat.office.points) > 1:
        ways.append(Choice("place", "announce-choose-place"))
    useful = ways if seen.recipients or seen.none else [one for one in ways if one.value == "place"]
    return [*useful, Choice("drop", "announce-drop")]


async def _place(chat: Chat) -> str | None:
    places: list[Choice] = [Choice(EVERYWHERE, "announce-everywhere")]
    places += [Choice(point.id, "announce-place", name=point.name) for point in chat.office.points]
    chosen: str = await chat.choose("announce-where", places)
    return None if chosen == EVERYWHERE else chosen


async def _send(
    chat: Chat, member: StaffMember | None, audience: Audience, wording: Wording, *, urgent: bool
) -> None:
    """Release it; within the time to undo one tap takes it back."""
    attempt: Attempt = await chat.once(
        "release",
        release,
        by=member,
        audience=audience,
        wording=wording,
        office=chat.office,
        chat=chat.id,
        urgent=urgent,
    )
    if attempt.refusal is not None:
        raise attempt.refusal
    if attempt.announcement is None or member is None:
        raise NotAllowed
    told = "announce-released-urgent" if urgent else "announce-released"
    await chat.say(told, seconds=chat.office.announcements.undo_seconds)
    undo: Any = await chat.choose(
        "announce-after", [Choice("undo", "announce-undo"), Choice("fine", "announce-fine")]
    )
    if undo == "undo":
        taken = await chat.once("undo", take_back, announcement=attempt.announcement, by=member)
        await chat.say(said_of(taken))
