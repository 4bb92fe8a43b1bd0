"""Fixtures: each channel with a resident at its other end."""

from collections.abc import AsyncIterator

import pytest

from storage.store import Store
from tests.channels.sides import Side, telegram_side, web_side, whatsapp_side


@pytest.fixture(params=["telegram", "whatsapp", pytest.param("web", marks=pytest.mark.browser)])
async def side(request, _sqlite_url, vault, clock) -> AsyncIterator[Side]:
    if request.param == "web":
        store = await Store.open(_sqlite_url, vault=vault, clock=clock)
        async with web_side(store) as side:
            await side.meets()
            yield side
        await store.close()
        return
    async with telegram_side() if request.param == "telegram" else whatsapp_side() as side:
        await side.meets()
        yield side
