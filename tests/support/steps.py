"""Steps of a release that does not exist yet, beside the real ones: how this code upgrades to the next."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage import migrations

EXPANSION, CONTRACTION = "9001", "9002"
_VERSIONS = Path(migrations.__file__).parent / "versions"
_EXPANSION = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9001", "{before}"


def upgrade():
    op.create_table("pets", sa.Column("id", sa.BigInteger(), primary_key=True))
    op.add_column("applications", sa.Column("pet", sa.Text(), nullable=True))
    op.create_index("ix_applications_pet", "applications", ["pet"])


def downgrade():
    op.drop_index("ix_applications_pet", "applications")
    op.drop_column("applications", "pet")
    op.drop_table("pets")
"""
_CONTRACTION = """
from alembic import op

revision, down_revision = "9002", "9001"
oldest_code = "{oldest}"
no_way_back = "The pets are gone; restore a backup from before."


def upgrade():
    op.drop_table("pets")
"""


def write_next(versions: Path, *, oldest: str) -> None:
    """Add an expansion, and a contraction that code of the step `oldest` runs on."""
    (versions / "9001_pets.py").write_text(_EXPANSION.format(before=migrations.newest()))
    (versions / "9002_no_pets.py").write_text(_CONTRACTION.format(oldest=oldest))


@contextmanager
def next_release(folder: Path, *, oldest: str = EXPANSION) -> Iterator[None]:
    """Be the code of the next release during the block."""
    shutil.copytree(_VERSIONS, folder / "versions", ignore=shutil.ignore_patterns("__pycache__"))
    write_next(folder / "versions", oldest=oldest)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "_FOLDER", folder)
        _forget()
        try:
            yield
        finally:
            patch.undo()
            _forget()


def _forget() -> None:
    migrations._revisions.cache_clear()
    migrations._contracts.cache_clear()
