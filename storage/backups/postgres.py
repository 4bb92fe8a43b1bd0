"""PostgreSQL backups with pg_dump and pg_restore; no password appears on a command line."""

import os
import re
import shutil
import subprocess
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

from storage.backups import BackupRefused, Inside

_DEBIAN = Path("/usr/lib/postgresql")
_PRIVATE = 0o600
_CONNECT_SECONDS = 3  # for one host
_COPY = re.compile(r"^COPY \S+ \((.*)\) FROM stdin;$")


def back_up(url: str, target: Path) -> None:
    """Write a dump readable only by its owner; the file appears complete or not at all.

    Raises:
        BackupRefused: pg_dump is not installed or failed.
    """
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE))
    try:
        _run(
            [_tool("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", f"--file={part}"],
            _whereabouts(url),
        )
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def inspect(backup: Path) -> Inside:
    """What the backup says about itself.

    Raises:
        BackupRefused: it is not a Loket backup, or pg_restore is not installed.
    """
    version = _first_row(backup, "alembic_version")
    if version is None:
        raise BackupRefused(f"{backup} is not a backup of Loket, or it is damaged.")
    sample = _first_row(backup, "applicants")
    nik = None if sample is None else (int(sample["id"]), bytes.fromhex(sample["nik"].removeprefix("\\\\x")))
    found = _first_row(backup, "writing_key") or {}
    keys = {found.get("key_id"), found.get("old_key_id")} - {None, "\\N"}
    return Inside(version["version_num"], frozenset(map(str, keys)), nik)


def bring_back(backup: Path, url: str) -> None:
    """Replace the database by the backup in one transaction.

    Raises:
        BackupRefused: the database is in use, or pg_restore failed.
    """
    where = _whereabouts(url)
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    counted = _run(
        [_tool("psql"), "--no-psqlrc", "--tuples-only", "--no-align", f"--command={others}"], where
    )
    if counted.strip() != "0":
        raise BackupRefused("The database is in use; stop every `loket run`, then restore.")
    options = ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction"]
    _run([_tool("pg_restore"), *options, f"--dbname={where['PGDATABASE']}", str(backup)], where)


def applications_in(backup: Path) -> int:
    """Number of applications in a backup that `inspect` accepted; reads all of it.

    Raises:
        BackupRefused: it is damaged.
    """
    _run([_tool("pg_restore"), f"--file={os.devnull}", str(backup)], {})
    return sum(1 for _ in _rows(backup, "applications"))


def _first_row(backup: Path, table: str) -> dict[str, str] | None:
    """First row of a table in a dump, without reading the rest."""
    with closing(_rows(backup, table)) as rows:
        return next(rows, None)


def _rows(backup: Path, table: str) -> Generator[dict[str, str]]:
    command = [_tool("pg_restore"), "--data-only", f"--table={table}", "--file=-", str(backup)]
    with subprocess.Popen(  # noqa: S603 (our own command, no shell)
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as reading:
        try:
            columns: list[str] | None = None
            for line in reading.stdout or ():
                if columns is not None:
                    found = line.rstrip("\n").split("\t")
                    if found == ["\\."]:
                        return
                    yield dict(zip(columns, found, strict=True))
                else:
                    begun = _COPY.match(line)
                    columns = begun[1].split(", ") if begun else None
        finally:
            reading.kill()


def _tool(name: str) -> str:
    """Path of a program: from PATH, or the newest version in Debian's folder.

    Raises:
        BackupRefused: it is not installed.
    """
    debian = sorted(_DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = shutil.which(name) or (str(debian[-1]) if debian else None)
    if found is None:
        raise BackupRefused(
            f"{name} is not installed here; install PostgreSQL's client programs (on Debian: postgresql-client)."
        )
    return found


def _whereabouts(url: str) -> dict[str, str]:
    """Environment for PostgreSQL's programs; other users could read a command line.

    The address is read as for Loket's own connections: of several hosts the first that accepts is used.
    """
    address = make_url(url)
    parts = address.get_dialect()().create_connect_args(address)[1]
    known = {
        "PGHOST": parts.get("host"),
        "PGPORT": parts.get("port"),
        "PGUSER": parts.get("user"),
        "PGPASSWORD": parts.get("password"),
        "PGDATABASE": parts.get("database"),
        "PGSSLMODE": parts.get("ssl"),
        "PGTARGETSESSIONATTRS": parts.get("target_session_attrs"),
        "PGCONNECT_TIMEOUT": _CONNECT_SECONDS,
    }
    return {
        name: ",".join(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in known.items()
        if value
    }


def _run(command: list[str], where: dict[str, str]) -> str:
    done = subprocess.run(  # noqa: S603 (our own command, no shell)
        command,
        env={**os.environ, **where},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no message"])[0]
        raise BackupRefused(f"{Path(command[0]).name} said: {said.rstrip('.')}.")
    return done.stdout
