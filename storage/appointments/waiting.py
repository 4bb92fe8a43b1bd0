"""The waiting list of a point, first come first served; offers.py has the offers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select, text, update

from domain import codec
from storage.ids import new_id
from storage.schema import waiting
from storage.session import ByDialect, Reading, Writing, insert_for

_WAITS = text("waiting.state = 'waiting'")
_insert = ByDialect(lambda dialect: insert_for(dialect, waiting).on_conflict_do_nothing())
_mine = select(waiting).where(
    waiting.c.applicant_id == bindparam("person"), waiting.c.service == bindparam("what"), _WAITS
)
_change = (
    update(waiting)
    .where(waiting.c.applicant_id == bindparam("person"), waiting.c.service == bindparam("what"), _WAITS)
    .values(chat_id=bindparam("chat"), wanted_from=bindparam("from_at"), wanted_until=bindparam("until_at"))
)
_leave = (
    update(waiting)
    .where(waiting.c.applicant_id == bindparam("person"), waiting.c.service == bindparam("what"), _WAITS)
    .values(state="left")
)
_ahead = (
    select(func.count())
    .select_from(waiting)
    .where(waiting.c.point == bindparam("point"), waiting.c.queued_at < bindparam("since"), _WAITS)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceInLine:
    """A person's point and place on the waiting list; `place` counts from 1."""

    json_shape = codec.ROW

    point: str
    place: int


async def join(
    db: Writing, *, chat: int, applicant: int, service: str, point: str, from_at: datetime, until_at: datetime
) -> int:
    """Put a person on a point's list for appointments that begin within a span; return the place, from 1.

    A person already waiting at that point keeps the place; chat and span are updated. A person waiting at
    another point moves to the end of this one's list.
    """
    mine = await db.one(_mine, {"person": applicant, "what": service})
    if mine is not None and mine.point != point:
        await leave(db, applicant=applicant, service=service)
    row = {"id": new_id(), "applicant_id": applicant, "service": service, "point": point, "chat_id": chat}
    row |= {"wanted_from": from_at, "wanted_until": until_at, "state": "waiting"}
    row |= {"joined_at": db.now, "queued_at": db.now}
    if not await db.run(_insert[db.dialect], row):
        again = {"person": applicant, "what": service, "chat": chat, "from_at": from_at, "until_at": until_at}
        await db.run(_change, again)
    return await place_in_line(db, applicant=applicant, service=service) or 1


async def leave(db: Writing, *, applicant: int, service: str) -> bool:
    """Take a person off the list; False: they were not on it."""
    return bool(await db.run(_leave, {"person": applicant, "what": service}))


async def place_in_line(db: Reading, *, applicant: int, service: str) -> int | None:
    """A person's place in line, from 1; None if not waiting."""
    line = await line_of(db, applicant=applicant, service=service)
    return None if line is None else line.place


async def line_of(db: Reading, *, applicant: int, service: str) -> PlaceInLine | None:
    """Where a person waits and their place; None if not waiting."""
    mine = await db.one(_mine, {"person": applicant, "what": service})
    if mine is None:
        return None
    ahead = await db.scalar(_ahead, {"point": mine.point, "since": mine.queued_at})
    return PlaceInLine(point=mine.point, place=int(ahead) + 1)
