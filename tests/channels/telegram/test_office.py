"""The whole office over Telegram: `loket run` as a process, the emulated Bot API, a resident with a phone."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bot.setup.clock import wall_clock
from bot.setup.office_file import load_office
from tests.channels.telegram.counter import SECRET
from tests.cli.conftest import CommandLine
from tests.emulators.telegram import Telegram, malformed
from tests.support import forked
from tests.support.people import SRI, row
from tests.support.ports import free_port

NUMBER, NIK = SRI["no_registrasi"], SRI["nik"]


@contextmanager
def running(telegram: Telegram, folder: Path, mode: str) -> Iterator[CommandLine]:
    """An office with Sri's card ready, that runs until the block ends."""
    loket = CommandLine(folder)
    port = free_port()
    loket.environment |= {
        "LOKET_TELEGRAM_TOKEN": telegram.token,
        "LOKET_TELEGRAM_API_BASE": telegram.api_base,
        "LOKET_TELEGRAM_MODE": mode,
        "LOKET_TELEGRAM_WEBHOOK_SECRET": SECRET,
        "LOKET_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "LOKET_TELEGRAM_RATE": "1000",
    }
    register(loket, "READY_FOR_PICKUP")
    log = folder / "loket.log"
    with log.open("wb") as out:
        process = forked.start(
            "run", "--only", "telegram", "--listen", f"127.0.0.1:{port}",
            folder=folder, environment=loket.environment, out=out, told=out,
        )  # fmt: skip
        loket.address = f"http://127.0.0.1:{port}"
        try:
            yield loket
            process.terminate()
            assert process.join(20) == 0
        finally:
            process.kill()
    told = log.read_text()
    assert "Traceback" not in told
    assert telegram.token not in told
    assert NIK not in told


def register(loket: CommandLine, status: str) -> None:
    person = row(SRI, status, tanggal=wall_clock()().date().isoformat())
    with (loket.folder / "register.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(person))
        writer.writeheader()
        writer.writerow(person)
    done = loket("import", "register.csv")
    assert done.code == 0, done


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_sri_asks_for_her_card_over_telegram(telegram: Telegram, tmp_path: Path, mode: str) -> None:
    with running(telegram, tmp_path, mode):
        await telegram.polled(within=90)
        sri = telegram.resident("Sri Aminah")
        await sri.starts()
        await sri.hears()
        await sri.says("cek status")
        await sri.hears("nomor registrasi")
        await sri.says(NUMBER.lower())
        await sri.hears("NIK")
        said = await sri.says(f"NIK: {NIK}")
        report = await sri.hears("siap diambil")
        assert any("Kabari saya" in label for label in report.labels)
        assert NIK not in report.text
        await sri.sees_gone(said.message_id)
        tap = await sri.taps("Kabari saya")
        await tap.toast()
        await sri.hears()
        again = await sri.says("/start", times=3, at_once=True)
        await again.confirmed()
        await sri.hears()
        await telegram.all_confirmed()


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_metrics_count_updates_that_could_not_be_read(
    telegram: Telegram, tmp_path: Path, mode: str
) -> None:
    with running(telegram, tmp_path, mode) as loket:
        await telegram.polled(within=90)
        sri = telegram.resident("Sri Aminah")
        malformed.missing_field(sri)
        await sri.says("menu")
        await sri.hears("Ada yang bisa kami bantu")
        async with httpx.AsyncClient(trust_env=False) as operator:
            written = (await operator.get(f"{loket.address}/metrics")).text
        office = load_office(None).name
        assert f'loket_parked_updates{{channel="telegram",office="{office}"}} 1.0' in written
        assert f'loket_channel_contact_timestamp_seconds{{by="{mode}",channel="telegram"' in written
