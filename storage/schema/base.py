"""Shared by all tables: naming of constraints, the type of a moment, row ids, records of rows."""

from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Index, Integer, MetaData, Row, TextClause
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")
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


@lru_cache(maxsize=64)  # a turn writes the same moment into several rows
def _to_text(moment: datetime | None) -> str | None:
    """A moment in the form of SQLAlchemy's SQLite dialect."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(" ", "microseconds")[:_TO_MICROSECONDS]


def _from_text(text: str | None) -> datetime | None:
    if text is None:
        return None
    # Versions before 0.2.0 stored some moments of seats with their offset.
    return datetime.fromisoformat(text if text.endswith("+00:00") else f"{text}+00:00")


class Instant(TypeDecorator[datetime]):
    """A moment: timezone-aware and in UTC on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Keep the time zone where the database does."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name != "sqlite"))

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """One function for both steps on SQLite, a third of the library's time."""
        return _to_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """The same for reading."""
        return _from_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Store the moment in UTC."""
        return None if value is None else value.astimezone(UTC)


Id = BigInteger().with_variant(Integer, "sqlite")


def row_id() -> Column[int]:
    """Primary key `id`, made by storage/ids.py."""
    return Column("id", Id, primary_key=True, autoincrement=False)


def ref(
    name: str, target: str, *, nullable: bool = False, index: bool = False, **options: Any
) -> Column[int]:
    """A column that refers to a row of another table."""
    return Column(name, Id, ForeignKey(target, **options), nullable=nullable, index=index)


def partial_index(name: str, *columns: str, where: TextClause, unique: bool = False) -> Index:
    """An index of the rows with a condition, which only queries that repeat it verbatim use.

    `postgresql_where`, added by storage/engines/postgres.py, loads PostgreSQL's dialect: 3 MB.
    """
    return Index(name, *columns, unique=unique, sqlite_where=where)


def of_row(kind: type[T], row: Row[*tuple[Any, ...]], /, **given: Any) -> T:
    """Record of a row: its fields are the columns of the same names, except for those that are given.

    Raises:
        KeyError: the row has no column of a field's name.
    """
    columns = row._asdict()
    return kind(**{one.name: columns[one.name] for one in fields(kind) if one.name not in given}, **given)
