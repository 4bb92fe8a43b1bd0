"""Conversion of values to and from JSON by their types; a dataclass has one of three shapes.

A class names its shape as `json_shape`; without one it is an object of all its fields. A class with its own
`to_json` and `from_json` is converted by them; for a masked value (a NIK) they are the only way out.

Stored values may lack fields that have a default, and objects may have removed fields, because another
version may have written them. Values are not checked beyond that.
"""

import base64
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar, overload

__all__ = ["light_dataclass"]  # for mypy, which exports what is defined here anyway

if TYPE_CHECKING:
    from dataclasses import dataclass as light_dataclass
else:

    def light_dataclass(*, frozen: bool, **settings: Any) -> Any:
        """A dataclass that every message or row of a register makes; that it is frozen is checked by mypy alone.

        At run time a frozen one sets each field by a call of `object.__setattr__` (docs/performance.md).
        """
        return dataclass(unsafe_hash=frozen, **settings)


T = TypeVar("T")
Convert = Callable[[Any], Any]

ROW: Final = "row"
"""Shape of a class stored as a list of its fields in order."""
ALONE: Final = "alone"
"""Shape of a class stored as its only field."""

_AS_THEY_ARE = (bool, int, float, str, dict)


class Unloadable(ValueError):
    """A stored value does not fit its type (any more)."""


class Codec(NamedTuple):
    """Functions that write and read values of a type; None: unchanged."""

    write: Convert | None
    read: Convert | None


_PLAIN = Codec(None, None)
_AS_TEXT: dict[Any, Codec] = {
    **{kind: Codec(kind.isoformat, kind.fromisoformat) for kind in (date, datetime, time)},
    bytes: Codec(lambda value: base64.b64encode(value).decode(), base64.b64decode),
}


def dump(value: Any) -> Any:
    """The value as JSON values.

    Raises:
        TypeError: values of this type cannot be stored.
    """
    kind: Any = type(value)
    if kind is list or kind is tuple:
        return [dump(item) for item in value]
    write = codec_of(kind).write
    return value if write is None else write(value)


@overload
def load(kind: type[T], stored: Any) -> T: ...
@overload
def load(kind: Any, stored: Any) -> Any: ...
def load(kind: Any, stored: Any) -> Any:
    """Read a value of this type that `dump` wrote.

    Raises:
        Unloadable: it does not fit.
        TypeError: values of this type cannot be stored.
    """
    return read(codec_of(kind).read, stored)


def read(convert: Convert | None, stored: Any) -> Any:
    """Read a stored value.

    Raises:
        Unloadable: it does not fit.
    """
    try:
        return stored if convert is None else convert(stored)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise Unloadable(type(error).__name__) from error


@cache
def codec_of(kind: Any) -> Codec:
    """Functions that write and read values of a type.

    Raises:
        TypeError: they cannot be stored.
    """
    kind = kind.__supertype__ if isinstance(kind, typing.NewType) else kind
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _optional({codec_of(one) for one in arguments if one is not types.NoneType}, kind)
    if origin in (list, Sequence):
        return _each(codec_of(arguments[0]), list)
    if origin is tuple and arguments[1:] == (...,):
        return _each(codec_of(arguments[0]), tuple)
    if origin is Mapping:
        return Codec(dict, None)
    if kind in (Any, None, types.NoneType) or origin in (dict, typing.Literal):
        return _PLAIN
    if not isinstance(kind, type) or origin is not None:
        raise TypeError(f"{kind} cannot be recorded: nothing tells how it is read back")
    return _class_codec(kind)


def _class_codec(kind: Any) -> Codec:
    if hasattr(kind, "from_json"):  # not a base class: Enums and exceptions have one already
        return Codec(kind.to_json, kind.from_json)
    if issubclass(kind, Enum):
        return Codec(None if issubclass(kind, str | int) else attrgetter("value"), kind)
    if kind in _AS_TEXT:
        return _AS_TEXT[kind]
    if issubclass(kind, _AS_THEY_ARE):
        return _PLAIN
    if is_dataclass(kind) and all(one.init for one in fields(kind)):
        return _fields_codec(kind)
    if issubclass(kind, tuple) and set(map(codec_of, typing.get_type_hints(kind).values())) == {_PLAIN}:
        return Codec(None, kind._make)
    raise TypeError(f"{kind} cannot be recorded: it has no fields and no from_json")


def _optional(codecs: set[Codec], kind: Any) -> Codec:
    if len(codecs) != 1:
        raise TypeError(f"{kind} cannot be recorded: nothing tells which of them it is")
    return Codec(*(convert and _unless_none(convert) for convert in codecs.pop()))


def _unless_none(convert: Convert) -> Convert:
    return lambda value: None if value is None else convert(value)


def _each(codec: Codec, collect: Convert) -> Codec:
    write, read = codec
    return Codec(
        list if write is None else lambda values: [write(item) for item in values],
        collect if read is None else lambda stored: collect([read(item) for item in stored]),
    )


def _fields_codec(kind: Any) -> Codec:
    """Compile both functions of a class from its fields, as dataclasses do: loops take twice as long."""
    hints = typing.get_type_hints(kind)
    shape: str = getattr(kind, "json_shape", "")  # plain dataclasses have none
    known: dict[str, Any] = {"kind": kind}
    written, made = [], []
    for place, one in enumerate(fields(kind)):
        name = one.name
        known[f"write_{name}"], known[f"read_{name}"] = codec = codec_of(hints[name])
        known[f"default_{name}"] = default = _default(one)
        value = f"write_{name}(value.{name})" if codec.write else f"value.{name}"
        written.append(value if shape else f"{name!r}: {value}")
        stored = {ALONE: "stored", ROW: f"stored[{place}]"}.get(shape, f"stored[{name!r}]")
        value = f"read_{name}({stored})" if codec.read else stored
        if default is not None:
            is_there = f"len(stored) > {place}" if shape == ROW else f"{name!r} in stored"
            value = f"{value} if {is_there} else default_{name}()"
        made.append(f"{name}={value}")
    write = {ALONE: "{}", ROW: "[{}]"}.get(shape, "{{{}}}").format(", ".join(written))
    read = f"kind({', '.join(made)})"
    if shape == ROW:
        read += f" if len(stored) <= {len(made)} else kind(*stored)"  # TypeError for a list that is too long
    # The sources consist only of field names of our own classes.
    return Codec(eval(f"lambda value: {write}", known), eval(f"lambda stored: {read}", known))  # noqa: S307


def _default(one: Field[Any]) -> Callable[[], Any] | None:
    """Function that returns a missing field's value, or None if it has no default."""
    if one.default_factory is not MISSING:
        return one.default_factory
    return None if one.default is MISSING else lambda: one.default
