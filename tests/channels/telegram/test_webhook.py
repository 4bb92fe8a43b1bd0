import asyncio
import json

import httpx
import pytest

from handlers.engine.screen import File, Screen
from tests.channels.telegram.counter import SECRET, YES_NO, channel_of, webhook
from tests.emulators.telegram import Telegram, malformed
from tests.support.plain_http import NO_AUTHORITIES

UPDATE = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 1_790_000_000,
        "chat": {"id": 42, "type": "private"},
        "from": {"id": 42, "is_bot": False, "first_name": "Sri"},
        "text": "halo",
    },
}


async def test_the_webhook_is_registered_with_its_secret_and_kinds(telegram: Telegram) -> None:
    async with webhook(telegram):
        hook = telegram.deliveries.webhook
        assert hook.url.endswith("/telegram/webhook")
        assert hook.secret == SECRET
        assert "callback_query" in telegram.queue.allowed


async def test_a_registration_that_fails_is_tried_again(telegram: Telegram) -> None:
    naps: list[float] = []

    async def sleep(seconds: float) -> None:
        naps.append(seconds)

    telegram.faults.server_error("setWebhook", times=1)
    telegram.faults.too_many("setWebhook", 7)
    async with webhook(telegram, sleep=sleep):
        assert naps == [1.0, 7.0]
        assert telegram.deliveries.webhook.secret == SECRET


async def test_a_reply_travels_in_the_answer_and_is_recorded_once(telegram: Telegram) -> None:
    async with webhook(telegram) as counter:
        sri = telegram.resident()
        counter.answer = lambda heard: Screen(text="Yakin? *Ya* & <tidak>", choices=YES_NO)
        await (await sri.says("halo")).confirmed()
        shown = await sri.hears("Yakin? Ya & <tidak>")
        assert shown.labels == ["1. Ya", "2. Tidak"]
        assert [(call.method, call.by) for call in telegram.journal.calls()][1:] == [
            ("sendMessage", "webhook answer")
        ]
        await counter.recorded(1)


async def test_the_same_update_three_times_two_at_once_has_one_effect(telegram: Telegram) -> None:
    async with webhook(telegram) as counter:
        sri = telegram.resident()
        said = await sri.says("halo", times=3, at_once=True)
        await said.confirmed()
        await sri.hears("gema")
        assert len(counter.turns) == 1
        assert len(counter.tries) == 3
        assert len(telegram.journal.calls("sendMessage")) == 1
        assert [one.statuses for one in said.updates] == [[200]] * 3


async def test_an_answer_of_several_bubbles_goes_by_calls_in_order(telegram: Telegram) -> None:
    async with webhook(telegram) as counter:
        sri = telegram.resident()
        counter.answer = lambda heard: Screen(text="\n\n".join(["kata " * 400] * 4), choices=YES_NO)
        await sri.says("halo")
        last = await sri.hears(lambda bubble: bool(bubble.labels))
        calls = telegram.journal.calls("sendMessage")
        assert [call.by for call in calls] == ["http"] * 2
        assert last == sri.bubbles[-1]
        await counter.recorded(1)


async def test_a_message_with_an_identity_number_is_deleted_after_the_answer(telegram: Telegram) -> None:
    async with webhook(telegram) as counter:
        sri = telegram.resident()
        counter.answer = lambda heard: Screen(text="Kartu siap diambil", deletes=heard.said_in)
        said = await sri.says("3516015708900001")
        await sri.hears("siap diambil")
        await sri.sees_gone(said.message_id)


async def test_a_deletion_that_telegram_refuses_is_no_fault(telegram: Telegram) -> None:
    telegram.faults.server_error("deleteMessage")
    async with webhook(telegram) as counter:
        sri = telegram.resident()
        counter.answer = lambda heard: Screen(text="Kartu siap diambil", deletes=heard.said_in)
        await sri.says("3516015708900001")
        await sri.hears("siap diambil")
        await telegram.journal.until("deleteMessage")
        await counter.recorded(1)


async def test_a_tap_that_changes_its_message_is_answered_and_edited(telegram: Telegram) -> None:
    async with webhook(telegram) as counter:
        sri = telegram.resident()
        counter.answer = lambda heard: Screen(
            text=f"pilih {heard.choice}", choices=YES_NO, replaces=heard.tapped
        )
        await sri.says("halo")
        await sri.hears("pilih None")
        tap = await sri.taps("1. Ya")
        await tap.toast()
        assert (await sri.hears("pilih q.1.1")).kind == "edit"
        await counter.recorded(2)


async def test_a_tap_without_a_reply_is_answered_in_the_answer(telegram: Telegram) -> None:
    async with webhook(telegram) as counter:
        sri = telegram.resident()
        counter.answer = lambda heard: None if heard.choice else Screen(text="?", choices=YES_NO)
        await sri.says("halo")
        tap = await sri.taps("1. Ya", times=2)
        await tap.toast()
        await tap.confirmed()
        assert [call.by for call in telegram.journal.calls("answerCallbackQuery")] == ["webhook answer"] * 2


async def test_a_ticket_s_files_go_by_calls_of_their_own(telegram: Telegram) -> None:
    async with webhook(telegram) as counter:
        sri = telegram.resident()
        ticket = File(name="tiket.png", mime="image/png", data=b"\x89PNG")
        counter.answer = lambda heard: Screen(text="Tiket ABC234", files=(ticket,))
        await sri.says("halo")
        await sri.hears("Tiket")
        assert [call.method for call in telegram.journal.calls()][1:] == ["sendPhoto", "sendMessage"]
        await counter.recorded(1)


async def test_a_held_chats_reply_is_not_part_of_the_webhook_answer(telegram: Telegram) -> None:
    async with webhook(telegram) as counter:
        sri = telegram.resident()
        pacer = counter.channel.pacer
        pacer.hold(str(sri.id), 4.0, push=False)
        await sri.says("halo")
        while not any(pacer._queues):  # noqa: ASYNC110 (a queue has no event)
            await asyncio.sleep(0.01)
        pacer._held_until.clear()
        pacer._pump()
        await sri.hears("gema")
        assert [call.by for call in telegram.journal.calls("sendMessage")] == ["http"]


async def test_a_store_that_is_down_makes_telegram_try_again(telegram: Telegram) -> None:
    async with webhook(telegram) as counter:
        counter.down = 2
        sri = telegram.resident()
        said = await sri.says("halo")
        await sri.hears("gema")
        assert said.updates[0].statuses == [503, 503, 200]
        assert len(counter.turns) == 1


async def test_who_gave_up_waiting_gets_the_reply_by_a_call(telegram: Telegram) -> None:
    async with webhook(telegram) as counter:
        sri = telegram.resident(started=True)
        update = {**UPDATE, "message": {**UPDATE["message"], "chat": sri.chat.about}}
        counter.gate = asyncio.Event()
        async with httpx.AsyncClient(trust_env=False, verify=NO_AUTHORITIES) as impatient:
            with pytest.raises(httpx.ReadTimeout):
                await impatient.post(
                    telegram.deliveries.webhook.url,
                    json=update,
                    headers={"X-Telegram-Bot-Api-Secret-Token": SECRET},
                    timeout=httpx.Timeout(30, read=0.2),
                )
        await counter.line_is_cut()
        counter.gate.set()
        await sri.hears("gema")
        assert [call.by for call in telegram.journal.calls("sendMessage")] == ["http"]
        await counter.recorded(1)


@pytest.mark.parametrize(
    "secret", [b"", b"wrong", b"s3cret_of-the-webhoo", "rahasia é".encode(), b"\xff\xfe"]
)
async def test_a_forged_update_is_turned_away_without_a_trace_of_it(
    telegram: Telegram, secret, capsys, caplog
) -> None:
    async with (
        webhook(telegram) as counter,
        httpx.AsyncClient(trust_env=False, verify=NO_AUTHORITIES) as forger,
    ):
        answer = await forger.post(
            telegram.deliveries.webhook.url,
            json={**UPDATE, "message": {**UPDATE["message"], "text": "PALSU"}},
            headers=[(b"X-Telegram-Bot-Api-Secret-Token", secret)] if secret else None,
        )
        assert answer.status_code == 401
        assert not counter.tries
        assert counter.channel.contact.forged == 1
    logged = caplog.text + "".join(capsys.readouterr())
    assert "telegram.forged" in logged
    assert "PALSU" not in logged
    assert SECRET not in logged


async def test_each_forged_update_costs_a_connection_and_a_flood_one_line(telegram: Telegram, capsys) -> None:
    async with (
        webhook(telegram) as counter,
        httpx.AsyncClient(trust_env=False, verify=NO_AUTHORITIES) as forger,
    ):
        for _ in range(20):
            answer = await forger.post(telegram.deliveries.webhook.url, json=UPDATE)
            assert (answer.status_code, answer.headers["connection"]) == (401, "close")
        assert counter.channel.contact.forged == 20
    assert capsys.readouterr().out.count("telegram.forged") == 1


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b'{"update_id": 1}', b"[" * 100_000])
async def test_a_body_that_nobody_can_read_is_acknowledged(telegram: Telegram, body: bytes) -> None:
    async with (
        webhook(telegram) as counter,
        httpx.AsyncClient(trust_env=False, verify=NO_AUTHORITIES) as sender,
    ):
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        answer = await sender.post(telegram.deliveries.webhook.url, content=body, headers=headers)
        assert (answer.status_code, answer.content) == (200, b"{}")
        assert not counter.tries


@pytest.mark.parametrize("odd", [b"\xff", b"\xc3", b"\xf8\x88\x80\x80\x80"])
async def test_an_update_that_is_no_utf8_is_parked_and_acknowledged(telegram: Telegram, odd: bytes) -> None:
    async with (
        webhook(telegram) as counter,
        httpx.AsyncClient(trust_env=False, verify=NO_AUTHORITIES) as sender,
    ):
        answer = await sender.post(
            telegram.deliveries.webhook.url,
            content=json.dumps(UPDATE).encode().replace(b"halo", odd),
            headers={"X-Telegram-Bot-Api-Secret-Token": SECRET},
        )
        assert (answer.status_code, counter.channel.parked) == (200, 1)
        assert not counter.tries


async def test_a_huge_body_is_refused(telegram: Telegram) -> None:
    async with webhook(telegram), httpx.AsyncClient(trust_env=False, verify=NO_AUTHORITIES) as sender:
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        answer = await sender.post(telegram.deliveries.webhook.url, content=b"x" * 1_000_001, headers=headers)
        assert answer.status_code == 413


async def test_only_post_is_served(telegram: Telegram) -> None:
    async with webhook(telegram), httpx.AsyncClient(trust_env=False, verify=NO_AUTHORITIES) as visitor:
        assert (await visitor.get(telegram.deliveries.webhook.url)).status_code == 405


async def test_one_malformed_update_stops_nobody(telegram: Telegram) -> None:
    async with webhook(telegram) as counter:
        sri = telegram.resident()
        parked = malformed.missing_field(sri)
        await sri.says("sesudah")
        await sri.hears("sesudah")
        await telegram.all_confirmed()
        assert parked.statuses == [200]
        assert [heard.text for heard in counter.turns] == ["sesudah"]
        assert counter.channel.parked == 1


async def test_before_the_office_listens_telegram_is_asked_to_come_back(telegram: Telegram) -> None:
    channel = channel_of(telegram, mode="webhook", public_url="https://loket.example", secret=SECRET)
    transport = httpx.ASGITransport(app=channel.routes()[0])
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        answer = await client.post("/telegram/webhook", json=UPDATE, headers=headers)
    assert answer.status_code == 503
    await channel.close()
