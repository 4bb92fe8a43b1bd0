"""Hand-overs: a resident asks for a human, a member of staff takes it, both talk through the bot, which is silent.

waiting → taken → over: handed back, ended by the resident, or quiet for 24 hours

Staff know a hand-over by its id and short code; whose chat it is stays hidden from them. What they see of it stands in
storage/handovers/views.py; what is said, in storage/handovers/lines.py; bot/turns/relay.py carries it (storage/handovers/post.py).
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
"""So long after the last word of either side the bot takes the chat back."""


async def open_handover(
    db: Writing, *, chat: int, why: Why, point: str | None, context: Mapping[str, Any]
) -> bool:
    """Hand a resident over and call staff to it; False when they are handed over already.

    `context` is what the officer may know, as codes and masked values (rendered in the officer's language).
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
    await audit.record(
        db, actor=audit.by_chat(chat), action="handover-opened", subject=subject(handover), details=why
    )
    return True


async def call(db: Writing, *, handover: int, point: str | None, but: int) -> int:
    """Ask every staff chat that may talk (but the resident's own) who takes it; give how many were asked."""
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
    """Give a hand-over to a member of staff; False when it is over, or somebody else has it by now.

    `chat` is the staff chat in which they talk (None: the console), `seen` who had it when they decided (None: nobody),
    so that of two who take it at once one has it.
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
    if former is not None and former != chat:
        argument = f"{handover}:{int(db.now.timestamp())}"
        await errands.plan(db, chat=former, conversation="call-lost", argument=argument, due_at=db.now)
    by = audit.by_staff(member.id)
    if seen in (None, member.id):
        await audit.record(db, actor=by, action="handover-taken", subject=subject(handover))
    else:
        former_officer = audit.by_staff(seen)
        await audit.record(
            db, actor=by, action="handover-taken-over", subject=subject(handover), details=former_officer
        )
    return True


async def release(db: Writing, *, handover: int) -> bool:
    """Let a taken hand-over wait again, and call others to it: whoever had it can no longer talk."""
    row = await db.one(select(handovers).where(handovers.c.id == handover, handovers.c.state == "taken"))
    if row is None:
        return False
    freed = update(handovers).where(handovers.c.id == handover, handovers.c.state == "taken")
    await db.run(freed.values(state="waiting", taken_by=None, taken_in=None))
    await call(db, handover=handover, point=row.point, but=row.chat_id)
    await audit.record(db, actor=audit.SYSTEM, action="handover-released", subject=subject(handover))
    return True


async def end(db: Writing, *, handover: int, by: str, of: int | None = None) -> bool:
    """End a hand-over; the bot has the chat again, and bot/turns/relay.py tells both sides. False: it was over.

    `by` is resident, left or idle (a shared device), staff:<id>, time, erased or merged; `of`: only while this member of staff has it.
    """
    whose = (handovers.c.id == handover, is_living())
    chat = await db.scalar(select(handovers.c.chat_id).where(*whose))
    if chat is None:
        return False
    mine = () if of is None else (handovers.c.taken_by == of,)
    # The chat first: a turn locks its chat, and then what belongs to it.
    await db.run(update(chats).where(chats.c.id == chat).values(human_until=chats.c.human_until))
    over = update(handovers).where(*whose, *mine)
    if not await db.run(over.values(state="over", ended_at=db.now, ended_by=by)):
        return False
    await db.run(update(chats).where(chats.c.id == chat).values(human_until=None))
    actor = audit.by_chat(chat) if by in _BY_THE_RESIDENT else by
    await audit.record(db, actor=actor, action="handover-ended", subject=subject(handover))
    return True


async def hand_back(db: Writing, *, handover: int, member: StaffMember) -> bool:
    """Give the chat back to the bot; False when it is over or not theirs."""
    return await end(db, handover=handover, by=audit.by_staff(member.id), of=member.id)


async def end_of_chat(db: Writing, *, chat: int, by: str = "resident") -> bool:
    """End the hand-over that this resident is in, if there is one."""
    handover = await living_of(db, chat=chat)
    return handover is not None and await end(db, handover=handover, by=by)


async def living_of(db: Reading, *, chat: int) -> int | None:
    """Give the hand-over that a resident's chat is in."""
    found: int | None = await db.scalar(
        select(handovers.c.id).where(handovers.c.chat_id == chat, is_living())
    )
    return found


def subject(handover: int) -> str:
    """Name a hand-over in the audit."""
    return f"handover:{handover}"


async def _former_chat(db: Reading, handover: int) -> int | None:
    former: int | None = await db.scalar(select(handovers.c.taken_in).where(handovers.c.id == handover))
    return former


async def _callable(db: Reading, *, point: str | None, but: int) -> Sequence[int]:
    """Give the staff chats of everybody who may talk with a resident of this point."""
    query = (
        select(chats.c.id.label("chat"), staff.c.id, staff.c.name, staff.c.role, staff.c.point)
        .join(staff, staff.c.id == chats.c.staff_id)
        .where(staff.c.revoked_at.is_(None), chats.c.stopped_at.is_(None), chats.c.id != but)
    )
    return [
        row.chat
        for row in await db.rows(query.order_by(chats.c.id))
        if may(
            StaffMember(id=row.id, name=row.name, role=Role(row.role), point=row.point), Action.TALK, point
        )
    ]
