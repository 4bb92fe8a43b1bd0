"""Stores of one process share compiled SQL: each new engine would compile every statement anew, a quarter of the suite's time."""

from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy import Engine

from storage.engines import postgres, sqlite, sqlite_files

_FIRST: dict[tuple[str, str], Engine] = {}


def _sharing(create: Callable[..., Any]) -> Callable[..., Any]:
    def made(url: str, **settings: Any) -> Any:
        engine = create(url, **settings)
        own: Engine = getattr(engine, "sync_engine", engine)
        first = _FIRST.setdefault((own.dialect.driver, settings.get("isolation_level", "")), own)
        own.dialect, own._compiled_cache = first.dialect, first._compiled_cache
        return engine

    return made


def share() -> None:
    """Let all engines of a driver and isolation level use the dialect and the cache of its first engine."""
    sqlite.create_engine = _sharing(sqlite.create_engine)
    sqlite_files.create_async_engine = _sharing(sqlite_files.create_async_engine)
    postgres.create_async_engine = _sharing(postgres.create_async_engine)
    postgres.Statements = cache(postgres.Statements)  # type: ignore[misc,assignment]
