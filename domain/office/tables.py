"""Reads tables (a parsed TOML file) into frozen dataclasses; errors name the key.

A field accepts what its type says. Its metadata may hold `key` (name in the file), `least`, `most`, and `alone`
(a single text may be given instead of a list).
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, time
from types import UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from domain.office.services import INDONESIAN
from domain.office.week import Span

T = TypeVar("T")


_MOST = 10**9  # 31 years in seconds, or more people than a regency has: larger values are errors


class BadOffice(ValueError):
    """The office file cannot be used: `key` names the place, `problem` what to write there."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"{key}: {problem}" if key else problem)
        self.key = key
        self.problem = problem


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Merge two tables recursively; `above` wins."""
    both = dict(below)
    for key, value in above.items():
        lower = both.get(key)
        both[key] = (
            merged(lower, value) if isinstance(lower, Mapping) and isinstance(value, Mapping) else value
        )
    return both


def read(kind: type[T], table: Any, path: str = "") -> T:
    """Read one table into its dataclass.

    Raises:
        BadOffice: a key is missing or has a value that its field cannot take.
    """
    if not isinstance(table, Mapping):
        raise BadOffice(path, "must be a table")
    values = {}
    for field, hint in _hinted(kind):
        key = _key(field)
        if key in table:
            values[field.name] = _value(hint, table[key], _below(path, key), field)
        elif field.default is MISSING and field.default_factory is MISSING:
            raise BadOffice(_below(path, key), "is missing")
    return _try(path, kind, **values)


def unknown_keys(kind: type, table: Mapping[str, Any], path: str = "") -> list[str]:
    """Keys of a readable table that are not used, for a warning."""
    hints = {_key(field): _without_none(hint) for field, hint in _hinted(kind)}
    unknown = [_below(path, key) for key in table if key not in hints]
    for key, hint in hints.items():
        entries = table.get(key, [])
        inner = next(
            (part for part in (hint, *get_args(hint)) if is_dataclass(part) and part is not Span), None
        )
        for entry in [entries] if isinstance(entries, Mapping) else entries if inner else []:
            unknown += unknown_keys(inner, entry, _below(path, key)) if isinstance(inner, type) else []
    return unknown


def _hinted(kind: type) -> list[tuple[Field[Any], Any]]:
    hints = get_type_hints(kind)
    return [(field, hints[field.name]) for field in fields(kind) if field.init]


def _key(field: Field[Any]) -> str:
    return str(field.metadata.get("key", field.name))


def _below(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _try(path: str, make: Callable[..., T], *given: Any, **named: Any) -> T:
    try:
        return make(*given, **named)
    except ValueError as error:
        raise BadOffice(path, str(error)) from error


def _without_none(hint: Any) -> Any:
    return get_args(hint)[0] if isinstance(hint, UnionType) else hint


def _value(hint: Any, value: Any, path: str, field: Field[Any]) -> Any:
    hint = _without_none(hint)
    if get_origin(hint) is tuple:
        return _entries(get_args(hint), value, path, field)
    if get_origin(hint) is Literal:
        return _one_of(get_args(hint), value, path)
    if get_origin(hint) is dict:
        return _named(get_args(hint)[1], value, path, field)
    if get_origin(hint) is Mapping:
        return _by_language(get_args(hint)[1], value, path, field)
    if hint in _PLAIN:
        return _bounded(_plain(hint, value, path), path, field)
    return read(hint, value, path)


def _entries(kinds: tuple[Any, ...], value: Any, path: str, field: Field[Any]) -> tuple[Any, ...]:
    if field.metadata.get("alone") and isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        raise BadOffice(path, "must be a list")
    if kinds[-1] is not Ellipsis and len(value) != len(kinds):
        raise BadOffice(path, f"must hold {len(kinds)} values")
    return tuple(_value(kinds[0], entry, f"{path}[{place}]", field) for place, entry in enumerate(value, 1))


def _one_of(known: tuple[Any, ...], value: Any, path: str) -> Any:
    if value not in known:
        raise BadOffice(path, f"must be one of {', '.join(known)}")
    return value


def _named(kind: Any, value: Any, path: str, field: Field[Any]) -> dict[str, Any]:
    """Read a table whose keys the office chooses."""
    if not isinstance(value, Mapping):
        raise BadOffice(path, "must be a table")
    return {name: _value(kind, entry, _below(path, name), field) for name, entry in value.items()}


def _by_language(kind: Any, value: Any, path: str, field: Field[Any]) -> dict[str, Any]:
    """Read a table of languages; a single value counts as Indonesian."""
    table = value if isinstance(value, Mapping) else {INDONESIAN: value}
    if INDONESIAN not in table:
        raise BadOffice(path, f'needs the Indonesian text, "{INDONESIAN}"')
    return {language: _value(kind, text, _below(path, language), field) for language, text in table.items()}


def _bounded(value: Any, path: str, field: Field[Any]) -> Any:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return value
    least, most = field.metadata.get("least", 0), field.metadata.get("most", _MOST)
    if value < least:
        raise BadOffice(path, f"must be at least {least}")
    if value > most:
        raise BadOffice(path, f"must be at most {most}")
    return value


def _plain(hint: Any, value: Any, path: str) -> Any:
    kinds, problem = _PLAIN[hint]
    if type(value) not in kinds:  # exactly: True is no number, and a moment is no day
        raise BadOffice(path, problem)
    if isinstance(value, str) and not all(one.isprintable() or one in "\n\t" for one in value):
        raise BadOffice(path, "holds an invisible sign; type it anew")
    return _try(path, _PARSED[hint], value) if hint in _PARSED else value


def _time(value: str | time) -> time:
    if isinstance(value, time):
        return value
    hour, _, minute = value.replace(".", ":").partition(":")
    if not (hour.isdecimal() and minute.isdecimal()):
        raise ValueError('must be a time like "21:00"')
    return time(int(hour), int(minute))


_PLAIN: dict[Any, tuple[tuple[type, ...], str]] = {
    int: ((int,), "must be a whole number"),
    float: ((int, float), "must be a number"),
    bool: ((bool,), "must be true or false"),
    str: ((str,), 'must be a text in "quotes"'),
    date: ((date,), "must be a date like 2026-12-24, without quotes"),
    time: ((str, time), 'must be a time like "21:00"'),
    Span: ((str,), 'must be hours like "08:00-15:00"'),
}
_PARSED: dict[Any, Callable[[Any], Any]] = {time: _time, Span: Span.parse}
