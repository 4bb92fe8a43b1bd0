"""The shape of a database, and what a new shape takes away from code that knows the old one."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect

STORAGE = Path(__file__).parents[2] / "storage"
UPSERTS = {
    frozenset(re.findall(r'"(\w+)"', names))
    for file in STORAGE.rglob("*.py")
    for names in re.findall(r"index_elements=\[(.*?)\]", file.read_text())
}
"""Columns that the code's upserts name: they need a unique index of exactly these."""


@dataclass(frozen=True)
class Unique:
    """No two rows are equal in these columns."""

    columns: frozenset[str]
    where: str = ""

    def covers(self, other: "Unique") -> bool:
        """Whether rows that keep this promise keep the other one, too."""
        return self.columns <= other.columns and self.where == other.where

    def __str__(self) -> str:
        return f"unique {sorted(self.columns)} {self.where}".strip()


@dataclass(frozen=True)
class Shape:
    """Tables with columns, and their promises (keys, uniqueness, checks, references), each as comparable text."""

    columns: dict[str, dict[str, tuple[str, bool, bool]]]  # type, may be empty, has a default
    unique: dict[str, frozenset["Unique"]]
    checks: dict[str, dict[str, str]]
    references: dict[str, frozenset[str]]
    indexes: dict[str, frozenset[str]]


def shape_of(connection: Connection, only: Container[str] | None = None) -> Shape:
    seen = inspect(connection)
    tables = [
        name
        for name in seen.get_table_names()
        if name != "alembic_version" and (only is None or name in only)
    ]
    return Shape(
        columns={table: {one["name"]: _column(one) for one in seen.get_columns(table)} for table in tables},
        unique={table: frozenset(_unique(seen, table)) for table in tables},
        checks={
            table: {str(one["name"]): one["sqltext"] for one in seen.get_check_constraints(table)}
            for table in tables
        },
        references={
            table: frozenset(
                f"{one['constrained_columns']} → {one['referred_table']} {one.get('options')}"
                for one in seen.get_foreign_keys(table)
            )
            for table in tables
        },
        indexes={
            table: frozenset(
                f"{one['name']} {one['column_names']} {_where(one)}" for one in seen.get_indexes(table)
            )
            for table in tables
        },
    )


def _column(one: Any) -> tuple[str, bool, bool]:
    return str(one["type"]), one["nullable"], one["default"] is not None


def _unique(seen: Any, table: str) -> Iterator[Unique]:
    yield Unique(frozenset(seen.get_pk_constraint(table)["constrained_columns"]), "key")
    for one in seen.get_unique_constraints(table):
        yield Unique(frozenset(one["column_names"]))
    for one in seen.get_indexes(table):
        if one["unique"] and "duplicates_constraint" not in one:
            yield Unique(frozenset(one["column_names"]), _where(one))


def _where(one: Any) -> str:
    found = [str(value) for name, value in one.get("dialect_options", {}).items() if name.endswith("_where")]
    return f"where {found[0]}" if found else ""


def narrowings(before: Shape, after: Shape) -> list[str]:
    """Sentences about everything that statements for the old shape may meet in the new one."""
    return [
        f"{table}: {told}"
        for table in before.columns
        for told in (_of_table(before, after, table) if table in after.columns else ["is gone"])
    ]


def _of_table(before: Shape, after: Shape, table: str) -> Iterator[str]:
    old = before.columns[table]
    yield from _of_columns(old, after.columns[table])
    yield from _of_unique(before.unique[table], after.unique[table])
    for promise in after.references[table] - before.references[table]:
        if any(f"'{name}'" in promise.partition(" → ")[0] for name in old):
            yield f"{promise} is demanded"
    for name, check in after.checks[table].items():
        about_old = any(re.search(rf"\b{column}\b", check) for column in old)
        if about_old and not _as_wide(before.checks[table].get(name), check):
            yield f"{name} is checked"


def _of_unique(old: frozenset[Unique], new: frozenset[Unique]) -> Iterator[str]:
    gone, demanded = old - new, new - old
    for promise in gone:
        if promise.columns in UPSERTS or not any(promise.covers(one) for one in demanded):
            yield f"{promise} is gone, which an upsert may name"
    for promise in demanded:
        if not any(one.covers(promise) for one in gone):
            yield f"{promise} is demanded"


def _of_columns(
    old: dict[str, tuple[str, bool, bool]], new: dict[str, tuple[str, bool, bool]]
) -> Iterator[str]:
    for name, (kind, may_be_empty, has_default) in old.items():
        if name not in new:
            yield f"{name} is gone"
        elif new[name][0] != kind:
            yield f"{name} has another type"
        elif may_be_empty and not new[name][1]:
            yield f"{name} may be empty no more"
        elif has_default and not (new[name][2] or new[name][1]):
            yield f"{name} has no default any more"
    for name in new.keys() - old.keys():
        if not any(new[name][1:]):
            yield f"{name} must be given"


def _as_wide(old: str | None, new: str) -> bool:
    """Whether a check allows all that it did: it is the same, or its list of words has become longer."""
    if old is None:
        return False
    old, new = _in_one_list(old), _in_one_list(new)
    words = re.compile(r"'(\w*)'(?:::text)?")
    return words.sub("", old).replace(",", "").split() == words.sub("", new).replace(",", "").split() and set(
        words.findall(old)
    ) <= set(words.findall(new))


def _in_one_list(check: str) -> str:
    """A check with the alternatives of one column, `a IN ('x') OR a IN ('y')`, in one list."""
    joined = re.sub(r"\b(\w+) IN \(([^()]*)\) OR \1 IN \(", r"\1 IN (\2,", check)
    return check if joined == check else _in_one_list(joined)
