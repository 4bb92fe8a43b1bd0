from collections.abc import AsyncIterator

import pytest

from tests.emulators.telegram import Telegram


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with Telegram() as telegram:
        yield telegram
