"""How it is said what a table holds about people; the list itself is storage/holdings.py."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

Row = Mapping[str, Any]
"""A row as the rotation sees it: its plain columns as they are, its sealed ones opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """Encrypted for `table.column:` and the primary key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed:
    """A keyed index that can be made again: of which purpose, from which text of the row; None: it has none.

    `short`: kept as the first letters of its hexadecimal form.
    """

    of: str
    text: Callable[[Row], str | None]
    short: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapses:
    """Cannot be made again; look-ups try every living key, and it is of no use any more after so many days."""

    days: int
    meaning: str


Column = Sealed | Keyed | Lapses


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a table holds about people.

    `erased`: what /hapusdata does with the rows of a chat: `gone`; `blanked`: they stay with the columns in `blanks`
    emptied and nobody named; `stays`, for which `because` gives the reason (also the one that a resident is told).
    `kept`: the step of the purge that ends them, or `for good:` and why nothing does. `actors` may say `chat:<id>`.
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


def of_column(name: str) -> Callable[[Row], str | None]:
    """The text of a keyed index: what another column of the row says."""
    return lambda row: row[name]
