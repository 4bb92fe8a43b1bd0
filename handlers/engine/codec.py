"""How recorded values are written and read back: by the type that a step or a parser promises."""

import types
import typing
from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any

Load = Callable[[Any], Any]

_AS_THEY_ARE = (types.NoneType, bool, int, float, str, dict)


class Unloadable(Exception):
    """A recorded value is not (any more) what the script expects: the transcript cannot be replayed."""


def to_json(value: Any) -> Any:
    """Give a recorded value as JSON values."""
    if hasattr(
        value, "to_json"
    ):  # types of any layer are recorded, and none of them knows a base class of ours
        return value.to_json()
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def load(loads: Load, recorded: Any) -> Any:
    """Read a recorded value.

    Raises:
        Unloadable: it does not fit.
    """
    try:
        return loads(recorded)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise Unloadable(type(error).__name__) from error


def answer_loader(parse: Callable[[str], Any]) -> Load:
    """How the answers of a parser are read back: by the class or object that it belongs to, else by what it promises.

    Raises:
        TypeError: it promises something that cannot be read back.
    """
    if not isinstance(parse, types.MethodType):
        return _promise(parse)
    owner: Any = parse.__self__
    if hasattr(owner, "from_json"):  # as in `to_json`
        own: Load = owner.from_json
        return own
    return _promise(parse.__func__)


def result_loader(step: Callable[..., Any]) -> Load:
    """How the results of a step are read back: by its return annotation.

    Raises:
        TypeError: it has none, or one that cannot be read back.
    """
    return _promise(step)


@cache
def _promise(function: Callable[..., Any]) -> Load:
    return _loader(typing.get_type_hints(function).get("return", Any))


def _loader(kind: Any) -> Load:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _optional({_loader(one) for one in arguments if one is not types.NoneType}, kind)
    if origin is list:
        return _each(_loader(arguments[0]), list)
    if origin is tuple and arguments[1:] == (...,):
        return _each(_loader(arguments[0]), tuple)
    return _plain_loader(kind.__supertype__ if isinstance(kind, typing.NewType) else kind, origin)


def _plain_loader(kind: Any, origin: Any) -> Load:
    if hasattr(kind, "from_json"):  # as in `to_json`
        own: Load = kind.from_json
        return own
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if kind in (date, datetime):
        iso: Load = kind.fromisoformat
        return iso
    if kind in (Any, None, *_AS_THEY_ARE) or origin in (dict, typing.Literal):
        return _as_it_is
    raise TypeError(f"{kind} cannot be recorded: it has no from_json")


def _optional(loaders: set[Load], kind: Any) -> Load:
    if len(loaders) != 1:
        raise TypeError(f"{kind} cannot be recorded: nothing tells which of them it is")
    loads = loaders.pop()
    return lambda recorded: None if recorded is None else loads(recorded)


def _each(loads: Load, collect: Callable[[Any], Any]) -> Load:
    return lambda recorded: collect(loads(item) for item in recorded)


def _as_it_is(recorded: Any) -> Any:
    return recorded
