"""An office moves to PostgreSQL while residents write: nobody's message is lost."""

import asyncio
import os

import pytest

from tests.support import forked
from tests.torture.page import Page
from tests.torture.processes import Loket

pytestmark = [pytest.mark.torture, pytest.mark.postgres]
PAGES, MESSAGES = 5, 12


@pytest.mark.skipif(
    "TORTURE_MOVES" not in os.environ, reason="a move beside a process waits 45 s: make torture"
)
async def test_every_message_is_answered_across_a_move(tmp_path, postgres_server):
    file, new = f"sqlite+aiosqlite:///{tmp_path / 'loket.db'}", postgres_server.url(postgres_server.create())
    before = Loket(folder=tmp_path, database_url=file)
    await before.starts()
    after = Loket(folder=tmp_path, database_url=new, key=before.key)
    pages = [
        Page([one.url.removeprefix("http://") for one in (before, after)], source=f"198.51.100.{n}")
        for n in range(PAGES)
    ]
    async with asyncio.TaskGroup() as tasks:
        connected = [tasks.create_task(page.run()) for page in pages]
        talking = [tasks.create_task(talk(page)) for page in pages]
        code, _, told = await asyncio.to_thread(
            forked.run, "move", "--to", new, folder=tmp_path, environment=before._environment(), seconds=180
        )
        assert code == 0, told
        await before.stops()
        await after.starts()
        await asyncio.gather(*talking)
        for page in pages:
            await page.all_heard(within=60, why=lambda: after.traceback)
            assert page.said == MESSAGES
        for one in connected:
            one.cancel()
    assert (before.traceback, after.traceback) == ("", "")
    await after.stops()


async def talk(page):
    for _ in range(MESSAGES):
        page.says("/bantuan")
        await asyncio.sleep(5)  # over the whole move
