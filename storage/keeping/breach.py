"""Report after a breach: whose data was touched between two moments, and by whom.

UU 27/2022 Art. 46 demands notice within 3 × 24 hours.
People are named by the registration numbers of their applications, by which the office can reach them; never by
a NIK.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from storage.bulk import in_pieces
from storage.schema import applications, audit, of_row, staff
from storage.session import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """One line of the audit; `number` is the registration number of its application, if any."""

    at: datetime
    actor: str
    action: str
    subject: str
    number: str | None
    details: str


async def touched(db: Reading, *, since: datetime, until: datetime) -> list[Touch]:
    """Audit lines from one moment up to another, oldest first."""
    lines = await db.rows(
        select(audit).where(audit.c.at >= since, audit.c.at < until).order_by(audit.c.at, audit.c.id)
    )
    numbers = await _numbers(db, lines)
    names = await _names(db, lines)
    return [
        of_row(
            Touch,
            line,
            actor=names.get(line.actor, line.actor),
            subject=names.get(line.subject, line.subject),
            number=numbers.get(line.subject),
        )
        for line in lines
    ]


async def _numbers(db: Reading, lines: Sequence[Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for ids in in_pieces(_ids(lines, "application")):
        query = select(applications.c.id, applications.c.number).where(applications.c.id.in_(ids))
        found |= {f"application:{row.id}": row.number for row in await db.rows(query)}
    return found


async def _names(db: Reading, lines: Sequence[Any]) -> dict[str, str]:
    """Names of staff; they act in their office."""
    found: dict[str, str] = {}
    for ids in in_pieces(_ids(lines, "staff")):
        query = select(staff.c.id, staff.c.name).where(staff.c.id.in_(ids))
        found |= {f"staff:{row.id}": f"staff:{row.id} {row.name}" for row in await db.rows(query)}
    return found


def _ids(lines: Sequence[Any], kind: str) -> list[int]:
    named = {name for line in lines for name in (line.actor, line.subject) if name.startswith(f"{kind}:")}
    return sorted(int(name.partition(":")[2]) for name in named if name.partition(":")[2].isdigit())
