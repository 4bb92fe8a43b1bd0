"""Texts that staff keep at hand: replies to residents, and announcements."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from storage import audit
from storage.ids import new_id
from storage.schema import of_row, text_templates
from storage.session import Reading, Writing

Kind = Literal["reply", "announcement"]
MOST = 60  # of each kind
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A text with the name that staff know it by."""

    id: int
    kind: str
    name: str
    text: str


async def templates_of(db: Reading, *, kind: Kind) -> list[Template]:
    """Templates of one kind, by name."""
    query = select(text_templates).where(text_templates.c.kind == kind)
    rows = await db.rows(query.order_by(text_templates.c.name))
    return [of_row(Template, row) for row in rows]


async def keep(
    db: Writing, *, kind: Kind, name: str, text: str, member: int, template: int | None = None
) -> int | None:
    """Add a template, or change the given one; return its id. None: its name is taken, or there are too many."""
    row = template or new_id()
    values: dict[str, object] = {
        "id": row,
        "kind": kind,
        "name": name,
        "text": text,
        "changed_at": db.now,
        "staff_id": member,
    }
    try:
        async with db.savepoint():
            done = await (_add(db, values) if template is None else _change(db, values))
    except IntegrityError:
        return None
    if not done:
        return None
    await audit.record(db, audit.by_staff(member), "template-kept", f"template:{row}")
    return row


async def remove(db: Writing, *, template: int, member: int) -> bool:
    """Remove a template; False: it is gone already."""
    gone = await db.run(delete(text_templates).where(text_templates.c.id == template))
    if gone:
        await audit.record(db, audit.by_staff(member), "template-removed", f"template:{template}")
    return bool(gone)


async def _add(db: Writing, values: dict[str, object]) -> bool:
    count = select(func.count()).where(text_templates.c.kind == values["kind"])
    if int(await db.scalar(count)) >= MOST:
        return False
    await db.run(text_templates.insert(), values)
    return True


async def _change(db: Writing, values: dict[str, object]) -> bool:
    mine = update(text_templates).where(text_templates.c.id == values["id"])
    return bool(await db.run(mine.values(**values)))
