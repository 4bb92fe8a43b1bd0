"""Alembic migrations, run inside the caller's own connection: no alembic.ini, no second way to reach the database.

Alembic takes 18 MB and a sixth of a second to import, so only a migration imports it.

Each file in versions/ is one step. A step *expands* the schema, so that the code of the last release runs on
it, too. A step that removes or narrows something is a *contraction*: it names with `oldest_code` the oldest
step that code must know to run on it. docs/decisions/0070 has the rules, tests/house/test_migrations.py
checks them.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, inspect, text

from storage.schema import metadata

RELEASED = "0020"
"""Newest step of the last released version, 0.1.0. Its code must run on every newer schema of this version."""
_FOLDER = Path(__file__).parent
_OLDEST = re.compile(r'^oldest_code = "(\d+)"', re.MULTILINE)
_SCHEMA = {
    "sqlite": "SELECT * FROM alembic_version",
    # As JSON, because a prepared `SELECT *` would fail once when the column is added beside it.
    "postgresql": "SELECT version_num, to_jsonb(v) ->> 'oldest_code' AS oldest_code FROM alembic_version AS v",
}

Fit = Literal["usable", "behind", "ahead"]


@dataclass(frozen=True, slots=True)
class Schema:
    """What a database says about its schema: its step, and the oldest step that code must know to run on it."""

    step: str | None = None
    oldest_code: str | None = None

    @property
    def fit(self) -> Fit:
        """Whether this code runs on it, needs more steps, or is too old for it."""
        if self.step is None:
            return "behind"
        if self.step not in _revisions():
            return "usable" if (self.oldest_code or "9999") <= newest() else "ahead"
        return "behind" if _needed(self.missing) else "usable"

    @property
    def missing(self) -> tuple[str, ...]:
        """Steps of this code that the database lacks."""
        return tuple(one for one in _revisions() if self.step is None or one > self.step)

    @property
    def wanted(self) -> str:
        """The step to bring it to while other processes work: contractions at the end wait for `loket migrate`."""
        return (_needed(self.missing) or (newest(),))[-1]

    @property
    def grows(self) -> bool:
        """Whether the missing steps that this code needs can be taken while the last release runs."""
        known = self.step is not None and self.step >= RELEASED
        return known and not any(map(_contracts, _needed(self.missing)))


def _needed(missing: tuple[str, ...]) -> tuple[str, ...]:
    """Missing steps without the contractions at their end, which wait for `loket migrate`."""
    count = len(missing)
    while count and _contracts(missing[count - 1]):
        count -= 1
    return missing[:count]


@cache
def _contracts(step: str) -> str | None:
    """The oldest code of a contraction; None for an expansion."""
    (file,) = (_FOLDER / "versions").glob(f"{step}_*.py")
    found = _OLDEST.search(file.read_text(encoding="utf-8"))
    return found[1] if found else None


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


def schema_of(connection: Connection) -> Schema:
    """What the database says about its schema."""
    if not inspect(connection).has_table("alembic_version"):
        return Schema()
    row = connection.execute(text(_SCHEMA[connection.dialect.name])).mappings().one_or_none()
    return Schema() if row is None else Schema(row["version_num"], row.get("oldest_code"))


class NoWayBack(Exception):
    """A step cannot be undone; the message says why, and what to restore."""


def migrate(connection: Connection, to: str | None = None, *, back: bool = False) -> None:
    """Bring the database forward to a step, or the newest, in the caller's transaction; or back, if that is wanted.

    Raises:
        NoWayBack: a step between cannot be undone.
    """
    to = to or newest()
    at = schema_of(connection).step
    if at is not None and (at <= to if back else at >= to):
        return
    for step in reversed(_revisions()):
        if back and to < step <= (at or "") and (why := vars(_module(step)).get("no_way_back")):
            raise NoWayBack(f"step {step} cannot be undone: {why}")
    _run(connection, to, back=back)
    _note_oldest_code(connection)


def _module(step: str) -> Any:
    """The module of a step, whose folder is not a package."""
    (file,) = (_FOLDER / "versions").glob(f"{step}_*.py")
    spec = spec_from_file_location(file.stem, file)
    if spec is None or spec.loader is None:
        raise ImportError(file.name)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _run(connection: Connection, to: str, *, back: bool) -> None:
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    steps = scripts._downgrade_revs if back else scripts._upgrade_revs  # noqa: SLF001 (as Alembic's own commands)
    with EnvironmentContext(config, scripts, fn=lambda at, _context: steps(to, at)) as environment:
        environment.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
        environment.run_migrations()


def _note_oldest_code(connection: Connection) -> None:
    """Record the oldest code that runs on the schema, in a column beside Alembic's own."""
    at = schema_of(connection).step
    taken = [_contracts(one) for one in _revisions() if at is not None and one <= at]
    if "oldest_code" not in {column["name"] for column in inspect(connection).get_columns("alembic_version")}:
        connection.execute(text("ALTER TABLE alembic_version ADD COLUMN oldest_code VARCHAR(32)"))
    oldest = max([RELEASED, *filter(None, taken)])
    connection.execute(text("UPDATE alembic_version SET oldest_code = :oldest"), {"oldest": oldest})
