"""Values that a running version stored are read by this one, and written as it wrote them (tests/engine/stored.py).

`python -m tests.engine.test_stored` adds samples that stored.json does not hold yet; what stands there is never rewritten.
"""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from domain import codec
from domain.refusals import Refusal
from handlers.engine.recall import result_loader
from tests.engine.stored import EARLIER, PRINTED, SAMPLES, STORED

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


if __name__ == "__main__":
    samples = {name: json.loads(text_of(value)) for name, value in (SAMPLES | PRINTED).items()}
    kept = dict(sorted((samples | WRITTEN).items()))
    STORED.write_text(
        "{\n"
        + ",\n".join(f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in kept.items())
        + "\n}\n"
    )
