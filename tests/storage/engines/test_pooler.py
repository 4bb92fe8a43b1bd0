"""PgBouncer in transaction mode between Loket and PostgreSQL: every transaction may get another server connection."""

import asyncio
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from storage.schema import heard
from storage.session import Writing
from storage.store import Store
from storage.vault import Vault
from tests.support import postgres
from tests.support.clock import Clock

PROGRAM = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
VAULT = Vault([bytes(range(32))])
_hear = insert(heard)
_count = select(func.count()).select_from(heard)

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(PROGRAM is None, reason="pgbouncer is not installed"),
]


@contextmanager
def pooling(server: postgres.Server, *settings: str) -> Iterator[Path]:
    """Run PgBouncer with two server connections during the block; gives the folder of its socket."""
    user = "postgres" if os.geteuid() == 0 else None
    home = Path(tempfile.mkdtemp(prefix="loket-pool-"))
    (home / "users").write_text('"loket" ""\n')
    lines = [
        "[databases]", f"* = host={server.folder} port=5432",
        "[pgbouncer]", "listen_addr =", f"unix_socket_dir = {home}", "listen_port = 5432", "auth_type = trust",
        f"auth_file = {home}/users", f"logfile = {home}/log", "pool_mode = transaction", "default_pool_size = 2",
        *settings,
    ]  # fmt: skip
    (home / "pgbouncer.ini").write_text("\n".join(lines))
    if user:
        for one in (home, *home.iterdir()):
            shutil.chown(one, user, user)
    process = subprocess.Popen(
        [str(PROGRAM), "-q", str(home / "pgbouncer.ini")], user=user, group=user, extra_groups=[] if user else None,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until = time.monotonic() + 20
        while not (home / ".s.PGSQL.5432").exists() and time.monotonic() < until:
            time.sleep(0.02)
        yield home
    finally:
        process.kill()
        process.wait(20)
        shutil.rmtree(home, ignore_errors=True)


async def opened(server: postgres.Server, folder: Path) -> Store:
    url = f"postgresql+asyncpg://loket@/{server.create()}?host={folder}"
    return await Store.open(url, vault=VAULT, clock=Clock())


async def test_everything_works_behind_a_pooler_in_transaction_mode(postgres_server):
    async def talks(db: Writing, name: int) -> int:
        await db.run(_hear, {"message_index": b"%d" % name, "heard_at": db.now})
        await asyncio.sleep(0)
        await db.run(insert(heard), {"message_index": b"built %d" % name, "heard_at": db.now})
        return await db.scalar(_count)

    with pooling(postgres_server) as folder:
        store = await opened(postgres_server, folder)
        await store.migrate()
        for turn in range(5):
            works = [lambda db, n=20 * turn + n: talks(db, n) for n in range(20)]
            await asyncio.gather(*(store.write(work) for work in works), *(store.schema() for _ in range(5)))
            reads = await asyncio.gather(*(store.read(lambda db: db.scalar(_count)) for _ in range(20)))
            assert set(reads) == {40 * (turn + 1)}
        assert await store.is_current()
        await store.close()


async def test_behind_a_pooler_everything_may_be_new(postgres_server):
    """It takes LISTEN, and delivers the first notice of the same server connection and no other."""
    with pooling(postgres_server) as folder:
        store = await opened(postgres_server, folder)
        await store.changed()
        await asyncio.sleep(0.2)
        assert [await store.changed() for _ in range(3)] == [True] * 3
        await store.close()


async def test_a_pooler_without_prepared_statements_is_told_in_a_sentence(postgres_server):
    with pooling(postgres_server, "max_prepared_statements = 0") as folder:
        store = await opened(postgres_server, folder)
        said: list[str] = []
        while not said:  # sooner or later a statement meets the server connection that does not know it
            told = await asyncio.gather(*(store.schema() for _ in range(9)), return_exceptions=True)
            said += [str(one) for one in told if isinstance(one, BaseException)]
        assert all("max_prepared_statements" in one for one in said), said
        await store.close()
