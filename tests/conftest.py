"""Fixtures of all tests: a clock, a vault, and a store on a real database of either kind.

    store           an open Store, empty, newest schema; the test runs once on SQLite and once on PostgreSQL
    database_url    the same as an address, for tests that start processes of their own
    postgres_only   as database_url, for guarantees that only PostgreSQL gives (several processes …)

With one of these, a test is marked `postgres` in its PostgreSQL half. Without PostgreSQL's binaries that half
is skipped; in CI (`CI=true`) it fails instead, so that no change is merged untested.
"""

import asyncio
import gc
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest

from storage.store import Store
from storage.vault import Vault
from tests.support import chromium, compiled, exploring, postgres
from tests.support.clock import Clock

gc.disable()  # collecting keeps nearly everything it makes, and looking through it again and again finds little
exploring.load()
compiled.share()

_HERE = Path(__file__).parent
_IN_MEMORY = Path("/dev/shm")
_LONG = {"benchmarks", "demo", "fuzz", "torture"}
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    exploring.configure(config)
    # Commits wait for the disk, and no test needs to survive a power cut.
    if _IN_MEMORY.is_dir() and os.access(_IN_MEMORY, os.W_OK):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_IN_MEMORY))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not import long sets for `make test`, which would deselect each of their tests."""
    daily = config.option.markexpr == "not thorough"
    return (daily and collection_path.parent == _HERE and collection_path.name in _LONG) or None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what only `make check` runs: long sets, models that play long games, browsers, and PostgreSQL."""
    for item in items:
        if _long(item.path) or item.get_closest_marker("browser") or item.get_closest_marker("postgres"):
            item.add_marker("thorough")


@cache
def _long(file: Path) -> bool:
    folder = file.relative_to(_HERE).parts[0] if file.is_relative_to(_HERE) else ""
    return folder in _LONG or file.stem.endswith("_machine")


def pytest_collection_finish() -> None:
    """Exclude modules and tests from garbage collection, and begin it."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 50)


def pytest_sessionfinish() -> None:
    chromium.shared.end()


@pytest.hookimpl(tryfirst=True)
def pytest_unconfigure() -> None:
    """Exclude all that is left from garbage collection: pytest and Python would go through it three times at the end."""
    gc.freeze()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def vault() -> Vault:
    return Vault([bytes(range(32))])


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    binaries = postgres.binaries()
    if binaries is None and os.environ.get("CI") == "true":
        pytest.fail("CI needs PostgreSQL's binaries; .ci/run installs them", pytrace=False)
    if binaries is None:
        pytest.skip("PostgreSQL's binaries were not found")
    with postgres.running(binaries) as server:
        yield server


@pytest.fixture(scope="session")
def _sqlite_template(vault: Vault, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "loket.db"
    _migrate(f"sqlite+aiosqlite:///{file}", vault)
    return file


@pytest.fixture(scope="session")
def _postgres_template(postgres_server: postgres.Server, vault: Vault) -> str:
    name = postgres_server.create()
    _migrate(postgres_server.url(name), vault)
    return name


@pytest.fixture
def _sqlite_url(_sqlite_template: Path, tmp_path: Path) -> str:
    shutil.copy(_sqlite_template, tmp_path / "loket.db")
    return f"sqlite+aiosqlite:///{tmp_path / 'loket.db'}"


@pytest.fixture
def _postgres_url(postgres_server: postgres.Server, _postgres_template: str) -> Iterator[str]:
    name = postgres_server.lend(_postgres_template)
    yield postgres_server.url(name)
    postgres_server.take_back(name, _postgres_template)


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    name = "_sqlite_url" if request.param == "sqlite" else "_postgres_url"
    return request.getfixturevalue(name)


@pytest.fixture(params=[pytest.param("postgresql", marks=pytest.mark.postgres)])
def postgres_only(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue("_postgres_url")


@pytest.fixture
async def store(database_url: str, vault: Vault, clock: Clock) -> AsyncIterator[Store]:
    opened = await Store.open(database_url, vault=vault, clock=clock)
    yield opened
    await opened.close()


def _migrate(url: str, vault: Vault) -> None:
    """Migrate an empty database, outside the event loop of the test that came first."""

    async def migrate() -> None:
        opened = await Store.open(url, vault=vault, clock=Clock())
        await opened.migrate()
        await opened.close()

    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, migrate()).result()
