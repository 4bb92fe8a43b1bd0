"""Maps driver errors to store errors."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import InterfaceError, OperationalError, ResourceClosedError, StatementError

from storage.session import Again, StoreDown

# SQLSTATEs (PostgreSQL manual, appendix A) of serialization failure and deadlock: the transaction may be
# retried.
AGAIN = frozenset({"40001", "40P01"})
# The server stopped, is starting or became a read-only standby; its older connections are useless, too.
# Classes: connection exceptions, operator intervention (except 57014, a cancelled query), system errors,
# read-only transaction.
_GONE = ("08", "57P", "58", "25006")
# The server cannot serve this transaction: insufficient resources, operator intervention, internal errors (a
# damaged table), time-outs that end a transaction, lock time-out.
_DOWN = ("53", "57", "XX", "25P03", "25P04", "55P03")
# A prepared statement is unknown, or there already: a pooler lent another server connection.
_POOLED = frozenset({"26000", "42P05"})
_POOLED_WITHOUT = (
    "a pooler in transaction mode is before the database: PgBouncer 1.21 or newer with max_prepared_statements "
    "above 0 is needed, or its session mode"
)
# SQLite result codes (sqlite.org/rescode.html) about the file or disk rather than the statement.
_FILE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)
_LOST = (
    OSError,
    OperationalError,
    InterfaceError,
    ResourceClosedError,
    sqlite3.OperationalError,
)
# What a person can mend: by SQLSTATE, by SQLite's name of an error, and by class. The names stay for whoever looks
# them up.
_WORDS = {
    "28P01": "the server refuses the password",
    "28000": "the server refuses the account",
    "3D000": "the server has no database of this name",
    "25006": "the server is read-only: a standby, or a setting",
    "53100": "the disk of the server is full",
    "53300": "the server takes no more connections: raise max_connections, or lower LOKET_DATABASE_POOL",
    "SQLITE_FULL": "its disk is full: make room",
    "SQLITE_READONLY": "file, folder or disk are read-only for this account",
    "SQLITE_CANTOPEN": "look at its folder, its owner and the room on the disk",
    "SQLITE_IOERR": "the disk cannot be read or written: look at the room on it, and at the system's log",
    "SQLITE_CORRUPT": "the file is damaged: restore the last good backup",
    "SQLITE_NOTADB": "the file is no SQLite database",
    "SQLITE_BUSY": "another program holds the file",
    "ConnectionRefusedError": "nothing listens at its address: wrong host or port, or the server is stopped",
    "gaierror": "its host is not known",
    "FileNotFoundError": "the folder of its address has no socket: another folder, or the server is stopped",
    "PermissionError": "this account may not use the socket of its address",
    "TimeoutError": "it does not answer",
    "ConnectionError": "the connection was not accepted or broke; with ssl=… the server may have no TLS",
    "TargetServerAttributeNotMatched": "no host is what target_session_attrs asks for",
}
_SQLSTATE_LENGTH = 5


class Gone(StoreDown):
    """The server went away or became read-only; other connections to it are useless, too."""


def meaning(error: BaseException) -> StoreDown | None:
    """Store error for a driver's error, bare or wrapped by SQLAlchemy; None for a programming error."""
    if isinstance(error, StoreDown):
        return error
    told = _meaning_of(sqlstate_of(error) or "")
    if told is not None:
        return told
    if _sqlite_code(error) in _FILE or (_is_lost(error) and not _is_value(error)):
        kind = Gone if isinstance(error, OSError) else StoreDown
        return kind(f"the database is not there: {_worded(_name(error))}")
    return None


def _meaning_of(state: str) -> StoreDown | None:
    """Store error for a SQLSTATE."""
    if state in AGAIN:
        return Again("the transaction lost against another one")
    if state in _POOLED:
        return StoreDown(_POOLED_WITHOUT)
    if state.startswith(_GONE):
        return Gone(f"the database is not there: {_worded(state)}")
    if state.startswith(_DOWN):
        return StoreDown(f"the database cannot serve: {_worded(state)}")
    return None


def refused(error: BaseException) -> StoreDown:
    """Store error for a failure to connect."""
    kind = type(meaning(error) or StoreDown())
    state = sqlstate_of(error)
    if state in _POOLED:
        return StoreDown(_POOLED_WITHOUT)
    if not state and _is_value(error):  # asyncpg's, about a parameter
        return kind(f"its address cannot be used: {_original(error).__cause__ or _original(error)}")
    return kind(f"the database is not there: {_worded(state or _name(error))}")


def _worded(name: str) -> str:
    """What an SQLSTATE or the name of an error means, if we know."""
    shown = f"SQLSTATE {name}" if len(name) == _SQLSTATE_LENGTH else name
    known = _WORDS.get(name) or next((_WORDS[one] for one in _WORDS if name.startswith(f"{one}_")), None)
    return f"{known} ({shown})" if known else shown


def sqlstate_of(error: BaseException) -> str | None:
    """SQLSTATE of a driver's error, bare or wrapped by SQLAlchemy; None for another error."""
    state: str | None = _told(error, "sqlstate")
    return state


def _sqlite_code(error: BaseException) -> int | None:
    code = _told(error, "sqlite_errorcode")
    return None if code is None else code & 0xFF  # the higher bits hold the extended code


def _is_lost(error: BaseException) -> bool:
    asyncpg = sys.modules.get("asyncpg")  # 2.5 MB that an office on SQLite does not load
    lost = _LOST if asyncpg is None else (*_LOST, asyncpg.InterfaceError, asyncpg.InternalClientError)
    return isinstance(error, lost)


def _is_value(error: BaseException) -> bool:
    """Whether a value did not fit its column, which asyncpg reports as an interface error."""
    original = _original(error)
    return isinstance(original, ValueError) or isinstance(original.__cause__, ValueError)


def _name(error: BaseException) -> str:
    original = _original(error)
    name: str = _told(error, "sqlite_errorname") or type(original.__cause__ or original).__name__
    return name


def _original(error: BaseException) -> BaseException:
    """The driver's own error, unwrapped from SQLAlchemy's."""
    return (error.orig if isinstance(error, StatementError) else None) or error


def _told(error: BaseException, name: str) -> Any:
    """Attribute of the driver's own error, or None."""
    return getattr(
        _original(error), name, None
    )  # each driver's errors tell something else, and no type says what


@contextmanager
def lost_connections() -> Iterator[None]:
    """Context that raises StoreDown (or Again) when the driver says that the transaction cannot go on."""
    try:
        yield
    except Exception as error:
        told = meaning(error)
        if told is None or told is error:
            raise
        raise told from error
