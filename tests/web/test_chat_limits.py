"""Limits of chats for strangers: messages under way, and number of chats."""

import asyncio
import json
import struct
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidStatus

from bot.http.cookies import fresh
from bot.http.rates import Rate
from bot.web.limits import callers, chat_line
from tests.web.conftest import Site, frame
from tests.web.test_limits import FREE, of

SRI = "loket=" + "s" * 43


async def answered(tab: ClientConnection, name: str = "first") -> dict:
    await tab.send(json.dumps({"id": name, "text": "halo"}))
    said = await frame(tab)
    await frame(tab, "heard")
    return said


async def closed_with(tab: ClientConnection) -> int:
    with pytest.raises(ConnectionClosed) as closed:
        await frame(tab, "never")
    return closed.value.rcvd.code


def unfinished(size: int, sent: int) -> bytes:
    """A text frame that says it has so many bytes, and the first of them."""
    return bytes([0x81, 0xFF]) + struct.pack("!Q", size) + b"\0\0\0\0" + b"x" * sent


async def write(tab: ClientConnection, data: bytes) -> None:
    tab.transport.write(data)


async def test_a_large_message_before_the_first_answer_closes_the_connection(site: Site):
    async with site.chat(SRI) as tab:
        await frame(tab, "ready")
        await tab.send("x" * 30_000)
        assert "tulis pesan lebih dulu" in (await frame(tab))["text"]
        assert await closed_with(tab) == 1013
    async with site.chat(SRI) as tab:
        await frame(tab, "ready")
        await write(tab, unfinished(10_000_000, 30_000))
        assert "tulis pesan lebih dulu" in (await frame(tab))["text"]


async def test_an_unfinished_message_is_ended_by_its_time_limit(site: Site, monkeypatch):
    monkeypatch.setattr(chat_line, "SMALL_SECONDS", 0.3)
    async with site.chat(SRI) as tab:
        await frame(tab, "ready")
        await write(tab, unfinished(5000, 10))

        async def drip() -> None:
            while True:
                await write(tab, b"x")
                await asyncio.sleep(0.05)

        dripping = asyncio.ensure_future(drip())
        assert "terlalu lama" in (await frame(tab))["text"]
        dripping.cancel()
        assert await closed_with(tab) == 1013


async def test_a_large_message_has_more_time_and_still_an_end(site: Site, monkeypatch):
    monkeypatch.setattr(chat_line, "SMALL_SECONDS", 0.1)
    monkeypatch.setattr(chat_line, "LARGE_SECONDS", 0.5)
    async with site.chat(SRI) as tab:
        await answered(tab)
        began = asyncio.get_running_loop().time()
        await write(tab, unfinished(10_000_000, 100_000))
        assert "terlalu lama" in (await frame(tab))["text"]
        assert asyncio.get_running_loop().time() - began >= 0.5


@pytest.mark.parametrize("site", [{"quotas": replace(FREE, held_bytes_of_source=300_000)}], indirect=True)
async def test_unfinished_messages_of_one_address_hold_little_memory(site: Site):
    async with AsyncExitStack() as tabs:
        held = [
            await tabs.enter_async_context(site.chat(f"loket={fresh()}", **of("203.0.113.9")))
            for _ in range(3)
        ]
        for tab in held:
            await answered(tab)
            await write(tab, unfinished(10_000_000, 140_000))
        assert "Terlalu banyak foto" in (await frame(held[2]))["text"]
        neighbour = await tabs.enter_async_context(site.chat(SRI, **of("203.0.113.10")))
        await answered(neighbour)
        await neighbour.send(json.dumps({"id": "long", "text": "x" * 30_000}))
        assert (await frame(neighbour, "heard"))["id"] == "long"


@pytest.mark.parametrize("site", [{"quotas": replace(FREE, held_bytes=300_000)}], indirect=True)
async def test_when_all_together_hold_too_much_the_largest_gives_way(site: Site):
    async with AsyncExitStack() as tabs:
        attackers = [
            await tabs.enter_async_context(site.chat(f"loket={fresh()}", **of(f"203.0.113.{n}")))
            for n in (1, 2)
        ]
        for tab, size in zip(attackers, (150_000, 100_000), strict=True):
            await answered(tab)
            await write(tab, unfinished(10_000_000, size))
        honest = await tabs.enter_async_context(site.chat(SRI, **of("203.0.113.3")))
        await answered(honest)
        await honest.send(json.dumps({"id": "long", "text": "x" * 90_000}))
        assert (await frame(honest, "heard"))["id"] == "long"
        assert "Terlalu banyak foto" in (await frame(attackers[0]))["text"]


async def test_fragments_without_end_and_floods_of_pings_end_the_line(site: Site):
    async with site.chat(SRI) as tab:
        await frame(tab, "ready")
        await write(tab, b"\x01\x80\0\0\0\0" + b"\x00\x80\0\0\0\0" * 2000)
        assert "tidak terbaca" in (await frame(tab))["text"]
    async with site.chat(SRI) as tab:
        await frame(tab, "ready")
        await write(tab, b"\x89\x80\0\0\0\0" * 500)
        with pytest.raises(ConnectionClosed):
            await frame(tab, "never")


async def test_hundreds_of_messages_at_once_end_the_line(site: Site):
    site.office.silence.clear()
    async with site.chat(SRI) as tab:
        await frame(tab, "ready")
        await write(tab, b"\x81\x82\0\0\0\0{}" * 300)
        site.office.silence.set()
        while "terlalu cepat" not in (await frame(tab))["text"]:
            pass


@pytest.mark.parametrize("site", [{"quotas": replace(FREE, factor=1, tabs=3)}], indirect=True)
async def test_one_address_has_so_many_chats_and_another_one_is_let_in(site: Site):
    async with AsyncExitStack() as tabs:
        for _ in range(3):
            await tabs.enter_async_context(site.chat(f"loket={fresh()}", **of("203.0.113.9")))
        with pytest.raises(InvalidStatus) as refused:
            await tabs.enter_async_context(
                site.chat(f"loket={fresh()}; loket-bahasa=en", **of("203.0.113.9"))
            )
        assert refused.value.response.status_code == 429
        assert b"Too many chats are open from this network" in refused.value.response.body
        neighbour = await tabs.enter_async_context(site.chat(SRI, **of("203.0.113.10")))
        await answered(neighbour)


@pytest.mark.parametrize("site", [{"quotas": replace(FREE, connections=8)}], indirect=True)
async def test_chats_without_a_word_give_way_when_there_are_too_many(site: Site):
    async with AsyncExitStack() as tabs:
        silent = [await tabs.enter_async_context(site.chat(f"loket={fresh()}")) for _ in range(6)]
        await answered(silent[0])
        newcomer = await tabs.enter_async_context(site.chat(SRI))
        await answered(newcomer)
        assert await closed_with(silent[1]) == 1013
        await answered(silent[0], "second")


@pytest.mark.parametrize("site", [{"quotas": replace(FREE, connections=4)}], indirect=True)
async def test_who_talked_lately_does_not_give_way(site: Site, monkeypatch):
    async with AsyncExitStack() as tabs:
        talking = [await tabs.enter_async_context(site.chat(f"loket={fresh()}")) for _ in range(3)]
        for tab in talking:
            await answered(tab)
        with pytest.raises(InvalidStatus) as refused:
            await tabs.enter_async_context(site.chat(SRI))
        assert (refused.value.response.status_code, refused.value.response.body) == (
            503,
            b"Loket sedang penuh. Mohon coba lagi sebentar lagi.",
        )
        monkeypatch.setattr(callers, "QUIET_SECONDS", 0)
        await answered(await tabs.enter_async_context(site.chat(SRI)))
        assert await closed_with(talking[0]) == 1013


async def test_a_chat_without_a_word_is_ended_and_one_that_spoke_stays(site: Site, monkeypatch):
    monkeypatch.setattr(callers, "SILENT_SECONDS", 0.3)
    async with site.chat(SRI) as silent, site.chat("loket=" + "b" * 43) as talking:
        await answered(talking)
        assert await closed_with(silent) == 1013
        await answered(talking, "second")


@pytest.mark.parametrize(
    "site", [{"quotas": replace(FREE, messages=Rate(per_minute=1, burst=3))}], indirect=True
)
async def test_messages_that_come_too_fast_are_sent_again_and_none_lost(site: Site, monkeypatch):
    monkeypatch.setattr(callers, "_WAIT_SECONDS", 0)
    async with site.chat(SRI) as tab, site.chat("loket=" + "b" * 43) as other:
        for n in range(3):
            await answered(tab, f"m{n}")
        await tab.send(json.dumps({"id": "m3", "text": "keempat"}))
        assert "akan dikirim lagi" in (await frame(tab))["text"]
        assert (await frame(tab, "again"))["id"] == "m3"
        await answered(other)
    assert "keempat" not in site.office.texts(), "not taken, so that it has its effect when it comes again"


@pytest.mark.parametrize(
    "site", [{"quotas": replace(FREE, large=Rate(per_minute=60, burst=25_000))}], indirect=True
)
async def test_photos_that_come_too_fast_are_to_come_again(site: Site):
    photo = {"name": "a.jpg", "mime": "image/jpeg", "data": "QUJD" * 6000}
    async with site.chat(SRI) as tab:
        await answered(tab)
        await tab.send(json.dumps({"id": "p1", "file": photo}))
        await frame(tab, "heard")
        await tab.send(json.dumps({"id": "p2", "file": photo}))
        assert (await frame(tab, "again"))["id"] == "p2"
    assert [one.kind for one in site.office.heard] == ["text", "photo"]
