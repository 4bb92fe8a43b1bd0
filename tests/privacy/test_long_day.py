"""A long day with a canary: asked, followed, corrected, shown, backed up, moved to a new key, exported, erased, killed.

Searched afterwards: database, write-ahead log, backups, logs, metrics, exports, temporary files.
"""

import asyncio
from pathlib import Path

import httpx
import pytest

from storage.vault import Vault
from tests.cli.conftest import CommandLine
from tests.emulators.telegram import Telegram
from tests.privacy.test_canary import CANARY, SECRETS, WRONG_NIK, everything_in, imported, on_the_web
from tests.torture.processes import Loket

pytestmark = pytest.mark.thorough

NUMBER, NIK = CANARY["no_registrasi"], CANARY["nik"]
SAID = "kelirune jeneng Zwartsluis"


@pytest.fixture
async def telegram():
    async with Telegram() as telegram:
        yield telegram


async def a_resident_asks_for_everything(telegram: Telegram) -> None:
    sri = telegram.resident("Kenari Zwartsluis")
    await sri.starts()
    await sri.hears()
    for text, answer in [
        ("status", "nomor registrasi"),
        (f"{NUMBER} {WRONG_NIK}", "tidak ditemukan"),
        (f"{NUMBER} {NIK}", "siap diambil"),
        ("1", "kabari"),
        ("/datasaya", "nomor registrasi"),
        (NUMBER, "NIK"),
        (NIK, "semua yang kami simpan"),
        ("/perbaikan", "Apa yang salah"),
        (SAID, "dikirim ke kantor"),
        ("1", "3 × 24 jam"),
        ("/izin", "mengizinkan"),
        ("3", "tercatat"),
        ("/staf SALAHSALAH", "tidak dikenal"),
        (NIK, "nomor registrasi"),
    ]:
        await sri.says(text)
        await sri.hears(answer)


async def a_resident_has_it_erased(telegram: Telegram) -> None:
    budi = telegram.resident("Kenari Zwartsluis")
    await budi.says(f"{NUMBER} {NIK}")
    await budi.hears("siap diambil")
    await budi.says("/hapusdata")
    await budi.hears("Lanjutkan")
    await budi.says("1")
    await budi.hears("HPS-")


def an_operator_does(folder: Path, loket: Loket, *words: str, **settings: str) -> str:
    line = CommandLine(folder)
    line.environment |= {
        "LOKET_DATABASE_URL": loket.database_url,
        "LOKET_SECRET_KEY": loket.key,
        "TMPDIR": str(folder / "tmp"),
    }
    done = line(*words, **settings)
    assert done.code == 0, done.told
    return done.out + done.told


async def test_after_a_long_day_nothing_personal_lies_open(telegram: Telegram, tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    new = Vault.new_key()
    async with Loket(
        folder=tmp_path,
        database_url=f"sqlite+aiosqlite:///{tmp_path}/loket.db",
        telegram=telegram,
        settings={"TMPDIR": str(tmp_path / "tmp")},
    ) as loket:
        imported(tmp_path, loket, "READY_FOR_PICKUP")
        await telegram.polled(within=90)
        await a_resident_asks_for_everything(telegram)
        await on_the_web(loket)
        await a_resident_has_it_erased(telegram)
        async with httpx.AsyncClient(trust_env=False) as http:
            told = (await http.get(f"{loket.url}/metrics")).text
        for words in (
            ("backup", "day.bak"),
            ("audit", "--from", "2020-01-01", "--to", "2099-01-01", "--json"),
        ):
            told += await asyncio.to_thread(an_operator_does, tmp_path, loket, *words)
        await loket.is_killed()
        both = {"LOKET_SECRET_KEY": new, "LOKET_SECRET_KEY_OLD": loket.key}
        told += await asyncio.to_thread(lambda: an_operator_does(tmp_path, loket, "rotate-keys", **both))
        kept = {**everything_in(tmp_path), "what was told": told.encode()}
    assert {"loket.db", "day.bak"} <= set(kept)
    assert NUMBER.encode() in kept["what was told"], "the search finds what is there"
    found = [
        (name, secret)
        for name, content in kept.items()
        for secret in [*SECRETS, SAID, telegram.token, loket.key, new]
        if secret.encode() in content
    ]
    assert found == []
