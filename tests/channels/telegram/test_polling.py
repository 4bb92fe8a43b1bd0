import asyncio

import pytest

from bot.telegram.updates import by_aiogram
from handlers.engine.screen import Screen
from tests.channels.telegram.counter import YES_NO, Counter, channel_of, closing, polling
from tests.emulators.telegram import Telegram, malformed


async def test_a_resident_is_answered_and_nobody_waits_for_the_padding_of_it(telegram: Telegram) -> None:
    async with polling(telegram) as counter:
        sri = telegram.resident("Sri Wahyuni")
        await sri.says("cek status")
        assert (await sri.hears("gema")).text == "gema: cek status"
        assert counter.padded == [False]


async def test_an_answered_poll_is_a_contact_with_telegram(telegram: Telegram) -> None:
    async with polling(telegram) as counter:
        counter.channel.contact.heard_at = 0.0
        sri = telegram.resident("Sri Wahyuni")
        await sri.says("cek status")
        await sri.hears("gema")
        assert counter.channel.contact.heard_at > 0


async def test_an_older_webhook_is_removed_first(telegram: Telegram) -> None:
    async with polling(telegram):
        methods = [call.method for call in telegram.journal.all]
        assert methods[:2] == ["deleteWebhook", "getUpdates"]
        assert not telegram.journal.all[0].values.get("drop_pending_updates")


async def test_the_offset_moves_only_after_the_commit(telegram: Telegram) -> None:
    async with polling(telegram) as counter:
        counter.gate = asyncio.Event()
        sri = telegram.resident()
        said = await sri.says("halo")
        await counter.tried.wait()
        assert not said.updates[0].confirmed
        counter.gate.set()
        await said.confirmed()
        assert [heard.text for heard in counter.turns] == ["halo"]


async def test_one_resident_waits_for_nobody_else_of_the_batch(telegram: Telegram) -> None:
    sri, tono = telegram.resident("Sri"), telegram.resident("Tono")
    await sri.says("lama")
    await tono.says("cepat")
    await sri.says("kedua")
    async with polling(telegram) as counter:
        counter.gate, counter.gated = asyncio.Event(), "lama"
        await tono.hears("cepat")
        assert [heard.text for heard in counter.turns] == ["cepat"]
        counter.gate.set()
        await sri.hears("kedua")
        assert [heard.text for heard in counter.turns] == ["cepat", "lama", "kedua"]


async def test_a_turn_that_began_ends_also_when_we_are_stopped(telegram: Telegram) -> None:
    channel = channel_of(telegram)
    counter = Counter(channel)
    counter.gate = asyncio.Event()
    async with closing(channel), asyncio.TaskGroup() as tasks:
        listening = tasks.create_task(channel.listen(counter))
        sri = telegram.resident()
        await sri.says("halo")
        await counter.tried.wait()
        listening.cancel()
        await asyncio.sleep(0)
        counter.gate.set()
        await asyncio.wait({listening})
        assert listening.cancelled()
        assert [heard.text for heard in counter.turns] == ["halo"]
        assert sri.last.text == "gema: halo"


async def test_a_store_that_is_down_loses_and_repeats_nothing(telegram: Telegram) -> None:
    async with polling(telegram) as counter:
        counter.down = 3
        sri = telegram.resident()
        await sri.says("satu")
        await sri.says("dua")
        await sri.hears("dua")
        assert [heard.text for heard in counter.turns] == ["satu", "dua"]
        assert counter.naps[0] >= 1.0


async def test_a_message_that_breaks_us_is_tried_again_and_then_left_behind(
    telegram: Telegram, caplog
) -> None:
    async with polling(telegram) as counter:
        counter.breaks = 3
        sri = telegram.resident()
        broken = await sri.says("pecah")
        await broken.confirmed()
        await sri.says("utuh")
        await sri.hears("utuh")
        assert counter.tries == ["pecah"] * 3 + ["utuh"]


async def test_another_poller_is_waited_for(telegram: Telegram) -> None:
    telegram.faults.conflict(times=3)
    async with polling(telegram) as counter:
        sri = telegram.resident()
        await sri.says("halo")
        await sri.hears("gema")
        assert counter.naps == [1.0, 2.0, 4.0]


async def test_an_outage_is_waited_for(telegram: Telegram) -> None:
    telegram.faults.server_error("getUpdates", times=2)
    telegram.faults.cut("getUpdates", times=1)
    async with polling(telegram):
        sri = telegram.resident()
        await sri.says("halo")
        await sri.hears("gema")


async def test_a_wait_that_telegram_asks_for_is_kept(telegram: Telegram) -> None:
    telegram.faults.too_many("getUpdates", 9)
    async with polling(telegram) as counter:
        sri = telegram.resident()
        await sri.says("halo")
        await sri.hears("gema")
        assert counter.naps == [9.0]


@pytest.mark.parametrize(
    ("odd", "unread", "count"),
    [
        (malformed.odd_beside_its_text, ["diteruskan"], 1),
        (malformed.unknown_forward_origin, ["diteruskan"], 1),
        (malformed.missing_field, [], 1),
        (malformed.wrong_type, [""], 1),
        (malformed.unknown_kind, [], 0),  # it can be read, and says nothing that we know
        (malformed.empty, [], 0),
    ],
)
async def test_one_malformed_update_stops_nobody(telegram: Telegram, odd, unread, count) -> None:
    await by_aiogram({"update_id": 1})  # loads its types, which takes longer than the emulator waits
    sri = telegram.resident()
    await sri.says("sebelum")
    parked = odd(sri)
    await sri.says("sesudah")
    async with polling(telegram) as counter:
        await telegram.all_confirmed()
        assert [heard.text for heard in counter.turns] == ["sebelum", *unread, "sesudah"]
        assert parked.confirmed
        assert counter.channel.parked == count


async def test_numbers_that_start_anew_after_an_idle_week_are_heard(telegram: Telegram) -> None:
    async with polling(telegram) as counter:
        sri = telegram.resident()
        await (await sri.says("sebelum")).confirmed()
        telegram.idle_week()
        await sri.says("sesudah")
        await sri.hears("sesudah")
        assert [heard.text for heard in counter.turns] == ["sebelum", "sesudah"]


async def test_a_quiet_poll_asks_without_an_offset() -> None:
    """Only the call that confirms names one; see bot/telegram/polling.py for the reason."""
    asked, heard = await _polls_of([[_update(7), _update(8)], [], []])
    assert asked == [None, 9, None]
    assert heard == ["7", "8"]


async def test_a_server_that_forgets_nothing_is_always_told_the_offset() -> None:
    asked, _ = await _polls_of([[_update(7)], [], [_update(7)], [], []])
    assert asked == [None, 8, None, 8, 8]


async def test_each_tap_is_answered(telegram: Telegram) -> None:
    async with polling(telegram) as counter:
        counter.answer = lambda heard: Screen(
            text=f"pilih {heard.choice}", choices=YES_NO, replaces=heard.tapped
        )
        sri = telegram.resident()
        await sri.says("halo")
        await sri.hears("pilih None")
        tap = await sri.taps("2. Tidak")
        assert await tap.toast() == ""
        assert (await sri.hears("pilih q.1.2")).kind == "edit"
        again = await sri.taps("2. Tidak", times=2)
        assert await again.toast() == ""


async def test_a_tap_whose_answer_comes_too_late_is_no_fault(telegram: Telegram) -> None:
    telegram.faults.server_error("answerCallbackQuery")
    async with polling(telegram):
        sri = telegram.resident(started=True)
        query = {"id": "1", "from": sri.person, "chat_instance": "1", "data": "x"}
        telegram.inject({"callback_query": query})
        await telegram.journal.until("answerCallbackQuery")
        await sri.says("halo")
        await sri.hears("gema")


async def test_a_token_that_telegram_refuses_is_waited_for_and_never_shown(
    telegram: Telegram, capsys, caplog
) -> None:
    naps: list[float] = []
    enough = asyncio.Event()

    async def sleep(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 3:
            enough.set()
        await asyncio.sleep(0)

    channel = channel_of(telegram, token="123:AAwrongwrongwrongwrongwrong", sleep=sleep)
    async with asyncio.TaskGroup() as tasks:
        listening = tasks.create_task(channel.listen(None))
        await enough.wait()
        listening.cancel()
    await channel.close()
    assert naps[:3] == [1.0, 2.0, 4.0]
    assert "AAwrong" not in "".join(capsys.readouterr()) + caplog.text + repr(channel)


def _update(number: int) -> dict:
    chat = {"id": 42, "type": "private"}
    person = {"id": 42, "is_bot": False, "first_name": "Sri"}
    message = {"message_id": number, "date": 1_790_000_000, "chat": chat, "from": person, "text": str(number)}
    return {"update_id": number, "message": message}


async def _polls_of(batches: list[list[dict]]) -> tuple[list[int | None], list[str]]:
    """Which offsets are asked for, and what is heard, when the server answers with these batches."""
    from bot.channel import Turned
    from bot.telegram.parser import UpdateParser
    from bot.telegram.patience import Patience
    from bot.telegram.polling import Polling

    asked: list[int | None] = []
    heard: list[str] = []

    class Done(BaseException):  # no exception of a server's ends the polling
        pass

    async def fetch(offset: int | None) -> list[dict]:
        if len(asked) == len(batches):
            raise Done
        asked.append(offset)
        return batches[len(asked) - 1]

    async def nothing(*_: object) -> None: ...

    async def hear(message, *, inline: bool = False, padded: bool = True) -> Turned:
        heard.append(message.text)
        return Turned()

    parser = UpdateParser(account="1")
    patience = Patience(nothing)
    poller = Polling(fetch=fetch, release=nothing, answer_tap=nothing, parser=parser, patience=patience)
    with pytest.RaisesGroup(Done):
        await poller.run(hear)
    return asked, heard
