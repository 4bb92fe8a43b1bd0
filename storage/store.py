"""The store of one office: runs transactions."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from storage import keyring
from storage.session import Clock, Dialect, Engine, Line, Look, PoolUse, Reading, StoreDown, Work, Writing
from storage.vault import Vault

if TYPE_CHECKING:
    from storage.migrations import Schema

T = TypeVar("T")
P = ParamSpec("P")
Session = TypeVar("Session", bound=Reading)


class Store:
    """The shared store of one office.

    Args:
        engine: the database.
        vault: seals and indexes personal data.
        clock: the moment that a transaction works at.

    `failures` counts transactions that raised StoreDown, by kind: read, write.
    """

    def __init__(self, engine: Engine, *, vault: Vault, clock: Clock) -> None:
        self._engine = engine
        self.vault = vault
        self.clock = clock
        self.failures = Counter(read=0, write=0)
        self._key_sure_until = 0.0

    @classmethod
    async def open(cls, url: str, *, vault: Vault, clock: Clock, pool: int = 20) -> "Store":
        """Open the database that a SQLAlchemy URL names; `pool`: connections to PostgreSQL at most.

        Raises:
            StoreDown: it cannot be reached.
        """
        if url.startswith("sqlite"):
            from storage.engines.sqlite import SqliteEngine

            return cls(await SqliteEngine.open(url), vault=vault, clock=clock)
        from storage.engines.postgres import PostgresEngine

        return cls(await PostgresEngine.open(url, pool=pool), vault=vault, clock=clock)

    @property
    def dialect(self) -> Dialect:
        """Which database it is."""
        return self._engine.dialect

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database."""
        return self._engine.file

    async def write(self, work: Work[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the work with these arguments in one transaction and commit it; an exception rolls it back.

        The work may run again after a deadlock (PostgreSQL), so it must have no effects outside the store.

        Raises:
            StoreDown: nothing could be committed.
            WrongKey: the keys were rotated, and this process lacks one that is needed now.
        """
        began = monotonic()

        try:
            if len(self.vault.key_ids) == 1 and began < self._key_sure_until:
                return await self._engine.write(
                    lambda line: work(self._session(Writing, line), *args, **kwargs)
                )

            async def with_key(line: Line) -> T:
                session = self._session(Writing, line)
                session.vault = await keyring.settled(session)
                return await work(session, *args, **kwargs)

            result = await self._engine.write(with_key)
        except StoreDown:
            self.failures["write"] += 1
            raise
        self._key_sure_until = began + keyring.SURE_SECONDS
        return result

    async def read(self, work: Look[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a pure read with these arguments beside the writers.

        Raises:
            StoreDown: the database cannot be reached.
        """
        try:
            if len(self.vault.key_ids) == 1:
                return await self._engine.read(
                    lambda line: work(self._session(Reading, line), *args, **kwargs)
                )

            async def with_key(line: Line) -> T:
                session = self._session(Reading, line)
                session.vault = await keyring.current(session)
                return await work(session, *args, **kwargs)

            return await self._engine.read(with_key)
        except StoreDown:
            self.failures["read"] += 1
            raise

    async def changed(self) -> bool:
        """Whether there may be something new to look for since the last call; cheap, and no transaction."""
        return await self._engine.changed()

    async def contended(self) -> bool:
        """Whether others waited for the only writer, or used it, since the last call; asked right after a write."""
        return await self._engine.contended()

    def pool(self) -> PoolUse:
        """Connections of this process."""
        return self._engine.pool()

    async def migrate(
        self, *, to: str | None = None, back: bool = False, before: Callable[[], None] | None = None
    ) -> None:
        """Migrate to a step, or the newest; with `back` to an earlier one.

        `before` is called first, with a file's lock held; what it raises ends the migration unbegun.
        """
        await self._engine.migrate(to=to, back=back, before=before)

    async def is_current(self) -> bool:
        """Whether this code runs on the schema."""
        return (await self.schema()).fit == "usable"

    async def schema(self) -> "Schema":
        """What the database says about its schema."""
        return await self._engine.schema()

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.close()

    def _session(self, kind: type[Session], line: Line) -> Session:
        return kind(line, now=self.clock(), vault=self.vault, dialect=self._engine.dialect)
