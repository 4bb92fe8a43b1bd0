"""Decides what rows of a register file change, from what the store holds: pure work, so that it is done outside locks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from domain.cells import Problem
from domain.register import RefusedRow, RegisterRow
from domain.stages import Stage, Standing, wins
from storage.ids import new_id
from storage.vault import Vault

STAFF = "staff"
IMPORT = "import"
_PLAIN = ("submitted_on", "complete_on", "point", "district", "village")
_STATUS = ("stage", "raw_code", "stage_on")

# Which NIK holds a number that is new in this file, for as long as the import lasts.
Claims = dict[str, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the store holds about the numbers and persons of some rows.

    `applications` by number, `applicants` by index of the NIK (only for new numbers), `history` as (application, code,
    day) where a row may be older than what is recorded.
    """

    applications: Mapping[str, Row[Any]]
    applicants: Mapping[bytes, int]
    history: frozenset[tuple[Any, ...]]


@dataclass(slots=True)
class Plan:
    """What some rows change: rows to write, table by table."""

    rows: Sequence[RegisterRow]
    seen: Seen
    applicants: list[dict[str, Any]] = field(default_factory=list)
    new: list[dict[str, Any]] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    history: list[dict[str, Any]] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    changed: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What holds for the whole import. `source` names it in the history; changes of stage are held for so long."""

    source: str
    hold: timedelta
    claims: Claims = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planner:
    """Decides with the keys, and at the moment, of one transaction."""

    conditions: Conditions
    vault: Vault
    now: datetime

    def plan(self, rows: Sequence[RegisterRow], seen: Seen) -> Plan:
        """Decide what the rows change; rows of another NIK's number are refused."""
        plan = Plan(rows, seen)
        made: dict[bytes, int] = {}
        for row in rows:
            indexes = self.vault.indexes(row.nik.digits, of="nik")
            known = seen.applications.get(row.number.canonical)
            if not self._holds(row, known, indexes):
                plan.refused.append(RefusedRow(row.row, "nik", Problem("number-held")))
            elif known is None:
                self._add(plan, row, self._applicant(plan, row, indexes, made))
            elif known.digest in self._digests(row) or not self._change(plan, row, known):
                plan.unchanged += 1
            else:
                plan.changed += 1
        return plan

    def _holds(self, row: RegisterRow, known: Row[Any] | None, indexes: tuple[bytes, ...]) -> bool:
        if known is not None:
            return known.nik_index in indexes
        return self.conditions.claims.setdefault(row.number.canonical, row.nik.digits) == row.nik.digits

    def _applicant(
        self, plan: Plan, row: RegisterRow, indexes: tuple[bytes, ...], made: dict[bytes, int]
    ) -> int:
        for index in indexes:
            found = plan.seen.applicants.get(index) or made.get(index)
            if found is not None:
                return found
        applicant = new_id()
        index = self.vault.index(row.nik.digits, of="nik")
        made[index] = applicant
        nik = self.vault.seal(row.nik.to_json(), at=f"applicants.nik:{applicant}")
        plan.applicants.append(
            {"id": applicant, "nik": nik, "nik_index": index, "created_at": self.now},
        )
        return applicant

    def _add(self, plan: Plan, row: RegisterRow, applicant: int) -> None:
        application = new_id()
        values = {
            "id": application,
            "number": row.number.canonical,
            "applicant_id": applicant,
            "service": row.service,
            **_status(row),
            **{name: getattr(row, name) for name in _PLAIN},
            **self._sealed(row, application),
            "digest": self._digests(row)[-1],
            "updated_at": self.now,
        }
        plan.new.append(values)
        self._remember(plan, row, application, won=True)

    def _change(self, plan: Plan, row: RegisterRow, known: Row[Any]) -> bool:
        """Plan what the row changes in its application; tell whether there is anything."""
        values: dict[str, Any] = {}
        if row.stage_on >= known.stage_on or known.stage_by == STAFF:
            values = self._other_fields(row, known)
        remembers = self._change_status(plan, row, known, values)
        if values:
            plan.updates.append(self._whole(known) | values | {"digest": self._digests(row)[-1]})
        return remembers or bool(values)

    def _change_status(self, plan: Plan, row: RegisterRow, known: Row[Any], values: dict[str, Any]) -> bool:
        if all(getattr(row, name) == getattr(known, name) for name in _STATUS):
            return False
        won = wins(_standing(row), over=_recorded(known))
        if won:
            values |= _status(row)
            if (row.stage or row.raw_code) != (known.stage or known.raw_code):
                values["push_due_at"] = self.now + self.conditions.hold
        elif (known.id, row.raw_code, row.stage_on) in plan.seen.history:
            return False
        self._remember(plan, row, known.id, won=won)
        return True

    def _other_fields(self, row: RegisterRow, known: Row[Any]) -> dict[str, Any]:
        """Give what the row says apart from the status, and the application does not say yet."""
        values = {"service": row.service} | {name: getattr(row, name) for name in _PLAIN if name in row.told}
        values = {name: value for name, value in values.items() if value != getattr(known, name)}
        sealed = self._sealed(row, known.id)
        for name, text in _texts(row).items():
            if name != "name" and name not in row.told:
                continue
            before = getattr(known, name)
            place = f"applications.{name}:{known.id}"
            if text != (None if before is None else self.vault.open(before, at=place)):
                values |= {key: value for key, value in sealed.items() if key.removesuffix("_index") == name}
        return values

    def _sealed(self, row: RegisterRow, application: int) -> dict[str, Any]:
        sealed: dict[str, Any] = {
            name: None if text is None else self.vault.seal(text, at=f"applications.{name}:{application}")
            for name, text in _texts(row).items()
        }
        sealed["phone_index"] = row.phone and self.vault.index(row.phone.e164, of="phone")
        return sealed

    def _whole(self, known: Row[Any]) -> dict[str, Any]:
        """Give the application as it is, so that every update of a batch writes the same columns."""
        columns = {name: getattr(known, name) for name in UPDATED}
        return {**columns, "application": known.id, "updated_at": self.now}

    def _remember(self, plan: Plan, row: RegisterRow, application: int, *, won: bool) -> None:
        plan.history.append(
            {
                "id": new_id(),
                "application_id": application,
                "stage": row.stage,
                "raw_code": row.raw_code,
                "stage_on": row.stage_on,
                "recorded_at": self.now,
                "source": self.conditions.source,
                "won": won,
            }
        )

    def _digests(self, row: RegisterRow) -> tuple[bytes, ...]:
        """Give the keyed digest of all that the row says, under each living key."""
        said = (row.number.canonical, row.nik.digits, row.service, row.stage, row.raw_code, row.stage_on)
        plain = [getattr(row, name) for name in _PLAIN]
        parts = [*said, *plain, *_texts(row).values(), *sorted(row.told)]
        text = "\x1f".join("" if part is None else str(part) for part in parts)
        return self.vault.indexes(text, of="applications.digest")


UPDATED = (
    "name", "phone", "phone_index", "service", *_STATUS, "stage_by", *_PLAIN, "note", "digest", "push_due_at"
)  # fmt: skip


def _texts(row: RegisterRow) -> dict[str, str | None]:
    """Give what is sealed."""
    return {"name": row.name, "phone": row.phone.e164 if row.phone else None, "note": row.note}


def _status(row: RegisterRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _STATUS} | {"stage_by": IMPORT}


def _standing(row: RegisterRow) -> Standing:
    return Standing(stage=row.stage, day=row.stage_on)


def _recorded(known: Row[Any]) -> Standing:
    stage = Stage(known.stage) if known.stage else None
    return Standing(stage=stage, day=known.stage_on, by_staff=known.stage_by == STAFF)
