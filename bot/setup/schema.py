"""Checks that a database fits this version and key; used by everything that opens one."""

from bot.setup.settings import BadSetting
from storage import keyring
from storage.keeping.overview import key_fits
from storage.store import Store


async def ensure_newest(store: Store) -> None:
    """Migrate a SQLite file; a shared database is migrated by hand, when no old process is left.

    Raises:
        BadSetting: a shared database has another schema.
    """
    if await store.is_current():
        return
    if store.dialect != "sqlite":
        raise BadSetting(
            "The database has another schema than this version needs; run `loket migrate` first."
        )
    await store.migrate()


async def ensure_key_fits(store: Store) -> None:
    """Refuse to run with a key that does not fit the database.

    Raises:
        BadSetting: the database was written with another key.
    """
    if not await store.read(keyring.fits) or not await store.read(key_fits):
        raise BadSetting(
            "LOKET_SECRET_KEY is not the key that this database was written with; after `loket rotate-keys` set "
            "LOKET_SECRET_KEY to the new key and LOKET_SECRET_KEY_OLD to the previous one."
        )
