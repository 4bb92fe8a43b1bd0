"""A canary NIK, name, phone number and token, typed and imported everywhere, are found nowhere in what the office keeps.

Searched: every file in the working folder (database, write-ahead log, output of the process) and the metrics.
"""

import csv
import json
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect

from bot.setup.clock import wall_clock
from tests.cli.conftest import CommandLine
from tests.emulators.telegram import Telegram
from tests.support.people import number
from tests.torture.processes import Loket

CANARY = {
    "no_registrasi": number("CN4R"),
    "nik": "3516995207830123",
    "nama": "Kenari Zwartsluis",
    "no_hp": "081298760123",
    "layanan": "ktp_rusak",
    "catatan": "titip pakde Kenari",
}
WRONG_NIK = "3516995207830124"
SECRETS = [
    CANARY["nik"],
    WRONG_NIK,
    CANARY["nik"][:12],
    "Zwartsluis",
    "81298760123",
    "pakde Kenari",
    "rahasia sekali 7431",
]


@pytest.fixture
async def telegram():
    async with Telegram() as telegram:
        yield telegram


def imported(folder: Path, loket: Loket, status: str) -> None:
    line = CommandLine(folder)
    line.environment |= {"LOKET_DATABASE_URL": loket.database_url, "LOKET_SECRET_KEY": loket.key}
    source = folder / "register.csv"
    row = {**CANARY, "status": status, "tanggal": wall_clock()().date().isoformat()}
    with source.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow(row)
    try:
        assert line("import", str(source)).code == 0
    finally:
        source.unlink()


def everything_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def on_telegram(telegram: Telegram) -> None:
    sri = telegram.resident("Kenari Zwartsluis")
    await sri.starts()
    await sri.hears()
    for text, answer in [
        ("status", "nomor registrasi"),
        (CANARY["no_registrasi"], "NIK"),
        (WRONG_NIK, "tidak ditemukan"),
        (f"{CANARY['no_registrasi']} {CANARY['nik'][:-1]}", "16 angka"),
        (CANARY["nik"], "siap diambil"),
        ("rahasia sekali 7431", "pilih"),
    ]:
        await sri.says(text)
        await sri.hears(answer)
    await sri.taps("Kabari saya")
    await sri.hears("kabari")


async def on_the_web(loket: Loket) -> None:
    async with connect(f"ws://127.0.0.1:{loket.port}/chat") as line:
        for turn, text in enumerate([f"{CANARY['no_registrasi']} {CANARY['nik']}", "rahasia sekali 7431"]):
            await line.send(json.dumps({"id": f"canary-{turn}", "text": text}))
            while json.loads(await line.recv())["op"] != "say":
                pass
        await line.send('{"id": "broken", "text": {"rahasia sekali 7431": 1}}')
        await line.recv()


async def test_what_was_typed_and_imported_is_found_nowhere(telegram: Telegram, tmp_path: Path) -> None:
    database = f"sqlite+aiosqlite:///{tmp_path}/loket.db"
    async with Loket(folder=tmp_path, database_url=database, telegram=telegram) as loket:
        imported(tmp_path, loket, "READY_FOR_PICKUP")
        await telegram.polled(within=30)
        await on_telegram(telegram)
        await on_the_web(loket)
        imported(tmp_path, loket, "PRINTED")
        async with httpx.AsyncClient(trust_env=False) as http:
            metrics = (await http.get(f"{loket.url}/metrics")).text
        await loket.is_killed()  # the write-ahead log stays where it is
        kept = everything_in(tmp_path)
    assert "loket.db" in kept
    assert "loket_turns" in metrics
    assert any(CANARY["no_registrasi"].encode() in content for content in kept.values()), (
        "the search finds what is there"
    )
    kept["metrics"] = metrics.encode()
    found = [
        (name, secret)
        for name, content in kept.items()
        for secret in [*SECRETS, telegram.token, loket.key]
        if secret.encode() in content
    ]
    assert found == []
