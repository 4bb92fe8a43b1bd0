"""getUpdates: offsets, redelivery, conflicts, numbering; scripted trouble and the limits on sending."""

import asyncio

import httpx
import pytest

from tests.emulators.telegram import Telegram, malformed


@pytest.fixture
def poll(api: httpx.AsyncClient):
    async def poll(**fields):
        return (await api.post("/getUpdates", json=fields, timeout=60)).json()

    return poll


@pytest.fixture
def sri(telegram: Telegram):
    return telegram.resident("Sri Wahyuni", started=True)


def texts(answer):
    return [update["message"]["text"] for update in answer["result"]]


async def test_updates_come_again_until_the_offset_moves_past_them(poll, sri) -> None:
    for text in ("satu", "dua", "tiga"):
        await sri.says(text)
    first = await poll(limit=2)
    assert texts(first) == ["satu", "dua"]
    assert texts(await poll()) == ["satu", "dua", "tiga"]
    assert texts(await poll(offset=first["result"][-1]["update_id"] + 1)) == ["tiga"]
    assert texts(await poll()) == ["tiga"]


async def test_a_negative_offset_keeps_only_the_last(telegram, poll, sri) -> None:
    for text in ("satu", "dua", "tiga"):
        await sri.says(text)
    assert texts(await poll(offset=-1)) == ["tiga"]
    assert texts(await poll()) == ["tiga"]


async def test_a_long_poll_is_answered_when_somebody_speaks(telegram, poll, sri) -> None:
    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(poll(timeout=50))
        await telegram.polled()
        said = await sri.says("halo")
    assert texts(waiting.result()) == ["halo"]
    assert not said.updates[0].confirmed


async def test_an_empty_long_poll_ends_after_its_timeout(poll) -> None:
    assert (await poll(timeout=1))["result"] == []


async def test_a_second_poller_ends_the_first_with_409(telegram, poll, sri) -> None:
    async with asyncio.TaskGroup() as tasks:
        first = tasks.create_task(poll(timeout=50))
        await telegram.polled()
        second = tasks.create_task(poll(timeout=50))
        await telegram.journal.until("getUpdates", times=2)
        await sri.says("halo")
    assert first.result()["error_code"] == 409
    assert "terminated by other getUpdates" in first.result()["description"]
    assert texts(second.result()) == ["halo"]


async def test_a_webhook_ends_and_forbids_polling(telegram, api, poll) -> None:
    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(poll(timeout=50))
        await telegram.polled()
        await api.post("/setWebhook", json={"url": "http://127.0.0.1:9/hook"})
    assert "terminated by setWebhook" in waiting.result()["description"]
    assert "can't use getUpdates" in (await poll())["description"]
    await api.post("/deleteWebhook")
    assert (await poll())["ok"]


async def test_only_the_kinds_that_were_asked_for_are_kept(poll, sri) -> None:
    await poll(allowed_updates=["callback_query"])
    assert (await sri.says("halo")).updates == []
    await poll(allowed_updates=[])
    await sri.says("halo lagi")
    assert texts(await poll()) == ["halo lagi"]


async def test_a_duplicate_is_handed_out_even_after_it_was_confirmed(telegram, poll, sri) -> None:
    said = await sri.says("halo", times=3)
    batch = await poll()
    assert texts(batch) == ["halo"] * 3
    after = batch["result"][-1]["update_id"] + 1
    assert len({update["update_id"] for update in batch["result"]}) == 1
    assert (await poll(offset=after))["result"] == []
    telegram.delivers_again(said.updates[:1])
    assert texts(await poll(offset=after)) == ["halo"]
    assert (await poll(offset=after))["result"] == []


async def test_after_an_idle_week_a_new_number_range_loses_no_update(telegram, poll, sri) -> None:
    await sri.says("lama")
    old = (await poll())["result"][0]["update_id"]
    telegram.idle_week()
    await sri.says("baru")
    answer = await poll(offset=old + 1)
    assert texts(answer) == ["baru"]
    assert answer["result"][0]["update_id"] < old


async def test_malformed_updates_come_among_good_ones(telegram, poll, sri) -> None:
    malformed.unknown_forward_origin(sri)
    malformed.missing_field(sri, "date")
    malformed.wrong_type(sri)
    malformed.unknown_kind(sri)
    malformed.empty(sri)
    await sri.says("baik")
    ids = [update["update_id"] for update in (await poll())["result"]]
    assert ids == list(range(ids[0], ids[0] + 6))


async def test_a_scripted_429_meets_only_its_chat_and_its_number_of_calls(telegram, api, sri) -> None:
    budi = telegram.resident("Budi", started=True)
    telegram.faults.too_many("sendMessage", 17, chat=sri.id, times=2)
    to_sri, to_budi = {"chat_id": sri.id, "text": "a"}, {"chat_id": budi.id, "text": "a"}
    assert (await api.post("/sendMessage", json=to_budi)).status_code == 200
    refused = await api.post("/sendMessage", json=to_sri)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "17")
    assert refused.json()["parameters"] == {"retry_after": 17}
    assert (await api.post("/sendMessage", json=to_sri)).status_code == 429
    assert (await api.post("/sendMessage", json=to_sri)).status_code == 200


async def test_5xx_comes_as_a_page_or_as_json(telegram, api) -> None:
    telegram.faults.server_error("*", 502)
    telegram.faults.server_error("*", 500, page=False)
    page, own = await api.get("/getMe"), await api.get("/getMe")
    assert (page.status_code, page.headers["content-type"]) == (502, "text/html")
    assert (own.status_code, own.json()["description"]) == (500, "Internal Server Error")


@pytest.mark.parametrize("done", [True, False])
async def test_a_cut_line_leaves_it_open_whether_the_message_arrived(telegram, api, sri, done) -> None:
    telegram.faults.cut("sendMessage", done=done)
    with pytest.raises(httpx.RemoteProtocolError):
        await api.post("/sendMessage", json={"chat_id": sri.id, "text": "halo"})
    assert len(sri.bubbles) == done
    (call,) = telegram.journal.calls("sendMessage")
    assert (call.ok, call.error, call.status) == (done, "line cut", None)


@pytest.mark.parametrize("done", [True, False])
async def test_a_hanging_call_is_answered_when_it_is_released(telegram, api, sri, done) -> None:
    telegram.faults.hang("sendMessage", done=done)
    async with asyncio.TaskGroup() as tasks:
        sending = tasks.create_task(api.post("/sendMessage", json={"chat_id": sri.id, "text": "halo"}))
        await telegram.journal.until("sendMessage")
        assert len(sri.bubbles) == done
        assert not sending.done()
        telegram.faults.release()
    assert sending.result().status_code == 200
    assert len(sri.bubbles) == 1


async def test_telegram_can_be_down_and_come_back_with_everything_kept(telegram, api, poll, sri) -> None:
    await telegram.goes_down()
    await sri.says("halo")
    with pytest.raises(httpx.HTTPError):
        await poll()
    await telegram.comes_back()
    assert texts(await poll()) == ["halo"]


async def test_sending_too_fast_is_refused_with_a_wait(telegram, api, sri) -> None:
    telegram.rates.enforce()
    now = 100.0
    telegram.rates.clock = lambda: now
    people = [telegram.resident(f"Warga {number}", started=True) for number in range(31)]

    async def send(person):
        return (await api.post("/sendMessage", json={"chat_id": person.id, "text": "a"})).status_code

    assert [await send(person) for person in people] == [200] * 30 + [429]
    now = 100.99
    assert await send(people[30]) == 429
    now = 101.0
    assert [await send(person) for person in (people[30], people[30], people[29])] == [200, 429, 200]
    assert telegram.rates.refused == 3
