"""Types that describe a table's personal data; the list itself is in storage/keeping/holdings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

Row = Mapping[str, Any]
"""A row during rotation: plain columns as they are, sealed ones opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """Encrypted, with `table.column:` and the primary key as place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed:
    """A keyed index that can be rebuilt: its purpose, and the row's text that it is made from (None: no index).

    `short`: only that many first hexadecimal digits are kept.
    """

    of: str
    text: Callable[[Row], str | None]
    short: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapses:
    """Cannot be rebuilt; look-ups try every living key, and after so many days it has no use."""

    days: int
    meaning: str


Column = Sealed | Keyed | Lapses


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a table holds about people.

    `erased` says what /hapusdata does with a chat's rows: `gone`; `blanked`, which keeps them without names and
    empties the columns in `blanks`; or `stays`, with the reason in `because` (residents read it, too). `kept`
    is the purge step that deletes them, or `for good:` and why nothing does. `actors` are columns that may hold
    `chat:<id>`.
    """

    holds: str
    erased: Literal["gone", "blanked", "stays"]
    kept: str
    because: str = ""
    blanks: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    columns: Mapping[str, Column] = field(default_factory=lambda: MappingProxyType({}))


LAW = "the population law makes the office keep its register (UU 23/2006, UU 24/2013)"
NOBODY = "names nobody"


def stays(
    holds: str,
    *,
    because: str = NOBODY,
    kept: str = "for good: it names nobody",
    columns: Mapping[str, Column] = MappingProxyType({}),
) -> Held:
    """A table that /hapusdata leaves as it is, and why: if nothing is told, it names nobody."""
    return Held(holds=holds, erased="stays", because=because, kept=kept, columns=columns)


def of_column(name: str) -> Callable[[Row], str | None]:
    """Text of a keyed index: another column of the row."""
    return lambda row: row[name]
