"""What the channel needs before it starts, told in a sentence that repeats no secret."""

import httpx
import pytest
from starlette.applications import Starlette

from bot.telegram.channel import TelegramChannel
from tests.channels.telegram.counter import SECRET
from tests.emulators.telegram import TOKEN


@pytest.mark.parametrize("secret", ["", "a b", "é", "x" * 257])
def test_without_a_usable_secret_the_webhook_does_not_start(secret: str) -> None:
    with pytest.raises(ValueError, match="LOKET_TELEGRAM_WEBHOOK_SECRET") as refused:
        TelegramChannel(token=TOKEN, mode="webhook", public_url="https://loket.example", secret=secret)
    assert not secret or secret not in str(refused.value).split()


def test_without_a_public_address_the_webhook_does_not_start() -> None:
    with pytest.raises(ValueError, match="LOKET_PUBLIC_URL"):
        TelegramChannel(token=TOKEN, mode="webhook", secret=SECRET)


def test_a_token_that_is_none_is_refused_without_being_repeated() -> None:
    with pytest.raises(ValueError, match="LOKET_TELEGRAM_TOKEN") as refused:
        TelegramChannel(token="hunter2")
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("secret", "given", "status"),
    [("", None, 401), ("", "", 401), (SECRET, None, 401), (SECRET, "wrong", 401), (SECRET, SECRET, 404)],
)
async def test_a_polling_bot_answers_nothing_at_the_webhook_address(
    secret: str, given: str | None, status: int
) -> None:
    channel = TelegramChannel(token=TOKEN, secret=secret)
    transport = httpx.ASGITransport(app=Starlette(routes=channel.routes()))
    headers = {} if given is None else {"X-Telegram-Bot-Api-Secret-Token": given}
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as stranger:
        answer = await stranger.post("/telegram/webhook", json={"update_id": 1}, headers=headers)
    assert answer.status_code == status
    await channel.close()


def test_who_only_sends_serves_no_route() -> None:
    assert TelegramChannel(token=TOKEN, mode="push").routes() == []
