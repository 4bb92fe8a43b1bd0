"""Whether the database is what this version expects, asked by everything that opens one."""

from bot.settings import BadSetting
from storage.store import Store


async def ensure_newest(store: Store) -> None:
    """Bring a SQLite file to the newest schema; a shared database is migrated by hand, when no old process is left.

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
