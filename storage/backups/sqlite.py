"""SQLite backups: one read transaction copies the whole file while others write.

`pages=-1` copies one snapshot. A copy page by page would restart with every write and never end
(docs/decisions/0023).
"""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from storage.backups import BackupRefused, Inside
from storage.engines.sqlite_files import schema_copies

_PRIVATE = 0o600
_CHANGED = "{} is damaged or was changed by hand ({}); nothing was restored, use another backup."


def back_up(source: Path, target: Path) -> None:
    """Copy the database to a new file readable only by its owner; it appears complete or not at all.

    Raises:
        BackupRefused: there is no database, or the copy is damaged.
    """
    if not source.exists():
        raise BackupRefused(f"The database {source} does not exist; nothing was backed up.")
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE))
        with closing(sqlite3.connect(source)) as database, closing(sqlite3.connect(part)) as copy:
            database.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a write-ahead log beside it
            if said := _unsound(copy):
                raise sqlite3.DatabaseError(said)
        _keep(part, target)
    except (sqlite3.Error, OSError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise BackupRefused(f"the database could not be copied to {target}: {why}.") from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def inspect(backup: Path) -> Inside:
    """What the backup says about itself.

    Raises:
        BackupRefused: it is not a Loket backup, or it is damaged.
    """
    try:
        with closing(sqlite3.connect(_address(backup), uri=True)) as copy:
            copy.execute("PRAGMA query_only=ON")
            said = _unsound(copy)
            if said:
                raise BackupRefused(_CHANGED.format(backup, said))
            step = copy.execute("SELECT version_num FROM alembic_version").fetchone()
            sample = copy.execute("SELECT id, nik FROM applicants LIMIT 1").fetchone()
            has_keys = copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'writing_key'").fetchone()
            keys = copy.execute("SELECT key_id, old_key_id FROM writing_key").fetchone() if has_keys else None
    except sqlite3.Error:
        raise BackupRefused(f"{backup} is not a backup of Loket, or it is damaged.") from None
    return Inside(step[0] if step else None, frozenset(key for key in keys or () if key), sample)


def _address(backup: Path) -> str:
    """Address to read a backup by, for writing if SQLite will write nothing to it.

    Of a file opened for reading alone SQLite parses no CHECK, so its checks find no row that breaks one.
    """
    logs = any(backup.with_name(f"{backup.name}-{log}").exists() for log in ("wal", "journal"))
    with backup.open("rb") as file:
        is_plain = file.read(20)[18:] == b"\x01\x01"  # no write-ahead log (SQLite's file format, 1.3.3)
    return f"file:{backup}?mode={'rw' if is_plain and not logs else 'ro&immutable=1'}"


def applications_in(backup: Path) -> int:
    """Number of applications in a backup that `inspect` accepted."""
    with closing(sqlite3.connect(f"file:{backup}?mode=ro&immutable=1", uri=True)) as copy:
        count: int = copy.execute("SELECT count(*) FROM applications").fetchone()[0]
    return count


def bring_back(backup: Path, target: Path) -> None:
    """Replace the database by the backup.

    Raises:
        BackupRefused: the backup is damaged, or the database is in use or cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE))
        shutil.copyfile(backup, part)  # piece by piece: a database may be larger than the memory
        with closing(sqlite3.connect(part)) as copy:
            said = _unsound(copy)  # `inspect` could not see all of a backup that it may not write
        if said:
            raise BackupRefused(_CHANGED.format(backup, said))
        if target.exists():
            _ensure_alone(target)
        for log in ("-wal", "-shm"):
            target.with_name(target.name + log).unlink(missing_ok=True)
        _keep(part, target)
    except (sqlite3.Error, OSError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise BackupRefused(f"{target} could not be written: {why}; nothing was restored.") from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


class SchemaCopy:
    """Copies a database file before its schema changes, to `loket.db.0020.bak` beside it; the newest copy is kept.

    Args:
        source: the file.
    """

    def __init__(self, source: Path) -> None:
        self._source = source
        self.made: Path | None = None

    def __call__(self) -> None:
        """Make the copy.

        Raises:
            BackupRefused: there is no room, or another reason.
        """
        with closing(sqlite3.connect(f"file:{self._source}?mode=ro", uri=True)) as database:
            (step,) = database.execute("SELECT version_num FROM alembic_version").fetchone()
        made = self._source.with_name(f"{self._source.name}.{step}.bak")
        back_up(self._source, made)
        for older in schema_copies(self._source):
            if older != made:
                older.unlink()
        self.made = made


def _unsound(copy: sqlite3.Connection) -> str:
    """What SQLite finds wrong first, in one line: a broken page, or a row that breaks a CHECK or NOT NULL; or ""."""
    (said,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    return "" if said == "ok" else " ".join(said.split())


def _ensure_alone(target: Path) -> None:
    """Switch the write-ahead log off, which SQLite allows only to a sole user of the file."""
    try:
        with closing(sqlite3.connect(target, timeout=1)) as database:
            mode = database.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.OperationalError:
        mode = None
    except sqlite3.DatabaseError:
        return  # a damaged file: nobody works with it
    if mode != ("delete",):
        raise BackupRefused(f"{target} is in use; stop `loket run`, then restore.")


def _keep(part: Path, target: Path) -> None:
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
