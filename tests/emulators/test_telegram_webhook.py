"""Delivery to the bot's own URL."""

import asyncio
import json
from collections.abc import Awaitable, Callable

import pytest

from demo.whatsapp_emulator.http import Answer, HttpServer, LineCut, Request
from tests.emulators.telegram import Telegram

Hear = Callable[[Request], Awaitable[Answer]]


class Bot:
    """A webhook whose answer a test can change."""

    def __init__(self) -> None:
        self.heard: list[Request] = []
        self.hear: Hear | None = None

    async def __call__(self, request: Request) -> Answer:
        self.heard.append(request)
        return await self.hear(request) if self.hear else Answer()

    @property
    def texts(self) -> list[str]:
        return [json.loads(request.body)["message"]["text"] for request in self.heard]


@pytest.fixture
async def bot(telegram: Telegram, api):
    bot = Bot()
    server = HttpServer(bot)
    await server.start()
    await api.post(
        "/setWebhook", json={"url": f"http://127.0.0.1:{server.port}/hook", "secret_token": "rahasia-1"}
    )
    yield bot
    await server.stop()


@pytest.fixture
def sri(telegram: Telegram):
    return telegram.resident("Sri Wahyuni")


async def test_an_update_is_delivered_with_the_secret(telegram, bot, sri) -> None:
    await (await sri.says("halo")).confirmed()
    (request,) = bot.heard
    assert (request.verb, request.path) == ("POST", "/hook")
    assert request.headers["x-telegram-bot-api-secret-token"] == "rahasia-1"
    assert json.loads(request.body)["message"]["text"] == "halo"


async def test_a_failed_delivery_is_repeated_in_the_order_of_its_chat(telegram, api, bot, sri) -> None:
    budi = telegram.resident("Budi")
    refusals = [503, 502, 401]

    async def hear(request):
        text = json.loads(request.body)["message"]["text"]
        return Answer(status=refusals.pop() if text == "satu" and refusals else 200)

    bot.hear = hear
    await sri.says("satu")
    await sri.says("dua")
    await budi.says("dari budi")
    await telegram.all_confirmed()
    assert [text for text in bot.texts if text != "dari budi"] == ["satu"] * 4 + ["dua"]
    info = (await api.get("/getWebhookInfo")).json()["result"]
    assert info["pending_update_count"] == 0
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"


async def test_a_cut_line_counts_as_failed(telegram, bot, sri) -> None:
    cuts = [True, True]

    async def hear(request):
        if cuts and cuts.pop():
            raise LineCut
        return Answer()

    bot.hear = hear
    await (await sri.says("halo")).confirmed()
    assert len(bot.heard) == 3


async def test_a_bot_that_does_not_answer_in_time_hears_it_again(api) -> None:
    asked = asyncio.Event()

    async def hear(request):
        if not asked.is_set():
            asked.set()
            await asyncio.Event().wait()
        return Answer()

    async with Telegram(patience_seconds=0.2) as telegram:
        server = HttpServer(hear)
        await server.start()
        telegram.deliveries.webhook.url = f"http://127.0.0.1:{server.port}/"
        await (await telegram.resident().says("halo")).confirmed()
        assert telegram.deliveries.webhook.last_error == "Read timeout expired"
        await server.stop()


async def test_what_waited_is_delivered_once_the_webhook_is_set(telegram, api, sri) -> None:
    said = await sri.says("sebelum webhook")
    bot = Bot()
    server = HttpServer(bot)
    await server.start()
    await api.post("/setWebhook", json={"url": f"http://127.0.0.1:{server.port}/"})
    await said.confirmed()
    assert bot.texts == ["sebelum webhook"]
    await server.stop()


async def test_one_update_can_come_three_times_two_at_once(telegram, bot, sri) -> None:
    both_here = asyncio.Event()

    async def hear(request):
        if len(bot.heard) == 2:
            both_here.set()
        await both_here.wait()  # ends only when the second is here while the first still waits
        return Answer()

    bot.hear = hear
    said = await sri.says("halo", times=2, at_once=True)
    await said.confirmed()
    telegram.delivers_again(said.updates[:1])
    await telegram.all_confirmed()
    assert len({json.loads(request.body)["update_id"] for request in bot.heard}) == 1
    assert len(bot.heard) == 3


async def test_a_call_in_the_answer_is_carried_out(telegram, bot, sri) -> None:
    async def hear(request):
        call = {"method": "sendMessage", "chat_id": sri.id, "text": "dari jawaban"}
        return Answer(body=json.dumps(call).encode())

    bot.hear = hear
    await sri.says("halo")
    await sri.hears("dari jawaban")
    assert telegram.journal.calls("sendMessage")[0].by == "webhook answer"


@pytest.mark.parametrize("method", ["deleteWebhook", "getMe", "logOut", ""])
async def test_some_calls_are_ignored_in_an_answer(telegram, bot, sri, method) -> None:
    async def hear(request):
        return Answer(body=json.dumps({"method": method}).encode())

    bot.hear = hear
    await (await sri.says("halo")).confirmed()
    await (await sri.says("lagi")).confirmed()
    assert [call.method for call in telegram.journal.calls()] == ["setWebhook"]


async def test_an_error_of_a_call_in_the_answer_is_told_to_nobody(telegram, bot, sri) -> None:
    async def hear(request):
        return Answer(body=json.dumps({"method": "sendMessage", "chat_id": 1, "text": "x"}).encode())

    bot.hear = hear
    await (await sri.says("halo")).confirmed()
    (call,) = await telegram.journal.until("sendMessage", where=lambda call: call.done)
    assert call.error == "Bad Request: chat not found"


async def test_no_more_than_max_connections_are_open_at_once(telegram, api, bot) -> None:
    await api.post("/setWebhook", json={"url": telegram.deliveries.webhook.url, "max_connections": 2})
    open_now, most = 0, 0

    async def hear(request):
        nonlocal open_now, most
        open_now += 1
        most = max(most, open_now)
        await asyncio.sleep(0)
        open_now -= 1
        return Answer()

    bot.hear = hear
    for number in range(20):
        await telegram.resident(f"Warga {number}").says("halo")
    await telegram.all_confirmed()
    assert (len(bot.heard), most <= 2) == (20, True)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"url": "http://example.org/hook"}, "An HTTPS URL must be provided"),
        (
            {"url": "https://example.org/hook", "secret_token": "ä"},
            "secret token contains unallowed characters",
        ),
        ({"url": "https://example.org/hook", "secret_token": "x" * 257}, "secret token is too long"),
    ],
)
async def test_bad_webhooks_are_refused(api, fields, refusal) -> None:
    assert refusal in (await api.post("/setWebhook", json=fields)).json()["description"]


async def test_a_forged_update_can_be_posted(telegram, bot) -> None:
    await telegram.deliveries.post({"update_id": 1}, secret="palsu")
    await telegram.deliveries.post({"update_id": 1}, secret="")
    secrets = [request.headers.get("x-telegram-bot-api-secret-token") for request in bot.heard]
    assert secrets == ["palsu", None]
