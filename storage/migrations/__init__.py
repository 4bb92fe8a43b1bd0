"""Alembic migrations, run inside the caller's own connection: no alembic.ini, no second way to reach the database.

Alembic takes 18 MB and a sixth of a second to import, so only a migration imports it.
"""

from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from storage.schema import metadata

_FOLDER = Path(__file__).parent


@cache
def _revisions() -> tuple[str, ...]:
    """All revisions, oldest first: each file in versions/ begins with its own."""
    return tuple(sorted(file.name.partition("_")[0] for file in (_FOLDER / "versions").glob("[0-9]*.py")))


def newest() -> str:
    """The revision that this code expects."""
    return _revisions()[-1]


def is_known(version: str) -> bool:
    """Whether this code can bring a database at this revision to its own."""
    return version in _revisions()


def version_of(connection: Connection) -> str | None:
    """The revision that the database is at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version


def upgrade(connection: Connection) -> None:
    """Bring the database to the newest revision, step by step, in the caller's transaction."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)

    def steps(revision: Any, _context: Any) -> Any:
        return scripts._upgrade_revs("head", revision)  # noqa: SLF001 (what Alembic's own upgrade command calls)

    with EnvironmentContext(config, scripts, fn=steps) as environment:
        environment.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
        environment.run_migrations()
