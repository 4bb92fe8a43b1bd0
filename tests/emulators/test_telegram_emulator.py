"""Both client libraries run a small bot of their own against the emulator."""

import subprocess
import sys
from datetime import timedelta

import httpx
import pytest

from tests.emulators.example_bots import BOTS
from tests.emulators.telegram import Telegram


@pytest.fixture(params=sorted(BOTS))
async def bot(request, telegram: Telegram):
    async with BOTS[request.param](telegram):
        yield request.param


async def test_a_resident_is_greeted_and_the_markup_is_read(telegram: Telegram, bot) -> None:
    sri = telegram.resident("Sri Wahyuni")
    await sri.starts()
    greeting = await sri.hears("selamat datang")
    assert greeting.text == "Selamat datang di Loket & salam"
    assert greeting.message["entities"] == [{"type": "bold", "offset": 18, "length": 5}]
    assert greeting.labels == ["Ya", "Tidak"]


async def test_a_tap_is_answered_with_a_toast_and_an_edit(telegram: Telegram, bot) -> None:
    sri = telegram.resident()
    await sri.starts()
    tap = await sri.taps("tidak")
    assert await tap.toast() == "tercatat"
    changed = await sri.hears("anda memilih tidak")
    assert (changed.kind, changed.message_id) == ("edit", tap.message_id)


async def test_two_residents_are_heard_each_in_their_chat(telegram: Telegram, bot) -> None:
    sri, budi = telegram.resident("Sri"), telegram.resident("Budi")
    for number in range(5):
        await sri.says(f"sri {number}")
        await budi.says(f"budi {number}")
    await sri.hears("gema: sri 4")
    await budi.hears("gema: budi 4")
    await telegram.all_confirmed()
    assert sorted(one.text for one in sri.bubbles) == [f"gema: sri {number}" for number in range(5)]


async def test_a_photo_is_downloaded_by_the_bot(telegram: Telegram, bot) -> None:
    sri = telegram.resident()
    await sri.sends_photo(b"\xff\xd8" + b"x" * 4998)
    await sri.hears("foto 5000 byte")


async def test_a_file_of_the_bot_arrives_byte_for_byte(telegram: Telegram, bot) -> None:
    sri = telegram.resident()
    await sri.says("/berkas")
    sent = await sri.hears("Jadwal Anda")
    assert (sent.file, sent.file_name) == (b"BEGIN:VCALENDAR", "jadwal.ics")


async def test_what_is_not_asked_for_does_not_hurt_the_bots(telegram: Telegram, bot) -> None:
    sri = telegram.resident()
    group = telegram.group()
    await sri.sends_sticker()
    await sri.sends_voice()
    await sri.sends_location()
    await sri.sends_contact()
    await sri.sends_contact(name="Pak Lurah", phone="+6281200000002")
    await sri.sends_document("surat.pdf", b"%PDF")
    await sri.sends_album([b"one", b"two"])
    await sri.blocks()
    await sri.unblocks()
    await sri.edits(await sri.says("awal"), "akhir")
    await sri.forwards("kata Bu RT", hidden=True)
    await sri.hears("gema: kata bu rt")
    await sri.forwards("kata Budi", of=telegram.resident("Budi"))
    await sri.hears("gema: kata budi")
    await sri.says("halo semua", to=group)
    await group.hears("gema: halo semua")


async def test_an_aiogram_answer_in_the_webhooks_own_response_is_carried_out(telegram: Telegram) -> None:
    async with BOTS["aiogram-webhook"](telegram):
        sri = telegram.resident()
        await sri.says("lewat jawaban")
        await sri.hears("gema: lewat jawaban")
    assert [call.by for call in telegram.journal.calls("sendMessage")] == ["webhook answer"]


async def test_a_429_makes_ptb_raise_retry_after(telegram: Telegram, monkeypatch) -> None:
    from telegram import Bot
    from telegram.error import Forbidden, RetryAfter

    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # without it reading retry_after warns
    sri = telegram.resident(started=True)
    telegram.faults.too_many("sendMessage", 17)
    base = f"{telegram.api_base}/bot"
    async with Bot(telegram.token, base_url=base) as bot:
        with pytest.raises(RetryAfter) as raised:
            await bot.send_message(sri.id, "Kartu Anda sudah jadi")
        assert raised.value.retry_after == timedelta(seconds=17)
        await sri.blocks()
        with pytest.raises(Forbidden, match="blocked by the user"):
            await bot.send_message(sri.id, "Kartu Anda sudah jadi")


def test_the_emulator_imports_neither_client_library() -> None:
    program = "import sys, tests.emulators.telegram as t; print([m for m in ('aiogram', 'telegram') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_the_emulator_runs_as_a_process_of_its_own() -> None:
    command = [sys.executable, "-m", "tests.emulators.telegram", "--port", "0"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        address, token = (process.stdout.readline().strip().partition("=")[2] for _ in range(2))
        with httpx.Client(base_url=address, trust_env=False) as client:
            client.post("/emulator/say", json={"name": "Sri", "text": "halo"})
            (update,) = client.get(f"/bot{token}/getUpdates").json()["result"]
            answer = {"chat_id": update["message"]["chat"]["id"], "text": "Selamat datang"}
            client.post("/emulator/fault", json={"method": "sendMessage", "code": 429, "retry_after": 3})
            assert client.post(f"/bot{token}/sendMessage", json=answer).status_code == 429
            client.post(f"/bot{token}/sendMessage", json=answer)
            heard = client.post("/emulator/hear", json={"name": "Sri", "text": "selamat"}).json()
            assert heard == {"text": "Selamat datang", "buttons": []}
            assert client.get("/emulator/chat", params={"name": "Sri"}).json()[0]["text"] == "Selamat datang"
            assert [call["status"] for call in client.get("/emulator/journal").json()] == [429, 200]
            assert client.post("/emulator/hear", json={"name": "Sri", "within": 0.01}).status_code == 408
        process.terminate()
        assert process.wait(timeout=60) == 0
