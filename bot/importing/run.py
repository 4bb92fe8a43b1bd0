"""The register import: read and check the file, write good rows, list the others."""

import asyncio
import hashlib
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from bot.importing.progress import ImportProgress, Silent
from bot.importing.refused_rows import refused_path, write_refused
from bot.importing.report import ImportReport, Remark, remarks
from bot.importing.table import Table, UnusableFile, open_table
from bot.importing.writer import Writer
from domain.cards.register import BadHeader, Flag, Header, Presumed, RefusedRow, RegisterRow, settled
from domain.cards.register_rows import RowReader
from domain.office.office import Office
from domain.text.cells import Record
from locales.texts import DEFAULT, Texts
from storage.audit import SYSTEM
from storage.cards import register
from storage.cards.register import Counts
from storage.cards.register_plan import digests_of
from storage.store import Store

_ROWS_PER_BREATH = 500  # rows read before other tasks of this process get a turn


@dataclass(slots=True)
class _Found:
    """Content of the file."""

    total: int = 0
    good: list[RegisterRow | Presumed] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)


async def import_register(
    store: Store,
    path: Path,
    *,
    office: Office,
    texts: Texts,
    dry_run: bool = False,
    progress: ImportProgress | None = None,
    language: str = DEFAULT,
    actor: str = SYSTEM,
) -> ImportReport:
    """Update the register from a file: write good rows, list bad ones and put them into `FILE.ditolak.csv`.

    Repeating an import changes nothing; a killed one continues where it stopped. A dry run writes nothing.

    Raises:
        UnusableFile: the file as a whole is unreadable; nothing was written.
        StoreDown: the database is unavailable; what was written so far stays.
    """
    progress = progress or Silent()
    table = open_table(path)
    progress.step(texts.say(language, "import-step-reading"), None)
    found = await _read(table, office, store, progress)
    kept, repeated = settled(found.good)
    rows = [row for row in kept if isinstance(row, RegisterRow)]
    import_id = None if dry_run else await _begin(store, path, found)
    writer = Writer(store, office=office, source=f"import:{import_id}", dry_run=dry_run)
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
        else _write_refused(path, table, listed, texts.say(language, "import-title")),
        dry_run=dry_run,
    )


async def _read(table: Table, office: Office, store: Store, progress: ImportProgress) -> _Found:
    records = table.records()
    try:
        header = Header.read(next(records).cells)
    except StopIteration:
        raise UnusableFile("empty") from None
    except BadHeader as bad:
        raise _bad_header(bad) from None
    reader = RowReader(header, office, today=office.today(store.clock()))
    found = _Found()
    while chunk := [*islice(records, _ROWS_PER_BREATH)]:
        await _read_chunk(chunk, reader, store, found)
        progress.advance(len(chunk))
        await asyncio.sleep(0)
    if not found.total:
        raise UnusableFile("no-rows")
    return found


async def _read_chunk(chunk: list[Record], reader: RowReader, store: Store, found: _Found) -> None:
    """Check the rows; those that the store took in before, word for word, are only recognised by their hash."""
    numbers = [cell for record in chunk if isinstance(cell := reader.number_cell(record), str)]
    known = await store.read(partial(register.digests, numbers=numbers))
    for record in chunk:
        cell = reader.number_cell(record)
        digest = known.get(cell) if isinstance(cell, str) else None
        same = reader.presume(record) if digest else None
        row: Presumed | RegisterRow | RefusedRow
        if same is not None and digest in digests_of(same.content, store.vault):
            row = same
        else:
            row = reader.read(record)
        if isinstance(row, RefusedRow):
            found.refused.append(row)
            continue
        found.good.append(row)
        if isinstance(row, RegisterRow):
            found.flags += row.flags
    found.total += len(chunk)


def _bad_header(bad: BadHeader) -> UnusableFile:
    if bad.missing:
        return UnusableFile("missing-columns", columns=", ".join(bad.missing))
    return UnusableFile("doubled-columns", columns=", ".join(bad.doubled))


async def _begin(store: Store, path: Path, found: _Found) -> int:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return await store.write(partial(register.begin, file_digest=digest, rows=found.total))


def _write_refused(path: Path, table: Table, listed: tuple[Remark, ...], title: str) -> Path | None:
    """Write the refused rows; if the folder is not writable, the report's list must suffice."""
    if not listed:
        return None
    reasons = {one.row: f"{one.column}: {one.reason} {one.suggestion}" for one in listed}
    target = refused_path(path)
    try:
        write_refused(target, table, reasons, title=title)
    except OSError:
        return None
    return target
