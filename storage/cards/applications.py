"""Applications as residents may see them. `find` is the only look-up by number, and it demands proof."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, and_, bindparam, exists, func, literal_column, select

from domain.cards.application import MOST_AHEAD, Application, Passed
from domain.cards.proof import LastFour, Proof
from domain.cards.stages import Stage
from domain.office.registration import RegistrationNumber
from domain.people.names import mask_name
from domain.people.nik import Nik
from storage import audit
from storage.schema import Instant, applicants, applications, follows, imports, looked_up, stage_history
from storage.session import ByDialect, Reading, Writing, insert_for
from storage.vault import Vault

_PLACE = "applicants.nik:{}"

_data_at = (
    select(imports.c.finished_at)
    .where(imports.c.finished_at.is_not(None), imports.c.undone_at.is_(None))
    .order_by(imports.c.finished_at.desc())
    .limit(1)
    .scalar_subquery()
)
_follows = exists().where(
    follows.c.application_id == applications.c.id, follows.c.chat_id == bindparam("chat")
)
_shown = (
    select(
        applications,
        applicants.c.nik.label("nik"),
        applicants.c.nik_index.label("nik_index"),
        _data_at.label("data_at"),
        _follows.label("followed"),
    )
    .join(applicants, applicants.c.id == applications.c.applicant_id)
    .where(applications.c.withdrawn_at.is_(None))
)
_by_number = _shown.where(applications.c.number == bindparam("number"))
_by_id = _shown.where(applications.c.id == bindparam("application"))
_ahead = (
    select(literal_column("1"))
    # Verbatim the condition of the partial index; otherwise the index is not used.
    .where(literal_column("stage IN ('PRINT_READY','WAITING_BLANK') AND withdrawn_at IS NULL"))
    .where(applications.c.complete_on < bindparam("complete_on"))
    .select_from(applications)
    .limit(MOST_AHEAD + 1)
    .subquery()
)
_count_ahead = select(func.count()).select_from(_ahead)
_passed = (
    select(stage_history.c.stage, stage_history.c.stage_on)
    .where(and_(stage_history.c.application_id == bindparam("application"), stage_history.c.won))
    .order_by(stage_history.c.stage_on, stage_history.c.id)
)

_note = ByDialect(
    lambda dialect: insert_for(dialect, looked_up).on_conflict_do_update(
        index_elements=["chat_id", "application_id"], set_={"at": bindparam("again_at", type_=Instant())}
    )
)


async def find(db: Writing, *, number: RegistrationNumber, proof: Proof, chat: int) -> Application | None:
    """Application for a chat that has its number and proof; the look-up is audited.

    Returns None alike for an unknown number, a wrong NIK and a withdrawn application, after the same amount of
    work.
    """
    row = await db.one(_by_number, {"number": str(number), "chat": chat})
    fits = _fits(db, row, proof)
    if row is None or not fits:
        await audit.record(db, audit.by_chat(chat), "look-up", "unknown", "none")
        return None
    await _note_look_up(db, chat=chat, application=row.id)
    return await _application(db, row)


async def of_follower(db: Writing, *, application: int, chat: int) -> Application | None:
    """Application that the chat follows, or None; the look-up is audited."""
    row = await db.one(_by_id, {"application": application, "chat": chat})
    if row is None or not row.followed:
        return None
    await _note_look_up(db, chat=chat, application=row.id)
    return await _application(db, row)


async def of_acquaintance(db: Reading, *, application: int, chat: int) -> Application | None:
    """Application for a chat that storage/cards/chat_applications.py found to know it; None if withdrawn."""
    row = await db.one(_by_id, {"application": application, "chat": chat})
    return await _application(db, row) if row is not None else None


async def for_push(db: Reading, *, application: int, chat: int) -> Application | None:
    """Application for a push to a follower; None if the chat does not follow it (any more)."""
    row = await db.one(_by_id, {"application": application, "chat": chat})
    return await _application(db, row) if row is not None and row.followed else None


def _fits(db: Reading, row: Row[Any] | None, proof: Proof) -> bool:
    """Whether the proof matches the recorded NIK; without a row, the same work is done on a dummy."""
    if isinstance(proof, LastFour):
        return _ends_so(db, row, proof)
    indexes = db.vault.indexes(proof.digits, of="nik")
    recorded = indexes[-1] if row is None else row.nik_index
    return any(hmac.compare_digest(index, recorded) for index in indexes) and row is not None


def _ends_so(db: Reading, row: Row[Any] | None, proof: LastFour) -> bool:
    if row is None:
        proof.matches(Nik(db.vault.open(_dummy(db.vault), at=_PLACE.format(0))))
        return False
    return proof.matches(Nik(db.vault.open(row.nik, at=_PLACE.format(row.applicant_id))))


@lru_cache(maxsize=2)
def _dummy(vault: Vault) -> bytes:
    """A sealed dummy NIK, opened when there is no row."""
    return vault.seal("0" * 16, at=_PLACE.format(0))


async def _note_look_up(db: Writing, *, chat: int, application: int) -> None:
    """Record the look-up in the audit and for the rating invitation."""
    noted = {"chat_id": chat, "application_id": application, "at": db.now}
    await db.run(_note[db.dialect], {**noted, "again_at": db.now})
    await audit.record(db, audit.by_chat(chat), "look-up", f"application:{application}")


async def _application(db: Reading, row: Row[Any]) -> Application:
    stage = Stage(row.stage) if row.stage else None
    data_at: datetime = row.data_at or row.updated_at
    return Application(
        id=row.id,
        number=row.number,
        name=mask_name(db.vault.open(row.name, at=f"applications.name:{row.id}")),
        service=row.service,
        stage=stage,
        raw_code=row.raw_code,
        stage_on=row.stage_on,
        complete_on=row.complete_on,
        point=row.point,
        district=row.district,
        note=db.vault.open(row.note, at=f"applications.note:{row.id}") if row.note else "",
        data_at=data_at,
        ahead=await _ahead_of(db, row, stage),
        passed=await _way_of(db, row, stage),
        followed=bool(row.followed),
    )


async def _ahead_of(db: Reading, row: Row[Any], stage: Stage | None) -> int | None:
    if stage is None or not stage.waits_for_print or row.complete_on is None:
        return None
    return int(await db.scalar(_count_ahead, {"complete_on": row.complete_on}))


async def _way_of(db: Reading, row: Row[Any], stage: Stage | None) -> tuple[Passed, ...]:
    """Stages passed so far, while the 24-hour standard is being counted."""
    if row.complete_on is None or stage is None or stage.final or stage is Stage.READY_FOR_PICKUP:
        return ()
    rows = await db.rows(_passed, {"application": row.id})
    return tuple(Passed(stage=Stage(one.stage) if one.stage else None, since=one.stage_on) for one in rows)


_of_application = (
    select(applicants.c.id, applicants.c.nik)
    .join(applications, applications.c.applicant_id == applicants.c.id)
    .where(applications.c.id == bindparam("application"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """A person of the register."""

    id: int
    nik: Nik


async def of_application(db: Reading, *, application: int) -> Applicant:
    """Person of an application; call it only for one that the chat proved or follows.

    Raises:
        LookupError: there is no such application.
    """
    row = await db.one(_of_application, {"application": application})
    if row is None:
        raise LookupError("no such application")
    return Applicant(id=row.id, nik=Nik(db.vault.open(row.nik, at=f"applicants.nik:{row.id}")))
