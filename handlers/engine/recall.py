"""Recorded answers and results, handed back to the script that a transcript belongs to."""

from typing import Any

from domain.refusals import Refusal
from handlers.engine import codec
from handlers.engine.unwind import Diverged


def load_or_diverge(loads: codec.Load, recorded: Any) -> Any:
    """Read a recorded value; what no longer loads means that the script has changed."""
    try:
        return codec.load(loads, recorded)
    except codec.Unloadable:
        raise Diverged from None


def result_of(outcome: Any, loads: codec.Load) -> Any:
    """Give the recorded result of a step, or raise what it refused."""
    if "refused" in outcome:
        raise Refusal.from_json(outcome["refused"])
    return loads(outcome["result"])
