"""A6: while thousands are written to, who asks something is answered at once; a 429 holds the announcement alone."""

import statistics
import time

import pytest

from bot.setup.office_file import load_office
from storage.vault import Vault
from tests.emulators.telegram import Telegram
from tests.torture.announced import Office, taken
from tests.torture.processes import Loket
from tests.torture.test_announcement_kills import LONG, RATE, office_file, settled

RECIPIENTS, ASKERS = (3000, 100) if LONG else (200, 20)
RETRY_AFTER = 4

pytestmark = [pytest.mark.torture, pytest.mark.timeout(600)]


async def answered_after(telegram: Telegram, name: str, words: str = "menu") -> float:
    asker = telegram.resident(name)
    began = time.monotonic()
    await asker.says(words)
    await asker.hears(within=60)
    return time.monotonic() - began


async def test_a6_during_an_announcement_a_429_does_not_delay_answers(tmp_path, database_url):
    key, file = Vault.new_key(), office_file(tmp_path)
    office = Office(database_url=database_url, key=key)
    settings = {"LOKET_OFFICE": str(file), "LOKET_TELEGRAM_RATE": str(RATE)}
    async with Telegram() as telegram:
        await office.fill(telegram, RECIPIENTS)
        shared = {"folder": tmp_path, "database_url": database_url, "telegram": telegram}
        async with Loket(**shared, key=key, settings=settings) as loket:
            announcement = await office.announces(load_office(file))
            await telegram.world.bell.until(
                lambda: sum(taken(telegram).values()) >= RECIPIENTS // 4,
                within=60,
                missing=lambda: loket.output[-3000:],
            )
            waits = [await answered_after(telegram, f"Penanya {n}") for n in range(ASKERS)]
            print(f"answers within {max(waits):.2f} s, half of them within {statistics.median(waits):.3f} s")
            assert sorted(waits)[ASKERS * 95 // 100 - 1] < 1

            fault = telegram.faults.too_many("sendMessage", RETRY_AFTER, times=1)
            await telegram.world.bell.until(lambda: fault.met, within=60, missing=lambda: "no 429")
            held_at = time.monotonic()
            assert await answered_after(telegram, "Penanya lain") < 2
            counts, planned = await settled(office, announcement, within=60 + RECIPIENTS / RATE * 2)
        after = [
            call.at
            for call in telegram.journal.calls("sendMessage", ok=True)
            if call.text.startswith("Kartu S") and call.at > held_at + 0.5
        ]
        assert min(after) - held_at >= RETRY_AFTER - 0.5
        assert (counts.sent, counts.failed, counts.unknown) == (planned, 0, 0)
        assert max(taken(telegram).values()) == 1
