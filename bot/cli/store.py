"""Common start of commands: settings, key, and an open store with the newest schema."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import TypeVar

from bot.setup.clock import wall_clock
from bot.setup.heart import Heart, own_command
from bot.setup.keys import development_vault, ensure_key_fits, ensure_newest, vault_of
from bot.setup.loops import Loops
from bot.setup.office_file import load_office, texts_of
from bot.setup.settings import Settings, load_settings
from domain.office.office import Office
from locales.texts import Texts
from storage.audit import day_of_the_demo
from storage.session import StoreDown, WrongKey
from storage.store import Store
from storage.vault import Vault

T = TypeVar("T")


def configured_texts() -> Texts:
    """Texts of the configured office.

    Raises:
        BadSetting, BadOffice: settings or office file cannot be used.
    """
    return texts_of(load_office(load_settings().office))


def with_store(work: Callable[[Store], Awaitable[T]]) -> T:
    """Run a command's work on the configured store.

    Raises:
        BadSetting, StoreDown: the store cannot be opened.
    """

    async def opened() -> T:
        async with open_store(load_settings()) as store:
            return await work(store)

    return asyncio.run(opened())


def with_office(work: Callable[[Office, Store], Awaitable[T]]) -> T:
    """Run a command's work for the configured office, on its store.

    Raises:
        BadSetting, BadOffice, StoreDown: the office file cannot be used, or the store not be opened.
    """
    office = load_office(load_settings().office)
    return with_store(partial(work, office))


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Store]:
    """The configured store; a SQLite file is migrated first.

    Without LOKET_SECRET_KEY, the demo's own key opens the demo's own database only.
    """
    async with bare_store(settings, vault_or_demo(settings)) as store:
        await ensure_newest(store)
        if settings.secret_key is None and await store.read(day_of_the_demo) is None:
            vault_of(settings)  # raises: not the demo's database, so its key must be configured
        await ensure_key_fits(store)
        async with _seen(store):
            yield store


@asynccontextmanager
async def bare_store(settings: Settings, vault: Vault) -> AsyncIterator[Store]:
    """The configured store as it is: not migrated, and with a vault that may not fit."""
    clock = wall_clock(settings.clock_shift)
    store = await Store.open(settings.database_url, vault=vault, clock=clock, pool=settings.database_pool)
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def _seen(store: Store) -> AsyncIterator[None]:
    """List this process while it runs, so that keys are not switched under a command that holds only one.

    Commands that only read work on a read-only database, too.
    """
    heart = Heart(store=store, doing=own_command(), loops=Loops(quiet=True))
    try:
        await heart.begin()
    except WrongKey:
        raise
    except StoreDown:
        pass
    beating = asyncio.ensure_future(heart.run())
    await asyncio.sleep(0)  # it must have started before it can be cancelled; otherwise it stays listed
    try:
        yield
    finally:
        beating.cancel()
        await asyncio.wait({beating})


def vault_or_demo(settings: Settings) -> Vault:
    """Vault of the configured key, or of a demo's own key.

    Raises:
        BadSetting: there is neither.
    """
    vault = None if settings.secret_key else development_vault()
    return vault or vault_of(settings)
