"""A release and the next one side by side on one PostgreSQL, forward and back, while residents write.

The next release is this tree with two more steps (tests/support/steps.py), and with the same code otherwise. With
TORTURE_PREVIOUS=FOLDER, a checkout of the release before, that one is the old side and this tree the new one.
"""

import asyncio
import os
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from storage.migrations import newest
from storage.store import Store
from storage.vault import Vault
from tests.support.steps import CONTRACTION, EXPANSION, write_next
from tests.torture.page import Page
from tests.torture.processes import HERE, Loket

pytestmark = [pytest.mark.torture, pytest.mark.postgres]
PREVIOUS = os.environ.get("TORTURE_PREVIOUS")
PAGES = int(os.environ.get("TORTURE_PAGES", "3"))
# The suite runs on busy machines, where a check of the database may take longer than /readyz waits.
STRICT = "TORTURE_PAGES" in os.environ
PARTS = ("bot", "handlers", "storage", "domain", "locales")


class Watch:
    """Asks `/readyz` of a process again and again, and keeps the answers that are not 200."""

    def __init__(self, loket: Loket) -> None:
        self.loket, self.asked, self.failed = loket, 0, []

    async def run(self):
        async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
            while self.loket.running:
                try:
                    answer = await client.get(f"{self.loket.url}/readyz")
                except httpx.HTTPError:
                    continue  # it is being stopped
                self.asked += 1
                if answer.status_code != 200:
                    self.failed.append(answer.json())
                await asyncio.sleep(0.05)

    def check(self):
        assert self.asked
        assert [one for one in self.failed if one["database"] and not one["schema"]] == []
        assert not STRICT or self.failed == []


@pytest.fixture
def database(request, postgres_server):
    """A database with the old release's schema."""
    if not PREVIOUS:
        return request.getfixturevalue("_postgres_url")
    url = postgres_server.url(postgres_server.create())
    environment = {**os.environ, "PYTHONPATH": PREVIOUS, "LOKET_DATABASE_URL": url}
    subprocess.run([sys.executable, "-m", "bot", "migrate"], cwd=PREVIOUS, env=environment, check=True)
    return url


@pytest.fixture
async def store(database, vault, clock):
    opened = await Store.open(database, vault=vault, clock=clock)
    yield opened
    await opened.close()


@pytest.fixture
def sides(tmp_path, database):
    """A process of the old and one of the new release, not started."""
    if PREVIOUS:
        trees = Path(PREVIOUS), HERE
    else:
        trees = HERE, tmp_path / "next"
        for part in PARTS:
            shutil.copytree(HERE / part, trees[1] / part, ignore=shutil.ignore_patterns("__pycache__"))
        write_next(trees[1] / "storage" / "migrations" / "versions", oldest=newest())
    key = Vault.new_key()
    return [
        Loket(
            folder=tmp_path, database_url=database, key=key, settings={"PYTHONPATH": str(tree)},
            command=() if tree == HERE else (sys.executable, "-m", "bot", "run"),
        )
        for tree in trees
    ]  # fmt: skip


class Residents:
    """Pages that reach either process."""

    def __init__(self, old: Loket, new: Loket) -> None:
        self._processes = old, new
        both = [one.url.removeprefix("http://") for one in self._processes]
        self.pages = [Page(both[:: 1 if n % 2 else -1], source=f"198.51.100.{n}") for n in range(PAGES)]

    async def write(self):
        """Each writes a message, and is answered."""
        for page in self.pages:
            page.says("/bantuan")
        for page in self.pages:
            await page.all_heard(within=60, why=lambda: "".join(one.traceback for one in self._processes))


async def test_nobody_is_lost_while_releases_change_forward_and_back(tmp_path, store, sides):
    old, new = sides
    residents, watches = Residents(old, new), []

    async def starts(loket):
        await loket.starts()
        watches.append(Watch(loket))
        tasks.create_task(watches[-1].run())

    async with asyncio.TaskGroup() as tasks:
        await starts(old)
        talking = [tasks.create_task(page.run()) for page in residents.pages]
        await residents.write()
        await starts(new)  # it expands the schema beside the old one
        await residents.write()
        assert (await store.schema()).step == (newest() if PREVIOUS else EXPANSION)
        await migrates(tmp_path, new)
        await residents.write()
        await old.stops()
        await residents.write()
        await starts(old)  # the way back, without touching the database
        await new.stops()
        await residents.write()
        await old.stops()
        for one in talking:
            one.cancel()
    for watch in watches:
        watch.check()
    assert (old.traceback, new.traceback) == ("", "")
    assert (await store.schema()).step == (newest() if PREVIOUS else CONTRACTION)


async def migrates(folder, loket):
    """`loket migrate` of the new release."""
    words, environment = ("-m", "bot", "migrate"), loket._environment()
    migrating = await asyncio.create_subprocess_exec(sys.executable, *words, cwd=folder, env=environment)
    assert await migrating.wait() == 0
