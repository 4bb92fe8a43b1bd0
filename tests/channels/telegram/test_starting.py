"""What the channel needs before it starts, told in a sentence that repeats no secret."""

import pytest

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


def test_polling_serves_no_route() -> None:
    assert TelegramChannel(token=TOKEN).routes() == []
