"""Summary of a store for `loket check`: does the key fit, and what is in it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text

from storage import keyring
from storage.schema import applicants, applications, chats, imports, staff
from storage.session import Reading
from storage.staff.staff import is_working
from storage.vault import Unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What a store holds; `key_fits` is True for an empty one."""

    key_fits: bool
    applications: int
    unknown_codes: int
    imported_at: datetime | None
    staff: int
    admins: int  # of the whole office: they may invite anybody


async def overview(db: Reading) -> Overview:
    """Summarize the store."""
    in_use = select(func.count()).select_from(staff).where(is_working())
    unknown = select(func.count()).select_from(applications).where(applications.c.stage.is_(None))
    return Overview(
        key_fits=await key_fits(db),
        applications=await db.scalar(select(func.count()).select_from(applications)),
        unknown_codes=await db.scalar(unknown),
        imported_at=await db.scalar(
            select(func.max(imports.c.finished_at)).where(imports.c.undone_at.is_(None))
        ),
        staff=await db.scalar(in_use),
        admins=await db.scalar(in_use.where(staff.c.role == "admin", staff.c.point.is_(None))),
    )


async def key_fits(db: Reading) -> bool:
    """Whether the configured keys are the ones the store needs and open its values; any key fits an empty store."""
    if not await keyring.fits(db):
        return False
    for column in (applicants.c.nik, chats.c.address):
        row = await db.one(select(column.table.c.id, column.label("sealed")).limit(1))
        try:
            if row is not None:
                db.vault.open(row.sealed, at=f"{column.table.name}.{column.name}:{row.id}")
        except Unreadable:
            return False
    return True


async def encoding_and_clock(db: Reading) -> tuple[str, datetime] | None:
    """Encoding and present time of a PostgreSQL server; None for a file."""
    if db.dialect != "postgresql":
        return None
    found = await db.one(
        text("SELECT current_setting('server_encoding') AS encoding, clock_timestamp() AS now")
    )
    return None if found is None else (found.encoding, found.now)
