"""Stores of one process share compiled SQL, and consoles share compiled templates and the patterns of paths.

Each new engine and environment would compile everything anew, a quarter of the suite's time.
"""

from collections.abc import Callable
from functools import cache, partialmethod
from typing import Any

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from starlette import routing

from storage import agenda
from storage.engines import postgres, sqlite, sqlite_readers

_FIRST: dict[tuple[str, str], Engine] = {}


def _sharing(create: Callable[..., Any]) -> Callable[..., Any]:
    def made(url: str, **settings: Any) -> Any:
        engine = create(url, **settings)
        own: Engine = getattr(engine, "sync_engine", engine)
        kind = own.dialect.driver, settings.get("isolation_level", "")
        first = _FIRST.get(kind, own)
        if first.dialect.server_version_info is None:  # it never connected, so its dialect knows no version
            first = _FIRST[kind] = own
        own.dialect, own._compiled_cache = first.dialect, first._compiled_cache
        return engine

    return made


class _Templates(BytecodeCache):
    """Compiled templates by key and checksum of the source."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, if the template was compiled before."""
        if (found := self._kept.get((bucket.key, bucket.checksum))) is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


def share() -> None:
    """Let all engines of a driver and isolation level use the dialect and the cache of its first engine that connects."""
    Environment.__init__ = partialmethod(Environment.__init__, bytecode_cache=_Templates())  # type: ignore[method-assign,assignment]
    sqlite.create_engine = _sharing(sqlite.create_engine)
    sqlite_readers.create_engine = _sharing(sqlite_readers.create_engine)
    postgres.create_async_engine = _sharing(postgres.create_async_engine)
    postgres.Statements = cache(postgres.Statements)  # type: ignore[misc,assignment]
    routing.compile_path = cache(routing.compile_path)
    build = cache(agenda.query)
    agenda.query = lambda channels: build(tuple(channels))
