"""How recorded values are read back: by the type that a step or a parser promises."""

import types
import typing
from collections.abc import Callable
from functools import cache
from typing import Any

Load = Callable[[Any], Any]


class Unloadable(Exception):
    """A recorded value is not (any more) what the script expects: the transcript cannot be replayed."""


def to_json(value: Any) -> Any:
    """Give a recorded value as JSON values."""
    if hasattr(value, "to_json"):
        return value.to_json()
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    return value


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
    """How the answers of a parser are read back: by the class or object that the parser belongs to."""
    owner = getattr(parse, "__self__", None)
    loads: Load = getattr(owner, "from_json", _as_it_is)
    return loads


@cache
def result_loader(step: Callable[..., Any]) -> Load:
    """How the results of a step are read back: by its return annotation."""
    return _loader(typing.get_type_hints(step)["return"])


def _loader(kind: Any) -> Load:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _optional(_loader(next(one for one in arguments if one is not types.NoneType)))
    if origin is list:
        return _each(_loader(arguments[0]), list)
    if origin is tuple:
        return _each(_loader(arguments[0]), tuple)
    return getattr(kind, "from_json", _as_it_is)


def _optional(loads: Load) -> Load:
    return lambda recorded: None if recorded is None else loads(recorded)


def _each(loads: Load, collect: Callable[[Any], Any]) -> Load:
    return lambda recorded: collect(loads(item) for item in recorded)


def _as_it_is(recorded: Any) -> Any:
    return recorded
