"""The register import as a job of the console: a file is checked first, then its good rows are written."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from bot.console.work import Advance, Unworkable
from bot.importing.refused import refused_path, write_refused
from bot.importing.report import ImportReport, unusable
from bot.importing.run import import_register
from bot.importing.table import MAX_FILE_BYTES, UnusableFile, open_table
from domain.office import Office
from locales.texts import DEFAULT, Texts
from storage import audit, jobs
from storage.jobs import GIVEN, PART_BYTES, REFUSED, Job
from storage.store import Store

KIND = "import"
MOST_SHOWN = 200  # remarks on the page; the file of refused rows holds all of them


class Source(Protocol):
    """An uploaded file."""

    async def read(self, size: int = ..., /) -> bytes:
        """Give the next bytes."""
        ...


async def keep(store: Store, *, source: Source, name: str, staff: int, form: Any) -> int:
    """Keep an uploaded file, sealed part by part, and plan its check; give the job.

    `form` uses the form up and runs the planning in that transaction. A file over the limit is kept up to it and refused
    by the check, with a sentence.
    """
    argument = {"name": name[-120:], "write": False}
    job: int = await form(partial(jobs.plan, kind=KIND, staff=staff, argument=argument, gathering=True))
    part, size = 0, 0
    while size <= MAX_FILE_BYTES and (body := await source.read(PART_BYTES)):
        await store.write(partial(jobs.add_part, job=job, name=GIVEN, part=part, body=body))
        part, size = part + 1, size + len(body)
    await store.write(partial(jobs.release, job=job))
    return job


class ImportWork:
    """Does the import jobs of one office."""

    def __init__(self, *, store: Store, office: Office, texts: Texts) -> None:
        self._store = store
        self._office = office
        self._texts = texts

    async def __call__(self, job: Job, advance: Advance) -> dict[str, Any]:
        """Check the job's file, or write its good rows; give the counts and the remarks."""
        with tempfile.TemporaryDirectory(prefix="loket-") as folder:
            path = Path(folder) / "register"
            if not await self._lay_out(job, path):
                raise Unworkable({"gone": True})
            try:
                report = await self._import(job, path, advance)
            except UnusableFile as why:
                raise Unworkable({"why": unusable(why, self._texts, DEFAULT)}) from None
            if report.refused:
                await self._keep_refused(job, path, report)
            return _outcome(report)

    async def _lay_out(self, job: Job, path: Path) -> bool:
        """Write the file where the reader finds it: a folder that only this process may open, gone when it is read."""
        source = int(job.argument.get("of") or job.id)
        found = False
        with open(path, "wb", opener=_private) as file:  # noqa: ASYNC230 (Path.open takes no opener)
            async for body in jobs.file_of(self._store, job=source, name=GIVEN):
                await asyncio.to_thread(file.write, body)
                found = True
        return found

    async def _import(self, job: Job, path: Path, advance: Advance) -> ImportReport:
        return await import_register(
            self._store,
            path,
            office=self._office,
            texts=self._texts,
            dry_run=not job.argument["write"],
            progress=advance,
            actor=audit.by_staff(job.staff),
        )

    async def _keep_refused(self, job: Job, path: Path, report: ImportReport) -> None:
        target = refused_path(path)
        if not target.exists():
            reasons = {one.row: f"{one.column}: {one.reason} {one.suggestion}" for one in report.refused}
            title = self._texts.say(DEFAULT, "import-title")
            write = partial(write_refused, target, open_table(path), reasons, title=title)
            await asyncio.to_thread(write)
        async for part, body in _parts(target):
            await self._store.write(partial(jobs.add_part, job=job.id, name=REFUSED, part=part, body=body))


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


async def _parts(path: Path) -> AsyncIterator[tuple[int, bytes]]:
    part = 0
    with path.open("rb") as file:
        while body := await asyncio.to_thread(file.read, PART_BYTES):
            yield part, body
            part += 1


def _outcome(report: ImportReport) -> dict[str, Any]:
    counts = report.counts
    return {
        "rows": counts.rows,
        "new": counts.new,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "refused": counts.refused,
        "flagged": len(report.flagged),
        "remarks": [one.to_json() for one in report.refused[:MOST_SHOWN]],
        "doubts": [one.to_json() for one in report.flagged[:MOST_SHOWN]],
    }
