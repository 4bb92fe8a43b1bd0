"""Rewrites the answers of a day together, so that database metadata cannot link an answer to a person.

PostgreSQL keeps with every row the id of the transaction that wrote it (`xmin`), readable by anybody who may
read the tables: an answer, a case and a message written together would share it. SQLite has no such id.
"""

from datetime import date

from sqlalchemy import delete, or_, select, update

from domain.office.office import Office
from storage.schema import answer_sets, answer_sums, free_words, unmixed_days
from storage.session import ByDialect, Dialect, Writing, insert_for

_MARKED: Dialect = "postgresql"  # database with transaction ids in its rows
_note = ByDialect(
    lambda dialect: insert_for(dialect, unmixed_days).on_conflict_do_update(
        index_elements=["day"], set_={"day": unmixed_days.c.day}
    )
)


async def note(db: Writing, *, day: date) -> None:
    """Schedule the answers of a day for rewriting; call it before they are written.

    The lock on the day's row makes the rewrite wait for this transaction and so include its rows.
    """
    if db.dialect != _MARKED:
        return
    await db.run(_note[db.dialect], {"day": day})


async def run_due(db: Writing, _office: Office) -> bool:
    """Rewrite one scheduled day in a transaction that writes nothing else; True: there may be more.

    A chore of bot/turns/timers.py.
    """
    if db.dialect != _MARKED:
        return False
    day = await db.scalar(select(unmixed_days.c.day).limit(1).with_for_update(skip_locked=True))
    if day is None:
        return False
    await _rewrite(db, day)
    await db.run(delete(unmixed_days).where(unmixed_days.c.day == day))
    return True


async def _rewrite(db: Writing, day: date) -> None:
    sums = answer_sums.c
    these = or_(
        (sums.span == "day") & (sums.starts_on == day),
        (sums.span == "month") & (sums.starts_on == day.replace(day=1)),
    )
    sets = answer_sets.c
    await db.run(update(answer_sets).where(sets.answered_on == day).values(answered_on=sets.answered_on))
    words = free_words.c
    await db.run(update(free_words).where(words.written_on == day).values(written_on=words.written_on))
    await db.run(update(answer_sums).where(these).values(people=sums.people))
