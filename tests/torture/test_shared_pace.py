"""Two processes on one PostgreSQL send one announcement at one pace; the one that speaks first is killed."""

import asyncio
import os
import time

import pytest

from bot.setup.office_file import load_office
from storage.vault import Vault
from tests.emulators.telegram import Telegram
from tests.torture.announced import Office, taken
from tests.torture.processes import Loket
from tests.torture.test_announcement_kills import RATE, office_file

RECIPIENTS = int(os.environ.get("TORTURE_RECIPIENTS", "150"))

pytestmark = [pytest.mark.torture, pytest.mark.timeout(300 + RECIPIENTS // 10)]


async def test_two_processes_keep_one_pace_and_the_living_one_takes_over(tmp_path, postgres_only):
    key, file = Vault.new_key(), office_file(tmp_path)
    settings = {"LOKET_OFFICE": str(file), "LOKET_TELEGRAM_RATE": str(RATE)}
    office = Office(database_url=postgres_only, key=key)
    async with Telegram() as telegram:
        telegram.rates.enforce()
        await office.fill(telegram, RECIPIENTS)
        shared = {"folder": tmp_path, "database_url": postgres_only, "key": key, "settings": settings}
        async with (
            Loket(**shared, telegram=telegram) as first,
            Loket(**shared, telegram=telegram) as second,
        ):
            announcement = await office.announces(load_office(file))
            await telegram.world.bell.until(
                lambda: sum(taken(telegram).values()) >= RECIPIENTS // 3,
                within=60,
                missing=lambda: first.output[-3000:],
            )
            speaker = first if "holds_pace" in first.output else second
            await speaker.is_killed()
            killed_at = time.monotonic()
            before = sum(taken(telegram).values())
            await telegram.world.bell.until(
                lambda: sum(taken(telegram).values()) > before + 1, within=30, missing=lambda: second.output
            )
            print(f"followed after {time.monotonic() - killed_at:.1f} s")
            while (await office.counts(announcement))[2] != "finished":  # noqa: ASYNC110 (a database rings no bell)
                await asyncio.sleep(0.5)
        counts, planned, _ = await office.counts(announcement)
        assert planned == counts.total == RECIPIENTS
        assert max(taken(telegram).values()) == 1
        assert telegram.rates.refused <= 1
        assert not first.traceback + second.traceback
