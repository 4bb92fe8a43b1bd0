import time
from collections.abc import AsyncIterator

import pytest

from bot.whatsapp.channel import WhatsAppChannel
from tests.channels.whatsapp.cloud import Cloud, channel_to


@pytest.fixture
async def cloud() -> AsyncIterator[Cloud]:
    opened = Cloud()
    await opened.open()
    yield opened
    await opened.close()


class Seconds:
    """A monotonic clock that runs, and can be moved on."""

    moved = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.moved


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def told() -> list[str]:
    """What staff were told."""
    return []


@pytest.fixture
async def channel(cloud: Cloud, seconds: Seconds, told: list[str]) -> AsyncIterator[WhatsAppChannel]:
    async def tell(reason: str) -> None:
        told.append(reason)

    opened = channel_to(cloud, monotonic=seconds, tell=tell)
    yield opened
    await opened.close()
