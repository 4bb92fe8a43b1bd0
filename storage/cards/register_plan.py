"""Plans what the rows of a register file change. No I/O, so it runs outside locks.

Rows are compared with the store by keyed hashes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row

from domain.cards.register import RefusedRow, RegisterRow
from domain.cards.stages import Stage, Standing, goes_back, wins
from domain.text.cells import Problem
from storage.cards.import_record import sealed
from storage.ids import new_id
from storage.vault import Vault

STAFF = "staff"
IMPORT = "import"


class RegisterEntry(NamedTuple):
    """A row with the indexes of its NIK and the digests of its content, one per living key."""

    row: RegisterRow
    nik_indexes: tuple[bytes, ...]
    digests: tuple[bytes, ...]


def digests_of(content: str, vault: Vault) -> tuple[bytes, ...]:
    """Keyed hashes of a row's content, one per living key."""
    return vault.indexes(content, of="applications.digest")


def entries(rows: Sequence[RegisterRow], vault: Vault) -> list[RegisterEntry]:
    """Entries of some rows; made once, because the keyed hashes are half of the work."""
    return [
        RegisterEntry(
            row,
            vault.indexes(row.nik.digits, of="nik"),
            digests_of(row.content, vault),
        )
        for row in rows
    ]


# NIK of each number that is new in this file, for the duration of the import.
Claims = dict[str, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the store holds about the numbers and persons of some rows.

    `applications` is keyed by number, `applicants` by NIK index (new numbers only). `history` holds
    (application, code, day) where a row may be older than the record or dated in the future.
    """

    applications: Mapping[str, Row[Any]]
    applicants: dict[bytes, int]
    history: frozenset[tuple[Any, ...]]


@dataclass(slots=True)
class Plan:
    """Rows to write, table by table."""

    entries: Sequence[RegisterEntry]
    seen: Seen
    key: bytes  # id of the key that seals it
    applicants: list[dict[str, Any]] = field(default_factory=list)
    new: list[dict[str, Any]] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    history: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)  # what the import can be taken back by
    refused: list[RefusedRow] = field(default_factory=list)
    backward: int = 0  # of `changed`: to an earlier stage
    changed: int = 0
    unchanged: int = 0
    older: int = 0  # of `unchanged`: added to the history only
    latest: Mapping[tuple[int, str], date] = field(
        default_factory=dict
    )  # newest day per application and code in the history


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Settings of the whole import (None: a dry run), and how long a change of stage is held.

    With a `point`, rows and applications of other points are refused.
    """

    import_id: int | None
    hold: timedelta
    claims: Claims = field(default_factory=dict)
    point: str | None = None

    @property
    def source(self) -> str:
        """The import as a source of the history."""
        return f"import:{self.import_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planner:
    """Plans with the keys and the time of one transaction."""

    conditions: Conditions
    vault: Vault
    now: datetime

    def plan(self, entries: Sequence[RegisterEntry], seen: Seen) -> Plan:
        """Decide what the rows change; a row whose number belongs to another NIK is refused."""
        plan = Plan(entries, seen, self.vault.key_ids[-1], latest=_latest(seen))
        # Applicants are written in the order of their indexes, which have no order in time: so a slice writes each
        # page of that index once, instead of for every row.
        new = {
            entry.nik_indexes[-1] for entry in entries if entry.row.number.canonical not in seen.applications
        }
        ids = {index: new_id() for index in sorted(new - seen.applicants.keys())}
        made: dict[bytes, RegisterEntry] = {}
        for entry in entries:
            row, known = entry.row, seen.applications.get(entry.row.number.canonical)
            if (column := self._elsewhere(row, known)) is not None:
                plan.refused.append(RefusedRow(row.row, column, Problem("point-elsewhere")))
            elif not self._holds(entry, known):
                plan.refused.append(RefusedRow(row.row, "nik", Problem("number-held")))
            elif known is None:
                self._add(plan, entry, self._applicant(entry, seen, ids, made))
            elif known.digest in entry.digests or not self._change(plan, entry, known):
                plan.unchanged += 1
            else:
                plan.changed += 1
        plan.applicants += [self._person(ids[index], made[index]) for index in sorted(made)]
        return plan

    def _elsewhere(self, row: RegisterRow, known: Row[Any] | None) -> str | None:
        """Column that leads to another point than the one that may be changed."""
        if self.conditions.point is None:
            return None
        mine = (None, self.conditions.point)
        if known is not None and known.point not in mine:
            return "no_registrasi"
        return None if row.point in mine else "lokasi"

    def _holds(self, entry: RegisterEntry, known: Row[Any] | None) -> bool:
        row = entry.row
        if known is not None:
            return known.nik_index in entry.nik_indexes
        return self.conditions.claims.setdefault(row.number.canonical, row.nik.digits) == row.nik.digits

    def _applicant(
        self,
        entry: RegisterEntry,
        seen: Seen,
        ids: Mapping[bytes, int],
        made: dict[bytes, RegisterEntry],
    ) -> int:
        for index in entry.nik_indexes:
            if (found := seen.applicants.get(index)) is not None:
                return found
        index = entry.nik_indexes[-1]
        made[index] = entry
        return ids[index]

    def _person(self, applicant: int, entry: RegisterEntry) -> dict[str, Any]:
        nik = self.vault.seal(entry.row.nik.to_json(), at=f"applicants.nik:{applicant}")
        return {"id": applicant, "nik": nik, "nik_index": entry.nik_indexes[-1], "created_at": self.now}

    def _add(self, plan: Plan, entry: RegisterEntry, applicant: int) -> None:
        application, row = new_id(), entry.row
        values = {
            "id": application,
            "number": row.number.canonical,
            "applicant_id": applicant,
            "service": row.service,
            "stage": row.stage and str(row.stage),
            "raw_code": row.raw_code,
            "stage_on": row.holds_from,
            "stage_by": IMPORT,
            "submitted_on": row.submitted_on,
            "complete_on": row.complete_on,
            "point": row.point,
            "district": row.district,
            "village": row.village,
            "digest": entry.digests[-1],
            "updated_at": self.now,
            **self._sealed(row, application),
        }
        plan.new.append(values)
        self._remember(plan, row, application, won=True)

    def _change(self, plan: Plan, entry: RegisterEntry, known: Row[Any]) -> bool:
        """Plan what the row changes in its application; False if only the history grows."""
        row, values = entry.row, dict[str, Any]()
        recorded = _recorded(known, plan)
        if row.holds_from >= known.stage_on or recorded.by_staff or recorded.ahead:
            values = self._other_fields(row, known)
        remembered = len(plan.history)
        self._change_status(plan, row, known, recorded, values)
        if values:
            plan.updates.append(self._whole(known) | values | {"digest": entry.digests[-1]})
            if self.conditions.import_id is not None:
                plan.changes.append(self._before(known, self.conditions.import_id))
        elif len(plan.history) > remembered:
            plan.older += 1
        return bool(values)

    def _change_status(
        self, plan: Plan, row: RegisterRow, known: Row[Any], recorded: Standing, values: dict[str, Any]
    ) -> None:
        status = _status(row)
        if (row.stage, row.raw_code, row.holds_from) == (known.stage, known.raw_code, known.stage_on):
            return
        kept = (known.id, row.raw_code, row.stage_on) in plan.seen.history
        # A date in the future counts once: the same row in a later file is no news.
        won = wins(_standing(row), over=recorded) and not (kept and row.imported_on)
        if won:
            values |= status
            plan.backward += goes_back(recorded.stage, row.stage)
            if (row.stage or row.raw_code) != (known.stage or known.raw_code):
                values["push_due_at"] = self.now + self.conditions.hold
        if won or not kept:
            self._remember(plan, row, known.id, won=won)

    def _other_fields(self, row: RegisterRow, known: Row[Any]) -> dict[str, Any]:
        """Fields besides the status that the row changes."""
        before = known._asdict()
        plain = {name: value for name, value in _plain(row).items() if name in row.told}
        values = {"service": row.service} | plain
        values = {name: value for name, value in values.items() if value != before[name]}
        sealed = self._sealed(row, known.id)
        for name, text in _texts(row).items():
            if name != "name" and name not in row.told:
                continue
            sealed_before = before[name]
            place = f"applications.{name}:{known.id}"
            if text != (None if sealed_before is None else self.vault.open(sealed_before, at=place)):
                values |= {key: value for key, value in sealed.items() if key.removesuffix("_index") == name}
        return values

    def _sealed(self, row: RegisterRow, application: int) -> dict[str, Any]:
        seal, phone = self.vault.seal, row.phone.e164 if row.phone else None
        return {
            "name": seal(row.name, at=f"applications.name:{application}"),
            "phone": seal(phone, at=f"applications.phone:{application}") if phone else None,
            "phone_index": self.vault.index(phone, of="phone") if phone else None,
            "note": seal(row.note, at=f"applications.note:{application}") if row.note else None,
        }

    def _whole(self, known: Row[Any]) -> dict[str, Any]:
        """All present values, so that every update of a batch writes the same columns."""
        stands = known._asdict()
        return {**{name: stands[name] for name in UPDATED}, "application": known.id, "updated_at": self.now}

    def _before(self, known: Row[Any], import_id: int) -> dict[str, Any]:
        change = new_id()
        before = sealed(self.vault, known, change=change)
        row = {"id": change, "import_id": import_id, "application_id": known.id}
        return {**row, "before": before, "written_at": self.now}

    def _remember(self, plan: Plan, row: RegisterRow, application: int, *, won: bool) -> None:
        """Add the status to the history; a future date is kept as in the file, and if it won also as it counts."""
        kept = [(row.stage_on, won and not row.imported_on)]
        if won and row.imported_on:
            kept.append((row.holds_from, True))
        for day, holds in kept:
            plan.history.append(
                {
                    "id": new_id(),
                    "application_id": application,
                    "stage": row.stage and str(row.stage),
                    "raw_code": row.raw_code,
                    "stage_on": day,
                    "recorded_at": self.now,
                    "source": self.conditions.source,
                    "won": holds,
                }
            )


UPDATED = (
    "name", "phone", "phone_index", "service", "stage", "raw_code", "stage_on", "stage_by",
    "submitted_on", "complete_on", "point", "district", "village", "note", "digest", "push_due_at"
)  # fmt: skip


def _plain(row: RegisterRow) -> dict[str, Any]:
    """Columns of a row that are stored unencrypted, except the status."""
    return {
        "submitted_on": row.submitted_on,
        "complete_on": row.complete_on,
        "point": row.point,
        "district": row.district,
        "village": row.village,
    }


def _texts(row: RegisterRow) -> dict[str, str | None]:
    """Fields that are sealed."""
    return {"name": row.name, "phone": row.phone.e164 if row.phone else None, "note": row.note}


def _status(row: RegisterRow) -> dict[str, Any]:
    return {"stage": row.stage, "raw_code": row.raw_code, "stage_on": row.holds_from, "stage_by": IMPORT}


def _standing(row: RegisterRow) -> Standing:
    return Standing(stage=row.stage, day=row.stage_on, ahead=row.imported_on is not None)


def _latest(seen: Seen) -> dict[tuple[int, str], date]:
    """Newest day of every code in the history."""
    latest: dict[tuple[int, str], date] = {}
    for application, code, day in seen.history:
        latest[application, code] = max(day, latest.get((application, code), day))
    return latest


def _recorded(known: Row[Any], plan: Plan) -> Standing:
    """Current status; a later day of the same code in the history means that its date was in the future at import."""
    stage = Stage(known.stage) if known.stage else None
    by_staff = known.stage_by == STAFF
    ahead = not by_staff and plan.latest.get((known.id, known.raw_code), known.stage_on) > known.stage_on
    return Standing(stage=stage, day=known.stage_on, by_staff=by_staff, ahead=ahead)
