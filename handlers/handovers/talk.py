"""The officer's side of a handover: being called, taking it, talking, handing back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain import codec
from domain.refusals import NotAllowed
from domain.staff.roles import Action, StaffMember, may
from handlers.engine.chat import Chat, Choice
from handlers.engine.registry import LONGEST_MESSAGE, conversation
from handlers.shared.ownership import may_enter
from storage.handovers import handovers, lines, views
from storage.handovers.views import code_of
from storage.session import Reading, Writing
from storage.staff.rights import allowed

BACK, TAKE, LATER = "back", "take", "later"
_WORD = "word:"
Taking = Literal["taken", "gone", "not-allowed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkEntry:
    """A handover on the officer's list; `by`: its officer, `mine`: it is this one."""

    json_shape = codec.ROW

    id: int
    code: str
    since: datetime
    by: int | None
    by_name: str
    mine: bool


@conversation("call")
async def call(chat: Chat) -> None:
    """Ask an officer to take a resident; silent if somebody has taken them."""
    handover = _number(chat.argument)
    waits = await chat.learn("call-standing", entry_of, handover=handover, member=chat.staff)
    if waits is None or waits.by is not None:
        return
    await chat.say("call-waits", code=waits.code, since=waits.since)
    chosen = await chat.choose("call-take", [Choice(TAKE, "call-take-it"), Choice(LATER, "call-later")])
    if chosen == TAKE:
        await _take(chat, handover, seen=None)
    await chat.say("call-left")


@conversation("call-lost")
async def tell_lost(chat: Chat) -> None:
    """Tell an officer that a colleague took over their resident."""
    if chat.staff is None:
        return
    await chat.say("call-lost", code=code_of(_number(chat.argument)))


@conversation("calls", command="panggilan")
async def show_calls(chat: Chat) -> None:
    """List waiting and taken handovers; take one, or take it over."""
    if not await may_enter(chat, Action.TALK):
        raise NotAllowed
    entries = await chat.learn("calls-list", listed, member=chat.staff)
    if not entries:
        await chat.say("calls-none")
        return
    chosen = await chat.choose("calls-which", [_choice(one) for one in entries])
    entry = next(one for one in entries if one.id == chosen)
    if entry.mine:
        await chat.open("talk", f"{entry.id}")
    if entry.by is not None and not await chat.confirm(
        "calls-take-over", code=entry.code, name=entry.by_name
    ):
        return
    await _take(chat, entry.id, seen=entry.by)


@conversation("talk", verbatim=True, longest=LONGEST_MESSAGE)
async def talk(chat: Chat) -> None:
    """Pass every message to the resident until the officer hands the chat back.

    The argument is the handover and, after a colon, whether something was said before.
    """
    handover = _number(chat.argument)
    entry = await chat.learn("talk-standing", entry_of, handover=handover, member=chat.staff)
    if entry is None or not entry.mine:
        await chat.say("talk-over", code=code_of(handover))
        await _go_on(chat, handover)
        return
    await chat.say("talk-sent" if chat.argument.endswith(":on") else "talk-begun", code=entry.code)
    said = await chat.ask("talk-word", _as_it_is, choices=_hand_back)
    if said == BACK:
        await _give_back(chat, handover)
        return
    word = said.removeprefix(_WORD)
    sent = await chat.once("talk-send", say_to_resident, handover=handover, member=chat.staff, word=word)
    if not sent:
        await chat.say("talk-over", code=entry.code)
        await _go_on(chat, handover)
        return
    await chat.open("talk", f"{handover}:on")


@conversation("hand-back", command="kembalikan")
async def hand_back(chat: Chat) -> None:
    """Hand a resident's chat back to the bot."""
    if not await may_enter(chat, Action.TALK):
        raise NotAllowed
    entries = [one for one in await chat.learn("hand-back-list", listed, member=chat.staff) if one.mine]
    if not entries:
        await chat.say("hand-back-none")
        return
    chosen = entries[0].id
    if len(entries) > 1:
        chosen = await chat.choose("hand-back-which", [_choice(one) for one in entries])
    await _give_back(chat, chosen)


async def entry_of(db: Reading, *, handover: int, member: StaffMember | None) -> TalkEntry | None:
    """A living handover as this officer sees it; None if it is over or not theirs to take."""
    found = await views.show(db, handover=handover)
    return next(iter(_entries([found] if found else [], member)), None)


async def listed(db: Reading, *, member: StaffMember | None) -> list[TalkEntry]:
    """Waiting and taken handovers in which this officer may talk."""
    return _entries(await views.living(db), member)


async def take(
    db: Writing, *, handover: int, seen: int | None, member: StaffMember | None, chat: int
) -> Taking:
    """Take a handover in this staff chat; of two simultaneous takers one gets it."""
    found = await views.show(db, handover=handover)
    point = found.point if found else None
    if not await allowed(db, member=member, action=Action.TALK, chat=chat, point=point) or member is None:
        return "not-allowed"
    taken = await handovers.take(db, handover=handover, member=member, chat=chat, seen=seen)
    return "taken" if taken else "gone"


async def say_to_resident(db: Writing, *, handover: int, member: StaffMember | None, word: str) -> bool:
    """Send a message to the resident of this officer's handover."""
    return member is not None and await lines.reply(db, handover=handover, member=member.id, word=word)


async def give_back(db: Writing, *, handover: int, member: StaffMember | None) -> bool:
    """Hand the chat back to the bot."""
    return member is not None and await handovers.hand_back(db, handover=handover, member=member)


async def _take(chat: Chat, handover: int, *, seen: int | None) -> None:
    outcome = await chat.once(
        "call-taken", take, handover=handover, seen=seen, member=chat.staff, chat=chat.id
    )
    if outcome == "not-allowed":
        raise NotAllowed
    await chat.open("talk" if outcome == "taken" else "call-gone", f"{handover}")


@conversation("call-gone")
async def tell_gone(chat: Chat) -> None:
    """Tell an officer that somebody else was faster."""
    await chat.say("call-gone", code=code_of(_number(chat.argument)))


async def _give_back(chat: Chat, handover: int) -> None:
    given = await chat.once("talk-give-back", give_back, handover=handover, member=chat.staff)
    await chat.say("talk-given-back" if given else "talk-over", code=code_of(handover))
    await _go_on(chat, handover)


async def _go_on(chat: Chat, ended: int) -> None:
    """Go on with the officer's other talk, to which the next words go; of several, ask for one."""
    talks = await chat.learn("talk-others", listed, member=chat.staff)
    others = [one for one in talks if one.mine and one.id != ended]
    if len(others) == 1:
        await chat.open("talk", f"{others[0].id}")
    if others:
        await chat.open("calls")


async def _hand_back() -> list[Choice]:
    return [Choice(BACK, "talk-hand-back")]


def _as_it_is(text: str) -> str:
    return _WORD + text.strip()


def _choice(entry: TalkEntry) -> Choice:
    if entry.by is None:
        return Choice(entry.id, "calls-waits", code=entry.code, since=entry.since)
    return Choice(entry.id, "calls-mine" if entry.mine else "calls-taken", code=entry.code)


def _entries(found: list[views.Handover], member: StaffMember | None) -> list[TalkEntry]:
    return [
        TalkEntry(
            id=one.id,
            code=one.code,
            since=one.waits_since,
            by=one.taken_by,
            by_name=one.taken_by_name or "",
            mine=member is not None and one.taken_by == member.id,
        )
        for one in found
        if one.state != "over" and may(member, Action.TALK, one.point)
    ]


def _number(argument: str) -> int:
    first = argument.partition(":")[0]
    return int(first) if first.isdecimal() else 0
