"""What most commands begin with: settings, the key, an open store at the newest schema."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from bot.setup.clock import wall_clock
from bot.setup.heart import Heart, own_command
from bot.setup.keys import development_vault, vault_of
from bot.setup.loops import Loops
from bot.setup.office_file import load_office, texts_of
from bot.setup.schema import ensure_key_fits, ensure_newest
from bot.setup.settings import Settings, load_settings
from locales.texts import Texts
from storage.audit import day_of_the_demo
from storage.session import StoreDown, WrongKey
from storage.store import Store
from storage.vault import Vault

T = TypeVar("T")


def configured_texts() -> Texts:
    """Give what the configured office says.

    Raises:
        BadSetting, BadOffice: settings or office file cannot be used.
    """
    return texts_of(load_office(load_settings().office))


def with_store(work: Callable[[Settings, Store], Awaitable[T]]) -> T:
    """Run a command's work on the configured store.

    Raises:
        BadSetting, BadOffice, StoreDown: something is in the way.
    """
    settings = load_settings()

    async def opened() -> T:
        async with open_store(settings) as store:
            return await work(settings, store)

    return asyncio.run(opened())


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Store]:
    """The configured store; a SQLite file is brought to the newest schema on the way.

    Without LOKET_SECRET_KEY the demo's own key opens the demo's own database, and no other.
    """
    vault = vault_or_demo(settings)
    store = await Store.open(settings.database_url, vault=vault, clock=wall_clock(settings.clock_shift))
    try:
        await ensure_newest(store)
        if settings.secret_key is None and await store.read(day_of_the_demo) is None:
            vault_of(settings)  # raises: this database is not the demo's, so its key has to be named
        await ensure_key_fits(store)
        async with _seen(store):
            yield store
    finally:
        await store.close()


@asynccontextmanager
async def _seen(store: Store) -> AsyncIterator[None]:
    """Be in the list of processes meanwhile, so that no key is changed beside a command that does not hold both.

    A command that only reads works on a database that takes no writes, too.
    """
    heart = Heart(store=store, doing=own_command(), loops=Loops(quiet=True))
    try:
        await heart.begin()
    except WrongKey:
        raise
    except StoreDown:
        pass
    beating = asyncio.ensure_future(heart.run())
    await asyncio.sleep(0)  # it has begun before it can be cancelled: only so does it leave the list
    try:
        yield
    finally:
        beating.cancel()
        await asyncio.wait({beating})


def vault_or_demo(settings: Settings) -> Vault:
    """The configured key; without one the demo's own, where a demo has made one.

    Raises:
        BadSetting: there is neither.
    """
    vault = None if settings.secret_key else development_vault()
    return vault or vault_of(settings)
