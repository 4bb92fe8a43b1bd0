"""How replies and pushes leave, words as JSON and files through aiogram's session and python-telegram-bot."""

import asyncio
import logging
import subprocess
import sys
from collections.abc import AsyncIterator

import pytest

from bot.channel import Outage, Rejected, Sent, Throttled, Unknown, Unreachable
from bot.telegram.channel import TelegramChannel
from bot.voice.ogg import join
from handlers.engine.screen import File
from tests.channels.telegram.counter import YES_NO, channel_of, closing, parcel
from tests.emulators.telegram import TOKEN, Telegram
from tests.support.recordings import recorded

REPLY, PUSH = 0, 1
EITHER = pytest.mark.parametrize("priority", [REPLY, PUSH], ids=["reply", "push"])


@pytest.fixture
async def channel(telegram: Telegram) -> AsyncIterator[TelegramChannel]:
    async with closing(channel_of(telegram)) as channel:
        yield channel


@EITHER
async def test_words_and_buttons_arrive_with_their_id(telegram: Telegram, channel, priority: int) -> None:
    sri = telegram.resident(started=True)
    sent = await channel.send(parcel(sri.id, "Kartu *siap* & <gratis>", priority=priority, choices=YES_NO))
    assert sri.last.text == "Kartu siap & <gratis>"
    assert sri.last.labels == ["1. Ya", "2. Tidak"]
    assert sent == Sent(id=str(sri.last.message_id))


@EITHER
async def test_a_picture_and_a_file_arrive_whole(telegram: Telegram, channel, priority: int) -> None:
    sri = telegram.resident(started=True)
    files = (
        File(name="tiket.png", mime="image/png", data=b"\x89PNG\r\n"),
        File(name="jadwal.ics", mime="text/calendar", data="BEGIN:VCALENDAR é".encode()),
    )
    if priority == PUSH:
        channel.pacer._spacing = 0.0
    sent = await channel.send(parcel(sri.id, "Tiket ABC234", priority=priority, files=files))
    assert [bubble.file for bubble in sri.bubbles] == [files[0].data, files[1].data, None]
    assert sri.bubbles[1].file_name == "jadwal.ics"
    assert [call.method for call in telegram.journal.calls()] == ["sendPhoto", "sendDocument", "sendMessage"]
    assert sent.id == str(sri.last.message_id)


@EITHER
async def test_a_recording_is_sent_as_a_voice_message(telegram: Telegram, channel, priority: int) -> None:
    sri = telegram.resident(started=True)
    channel.pacer._spacing = 0.0
    sound = File(name="jawaban.ogg", mime="audio/ogg", data=join([recorded("suara")]))
    await channel.send(parcel(sri.id, "Ini jawabannya", priority=priority, files=(sound,)))
    assert [call.method for call in telegram.journal.calls()] == ["sendVoice", "sendMessage"]
    assert sri.bubbles[0].file == sound.data


@EITHER
async def test_a_screen_takes_the_place_of_an_earlier_one(telegram: Telegram, channel, priority: int) -> None:
    sri = telegram.resident(started=True)
    channel.pacer._spacing = 0.0
    first = await channel.send(parcel(sri.id, "lama", choices=YES_NO))
    second = await channel.send(parcel(sri.id, "baru", priority=priority, replaces=first.id))
    assert second.id == first.id
    assert (sri.last.kind, sri.last.text, sri.last.labels) == ("edit", "baru", [])


@EITHER
async def test_a_screen_that_did_not_change_counts_as_shown(
    telegram: Telegram, channel, priority: int
) -> None:
    sri = telegram.resident(started=True)
    channel.pacer._spacing = 0.0
    first = await channel.send(parcel(sri.id, "sama", choices=YES_NO))
    again = await channel.send(parcel(sri.id, "sama", priority=priority, choices=YES_NO, replaces=first.id))
    assert again.id == first.id
    assert len(sri.bubbles) == 1


@EITHER
async def test_when_the_earlier_message_is_gone_the_screen_is_sent_anew(
    telegram: Telegram, channel, priority
) -> None:
    sri = telegram.resident(started=True)
    channel.pacer._spacing = 0.0
    sent = await channel.send(parcel(sri.id, "baru", priority=priority, choices=YES_NO, replaces="99999"))
    assert (sri.last.kind, sri.last.labels) == ("message", ["1. Ya", "2. Tidak"])
    assert sent.id == str(sri.last.message_id)


async def test_a_429_on_a_reply_holds_that_chat_only(telegram: Telegram, channel) -> None:
    sri, tono = telegram.resident("Sri", started=True), telegram.resident("Tono", started=True)
    telegram.faults.too_many("sendMessage", 17, chat=sri.id)
    with pytest.raises(Throttled) as throttled:
        await channel.send(parcel(sri.id))
    assert (throttled.value.retry_after_seconds, throttled.value.whole_channel) == (17, False)
    with pytest.raises(Throttled) as held:
        await channel.send(parcel(sri.id))
    assert 16 < held.value.retry_after_seconds <= 17
    await channel.send(parcel(tono.id))
    await channel.send(parcel(tono.id, priority=PUSH))
    assert len(tono.bubbles) == 2


async def test_a_429_on_a_push_holds_every_push_and_no_reply(telegram: Telegram, channel) -> None:
    sri, tono = telegram.resident("Sri", started=True), telegram.resident("Tono", started=True)
    telegram.faults.too_many("sendMessage", 17)
    with pytest.raises(Throttled) as throttled:
        await channel.send(parcel(sri.id, priority=PUSH))
    assert (throttled.value.retry_after_seconds, throttled.value.whole_channel) == (17, True)
    with pytest.raises(Throttled) as held:
        await channel.send(parcel(tono.id, priority=PUSH))
    assert held.value.whole_channel
    await channel.send(parcel(sri.id))
    await channel.send(parcel(tono.id))
    assert len(telegram.journal.calls("sendMessage")) == 3


async def test_a_second_try_repeats_no_bubble_that_arrived(telegram: Telegram, channel) -> None:
    sri = telegram.resident(started=True)
    telegram.faults.server_error("sendMessage")
    ticket = File(name="tiket.png", mime="image/png", data=b"\x89PNG")
    post = parcel(sri.id, "Tiket ABC234", files=(ticket,))
    with pytest.raises(Outage):
        await channel.send(post)
    await channel.send(post)
    assert [call.method for call in telegram.journal.calls(ok=True)] == ["sendPhoto", "sendMessage"]


async def test_a_crowd_of_pushes_and_replies_meets_no_429(telegram: Telegram) -> None:
    telegram.rates.enforce(total=30, per_chat_seconds=1.0, chat_burst=3)
    people = [telegram.resident(f"P{number}", started=True) for number in range(80)]
    async with closing(channel_of(telegram, rate=28)) as channel, asyncio.TaskGroup() as tasks:
        for number, person in enumerate(people):
            tasks.create_task(channel.send(parcel(person.id, number=number, priority=PUSH)))
        replies = [
            tasks.create_task(channel.send(parcel(person.id, number=100 + number)))
            for number, person in enumerate(people[:6])
        ]
        await asyncio.wait(replies)
        told = len(telegram.journal.calls("sendMessage", ok=True))
        assert told < 43, "the replies overtook at least half of the pushes that stood before them"
    assert telegram.rates.refused == 0
    assert len(telegram.journal.calls("sendMessage", ok=True)) == 86


async def test_a_resident_s_photo_is_fetched(telegram: Telegram, channel) -> None:
    sri = telegram.resident(started=True)
    await sri.sends_photo(b"jpeg" * 50_000)
    media = list(telegram.world.files)[-1]
    assert await channel.fetch(media) == b"jpeg" * 50_000


async def test_a_file_that_is_too_large_or_gone_is_not_fetched(telegram: Telegram, channel) -> None:
    big = telegram.world.store(kind="photos", name="p.jpg", mime="image/jpeg", data=b"x" * 10_000_001)
    with pytest.raises(Rejected, match="too_large"):
        await channel.fetch(big.file_id)
    with pytest.raises((Rejected, Outage, Unreachable)):
        await channel.fetch("AgACAgnowhere")


async def test_no_log_line_holds_the_token_or_a_text(telegram: Telegram, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    sri = telegram.resident(started=True)
    async with closing(channel_of(telegram)) as channel:
        channel.pacer._spacing = 0.0
        for priority in (REPLY, PUSH):
            await channel.send(parcel(sri.id, "RAHASIA", priority=priority))
            telegram.faults.cut("sendMessage")
            with pytest.raises(Unknown):
                await channel.send(parcel(sri.id, "RAHASIA", priority=priority))
        shown = repr(channel) + repr(vars(channel))
    assert TOKEN not in caplog.text + shown
    assert "RAHASIA" not in caplog.text


async def test_a_process_that_only_pushes_never_loads_aiogram(telegram: Telegram) -> None:
    sri = telegram.resident(started=True)
    script = f"""
import asyncio, datetime, sys
from bot.channel import Parcel
from bot.telegram.channel import TelegramChannel
from handlers.engine.screen import File, Screen

NOW = datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)

def push(id, **screen):
    return Parcel(
        id=id, chat=1, channel="telegram", account="1", address="{sri.id}", priority=1, due_at=NOW, heard_at=NOW,
        screen=Screen(text="kata", **screen),
    )

async def main():
    channel = TelegramChannel(token={TOKEN!r}, mode="push", api_base={telegram.api_base!r})
    channel.pacer._spacing = 0.0
    await channel.send(push(1))
    assert "telegram.ext" not in sys.modules, "words leave without a library"
    ticket = File(name="tiket.png", mime="image/png", data=b"png")
    await channel.send(push(2, files=(ticket,)))
    assert "telegram.ext" in sys.modules
    await channel.close()

asyncio.run(main())
sys.exit(any(name.split(".")[0] in {{"aiogram", "aiohttp"}} for name in sys.modules))
"""
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", script)
    assert await child.wait() == 0
    assert len(sri.bubbles) == 3


def test_the_renderer_and_the_limits_load_neither_library() -> None:
    script = (
        "import sys, bot.telegram, bot.telegram.render, bot.telegram.webhook, bot.telegram.polling, bot.sending.pacer; "
        "sys.exit(any(name.split('.')[0] in {'aiogram', 'telegram', 'aiohttp'} for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
