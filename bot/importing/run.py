"""The register import: read and check the file, write good rows, list the others."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Protocol

from bot.importing.heading import Heading, find_heading, rows_below
from bot.importing.progress import ImportProgress, Silent
from bot.importing.refused_rows import refused_path, write_refused
from bot.importing.report import ImportReport, Remark, UnknownCode, remarks
from bot.importing.table import Table, UnusableFile, open_table
from bot.importing.writer import Writer
from domain.cards.register import Flag, Presumed, RefusedRow, RegisterRow, settled
from domain.cards.register_rows import RowReader
from domain.cards.stages import code_key
from domain.office.office import Office
from domain.text.cells import Cell, Record
from locales.texts import DEFAULT, Texts
from storage.audit import SYSTEM
from storage.cards import import_words, register
from storage.cards.register import Counts
from storage.cards.register_plan import digests_of
from storage.store import Store
from storage.vault import Vault

_MANY, _MANY_SHARE = 10, 0.05  # rows with unknown codes that stop an import
_MOST_NAMES = 12  # different words of a column; an office has not many more services and points
_ROWS_PER_LOOK_UP = 2000  # a look-up costs as much as reading 100 rows, whatever its size
_ROWS_PER_BREATH = 250  # rows read before other tasks of this process get a turn


@dataclass(slots=True)
class FoundRows:
    """What some rows say, or are refused for."""

    total: int = 0
    good: list[RegisterRow | Presumed] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    names: Mapping[str, Counter[str]] = field(default_factory=dict)

    @property
    def unknown(self) -> tuple[UnknownCode, ...]:
        """Status codes that mean no stage, most frequent first; spellings of one code count together."""
        codes: dict[str, list[str]] = {}
        for row in self.good:
            if isinstance(row, RegisterRow) and row.stage is None:
                codes.setdefault(code_key(row.raw_code), []).append(row.raw_code)
        counted = [UnknownCode(code=spellings[0], rows=len(spellings)) for spellings in codes.values()]
        return tuple(sorted(counted, key=lambda one: -one.rows))

    @property
    def unknown_names(self) -> dict[str, tuple[UnknownCode, ...]]:
        """Words that name nothing, by column, most frequent first.

        None of a column with so many different ones that they may name people.
        """
        return {
            column: tuple(UnknownCode(code=word, rows=rows) for word, rows in words.most_common())
            for column, words in self.names.items()
            if len(words) <= _MOST_NAMES
        }

    @property
    def has_too_many_unknown(self) -> bool:
        """Whether so many codes are unknown that the office must have meant something by them."""
        rows = sum(one.rows for one in self.unknown)
        return rows > _MANY and rows > _MANY_SHARE * self.total


class Reader(Protocol):
    """Reads records, as RowReader (domain/cards/register_rows.py)."""

    def number_cell(self, record: Record, /) -> Cell:
        """The cell of the registration number."""
        ...

    def presume(self, record: Record, /) -> Presumed | None:
        """The content of a row that is written as its checked form would be."""
        ...

    def read(self, record: Record, /) -> RegisterRow | RefusedRow:
        """The row, or its refusal."""
        ...


async def import_register(
    store: Store,
    path: Path,
    *,
    office: Office,
    texts: Texts,
    dry_run: bool = False,
    accept_unknown: bool = False,
    progress: ImportProgress | None = None,
    language: str = DEFAULT,
    actor: str = SYSTEM,
) -> ImportReport:
    """Update the register from a file: write good rows, list bad ones and put them into `FILE.ditolak.csv`.

    Repeating an import changes nothing; a killed one continues where it stopped. A dry run writes nothing, and
    neither does an import with many unknown status codes, unless they are accepted (`ImportReport.stopped`).

    Raises:
        UnusableFile: the file as a whole is unreadable; nothing was written.
        StoreDown: the database is unavailable; what was written so far stays.
    """
    progress = progress or Silent()
    table = open_table(path)
    progress.step(texts.say(language, "import-step-reading"), None)
    heading, found = await _read(table, office, store, progress)
    if found.has_too_many_unknown and not accept_unknown:
        return ImportReport(
            counts=Counts(rows=found.total, new=0, changed=0, unchanged=0, refused=0),
            heading=heading,
            unknown=found.unknown,
            unknown_names=found.unknown_names,
            stopped=True,
            dry_run=dry_run,
        )
    kept, repeated = settled(found.good)
    rows = by_number([row for row in kept if isinstance(row, RegisterRow)])
    import_id = None if dry_run else await _begin(store, path, found)
    writer = Writer(store, office=office, import_id=import_id)
    step = "import-step-checking" if dry_run else "import-step-writing"
    progress.step(texts.say(language, step), len(rows))
    await writer.write(rows, progress)
    refused = found.refused + writer.refused
    counts = Counts(
        rows=found.total,
        new=writer.new,
        changed=writer.changed,
        unchanged=writer.unchanged + len(kept) - len(rows) + len(repeated),
        refused=len(refused),
        older=writer.older,
    )
    if import_id is not None:
        await store.write(partial(register.finish, import_id=import_id, actor=actor, counts=counts))
    listed = remarks(refused, texts, language)
    return ImportReport(
        counts=counts,
        refused=listed,
        flagged=remarks([*found.flags, *repeated], texts, language),
        refused_file=None
        if dry_run
        else _write_refused(path, table, heading, listed, texts.say(language, "import-title")),
        dry_run=dry_run,
        import_id=import_id,
        heading=heading,
        unknown=found.unknown,
        unknown_names=found.unknown_names,
        has_too_many_unknown=found.has_too_many_unknown,
        backward=writer.backward,
    )


async def _read(
    table: Table, office: Office, store: Store, progress: ImportProgress
) -> tuple[Heading, FoundRows]:
    own = await store.read(partial(import_words.own_words, codes=office.imports.codes))
    # In a thread: the texts that a large workbook shares take a second.
    heading = await asyncio.to_thread(find_heading, table, own=own.headings)
    today = office.today(store.clock())
    reader = RowReader(heading.header, office, today=today, codes=own.codes, names=own.names)
    records, found = rows_below(table, heading), FoundRows()
    while chunk := [*islice(records, _ROWS_PER_LOOK_UP)]:
        await read_rows(chunk, reader, store, found)
        progress.advance(len(chunk))
    if not found.total:
        raise UnusableFile("no-rows")
    found.names = reader.unknown
    return heading, found


async def read_rows(records: Sequence[Record], reader: Reader, store: Store, found: FoundRows) -> None:
    """Check the rows; those that the store took in before, word for word, are only recognised by their hash."""
    numbers = [cell for record in records if isinstance(cell := reader.number_cell(record), str)]
    known = await store.read(partial(register.digests, numbers=numbers))
    for start in range(0, len(records), _ROWS_PER_BREATH):
        _check(records[start : start + _ROWS_PER_BREATH], reader, known, store.vault, found)
        await asyncio.sleep(0)
    found.total += len(records)


def _check(
    records: Sequence[Record], reader: Reader, known: Mapping[str, bytes], vault: Vault, found: FoundRows
) -> None:
    for record in records:
        cell = reader.number_cell(record)
        digest = known.get(cell) if isinstance(cell, str) else None
        same = reader.presume(record) if digest else None
        if same is not None and digest not in digests_of(same.content, vault):
            same = None
        row = same or reader.read(record)
        if isinstance(row, RefusedRow):
            found.refused.append(row)
            continue
        found.good.append(row)
        if isinstance(row, RegisterRow):
            found.flags += row.flags


def by_number(rows: list[RegisterRow]) -> list[RegisterRow]:
    """The rows in the order of their numbers; those of one number stay in the order of the file.

    Numbers grow with time, and so do the days of a row. So one transaction changes few pages of each index, instead
    of a page for every row.
    """
    return sorted(rows, key=lambda row: row.number.canonical)


async def _begin(store: Store, path: Path, found: FoundRows) -> int:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return await store.write(partial(register.begin, file_digest=digest, rows=found.total))


def _write_refused(
    path: Path, table: Table, heading: Heading, listed: tuple[Remark, ...], title: str
) -> Path | None:
    """Write the refused rows; if the folder is not writable, the report's list must suffice."""
    if not listed:
        return None
    reasons = {one.row: f"{one.column}: {one.reason} {one.suggestion}" for one in listed}
    target = refused_path(path)
    try:
        write_refused(target, table, reasons, title=title, heading=heading)
    except OSError:
        return None
    return target
