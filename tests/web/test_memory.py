"""Memory of a photo is released, also while its sender stays connected."""

import asyncio
import base64
import gc
import json
import os
import tracemalloc
from contextlib import AsyncExitStack

import pytest
from websockets.asyncio.client import ClientConnection

from bot.http.cookies import fresh
from bot.http.rates import Rate
from bot.web import chat as chat_module
from bot.web.frames import Frame, parse
from bot.web.limits.quotas import Quotas
from tests.web.conftest import Site

PLENTY = Rate(per_minute=10**9, burst=10**9)
FREE = Quotas(messages=PLENTY, requests=PLENTY, large=PLENTY, large_in_total=PLENTY)
PHOTO = b"\xff\xd8\xff\xe0" + os.urandom(1_000_000)
MEBIBYTE = 1024 * 1024


def photo(name: str, data: bytes = PHOTO) -> str:
    file = {"name": "a.jpg", "mime": "image/jpeg", "data": base64.b64encode(data).decode()}
    return json.dumps({"id": name, "file": file})


async def answered(tab: ClientConnection, sent: str) -> str:
    """Send; give what the page is told to do with it."""
    await tab.send(sent)
    while True:
        got = json.loads(await tab.recv())
        if got["op"] in ("heard", "again"):
            return str(got["op"])


@pytest.mark.parametrize("site", [{"quotas": FREE}], indirect=True)
async def test_photos_leave_nothing_in_memory_while_their_senders_stay(site: Site):
    gc.collect()
    gc.disable()  # what only the collector frees stays for minutes
    tracemalloc.start()
    try:
        async with AsyncExitStack() as tabs, asyncio.timeout(120):
            chats = [await tabs.enter_async_context(site.chat(f"loket={fresh()}")) for _ in range(6)]
            for tab in chats:
                await answered(tab, json.dumps({"id": "word", "text": "halo"}))
            sent = photo("0")
            before = tracemalloc.get_traced_memory()[0]
            told = [await answered(tab, sent.replace('"0"', f'"{n}"', 1)) for tab in chats for n in range(2)]
            site.office.heard.clear()
            left = tracemalloc.get_traced_memory()[0] - before
            top = tracemalloc.take_snapshot().statistics("lineno")[:4]
    finally:
        tracemalloc.stop()
        gc.enable()
    assert set(told) == {"heard"}
    # The last one may still be in the hands of who said `heard`. Twelve were sent, on six tabs.
    assert left < 4 * MEBIBYTE, "\n".join(map(str, top))


@pytest.mark.parametrize("site", [{"quotas": FREE}], indirect=True)
async def test_one_large_message_is_read_at_a_time(site: Site, monkeypatch):
    running, most = 0, 0

    def counted(raw: str | bytes) -> Frame:
        nonlocal running, most
        running += 1
        most = max(most, running)
        try:
            return parse(raw)
        finally:
            running -= 1

    monkeypatch.setattr(chat_module, "parse", counted)
    async with AsyncExitStack() as tabs, asyncio.timeout(120):
        chats = [await tabs.enter_async_context(site.chat(f"loket={fresh()}")) for _ in range(6)]
        for tab in chats:
            await answered(tab, json.dumps({"id": "word", "text": "halo"}))
        told = await asyncio.gather(*(answered(tab, photo("photo")) for tab in chats))
    assert "heard" in told
    assert most == 1
