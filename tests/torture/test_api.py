"""A long exploration of the API by its own document, with new examples each time.

TORTURE_REQUESTS says how many of each kind every operation gets; tests/api/test_openapi.py sends two.
"""

import asyncio
import os

import pytest

from tests.api.conftest import ROW, ApiCounter, counter, office, web_store  # noqa: F401 (fixtures)

REQUESTS = int(os.environ.get("TORTURE_REQUESTS", "0"))

pytestmark = [pytest.mark.torture, pytest.mark.timeout(600 + 20 * REQUESTS)]


@pytest.mark.skipif(not REQUESTS, reason="the suite explores briefly in tests/api/test_openapi.py")
async def test_a_long_exploration_finds_no_fault(counter: ApiCounter, monkeypatch):  # noqa: F811 (the fixture)
    from tests.api.explored import explore

    monkeypatch.setattr("bot.api.views.announcements.MOST_DRAFTS", REQUESTS * 9)
    await counter.imports(ROW)
    token = await counter.token()
    assert await asyncio.to_thread(explore, counter.url, token, examples=REQUESTS, drawn=True) > REQUESTS
