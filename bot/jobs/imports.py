"""The register import as a job: check the file, write its good rows, or take an import back."""

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.importing.report import ImportReport, causes, unusable
from bot.importing.run import import_register
from bot.importing.table import UnusableFile
from bot.jobs.files import copy_job_file, keep_refused
from bot.jobs.runner import Advance, Unworkable
from domain import codec
from domain.office.office import Office
from locales.texts import DEFAULT, Texts
from storage import audit
from storage.cards.register_undo import NotUndoable, undo
from storage.staff.jobs import Job
from storage.store import Store

KIND = "import"
MOST_CAUSES = 60  # of refused rows on the page, and of doubtful ones; the file of refused rows has all
MOST_TITLES = 50  # headings that a page asks about
MOST_CODES = 50  # unknown codes that a page asks about


class ImportWork:
    """Runs the import jobs of one office."""

    def __init__(self, *, store: Store, office: Office, texts: Texts) -> None:
        self._store = store
        self._office = office
        self._texts = texts

    async def __call__(self, job: Job, advance: Advance) -> dict[str, Any]:
        """Check the job's file, write its good rows, or take an import back; return counts and causes."""
        if "undo" in job.argument:
            return await self._undo(job, advance)
        with tempfile.TemporaryDirectory(prefix="loket-") as folder:
            path = Path(folder) / "register"
            if not await copy_job_file(self._store, job, path):
                raise Unworkable({"gone": True})
            try:
                report = await self._import(job, path, advance)
            except UnusableFile as why:
                told, titles = unusable(why, self._texts, _language(job)), [*why.titles[:MOST_TITLES]]
                raise Unworkable({"why": told, "titles": titles}) from None
            if report.refused:
                await keep_refused(self._store, job, path, report.refused, self._texts, report.heading)
            return _outcome(report)

    async def _import(self, job: Job, path: Path, advance: Advance) -> ImportReport:
        return await import_register(
            self._store,
            path,
            office=self._office,
            texts=self._texts,
            dry_run=not job.argument["write"],
            accept_unknown=job.argument.get("accept_unknown", True),  # the console's page has asked
            progress=advance,
            actor=audit.by_staff(job.staff),
            language=_language(job),
        )

    async def _undo(self, job: Job, advance: Advance) -> dict[str, Any]:
        advance.step(self._texts.say(DEFAULT, "import-step-undoing"), None)
        try:
            undone = await undo(
                self._store,
                import_id=job.argument["undo"],
                actor=audit.by_staff(job.staff),
                hold=timedelta(seconds=self._office.push.hold_seconds),
                advance=advance.advance,
            )
        except NotUndoable as why:
            raise Unworkable({"why": self._texts.say(DEFAULT, f"import-undo-{why.code}")}) from None
        return {"restored": undone.restored, "kept": undone.kept, "numbers": undone.numbers}


def _language(job: Job) -> str:
    """The language of whoever planned the job; the console's is the office's."""
    return str(job.argument.get("language", DEFAULT))


def _outcome(report: ImportReport) -> dict[str, Any]:
    counts = report.counts
    return {
        "rows": counts.rows,
        "new": counts.new,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "refused": counts.refused,
        "flagged": len(report.flagged),
        "causes": codec.dump(causes(report.refused, most=MOST_CAUSES)),
        "doubts": codec.dump(causes(report.flagged, most=MOST_CAUSES)),
        "import": report.import_id,
        "unknown": [{"code": one.code, "rows": one.rows} for one in report.unknown[:MOST_CODES]],
        "names": {column: codec.dump([*words]) for column, words in report.unknown_names.items() if words},
        "stops": report.stopped or report.has_too_many_unknown,
        "backward": report.backward if report.goes_back else 0,
    }
