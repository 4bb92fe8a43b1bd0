"""Daily sums: kept with the writes of the register, and read by the day.

Subjects and their parts:
  stands    applications that are at a stage since this day; part = stage
  entered   applications that came in
  ready     cards that became ready; part = days since the application was complete, '' if that is not known
  handed    cards handed over
The other subjects are written by storage/overview/closing.py.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.sql import Executable

from domain.cards.stages import Stage
from storage.schema import daily_sums
from storage.session import ByDialect, Dialect, Reading, Writing, insert_for


class Subject(StrEnum):
    """What is counted."""

    STANDS = "stands"
    ENTERED = "entered"
    READY = "ready"
    HANDED = "handed"
    SEATS = "seats"
    QUEUE = "queue"
    WAITING = "waiting"
    CHATS = "chats"
    CHATS_HELPED = "chats-helped"
    TALK_WAIT = "talk-wait"
    TALK_LENGTH = "talk-length"
    CASES = "cases"
    ANNOUNCED = "announced"


class Key(NamedTuple):
    """Subject, day, point and part of one count."""

    subject: Subject
    day: date
    point: str
    part: str


COUNTED = ("stage", "stage_on", "submitted_on", "complete_on", "point")
"""Columns of an application that decide where it is counted."""
_pick = itemgetter(*COUNTED)
Columns = Mapping[Any, Any]
Change = tuple[Columns | None, Columns | None]
"""Columns of an application before (None: it is new) and after a write (None: it is removed)."""

_read = (
    select(daily_sums.c.day, daily_sums.c.part, func.sum(daily_sums.c.total))
    .where(
        daily_sums.c.subject == bindparam("subject"),
        daily_sums.c.day >= bindparam("first"),
        daily_sums.c.day <= bindparam("last"),
    )
    .group_by(daily_sums.c.day, daily_sums.c.part)
)
_of_point = _read.where(daily_sums.c.point == bindparam("point"))


async def moved(db: Writing, changes: Iterable[Change]) -> None:
    """Count applications that are new or changed, in the transaction that writes them."""
    counts = Counter[Key]()
    # Many rows of an import are counted in the same places.
    alike = Counter((before and _pick(before), after and _pick(after)) for before, after in changes)
    for states, times in alike.items():
        before, after = (state and dict(zip(COUNTED, state, strict=True)) for state in states)
        more = _stands(after) + _became_ready(before, after) if after else []
        fewer = _stands(before) if before else []
        if before and _left_ready(before, after):
            fewer += _became_ready(None, before)
        for key in more:
            counts[key] += times
        for key in fewer:
            counts[key] -= times
    await add(db, counts)


async def add(db: Writing, counts: Mapping[Key, int]) -> None:
    """Add to counts, in one order, so that two transactions do not wait for each other."""
    rows = [{**key._asdict(), "total": counts[key]} for key in sorted(counts) if counts[key]]
    # An insert of a negative count would break the CHECK before its conflict is resolved.
    more, fewer = [row for row in rows if row["total"] > 0], [row for row in rows if row["total"] < 0]
    if more:
        await db.run(_add[db.dialect], more)
    if fewer:
        await db.run(_take, [{f"of_{name}": value for name, value in row.items()} for row in fewer])


def _adding(dialect: Dialect) -> Executable:
    insert = insert_for(dialect, daily_sums)
    key = [column.name for column in daily_sums.primary_key]
    return insert.on_conflict_do_update(
        index_elements=key, set_={"total": daily_sums.c.total + insert.excluded.total}
    )


_add = ByDialect(_adding)
_take = (
    daily_sums.update()
    .where(*(daily_sums.c[name] == bindparam(f"of_{name}") for name in Key._fields))
    .where(daily_sums.c.total + bindparam("of_total") >= 0)
    .values(total=daily_sums.c.total + bindparam("of_total"))
)


async def put(db: Writing, counts: Mapping[Key, int]) -> None:
    """Replace counts."""
    rows = [{**key._asdict(), "total": counts[key]} for key in sorted(counts)]
    if rows:
        insert = db.insert(daily_sums)
        key = [column.name for column in daily_sums.primary_key]
        await db.run(
            insert.on_conflict_do_update(index_elements=key, set_={"total": insert.excluded.total}), rows
        )


async def sums(
    db: Reading, *, subject: Subject, first: date, last: date, point: str | None = None
) -> dict[tuple[date, str], int]:
    """Counts by day and part, of a point or of all."""
    values = {"subject": subject, "first": first, "last": last}
    rows = await db.rows(*((_read, values) if point is None else (_of_point, values | {"point": point})))
    return {(day, part): int(total) for day, part, total in rows}


def _stands(row: Columns) -> list[Key]:
    """Counts that follow from the present columns of an application."""
    point, stage = row["point"] or "", row["stage"]
    entered = row["submitted_on"] or row["complete_on"]
    found = [Key(Subject.ENTERED, entered, point, "")] if entered else []
    if stage is None or not Stage(stage).final:
        found.append(Key(Subject.STANDS, row["stage_on"], point, str(stage or "")))
    elif Stage(stage).handed_over:
        found.append(Key(Subject.HANDED, row["stage_on"], point, ""))
    return found


def _became_ready(before: Columns | None, after: Columns) -> list[Key]:
    is_ready = after["stage"] == Stage.READY_FOR_PICKUP
    if not is_ready or (before is not None and _was_made(before) and not _left_ready(before, after)):
        return []
    complete = after["complete_on"]
    days = "" if complete is None else str(max(0, (after["stage_on"] - complete).days))
    return [Key(Subject.READY, after["stage_on"], after["point"] or "", days)]


def _was_made(row: Columns) -> bool:
    stage = row["stage"]
    return stage == Stage.READY_FOR_PICKUP or (stage is not None and Stage(stage).handed_over)


def _left_ready(before: Columns, after: Columns | None) -> bool:
    """Whether an application counted as ready no longer is, or is since another day or elsewhere.

    A card handed over stays counted on the day when it was ready.
    """
    if before["stage"] != Stage.READY_FOR_PICKUP:
        return False
    if after is None or after["stage"] != Stage.READY_FOR_PICKUP:
        return after is None or not _was_made(after)
    return any(before[name] != after[name] for name in ("stage_on", "complete_on", "point"))
