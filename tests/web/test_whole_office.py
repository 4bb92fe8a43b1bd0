"""The web chat with the real dispatcher, courier and conversations behind it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select, update

from bot.http import cookies
from bot.web.channel import WebChannel
from domain import codec
from handlers.engine.screen import File, Screen
from storage.people import chats
from storage.post import media, outbox
from storage.schema import outbox as outbox_rows
from storage.store import Store
from tests.support.clock import Clock
from tests.support.counter import counter_of
from tests.web.conftest import frame, serving

SRI = "loket=" + "s" * 43
NAME = cookies.name_of("s" * 43)
PICTURE = b"\x89PNG"
TICKET = File(name="tiket.png", mime="image/png", data=PICTURE)


@asynccontextmanager
async def process(store: Store, clock: Clock, folder: Path) -> AsyncIterator[str]:
    counter = counter_of(store, clock, folder, WebChannel())
    async with asyncio.TaskGroup() as tasks:
        carrying = tasks.create_task(counter.courier.run())
        async with serving(counter.assembled.app) as running:
            yield running.address
        await counter.courier.rest(5)
        carrying.cancel()


@pytest.fixture
async def address(web_store: Store, clock: Clock, tmp_path: Path) -> AsyncIterator[str]:
    async with process(web_store, clock, tmp_path) as first:
        yield first


@pytest.fixture
async def second_address(address: str, web_store: Store, clock: Clock, tmp_path: Path) -> AsyncIterator[str]:
    """Another process over the same store."""
    async with process(web_store, clock, tmp_path) as second:
        yield second


def chat(address: str, query: str = ""):
    from websockets.asyncio.client import connect

    return connect(f"ws://{address}/chat{query}", additional_headers={"Cookie": SRI})


async def test_the_menu_comes_with_numbered_choices(address: str):
    async with chat(address) as sri:
        await sri.send(json.dumps({"id": "1", "text": "/menu"}))
        said = await frame(sri)
    assert said["choices"][0]["label"] == "Cek status KTP"
    assert [choice["number"] for choice in said["choices"]] == list(range(1, len(said["choices"]) + 1))
    assert said["lang"] == "id"


async def test_a_message_sent_twice_has_one_effect(address: str, web_store: Store):
    async with chat(address) as sri:
        for _ in range(2):
            await sri.send(json.dumps({"id": "1", "text": "/menu"}))
        assert [(await frame(sri, "heard"))["duplicate"] for _ in range(2)] == [False, True]
    counts = await web_store.read(outbox.count_by_state)
    assert sum(counts.values()) == 1


async def test_who_comes_back_gets_the_open_question_with_working_buttons(address: str):
    async with chat(address) as sri:
        await sri.send(json.dumps({"id": "1", "text": "/menu"}))
        first = await frame(sri)
    async with chat(address) as back:
        again = await frame(back)
        assert [c["token"] for c in again["choices"]] == [c["token"] for c in first["choices"]]
        await back.send(json.dumps({"id": "2", "choice": again["choices"][0]["token"]}))
        assert "nomor registrasi" in (await frame(back))["text"]


async def test_an_answer_whose_reader_left_waits_for_the_next_arrival(address: str, web_store: Store):
    async with chat(address) as sri:
        await sri.send(json.dumps({"id": "1", "text": "/menu"}))
        await frame(sri, "heard")
    body = {
        "text": "Kartu sudah siap diambil.",
        "choices": [],
        "files": [],
        "replaces": None,
        "deletes": None,
    }

    async def push(db):
        known = await chats.peek(db, channel="web", account=NAME, address=NAME)
        await outbox.put(db, chat=known.id, channel="web", priority=outbox.PUSH, screen=body, due_at=db.now)

    await web_store.write(push)
    async with chat(address) as back:
        # The menu comes as the open question, and as an answer where it was not out yet when its reader left.
        while (await frame(back))["text"] != "Kartu sudah siap diambil.":
            pass


async def says_ticket(store: Store, clock: Clock) -> None:
    """A reply with a file, sent by the process that the browser is connected to."""
    ticket = Screen(text="Tiket", files=(TICKET,))

    async def reply(db):
        known = await chats.peek(db, channel="web", account=NAME, address=NAME)
        body = codec.dump(ticket)
        await outbox.put(
            db, chat=known.id, channel="web", priority=outbox.REPLY, screen=body, due_at=clock.now
        )

    await store.write(reply)


async def test_another_process_shows_what_was_missed_and_gives_the_ticket(
    address: str, second_address: str, web_store: Store, clock: Clock
):
    async with chat(address) as sri:
        await sri.send(json.dumps({"id": "1", "text": "/menu"}))
        menu = await frame(sri)
        await says_ticket(web_store, clock)
        url = (await frame(sri, "file"))["url"]
        await is_sent(web_store, rows=2)
        async with chat(second_address, f"?after={menu['id']}") as back, httpx.AsyncClient() as http:
            assert (await frame(back))["text"] == "Tiket"
            assert (await frame(back, "file"))["url"] == url
            assert (
                await http.get(f"http://{second_address}{url}", headers={"Cookie": SRI})
            ).content == PICTURE
            other = {"Cookie": "loket=" + "b" * 43}
            assert (await http.get(f"http://{second_address}{url}", headers=other)).status_code == 404
            await sri.send(json.dumps({"id": "2", "left": True}))
            await frame(sri, "heard")
            assert (
                await http.get(f"http://{second_address}{url}", headers={"Cookie": SRI})
            ).status_code == 404
    async with chat(second_address, f"?after={menu['id']}") as next_person:
        seen = [json.loads(await next_person.recv())]
        while seen[-1]["op"] != "ready":
            seen.append(json.loads(await next_person.recv()))
    assert "Tiket" not in str(seen)


async def test_a_reloaded_page_gets_the_ticket_of_its_last_answer(
    address: str, second_address: str, web_store: Store, clock: Clock
):
    async with chat(address) as sri:
        await sri.send(json.dumps({"id": "1", "text": "/menu"}))
        await frame(sri)
        await is_sent(web_store, rows=1)

        async def has_files(db):
            one = await db.one(select(outbox_rows.c.id, outbox_rows.c.chat_id))
            menu = codec.load(Screen, await outbox.body_of(db, row=one.id, chat=one.chat_id))
            sealed = outbox.sealed_screen(db, one.id, codec.dump(replace(menu, files=(TICKET,))))
            await db.run(update(outbox_rows).values(body=sealed))

        await web_store.write(has_files)
        async with chat(second_address) as back, httpx.AsyncClient() as http:
            url = (await frame(back, "file"))["url"]
            assert (
                await http.get(f"http://{second_address}{url}", headers={"Cookie": SRI})
            ).content == PICTURE


async def is_sent(store: Store, *, rows: int) -> None:
    async with asyncio.timeout(60):
        while (await store.read(outbox.count_by_state)).get(("web", "sent")) != rows:  # noqa: ASYNC110 (a database rings no bell)
            await asyncio.sleep(0.01)


async def test_a_number_that_held_a_nik_is_hidden_in_the_tab(address: str):
    async with chat(address) as sri:
        await sri.send(json.dumps({"id": "nik", "text": "NIK saya 3516010101900001"}))
        assert (await frame(sri, "forget"))["id"] == "nik"


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"id": "2", "text": " "}, "empty"),
        ({"id": "2", "choice": "x" * 5000}, "too long"),
        ("{not json", "could not be read"),
    ],
)
async def test_an_unusable_frame_is_told_in_the_chats_language_with_the_question(address: str, sent, told):
    async with chat(address) as sri:
        await sri.send(json.dumps({"id": "1", "text": "English"}))
        first = await frame(sri)
        await sri.send(sent if isinstance(sent, str) else json.dumps(sent))
        said = await frame(sri)
        assert told in said["text"]
        assert said["text"].endswith("How can we help? Choose, or type the number.")
        assert [one["token"] for one in said["choices"]] == [one["token"] for one in first["choices"]]


async def test_a_request_from_another_site_is_refused_without_an_error_log(address: str, caplog):
    from websockets.exceptions import InvalidStatus

    with caplog.at_level("INFO"), pytest.raises(InvalidStatus) as refused:
        async with chat_from(address, "https://evil.example"):
            pass
    assert refused.value.response.status_code == 403
    await asyncio.sleep(0)
    loud = [one for one in caplog.records if one.levelname in ("WARNING", "ERROR", "CRITICAL")]
    assert [one.getMessage() for one in loud] == []


def chat_from(address: str, origin: str):
    from websockets.asyncio.client import connect

    return connect(f"ws://{address}/chat", additional_headers={"Cookie": SRI}, origin=origin)


async def test_a_photo_that_finds_no_room_is_not_taken_and_comes_again(
    address: str, web_store: Store, monkeypatch
):
    monkeypatch.setattr(media, "OF_CHAT", media.Room(files=1, size=100))
    photo = {"name": "a.jpg", "mime": "image/jpeg", "data": "QUJD"}
    async with chat(address) as sri:
        await sri.send(json.dumps({"id": "1", "text": "/menu"}))
        await frame(sri, "heard")
        await sri.send(json.dumps({"id": "p1", "file": photo}))
        await frame(sri, "heard")
        for _ in range(2):
            await sri.send(json.dumps({"id": "p2", "file": photo}))
            assert (await frame(sri, "again"))["id"] == "p2"
        await _read(web_store)
        await sri.send(json.dumps({"id": "p2", "file": photo}))
        assert (await frame(sri, "heard"))["duplicate"] is False


async def _read(store: Store) -> None:
    """As if the worker had read what waits."""
    waiting = await store.write(lambda db: media.claim(db, owner="test", limit=9, channels=["web"]))
    for one in waiting:
        await store.write(lambda db, row=one.id: media.done(db, row=row))
