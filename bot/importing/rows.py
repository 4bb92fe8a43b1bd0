"""Rows of the register that another program sends, with the rules of a register file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import partial

from bot.importing.report import Remark, UnknownCode, remarks
from bot.importing.run import FoundRows, by_number, read_rows
from domain.cards.register import OPTIONAL, REQUIRED, Header, Presumed, RefusedRow, RegisterRow, settled
from domain.cards.register_rows import RowReader
from domain.office.office import Office
from domain.text.cells import Cell, Record
from locales.texts import Texts
from storage.cards import import_words, register
from storage.cards.register import Counts
from storage.cards.register_plan import Conditions, Plan
from storage.ids import short_id
from storage.session import Writing
from storage.store import Store

SentRow = Mapping[str, str | None]
"""A row by the columns of a register file; a missing column is not told, an empty one is."""


class RowResult(StrEnum):
    """What became of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class TooManyUnknown(Exception):
    """So many codes are unknown that the office must have meant something by them (as for a file)."""

    def __init__(self, unknown: Sequence[UnknownCode]) -> None:
        super().__init__()
        self.unknown = unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedRows:
    """Rows that were checked outside the lock; `take_in` writes them."""

    found: FoundRows
    plan: Plan
    conditions: Conditions
    kept: int
    repeated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """Result of some rows: counts, what became of each, and why some were refused."""

    import_id: int
    counts: Counts
    results: tuple[RowResult, ...]
    refused: tuple[RefusedRow, ...]

    def remarks(self, texts: Texts, language: str) -> tuple[Remark, ...]:
        """The refusals in words, as for a file; `row` counts from 1."""
        return remarks(self.refused, texts, language)


class _Readers:
    """Reads rows, each under the heading of the columns that it has."""

    def __init__(
        self, rows: Sequence[SentRow], office: Office, today: date, own: import_words.OwnWords
    ) -> None:
        self._readers: dict[tuple[str, ...], RowReader] = {}
        self._office, self._today, self._own = office, today, own
        self._of = [self._reader(row) for row in rows]

    def _reader(self, row: SentRow) -> RowReader:
        columns = columns_of(row)
        if columns not in self._readers:
            header = Header({column: place for place, column in enumerate(columns)})
            self._readers[columns] = RowReader(
                header, self._office, today=self._today, codes=self._own.codes, names=self._own.names
            )
        return self._readers[columns]

    def number_cell(self, record: Record) -> Cell:
        """The cell of the registration number."""
        return self._of[record.row - 1].number_cell(record)

    def presume(self, record: Record) -> Presumed | None:
        """The content of a row that is written as its checked form would be."""
        return self._of[record.row - 1].presume(record)

    def read(self, record: Record) -> RegisterRow | RefusedRow:
        """The row, or its refusal."""
        return self._of[record.row - 1].read(record)


class _Unpresuming(_Readers):
    """Checks every row, because one that is unchanged may belong to another point."""

    def presume(self, record: Record) -> None:  # noqa: ARG002 (as its base)
        """Presume nothing."""
        return


def columns_of(row: SentRow) -> tuple[str, ...]:
    """The columns of a row: all required ones, and the optional ones that it has."""
    return REQUIRED + tuple(column for column in OPTIONAL if column in row)


async def check(
    store: Store,
    rows: Sequence[SentRow],
    *,
    office: Office,
    point: str | None = None,
    accept_unknown: bool = False,
) -> CheckedRows:
    """Check rows and decide what they change, without writing.

    With a `point`, rows without one are of that point, and those of others are refused.

    Raises:
        TooManyUnknown: many codes are unknown, and nobody accepts that.
    """
    own = await store.read(partial(import_words.own_words, codes=office.imports.codes))
    if point is not None:
        rows = [row if row.get("lokasi") else {**row, "lokasi": point} for row in rows]
    kind = _Readers if point is None else _Unpresuming
    reader = kind(rows, office, office.today(store.clock()), own)
    records = [
        Record(place, [row.get(column) or "" for column in columns_of(row)])
        for place, row in enumerate(rows, start=1)
    ]
    found = FoundRows()
    await read_rows(records, reader, store, found)
    if found.has_too_many_unknown and not accept_unknown:
        raise TooManyUnknown(found.unknown)
    kept, repeated = settled(found.good)
    hold = timedelta(seconds=office.push.hold_seconds)
    conditions = Conditions(import_id=short_id(), hold=hold, point=point)
    good = by_number([row for row in kept if isinstance(row, RegisterRow)])
    plan = await store.read(partial(register.prepare, rows=good, conditions=conditions))
    return CheckedRows(
        found=found, plan=plan, conditions=conditions, kept=len(kept) - len(good), repeated=len(repeated)
    )


async def take_in(db: Writing, *, checked: CheckedRows, digest: str, actor: str) -> TakenIn:
    """Write checked rows in this transaction, as an import that can be taken back."""
    found, conditions = checked.found, checked.conditions
    import_id = await register.begin(db, file_digest=digest, rows=found.total, import_id=conditions.import_id)
    plan = await register.carry_out(db, plan=checked.plan, conditions=conditions)
    refused = tuple(found.refused + plan.refused)
    counts = Counts(
        rows=found.total,
        new=len(plan.new),
        changed=plan.changed,
        unchanged=plan.unchanged + checked.kept + checked.repeated,
        refused=len(refused),
        older=plan.older,
    )
    await register.finish(db, import_id=import_id, actor=actor, counts=counts)
    return TakenIn(import_id=import_id, counts=counts, results=_results(found, plan), refused=refused)


def _results(found: FoundRows, plan: Plan) -> tuple[RowResult, ...]:
    """What became of each row; of rows with one number, the last one counts."""
    results = [RowResult.UNCHANGED] * found.total
    new = {one["number"] for one in plan.new}
    changed = {one["application"] for one in plan.updates}
    for entry in plan.entries:
        number = entry.row.number.canonical
        known = plan.seen.applications.get(number)
        if known is None and number in new:
            results[entry.row.row - 1] = RowResult.NEW
        elif known is not None and known.id in changed:
            results[entry.row.row - 1] = RowResult.CHANGED
    for one in (*found.refused, *plan.refused):
        results[one.row - 1] = RowResult.REFUSED
    return tuple(results)
