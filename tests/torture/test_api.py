"""A long exploration of the API by its own document, with new examples each time."""

import asyncio

import pytest

from tests.api.conftest import ROW, ApiCounter, counter, office, web_store  # noqa: F401 (fixtures)
from tests.api.explored import explore
from tests.support.exploring import examples

pytestmark = pytest.mark.torture


async def test_a_long_exploration_finds_no_fault(counter: ApiCounter):  # noqa: F811 (the fixture)
    await counter.imports(ROW)
    token = await counter.token()
    # In the suite tests/api/test_openapi.py explores with two examples; `make torture` draws some hundred.
    wanted = examples(5)
    assert await asyncio.to_thread(explore, counter.url, token, examples=wanted, drawn=True) > 36 * wanted / 2
