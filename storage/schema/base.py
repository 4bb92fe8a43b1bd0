"""Shared by all tables: naming of constraints, the type of a moment, row ids."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Integer, MetaData
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


_TO_MICROSECONDS = len("2026-11-23 09:00:00.000000")


class _Written(sqlite.DATETIME):
    """SQLite's moments in the library's form, written by the standard library in a fifth of the time."""

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], str | None]:  # noqa: ARG002
        """Write a moment as text."""
        return lambda value: (
            None if value is None else value.isoformat(" ", "microseconds")[:_TO_MICROSECONDS]
        )


class Instant(TypeDecorator[datetime]):
    """A moment: timezone-aware and in UTC on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use our own converter on SQLite."""
        written = _Written() if dialect.name == "sqlite" else DateTime(timezone=True)  # type: ignore[no-untyped-call]
        return dialect.type_descriptor(written)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Store the moment in UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return an aware moment, also on SQLite, which stores no time zone."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)  # type: ignore[no-any-return]


Id = BigInteger().with_variant(Integer, "sqlite")


def row_id() -> Column[int]:
    """Primary key `id`, made by storage/ids.py."""
    return Column("id", Id, primary_key=True, autoincrement=False)


def ref(
    name: str, target: str, *, nullable: bool = False, index: bool = False, **options: Any
) -> Column[int]:
    """A column that refers to a row of another table."""
    return Column(name, Id, ForeignKey(target, **options), nullable=nullable, index=index)
