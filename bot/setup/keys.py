"""The encryption key: from the settings, or a development key that the demo keeps in var/."""

from pathlib import Path

from bot.setup.settings import ENV_FILE, BadSetting, Settings
from storage import keyring
from storage.keeping.overview import key_fits
from storage.store import Store
from storage.vault import BadKey, Vault

DEVELOPMENT_KEY = Path("var/development.key")


def vault_of(settings: Settings) -> Vault:
    """Vault of the configured key.

    Raises:
        BadSetting: there is no key, or it is invalid.
    """
    if settings.secret_key is None:
        where = "" if ENV_FILE.exists() else " in this folder, which has no file .env"
        raise BadSetting(
            f"LOKET_SECRET_KEY is not set{where}; `loket check` makes a key and says where to put it."
        )
    old = settings.secret_key_old
    return _vault(
        settings.secret_key.get_secret_value(),
        old.get_secret_value() if old else None,
        named="LOKET_SECRET_KEY",
    )


def development_vault() -> Vault | None:
    """Vault of the demo's own key, None without a demo here."""
    if not DEVELOPMENT_KEY.exists():
        return None
    return _vault(DEVELOPMENT_KEY.read_text(encoding="ascii").strip(), None, named=str(DEVELOPMENT_KEY))


def _vault(key: str, old: str | None, *, named: str) -> Vault:
    for name, one in ((named, key), (f"{named}_OLD", old or key)):
        try:
            Vault.from_base64(one)
        except BadKey as error:
            raise BadSetting(f"{name} cannot be used: {error}.") from None
    return Vault.from_base64(key, old)


NEWER = "This database is newer than this Loket: install the version that migrated it, or restore a backup from before."


async def ensure_newest(store: Store) -> None:
    """Migrate as far as this code needs; a step that the last release cannot run beside is left to `loket migrate`.

    Raises:
        BadSetting: the database is newer than this code, must be migrated by hand, or could not be copied first.
    """
    schema = await store.schema()
    if schema.fit == "ahead":
        raise BadSetting(NEWER)
    if schema.fit == "usable":
        return
    if store.dialect != "sqlite" and not schema.grows:
        raise BadSetting(
            "The database has another schema than this version needs; run `loket migrate` first."
        )
    await migrate(store, to=schema.wanted)


async def migrate(store: Store, *, to: str | None = None, back: bool = False) -> Path | None:
    """Migrate to a step, or the newest; return the copy of a SQLite file that was made before.

    Raises:
        BadSetting: no copy could be made, so nothing was migrated.
    """
    from storage.backups import BackupRefused
    from storage.backups.sqlite import SchemaCopy

    copy = SchemaCopy(store.file) if store.file else None
    try:
        await store.migrate(to=to, back=back, before=copy)
    except BackupRefused as refused:
        raise BadSetting(f"Nothing was migrated, because no copy could be made first: {refused}") from None
    return copy.made if copy else None


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
