"""A temporary PostgreSQL server for tests: real binaries, own folder, Unix socket.

PostgreSQL refuses to run as root; as root, it runs as the user `postgres` of its package.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

_DEBIAN = Path("/usr/lib/postgresql")
_SUPERUSER = "loket"
# No durability: tests kill our process, never the database's.
_SETTINGS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "TimeZone=UTC",
    "autovacuum=off",
)

# Checksum of everything that a test may change in the schema.
_SHAPE = """
SELECT md5(concat_ws('|',
  (SELECT string_agg(concat_ws(' ', attrelid::regclass, attname, atttypid, attnotnull), ',' ORDER BY attrelid, attnum)
   FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace),
  (SELECT count(*) FROM pg_constraint), (SELECT count(*) FROM pg_trigger), (SELECT count(*) FROM pg_proc),
  (SELECT count(*) FROM pg_rewrite),
  (SELECT count(*) FROM pg_db_role_setting JOIN pg_database ON pg_database.oid = setdatabase
   WHERE datname = current_database())))
"""
# End other sessions and empty every table.
_EMPTY = """
DO $$
DECLARE filled record;
BEGIN
  PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid();
  SET LOCAL session_replication_role = replica;
  FOR filled IN SELECT oid::regclass AS name FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
    AND pg_relation_size(oid) > 0
  LOOP
    EXECUTE format('DELETE FROM %s', filled.name);
  END LOOP;
  PERFORM setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S';
END $$
"""

_Control = Callable[..., None]


# For tests that end the server: commits must survive.
DURABLE = ("synchronous_commit=on",)


class Server:
    """A running server that creates databases."""

    def __init__(self, binaries: Path, socket_folder: Path, control: _Control) -> None:
        self._binaries = binaries
        self._socket_folder = self.folder = socket_folder
        self._control = control
        self._made = 0
        self._clean: list[str] = []
        self._shapes: dict[str, str] = {}

    @property
    def data(self) -> Path:
        """Folder of the cluster, with its configuration."""
        return self._socket_folder / "data"

    def url(self, name: str) -> str:
        return f"postgresql+asyncpg://{_SUPERUSER}@/{name}?host={self._socket_folder}"

    def create(self, *, like: str = "template1") -> str:
        """Create a database as a copy of another one; return its name."""
        self._made += 1
        name = f"db{self._made}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY file_copy")
        return name

    def drop(self, name: str) -> None:
        self.sql(f"DROP DATABASE {name} WITH (FORCE)")

    def lend(self, template: str) -> str:
        """A database with the template's schema and no rows: a returned one, or a new copy."""
        return self._clean.pop() if self._clean else self.create(like=template)

    def take_back(self, name: str, template: str) -> None:
        """Empty a database for reuse, ten times faster than a copy; drop it if its schema was changed."""
        if template not in self._shapes:
            self._shapes[template] = self.sql(_SHAPE, database=template)
        if self.sql(_EMPTY, _SHAPE, database=name) == self._shapes[template]:
            self._clean.append(name)
        else:
            self.drop(name)

    def sql(self, *statements: str, database: str = "postgres") -> str:
        """Run statements and return their output."""
        where = ("--host", str(self._socket_folder), "--username", _SUPERUSER, "--dbname", database)
        commands = [word for one in statements for word in ("--command", one)]
        quiet = ("--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1")
        return _run([str(self._binaries / "psql"), *where, *quiet, *commands], user=None)

    def stop(self, mode: Literal["immediate", "fast"] = "immediate") -> None:
        """Stop the server; `fast` notifies the clients, `immediate` does not."""
        self._control("--mode", mode, "stop")

    def start(self) -> None:
        """Start it again, and wait until it accepts connections."""
        self._control("start")

    def read_only(self, *, on: bool) -> None:
        """Refuse writes, like a standby or with a full disk; or accept them again."""
        setting = f"ALTER SYSTEM SET default_transaction_read_only = {'on' if on else 'off'}"
        self.sql(setting, "SELECT pg_reload_conf()")

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Suspend all server processes during the block: no answers, no closed connections."""
        stopped = self._processes()
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in stopped:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)

    @contextmanager
    def followed(self) -> Iterator[None]:
        """Receive the write-ahead log during the block, which the server counts as a standby."""
        with tempfile.TemporaryDirectory() as folder:
            where = ("--host", str(self._socket_folder), "--username", _SUPERUSER, "--no-loop")
            command = [str(self._binaries / "pg_receivewal"), "--directory", folder, *where]
            with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
                try:
                    yield
                finally:
                    process.terminate()

    def _processes(self) -> list[int]:
        first = int((self._socket_folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        children = [int(pid) for pid in Path(f"/proc/{first}/task/{first}/children").read_text().split()]
        return [first, *children]


def binaries() -> Path | None:
    """Folder of the newest PostgreSQL binaries; None if there are none."""
    debian = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if debian:
        return debian[-1].parent
    found = shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def running(folder: Path, *, settings: Sequence[str] = ()) -> Iterator[Server]:
    """Run a server during the block; `settings` override ours."""
    with _home() as (home, user):
        trust = (
            "--auth",
            "trust",
            "--no-sync",
            "--encoding",
            "UTF8",
            "--locale",
            "C",
            "--username",
            _SUPERUSER,
        )
        _run([str(folder / "initdb"), "--pgdata", str(home / "data"), *trust], user=user)
        with _started(folder, home, user, settings) as server:
            yield server


@contextmanager
def following(folder: Path, primary: Server) -> Iterator[Server]:
    """Run a standby of another server during the block."""
    with _home() as (home, user):
        source = ["--host", str(primary.folder), "--username", _SUPERUSER, "--checkpoint=fast", "--no-sync"]
        copy = [str(folder / "pg_basebackup"), "--pgdata", str(home / "data"), "--write-recovery-conf"]
        _run([*copy, *source], user=user)
        with _started(folder, home, user, ()) as server:
            yield server


@contextmanager
def _home() -> Iterator[tuple[Path, str | None]]:
    """A folder for a server, and the user that it runs as."""
    user = "postgres" if os.geteuid() == 0 else None
    # A short path, as the name of a Unix socket has at most 107 characters.
    home = Path(tempfile.mkdtemp(prefix="loket-pg-"))
    if user:
        shutil.chown(home, user, user)
    try:
        yield home, user
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _started(folder: Path, home: Path, user: str | None, settings: Sequence[str]) -> Iterator[Server]:
    data = home / "data"
    options = " ".join(
        [f"-c listen_addresses= -k {home}", *(f"-c {setting}" for setting in (*_SETTINGS, *settings))]
    )
    control = [str(folder / "pg_ctl"), "--pgdata", str(data), "--wait", "--silent"]

    def controlled(*words: str) -> None:
        _run([*control, "--log", str(home / "log"), "--options", options, *words], user=user)

    controlled("start")
    try:
        yield Server(folder, home, controlled)
    finally:
        if (data / "postmaster.pid").exists():
            controlled("--mode", "immediate", "stop")


def _run(command: list[str], *, user: str | None) -> str:
    done = subprocess.run(
        command, user=user, group=user, extra_groups=[] if user else None, cwd="/", check=False,
        stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stdout}{done.stderr}")
    return done.stdout
