"""Loads recorded answers and results for a replay."""

import types
import typing
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Self

from domain import codec
from domain.refusals import Refusal
from handlers.engine.scene import Question

Load = Callable[[Any], Any]


def load_or_diverge(loads: Load, recorded: Any) -> Any:
    """Load a recorded value; failure means that the script has changed."""
    try:
        return codec.read(loads, recorded)
    except codec.Unloadable:
        raise Diverged from None


def result_of(outcome: Any, loads: Load) -> Any:
    """Return the recorded result of a step, or raise its recorded refusal."""
    if "refused" in outcome:
        raise Refusal.from_json(outcome["refused"])
    return loads(outcome["result"])


def answer_loader(parse: Callable[[str], Any]) -> Load:
    """Loader for a parser's answers: by the parser's object, else by its return annotation.

    Raises:
        TypeError: the annotated type cannot be read back.
    """
    if not isinstance(parse, types.MethodType):
        return _promise(parse, object)
    owner: Any = parse.__self__
    if hasattr(owner, "from_json"):  # parsers come from any layer and share no base class
        own: Load = owner.from_json
        return own
    return _promise(parse.__func__, owner if isinstance(owner, type) else type(owner))


def result_loader(step: Callable[..., Any]) -> Load:
    """Loader for a step's results: by its return annotation.

    Raises:
        TypeError: the annotation is missing or cannot be read back.
    """
    return _promise(step, object)


@lru_cache(1024)
def _promise(function: Callable[..., Any], owner: type) -> Load:
    kind = typing.get_type_hints(function).get("return", Any)
    return codec.codec_of(owner if kind is Self else kind).read or _as_it_is


def _as_it_is(recorded: Any) -> Any:
    return recorded


class Unwind(BaseException):
    """Ends a script's run for this turn."""


class Asked(Unwind):
    """A question waits for its answer."""

    def __init__(self, question: Question) -> None:
        self.question = question


class Diverged(Unwind):
    """The transcript does not fit the script any more."""


class Left(Unwind):
    """The script switched to another conversation."""

    def __init__(self, conversation: str, argument: str) -> None:
        self.conversation = conversation
        self.argument = argument
