"""Consents and privacy notices of a chat: version, time, channel (UU 27/2022). Each kind stands by itself."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select, update

from storage.ids import new_id
from storage.schema import consents, notices, of_row
from storage.session import ByDialect, Reading, Writing, insert_for

UPDATES = "updates"
RATINGS = "ratings"
REMINDERS = "reminders"
KINDS = (UPDATES, RATINGS, REMINDERS)
VERSIONS = {UPDATES: 1, RATINGS: 1, REMINDERS: 1}
"""Version of the wording (`status-next`, `consents-ratings`, `booking-summary`); raise it when the meaning changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One consent; `withdrawn_at` equals `given_at` for a refusal."""

    kind: str
    version: int
    channel: str
    given_at: datetime
    withdrawn_at: datetime | None


_note = ByDialect(lambda dialect: insert_for(dialect, notices).on_conflict_do_nothing())


async def note_notice(db: Writing, *, chat: int, version: int, channel: str) -> None:
    """Record that this version of the notice was shown."""
    row = {"chat_id": chat, "version": version, "channel": channel, "shown_at": db.now}
    await db.run(_note[db.dialect], row)


async def give(db: Writing, *, chat: int, kind: str, channel: str) -> None:
    """Record a consent unless the same one is in force."""
    if await has(db, chat=chat, kind=kind, version=VERSIONS[kind]):
        return
    await db.run(consents.insert(), {**_row(db, chat, kind, channel), "withdrawn_at": None})


async def withdraw(db: Writing, *, chat: int, kind: str, channel: str) -> None:
    """Withdraw a consent; without one, record the refusal."""
    living = update(consents).where(
        consents.c.chat_id == chat, consents.c.kind == kind, consents.c.withdrawn_at.is_(None)
    )
    if not await db.run(living.values(withdrawn_at=db.now)) and not await refused(db, chat=chat, kind=kind):
        await db.run(consents.insert(), {**_row(db, chat, kind, channel), "withdrawn_at": db.now})


async def has(db: Reading, *, chat: int, kind: str, version: int | None = None) -> bool:
    """Whether a consent (of this version) is in force."""
    living = exists().where(
        consents.c.chat_id == chat, consents.c.kind == kind, consents.c.withdrawn_at.is_(None)
    )
    if version is not None:
        living = living.where(consents.c.version == version)
    return bool(await db.scalar(select(living)))


async def refused(db: Reading, *, chat: int, kind: str) -> bool:
    """Whether the latest answer was no, so that it is not asked again."""
    said = select(consents.c.withdrawn_at).where(consents.c.chat_id == chat, consents.c.kind == kind)
    row = await db.one(said.order_by(consents.c.id.desc()).limit(1))
    return row is not None and row.withdrawn_at is not None


async def standing(db: Reading, *, chat: int) -> dict[str, bool]:
    """Kinds with and without a consent in force."""
    return {kind: await has(db, chat=chat, kind=kind) for kind in KINDS}


async def history(db: Reading, *, chat: int) -> list[Consent]:
    """All consents, oldest first."""
    found = await db.rows(select(consents).where(consents.c.chat_id == chat).order_by(consents.c.id))
    return [of_row(Consent, row) for row in found]


def _row(db: Writing, chat: int, kind: str, channel: str) -> dict[str, object]:
    return {
        "id": new_id(),
        "chat_id": chat,
        "kind": kind,
        "version": VERSIONS[kind],
        "channel": channel,
        "given_at": db.now,
    }
