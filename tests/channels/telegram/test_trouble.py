"""Outcomes of each kind of error, for replies and pushes."""

from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from bot.channel import Outage, Rejected, Unknown, Unreachable
from bot.sending.http import Limits
from bot.telegram.channel import TelegramChannel
from bot.telegram.outcomes import refused
from bot.telegram.patience import Patience
from tests.channels.telegram.counter import channel_of, closing, parcel
from tests.emulators.telegram import Telegram
from tests.emulators.telegram.refusals import bad_request

REPLY, PUSH = 0, 1
EITHER = pytest.mark.parametrize("priority", [REPLY, PUSH], ids=["reply", "push"])


@pytest.fixture
async def channel(telegram: Telegram) -> AsyncIterator[TelegramChannel]:
    async with closing(channel_of(telegram)) as channel:
        yield channel


@EITHER
async def test_who_blocked_the_bot_is_unreachable(telegram: Telegram, channel, priority: int) -> None:
    sri = telegram.resident(started=True)
    await sri.blocks()
    with pytest.raises(Unreachable, match="blocked"):
        await channel.send(parcel(sri.id, priority=priority))


@EITHER
async def test_a_chat_that_telegram_does_not_know_is_unreachable(
    telegram: Telegram, channel, priority: int
) -> None:
    with pytest.raises(Unreachable, match="chat_not_found"):
        await channel.send(parcel(4711, priority=priority))


@EITHER
async def test_server_errors_are_an_outage(telegram: Telegram, channel, priority: int) -> None:
    sri = telegram.resident(started=True)
    channel.pacer._spacing = 0.0
    telegram.faults.server_error("sendMessage")
    telegram.faults.server_error("sendMessage", status=500, page=False)
    for _ in range(2):
        with pytest.raises(Outage):
            await channel.send(parcel(sri.id, priority=priority))


@EITHER
async def test_a_redirect_is_an_outage(telegram: Telegram, channel, priority: int) -> None:
    sri = telegram.resident(started=True)
    telegram.faults.server_error("sendMessage", status=302)
    with pytest.raises(Outage):
        await channel.send(parcel(sri.id, priority=priority))


@EITHER
async def test_a_server_that_is_not_there_is_an_outage(telegram: Telegram, channel, priority: int) -> None:
    await telegram.goes_down()
    with pytest.raises(Outage):
        await channel.send(parcel(42, priority=priority))


@EITHER
async def test_a_token_that_telegram_refuses_is_an_outage(telegram: Telegram, priority: int) -> None:
    async with closing(channel_of(telegram, token="123:AAwrongwrongwrongwrongwrong")) as channel:
        with pytest.raises(Outage) as refused:
            await channel.send(parcel(1, priority=priority))
    assert "AAwrong" not in repr(refused.value) + str(refused.value) + repr(refused.value.__context__)


@EITHER
async def test_a_line_cut_after_the_request_leaves_the_outcome_unknown(
    telegram: Telegram, channel, priority
) -> None:
    sri = telegram.resident(started=True)
    telegram.faults.cut("sendMessage", done=True)
    with pytest.raises(Unknown):
        await channel.send(parcel(sri.id, priority=priority))
    assert len(sri.bubbles) == 1


@EITHER
async def test_an_answer_that_never_comes_leaves_the_outcome_unknown(
    telegram: Telegram, channel, priority
) -> None:
    sri = telegram.resident(started=True)
    await channel.send(
        parcel(sri.id, priority=priority)
    )  # the limit is then one of the answer, not of the connection
    telegram.faults.hang("sendMessage", done=True)
    channel._client._limits = Limits(total=0.2)
    try:
        with pytest.raises(Unknown):
            await channel.send(parcel(sri.id, priority=priority))
    finally:
        telegram.faults.release()


@EITHER
async def test_a_message_that_telegram_refuses_is_rejected_by_a_code(
    telegram: Telegram, channel, priority
) -> None:
    sri = telegram.resident(started=True)
    telegram.faults.refuse("sendMessage", bad_request("can't parse entities: 3516015708900001"))
    with pytest.raises(Rejected) as rejected:
        await channel.send(parcel(sri.id, priority=priority))
    assert rejected.value.reason == "bad_markup"
    assert "3516" not in str(rejected.value)


@EITHER
async def test_an_answer_that_is_no_json_leaves_the_outcome_unknown(
    telegram: Telegram, channel, priority
) -> None:
    sri = telegram.resident(started=True)
    telegram.faults.server_error("sendMessage", status=200)
    with pytest.raises(Unknown):
        await channel.send(parcel(sri.id, priority=priority))


@pytest.mark.parametrize(
    ("status", "description", "why"),
    [
        (409, "Conflict: can't use getUpdates method while webhook is active", "webhook_elsewhere"),
        (409, "Conflict: terminated by other getUpdates request", "polled_elsewhere"),
        (401, "Unauthorized", "token_refused"),
        (500, "Internal Server Error", None),
    ],
)
async def test_what_waiting_does_not_mend_is_told_once_with_what_to_do(status, description, why) -> None:
    """A bot whose token another program uses receives nothing, however long it waits."""
    patience = Patience(no_sleep)
    refusal = {"ok": False, "error_code": status, "description": description}
    with capture_logs() as logs:
        for _ in range(8):
            await patience.wait(refused(status, refusal, push=False))
        assert patience.trouble == why
        patience.calm()
    assert patience.trouble is None
    told = [one for one in logs if one["log_level"] == "error"]
    assert [one["why"] for one in told] == ([why] if why else [])
    assert all("LOKET_TELEGRAM_TOKEN" in one["to_do"] for one in told)


async def test_a_short_conflict_during_a_restart_is_no_alarm() -> None:
    patience = Patience(no_sleep)
    refusal = {"ok": False, "description": "Conflict: terminated by other getUpdates request"}
    for _ in range(2):
        await patience.wait(refused(409, refusal, push=False))
    assert patience.trouble is None


async def no_sleep(_seconds: float) -> None:
    """Time passes."""
