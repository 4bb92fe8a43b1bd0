"""What every table shares: naming of constraints, the type of a moment, row ids."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Integer, MetaData
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """A moment, aware and in UTC on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Store the moment in UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give an aware moment back, also where the database keeps none (SQLite)."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)  # type: ignore[no-any-return]


Id = BigInteger().with_variant(Integer, "sqlite")


def row_id() -> Column[int]:
    """The primary key that every table of rows has, made by storage/ids.py."""
    return Column("id", Id, primary_key=True, autoincrement=False)


def ref(
    name: str, target: str, *, nullable: bool = False, index: bool = False, **options: Any
) -> Column[int]:
    """A column that refers to a row of another table."""
    return Column(name, Id, ForeignKey(target, **options), nullable=nullable, index=index)
