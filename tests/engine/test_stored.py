"""Values that a running version stored are read by this one, and written as it wrote them (tests/engine/stored.py).

`python -m tests.engine.test_stored` adds samples that stored.json does not hold yet; what stands there is never rewritten.
"""

import ast
import dataclasses
import inspect
import json
import typing
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from domain import codec
from domain.refusals import Refusal
from handlers.engine.recall import result_loader
from tests.engine.stored import EARLIER, PRINTED, SAMPLES, STORED
from tests.house.test_steps import _meant, _modules
from tests.support.sources import forget

WRITTEN = json.loads(STORED.read_text()) if STORED.exists() else {}


def step_giving(kind: Any) -> Callable[..., Awaitable[Any]]:
    async def step(db: Any) -> Any: ...

    step.__annotations__["return"] = kind
    return step


def load(kind: Any, stored: Any) -> Any:
    return codec.read(result_loader(step_giving(kind)), stored)


def text_of(value: Any) -> str:
    return json.dumps(codec.dump(value), ensure_ascii=False)


@pytest.mark.parametrize("name", [*SAMPLES, *PRINTED])
def test_a_value_is_written_in_the_shape_that_is_stored(name):
    assert json.loads(text_of((SAMPLES | PRINTED)[name])) == WRITTEN[name]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_stored_value_is_read_as_it_was(name):
    value = SAMPLES[name]
    loaded = load(type(value), WRITTEN[name])
    assert type(loaded) is type(value)
    assert text_of(loaded) == text_of(value)
    if not isinstance(getattr(value, "refusal", value), Refusal):  # two refusals are never equal
        assert loaded == value


@pytest.mark.parametrize("name", EARLIER)
def test_a_value_of_an_earlier_version_is_still_read(name):
    stored, value = EARLIER[name]
    assert load(type(value), stored) == value


def recorded_types() -> Iterator[type]:
    """The classes that steps of conversations promise, inside lists and beside None as well."""
    for module, nodes in _modules():
        for call in nodes:
            if (
                not isinstance(call, ast.Call)
                or not isinstance(call.func, ast.Attribute)
                or len(call.args) < 2
            ):
                continue
            step = _meant(call.args[1], module) if call.func.attr in ("once", "learn", "repeat") else None
            if inspect.isfunction(step):
                kind = typing.get_type_hints(step).get("return")
                yield from (one for one in (kind, *typing.get_args(kind)) if dataclasses.is_dataclass(one))


def test_every_type_that_a_step_promises_has_a_stored_sample():
    promised = set(recorded_types())
    forget()
    assert promised
    assert promised - {type(value) for value in SAMPLES.values()} == set()


if __name__ == "__main__":
    samples = {name: json.loads(text_of(value)) for name, value in (SAMPLES | PRINTED).items()}
    kept = dict(sorted((samples | WRITTEN).items()))
    STORED.write_text(
        "{\n"
        + ",\n".join(f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in kept.items())
        + "\n}\n"
    )
