"""The mark that a database holds the made-up register of `loket demo`, so that nobody mistakes one for the other."""

from datetime import date

from storage import audit
from storage.session import Reading, Writing

_MARK = "demo-loaded"


async def mark_as_demo(db: Writing, *, day: date) -> None:
    """Note that this database was filled with the demo's register of that day."""
    await audit.record(db, actor=audit.SYSTEM, action=_MARK, subject=f"day:{day.isoformat()}")


async def day_of_the_demo(db: Reading) -> date | None:
    """The day whose made-up register this database holds, None when it is not the demo's."""
    marks = await audit.entries(db, action=_MARK, limit=1)
    return date.fromisoformat(marks[0].subject.removeprefix("day:")) if marks else None
