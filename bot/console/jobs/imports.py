"""The register import as a console job: check the file, then write its good rows."""

import tempfile
from pathlib import Path
from typing import Any

from bot.console.jobs.files import copy_job_file, keep_refused
from bot.console.jobs.runner import Advance, Unworkable
from bot.importing.report import ImportReport, unusable
from bot.importing.run import import_register
from bot.importing.table import UnusableFile
from domain import codec
from domain.office.office import Office
from locales.texts import DEFAULT, Texts
from storage import audit
from storage.staff.jobs import Job
from storage.store import Store

KIND = "import"
MOST_SHOWN = 200  # remarks on the page; the file of refused rows has all


class ImportWork:
    """Runs the import jobs of one office."""

    def __init__(self, *, store: Store, office: Office, texts: Texts) -> None:
        self._store = store
        self._office = office
        self._texts = texts

    async def __call__(self, job: Job, advance: Advance) -> dict[str, Any]:
        """Check the job's file, or write its good rows; return counts and remarks."""
        with tempfile.TemporaryDirectory(prefix="loket-") as folder:
            path = Path(folder) / "register"
            if not await copy_job_file(self._store, job, path):
                raise Unworkable({"gone": True})
            try:
                report = await self._import(job, path, advance)
            except UnusableFile as why:
                raise Unworkable({"why": unusable(why, self._texts, DEFAULT)}) from None
            if report.refused:
                await keep_refused(self._store, job, path, report.refused, self._texts)
            return _outcome(report)

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


def _outcome(report: ImportReport) -> dict[str, Any]:
    counts = report.counts
    return {
        "rows": counts.rows,
        "new": counts.new,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "refused": counts.refused,
        "flagged": len(report.flagged),
        "remarks": codec.dump(report.refused[:MOST_SHOWN]),
        "doubts": codec.dump(report.flagged[:MOST_SHOWN]),
    }
