"""Wrong pairs of number and proof, counted per asker and per NIK (rules: domain/people/budget.py).

A wrong pair is one row per asker; only the first row has the NIK, so that counts are not doubled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, literal_column, select

from domain.people.budget import Budget, refused_until
from storage.ids import new_id
from storage.schema import looked_up, tries
from storage.session import Reading, Writing

ABOUT_WINDOW = timedelta(days=1)
TOTAL_WINDOW = timedelta(hours=1)
PROVED_WITHIN = timedelta(days=30)
# A pair shown in more browsers than a family has proves nothing. Otherwise the owner of one right pair could
# show it in a hundred browsers and guess in each of them beyond the address's budget.
PROVED_BY_AT_MOST = 8
_COUNTED = 5000  # counting stops here; it is an alarm anyway


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """Numbers of recent wrong pairs: about this NIK (or number), and in total."""

    about: int
    total: int


_by_asker = select(tries.c.at).where(tries.c.asker == bindparam("asker"), tries.c.at > bindparam("since"))
_about = (
    select(tries.c.id)
    # At most two keys live. A list of fixed length keeps the statement constant, so that it is prepared once.
    .where(
        tries.c.nik_index.in_([bindparam("about"), bindparam("about_rotated")]),
        tries.c.at > bindparam("about_since"),
    )
    .limit(_COUNTED)
    .subquery()
)
_total = (
    select(tries.c.id)
    .where(tries.c.nik_index.is_not(None), tries.c.at > bindparam("total_since"))
    .limit(_COUNTED)
    .subquery()
)
_record = tries.insert()
_same_pair = looked_up.alias("same_pair")
_proved = (
    select(looked_up.c.application_id)
    .where(looked_up.c.chat_id == bindparam("chat"), looked_up.c.at > bindparam("since"))
    .where(
        select(func.count())
        .select_from(_same_pair)
        .where(
            _same_pair.c.application_id == looked_up.c.application_id, _same_pair.c.at > bindparam("since")
        )
        .scalar_subquery()
        <= bindparam("most")
    )
    .limit(literal_column("1"))
)
_counts = select(
    select(func.count()).select_from(_about).scalar_subquery().label("about"),
    select(func.count()).select_from(_total).scalar_subquery().label("total"),
)


async def refused_until_when(db: Reading, *, asker: bytes, budget: Budget) -> datetime | None:
    """Until when this asker must wait; None while a try is left."""
    found = await db.rows(_by_asker, {"asker": asker, "since": db.now - budget.window})
    return refused_until(budget, wrong=[row.at for row in found], now=db.now) if found else None


async def has_proved(db: Reading, *, chat: int) -> bool:
    """Whether this chat showed a right pair within 30 days that only few others showed."""
    values = {"chat": chat, "since": db.now - PROVED_WITHIN, "most": PROVED_BY_AT_MOST}
    return await db.one(_proved, values) is not None


async def count_wrong(db: Reading, *, about: Sequence[bytes]) -> Wrong:
    """Count wrong pairs about a NIK (its indexes) within a day, and all within an hour."""
    values = {
        "about": about[0],
        "about_rotated": about[-1],
        "about_since": db.now - ABOUT_WINDOW,
        "total_since": db.now - TOTAL_WINDOW,
    }
    ((of_one, of_all),) = await db.rows(_counts, values)
    return Wrong(about=of_one, total=of_all)


async def record_wrong(db: Writing, *, askers: Sequence[bytes], about: bytes) -> None:
    """Record a wrong pair for these askers; it survives the erasure of their chat."""
    rows = [{"id": new_id(), "asker": asker, "nik_index": None, "at": db.now} for asker in askers]
    rows[0]["nik_index"] = about
    await db.run(_record, rows)


async def record_use(db: Writing, *, askers: Sequence[bytes]) -> None:
    """Record one use of another scarce resource by these askers."""
    await db.run(
        _record, [{"id": new_id(), "asker": asker, "nik_index": None, "at": db.now} for asker in askers]
    )
