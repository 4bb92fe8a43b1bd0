"""The watched folder: a register file that is put there is imported without anybody's hand.

A file counts once it has its name: exports write `daftar.csv.part` and rename it when it is whole. It is moved to
`done/` first, so that one process takes it, and its result stands beside it there.
"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path

import structlog

from bot.importing.refused_rows import private_file
from bot.importing.report import ImportReport, unusable
from bot.importing.run import import_register
from bot.importing.table import UnusableFile
from bot.setup.logs import what
from bot.setup.loops import Loops, resting
from domain.office.office import Office
from locales.texts import DEFAULT, Texts
from storage.session import StoreDown
from storage.store import Store

LOOK_SECONDS = 10.0
FORSAKEN = timedelta(minutes=15)
"""A file without a result is imported again after so long: its process died."""
KEPT = timedelta(days=7)
"""Files in `done/` hold whole NIKs and are deleted after so long."""
_KINDS = (".csv", ".txt", ".xlsx")
_MOST_SEEN = 1000  # entries of a folder in one look
_OPEN_ELSEWHERE = (".", "~$")  # hidden, or the lock of a workbook that somebody has open
_LONGEST_NAME = 80  # of a file, in `done/`, where a stamp and endings come to it
_RESULT, _REFUSED = ".hasil.txt", ".ditolak.csv"

log = structlog.get_logger(__name__)


class WatchedFolder:
    """Imports what is put into the folder of the office file, one file after another."""

    def __init__(self, *, store: Store, office: Office, texts: Texts, loops: Loops | None = None) -> None:
        self._store = store
        self._office = office
        self._texts = texts
        self._loops = loops or Loops()
        self._folder = Path(office.imports.folder)
        self._done = self._folder / "done"

    async def run(self) -> None:
        """Look until cancelled; returns at once if the office has no such folder."""
        if self._office.imports.folder:
            await self._loops.keep("import-folder", self.look, rest=resting(LOOK_SECONDS))

    async def look(self) -> bool:
        """Import the oldest file, if there is one; True: there may be more.

        Raises:
            OSError: the folder is missing, or not writable.
            StoreDown: the file is back in the folder.
        """
        path = await asyncio.to_thread(self._take)
        if path is None:
            return False
        try:
            said = await self._imported(path)
        except StoreDown:
            await asyncio.to_thread(path.rename, self._folder / path.name)
            raise
        await asyncio.to_thread(_write, path, said)
        return True

    def _take(self) -> Path | None:
        """Move the oldest file to `done/`, or renew one that was forsaken there."""
        self._done.mkdir(mode=0o700, exist_ok=True)
        now = time.time()
        for path in _files(self._done):
            if path.stat().st_mtime < now - KEPT.total_seconds():
                path.unlink(missing_ok=True)
            elif _is_forsaken(path, now):
                path.touch()
                return path
        waiting = [path for path in _files(self._folder) if path.suffix.lower() in _KINDS]
        for path in sorted(waiting, key=lambda one: one.stat().st_mtime):
            stamp = f"{self._office.local(self._store.clock()):%Y%m%d-%H%M%S}-{time.time_ns() % 10**6:06}"
            with suppress(FileNotFoundError):  # another process was faster
                taken = path.rename(self._done / f"{stamp}-{path.name[-_LONGEST_NAME:]}")
                taken.touch()
                return taken
        return None

    async def _imported(self, path: Path) -> list[str]:
        """Import the file unless it needs somebody's confirmation; return the lines of the result."""
        take_in = partial(import_register, self._store, path, office=self._office, texts=self._texts)
        try:
            report = await take_in(dry_run=True)
            if report.stopped:
                return [report.why_stopped(self._texts, DEFAULT)]
            if report.goes_back:
                return [*self._lines(report), self._texts.say(DEFAULT, "import-folder-held")]
            return self._lines(await take_in())
        except UnusableFile as why:
            return [unusable(why, self._texts, DEFAULT)]
        except StoreDown:
            raise
        except Exception as fault:  # noqa: BLE001 (one file must not keep the next ones from their turn)
            log.error("import-folder.failed", **what(fault))  # noqa: TRY400 (its message may quote the file)
            return [self._texts.say(DEFAULT, "import-folder-fault")]

    def _lines(self, report: ImportReport) -> list[str]:
        return report.lines(self._texts, DEFAULT)


def _files(folder: Path) -> Iterator[Path]:
    """Whole files of a folder: no links, nothing hidden."""
    for place, path in enumerate(folder.iterdir()):
        if place >= _MOST_SEEN:
            return
        if not path.name.startswith(_OPEN_ELSEWHERE) and path.is_file() and not path.is_symlink():
            yield path


def _is_forsaken(path: Path, now: float) -> bool:
    is_given = path.suffix.lower() in _KINDS and not path.name.endswith((_RESULT, _REFUSED))
    return (
        is_given
        and not path.with_name(path.name + _RESULT).exists()
        and path.stat().st_mtime < now - FORSAKEN.total_seconds()
    )


def _write(path: Path, lines: list[str]) -> None:
    with private_file(path.with_name(path.name + _RESULT)) as file:
        file.write("".join(f"{line}\n" for line in lines).encode())
