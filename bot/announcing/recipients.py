"""Recipients of an announcement from a file in register format, of which only the number is required (F5)."""

import asyncio
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.importing.heading import Heading, find_heading, rows_below
from bot.importing.table import Table, UnusableFile, open_table
from domain.cards.register import RefusedRow
from domain.cards.register_rows import NumberReader, NumberRow
from domain.office.office import Office
from domain.people.nik import Nik
from domain.staff.roles import Action, StaffMember, may
from domain.text.cells import Problem
from storage.announcements.audience import Known, known
from storage.cards import import_words
from storage.session import Reading
from storage.store import Store

_ROWS_PER_BREATH = 500  # rows read before other tasks of this process get a turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Applications named in a file, each once, and its refused rows."""

    applications: tuple[int, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    heading: Heading | None = None


async def read_list(store: Store, path: Path, office: Office, *, by: StaffMember | None = None) -> Listed:
    """Read the file and find its applications; members of one point are refused those of others.

    The register hides names of other points from them as well.

    Raises:
        UnusableFile: it is unreadable as a whole.
        StoreDown: the database is unavailable.
    """
    heading, rows, refused = await _read(open_table(path), office, store)
    found = await store.read(match, rows=rows, by=by)
    return Listed(applications=found.applications, refused=(*refused, *found.refused), heading=heading)


async def match(db: Reading, *, rows: Sequence[NumberRow], by: StaffMember | None) -> Listed:
    """The applications of some rows, and the rows refused; as `read_list` says."""
    numbers = list(dict.fromkeys(row.number.canonical for row in rows))
    found = await known(db, numbers=numbers)
    good: dict[int, None] = {}
    refused: list[RefusedRow] = []
    for row in rows:
        application = found.get(row.number.canonical)
        if application is None:
            refused.append(RefusedRow(row.row, "no_registrasi", Problem("number-unknown")))
        elif by is not None and not may(by, Action.ANNOUNCE, application.point):
            refused.append(RefusedRow(row.row, "no_registrasi", Problem("number-elsewhere")))
        elif row.nik is not None and not _is_theirs(db, application, row.nik):
            refused.append(RefusedRow(row.row, "nik", Problem("number-held")))
        else:
            good[application.id] = None
    return Listed(applications=tuple(good), refused=tuple(refused))


async def _read(
    table: Table, office: Office, store: Store
) -> tuple[Heading, list[NumberRow], list[RefusedRow]]:
    own = await store.read(import_words.own_words, codes=office.imports.codes)
    heading = await asyncio.to_thread(find_heading, table, required=("no_registrasi",), own=own.headings)
    reader = NumberReader(heading.header, office, today=office.today(store.clock()), names=own.names)
    rows: list[NumberRow] = []
    refused: list[RefusedRow] = []
    for place, record in enumerate(rows_below(table, heading)):
        if place % _ROWS_PER_BREATH == 0:
            await asyncio.sleep(0)
        row = reader.read(record)
        (refused if isinstance(row, RefusedRow) else rows).append(row)  # type: ignore[arg-type]
    if not (rows or refused):
        raise UnusableFile("no-rows")
    return heading, rows, refused


def _is_theirs(db: Reading, application: Known, nik: Nik) -> bool:
    indexes: Sequence[bytes] = db.vault.indexes(nik.digits, of="nik")
    return any(hmac.compare_digest(index, application.nik_index) for index in indexes)
