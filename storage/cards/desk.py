"""The register for officers at the counter: search by full number or NIK, view, change by hand.

Names and NIKs stay masked here, too: the person at the counter says them. Every view is audited.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, bindparam, literal, select, update

from domain.cards.stages import Stage
from domain.office.office import Office
from domain.office.registration import RegistrationNumber
from domain.people.names import mask_name
from domain.people.nik import Nik
from storage import audit
from storage.cards.changes import keep
from storage.cards.lists import niks_of
from storage.cards.register_plan import STAFF
from storage.ids import new_id
from storage.overview.sums import COUNTED
from storage.ratings.invitations import invite_for_pickup
from storage.schema import applicants, applications, of_row, staff, stage_history
from storage.session import Reading, Writing

_MOST_FOUND = 20
_KEPT = ("id", "number", "raw_code", *COUNTED)  # what follows from a change is made of these
_kept = select(*(applications.c[name] for name in _KEPT))
_by_id = _kept.where(applications.c.id == bindparam("application")).with_for_update()
_standing = _kept.where(applications.c.number == bindparam("number"), applications.c.withdrawn_at.is_(None))
_standing_locked = _standing.with_for_update()
_change = (
    update(applications)
    .where(applications.c.id == bindparam("application"))
    .values(
        stage=bindparam("to_stage"),
        raw_code=bindparam("to_stage"),
        stage_on=bindparam("day"),
        stage_by=literal(STAFF),
        updated_at=bindparam("now"),
        push_due_at=bindparam("due"),
    )
)
_remember = stage_history.insert()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An application as an officer sees it."""

    id: int
    number: str
    name: str
    nik: str
    service: str
    stage: Stage | None
    raw_code: str
    stage_on: date
    by_staff: bool
    point: str | None
    district: str | None
    submitted_on: date | None
    complete_on: date | None
    updated_at: datetime
    note: str
    withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the history. `source` is import:<id> or staff:<id>; without `won` it changed nothing."""

    stage: Stage | None
    raw_code: str
    day: date
    recorded_at: datetime
    source: str
    won: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """The stage of an application, for another program; `kept`: what a change of it is told from."""

    id: int
    point: str | None
    stage: Stage | None
    raw_code: str
    stage_on: date
    kept: Mapping[str, Any]


async def by_number(
    db: Writing, *, number: RegistrationNumber, member: int, masked: bool = True
) -> list[Card]:
    """Application of this number, in a list of at most one; not `masked`, with the whole name."""
    return await _found(db, _cards().where(applications.c.number == number.canonical), member, masked=masked)


async def by_nik(db: Writing, *, nik: Nik, member: int) -> list[Card]:
    """All applications of the person with this NIK, newest first."""
    indexes = db.vault.indexes(nik.digits, of="nik")
    return await _found(db, _cards().where(applicants.c.nik_index.in_(indexes)), member)


async def by_last_four(
    db: Writing, *, last_four: str, born: date, regencies: Sequence[str], member: int
) -> list[Card]:
    """Applications of people with these last four digits and birth date, if their NIK was issued in one of these regencies."""
    indexes = [
        index
        for nik in niks_of(last_four=last_four, born=born, regencies=regencies)
        for index in db.vault.indexes(nik, of="nik")
    ]
    return await _found(db, _cards().where(applicants.c.nik_index.in_(indexes)).limit(_MOST_FOUND), member)


async def look_at(db: Writing, *, application: int, member: int) -> tuple[Card, list[Step]] | None:
    """Application with its history, newest step first."""
    found = await _found(db, _cards().where(applications.c.id == application), member)
    if not found:
        return None
    query = select(stage_history).where(stage_history.c.application_id == application)
    rows = await db.rows(query.order_by(stage_history.c.id.desc()))
    return found[0], [
        of_row(Step, row, stage=Stage(row.stage) if row.stage else None, day=row.stage_on) for row in rows
    ]


async def id_of(db: Reading, *, number: str) -> int | None:
    """Row id of an application, by which the audit names it; None: no such number."""
    found: int | None = await db.scalar(select(applications.c.id).where(applications.c.number == number))
    return found


async def point_of(db: Reading, *, application: int) -> tuple[str | None] | None:
    """Point of an application in a 1-tuple; None: no such application."""
    row = await db.one(select(applications.c.point).where(applications.c.id == application))
    return None if row is None else (row.point,)


async def is_older(db: Reading, *, application: int, day: date) -> bool:
    """Whether the application reached its present stage after `day`."""
    newer = select(applications.c.id).where(applications.c.id == application, applications.c.stage_on > day)
    return await db.one(newer) is not None


async def standing(db: Reading, *, number: RegistrationNumber, lock: bool) -> Standpoint | None:
    """The stage of an application, locked for a change in the same transaction; None: no such number."""
    row = await db.one(_standing_locked if lock else _standing, {"number": number.canonical})
    if row is None:
        return None
    return of_row(Standpoint, row, stage=Stage(row.stage) if row.stage else None, kept=row._asdict())


async def change_stage(
    db: Writing,
    *,
    application: int,
    stage: Stage,
    day: date,
    member: int,
    rules: Office,
    locked: Standpoint | None = None,
) -> bool:
    """Set the stage by hand as of a day. False: it is at that stage already.

    Followers are told after the hold window. The change wins over earlier imports, and over later imports of
    the same day if the card was handed over or the application cancelled (domain/cards/stages.py). A handover
    also sends rating invitations. `locked` is what `standing` gave, if this transaction has locked the application.
    """
    before = locked.kept if locked else await _locked(db, application)
    if before is None or before["stage"] == stage.value:
        return False
    due = db.now + timedelta(seconds=rules.push.hold_seconds)
    change = {"application": application, "to_stage": stage.value, "day": day, "now": db.now, "due": due}
    await db.run(_change, change)
    after = {"stage": stage.value, "raw_code": stage.value, "stage_on": day}
    await keep(db, [(before, {**before, **after})])
    step = {
        "id": new_id(),
        "application_id": application,
        "stage": stage.value,
        "raw_code": stage.value,
        "stage_on": day,
        "recorded_at": db.now,
        "source": audit.by_staff(member),
        "won": True,
    }
    await db.run(_remember, step)
    if stage.handed_over:
        desk = await db.scalar(select(staff.c.point).where(staff.c.id == member))
        await invite_for_pickup(db, application=application, rules=rules.rating, at_point=desk)
    await audit.record(db, audit.by_staff(member), "stage-changed", f"application:{application}", stage.value)
    return True


async def _locked(db: Writing, application: int) -> Mapping[str, Any] | None:
    """What a change of an application is told from, locked; None: there is no such application."""
    row = await db.one(_by_id, {"application": application})
    return None if row is None else row._asdict()


def _cards() -> Select[Any]:
    return (
        select(applications, applicants.c.nik.label("nik"))
        .join(applicants, applicants.c.id == applications.c.applicant_id)
        .order_by(applications.c.stage_on.desc(), applications.c.id.desc())
    )


async def _found(db: Writing, query: Select[Any], member: int, *, masked: bool = True) -> list[Card]:
    rows: Sequence[Row[Any]] = await db.rows(query)
    by, how = audit.by_staff(member), "" if masked else "whole-names"
    for row in rows:
        await audit.record(db, by, "register-seen", f"application:{row.id}", how)
    if not rows:
        await audit.record(db, by, "register-seen", "unknown", "none")
    return [_card(db, row, masked=masked) for row in rows]


def _card(db: Reading, row: Row[Any], *, masked: bool) -> Card:
    name = db.vault.open(row.name, at=f"applications.name:{row.id}")
    return of_row(
        Card,
        row,
        name=mask_name(name) if masked else name,
        nik=str(Nik.from_json(db.vault.open(row.nik, at=f"applicants.nik:{row.applicant_id}"))),
        stage=Stage(row.stage) if row.stage else None,
        by_staff=row.stage_by == STAFF,
        note=db.vault.open(row.note, at=f"applications.note:{row.id}") if row.note else "",
        withdrawn=row.withdrawn_at is not None,
    )
