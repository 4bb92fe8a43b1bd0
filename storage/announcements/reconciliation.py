"""Reconciliation: `planned` must equal the sum of all states; this chore recounts, repairs and reports."""

from dataclasses import dataclass

from sqlalchemy import exists, func, select, update

from storage import audit
from storage.post.outbox import ANNOUNCEMENT
from storage.schema import announcement_recipients, announcements, is_open, outbox
from storage.session import Reading, Writing

ALARM = "announcement-alarm"
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Inconsistencies: wrong counts, recipients without a state, outbox rows without a recipient."""

    miscounted: tuple[int, ...] = ()
    stateless: int = 0
    orphaned: int = 0

    @property
    def clean(self) -> bool:
        """Whether everything adds up."""
        return not (self.miscounted or self.stateless or self.orphaned)


_count = (
    select(func.count())
    .where(announcement_recipients.c.announcement_id == announcements.c.id)
    .scalar_subquery()
)
_stateless = (announcement_recipients.c.outbox_id.is_(None), announcement_recipients.c.state.is_(None))
_orphaned = (
    is_open(outbox),
    outbox.c.priority == ANNOUNCEMENT,
    ~exists().where(announcement_recipients.c.outbox_id == outbox.c.id),
)


async def check(db: Reading) -> Findings:
    """Check the counts without changing anything."""
    miscounted = await db.rows(select(announcements.c.id).where(announcements.c.planned != _count))
    stateless = select(func.count()).select_from(announcement_recipients).where(*_stateless)
    orphaned = select(func.count()).select_from(outbox).where(*_orphaned)
    return Findings(
        miscounted=tuple(row[0] for row in miscounted),
        stateless=await db.scalar(stateless),
        orphaned=await db.scalar(orphaned),
    )


async def mend(db: Writing) -> Findings:
    """Repair inconsistencies and audit each one.

    `planned` becomes the number of recipients. A recipient without row and result becomes `unknown`. An outbox
    row without a recipient is never sent.
    """
    found = await check(db)
    for announcement in found.miscounted:
        here = update(announcements).where(announcements.c.id == announcement)
        await db.run(here.values(planned=_count))
        await _alarm(db, f"announcement:{announcement}", "miscounted")
    lost = select(announcement_recipients.c.id).where(*_stateless).limit(_AT_ONCE)
    unknown = update(announcement_recipients).where(announcement_recipients.c.id.in_(lost))
    if await db.run(unknown.values(state="unknown")):
        await _alarm(db, "recipients", "stateless")
    stray = update(outbox).where(outbox.c.id.in_(select(outbox.c.id).where(*_orphaned).limit(_AT_ONCE)))
    if await db.run(stray.values(state="failed", reason="orphaned")):
        await _alarm(db, "outbox", "orphaned")
    return found


async def _alarm(db: Writing, subject: str, what: str) -> None:
    await audit.record(db, audit.SYSTEM, ALARM, subject, what)
