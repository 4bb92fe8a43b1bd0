"""Handovers: a resident asks for a human, an officer takes it, and both talk through the silent bot.

waiting → taken → over: handed back, ended by the resident, or quiet for 24 hours

Staff know a handover by id and short code; the resident's chat stays hidden from them. views.py has what staff
see, lines.py what is said; bot/turns/relay.py carries the lines (post.py).
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import bindparam, func, select, update

from domain.staff.roles import Action, Role, StaffMember, may
from storage import audit
from storage.handovers.lines import CONTEXT, note
from storage.ids import new_id
from storage.post import errands
from storage.schema import chats, handovers, is_living, staff
from storage.session import Reading, Writing

Why = Literal["asked", "unclear", "anger"]
CALL = "call"
_BY_THE_RESIDENT = ("resident", "left")
QUIET_FOR = timedelta(hours=24)
"""The bot takes the chat back after so much silence."""


async def open_handover(
    db: Writing, *, chat: int, why: Why, point: str | None, context: Mapping[str, Any]
) -> bool:
    """Open a handover and call staff; False: the resident has one already.

    `context` is what the officer may know: codes and masked values, rendered in the officer's language.
    """
    handover = new_id()
    point = point if await _callable(db, point=point, but=chat) else None
    row = {
        "id": handover,
        "chat_id": chat,
        "state": "waiting",
        "why": why,
        "point": point,
        "opened_at": db.now,
    }
    if not await db.run(db.insert(handovers).on_conflict_do_nothing(), row):
        return False
    await db.run(update(chats).where(chats.c.id == chat).values(human_until=db.now + QUIET_FOR))
    await note(db, handover=handover, chat=chat, what=CONTEXT, codes=context)
    await call(db, handover=handover, point=point, but=chat)
    await audit.record(db, audit.by_chat(chat), "handover-opened", subject(handover), why)
    return True


async def call(db: Writing, *, handover: int, point: str | None, but: int) -> int:
    """Ask every staff chat that may talk (except the resident's own) to take it; return their number."""
    called = await _callable(db, point=point, but=but)
    for one in called:
        await errands.plan(
            db,
            chat=one,
            conversation=CALL,
            argument=f"{handover}:{int(db.now.timestamp())}",
            due_at=db.now,
            until=db.now + QUIET_FOR,
        )
    return len(called)


async def take(
    db: Writing, *, handover: int, member: StaffMember, chat: int | None, seen: int | None
) -> bool:
    """Assign a handover to a member of staff; False: it is over, or another member has it by now.

    `chat` is the staff chat for the talk (None: the console). `seen` is the holder when the member decided
    (None: nobody), so that only one of two simultaneous takers gets it.
    """
    held = handovers.c.taken_by.is_(None) if seen is None else handovers.c.taken_by == seen
    former = await _former_chat(db, handover)
    taken = await db.run(
        update(handovers)
        .where(handovers.c.id == handover, is_living(), held)
        .values(
            state="taken",
            taken_by=member.id,
            taken_in=chat,
            taken_at=func.coalesce(handovers.c.taken_at, bindparam("now", type_=handovers.c.taken_at.type)),
        ),
        {"now": db.now},
    )
    if not taken:
        return False
    db.due(db.now)  # what the resident wrote meanwhile
    if former is not None and former != chat:
        argument = f"{handover}:{int(db.now.timestamp())}"
        await errands.plan(db, chat=former, conversation="call-lost", argument=argument, due_at=db.now)
    by = audit.by_staff(member.id)
    if seen in (None, member.id):
        await audit.record(db, by, "handover-taken", subject(handover))
    else:
        former_officer = audit.by_staff(seen)
        await audit.record(db, by, "handover-taken-over", subject(handover), former_officer)
    return True


async def release(db: Writing, *, handover: int) -> bool:
    """Return a taken handover to the queue and call staff again; its officer can no longer talk."""
    row = await db.one(select(handovers).where(handovers.c.id == handover, handovers.c.state == "taken"))
    if row is None:
        return False
    freed = update(handovers).where(handovers.c.id == handover, handovers.c.state == "taken")
    await db.run(freed.values(state="waiting", taken_by=None, taken_in=None))
    await call(db, handover=handover, point=row.point, but=row.chat_id)
    await audit.record(db, audit.SYSTEM, "handover-released", subject(handover))
    return True


async def end(db: Writing, *, handover: int, by: str, of: int | None = None) -> bool:
    """End a handover and return the chat to the bot; bot/turns/relay.py tells both sides. False: it was over.

    `by` is resident, left, idle (shared device), staff:<id>, time, erased or merged. With `of`, only if that
    member has it.
    """
    whose = (handovers.c.id == handover, is_living())
    chat = await db.scalar(select(handovers.c.chat_id).where(*whose))
    if chat is None:
        return False
    mine = () if of is None else (handovers.c.taken_by == of,)
    # Lock the chat first, as a turn does.
    await db.run(update(chats).where(chats.c.id == chat).values(human_until=chats.c.human_until))
    over = update(handovers).where(*whose, *mine)
    if not await db.run(over.values(state="over", ended_at=db.now, ended_by=by)):
        return False
    await db.run(update(chats).where(chats.c.id == chat).values(human_until=None))
    db.due(db.now)
    actor = audit.by_chat(chat) if by in _BY_THE_RESIDENT else by
    await audit.record(db, actor, "handover-ended", subject(handover))
    return True


async def hand_back(db: Writing, *, handover: int, member: StaffMember) -> bool:
    """End a handover that this member has; False: it is over or not theirs."""
    return await end(db, handover=handover, by=audit.by_staff(member.id), of=member.id)


async def end_of_chat(db: Writing, *, chat: int, by: str = "resident") -> bool:
    """End the living handover of this resident, if any."""
    handover = await living_of(db, chat=chat)
    return handover is not None and await end(db, handover=handover, by=by)


async def living_of(db: Reading, *, chat: int) -> int | None:
    """Id of the living handover of a resident's chat."""
    found: int | None = await db.scalar(
        select(handovers.c.id).where(handovers.c.chat_id == chat, is_living())
    )
    return found


def subject(handover: int) -> str:
    """Name of a handover in the audit."""
    return f"handover:{handover}"


async def _former_chat(db: Reading, handover: int) -> int | None:
    former: int | None = await db.scalar(select(handovers.c.taken_in).where(handovers.c.id == handover))
    return former


async def _callable(db: Reading, *, point: str | None, but: int) -> Sequence[int]:
    """Staff chats of those who may talk with a resident of this point and want to be called.

    If nobody wants to, everybody is called: a resident waits.
    """
    query = (
        select(chats.c.id.label("chat"), staff.c.id, staff.c.name, staff.c.role, staff.c.point)
        .add_columns(staff.c.told_talks)
        .join(staff, staff.c.id == chats.c.staff_id)
        .where(staff.c.revoked_at.is_(None), chats.c.stopped_at.is_(None), chats.c.id != but)
    )
    able = [
        row
        for row in await db.rows(query.order_by(chats.c.id))
        if may(
            StaffMember(id=row.id, name=row.name, role=Role(row.role), point=row.point), Action.TALK, point
        )
    ]
    return [row.chat for row in able if row.told_talks] or [row.chat for row in able]
