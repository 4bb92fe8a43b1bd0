"""The outbox: states checked without a table of them, ids of providers indexed only where there is one."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_LIST = "state IN ('waiting','sending','sent','delivered','read','failed','unknown')"
_PAIRS = "state IN ('sending','sent') OR state IN ('waiting','failed') OR state IN ('delivered','read') OR state IN ('unknown')"
_INDEX = "ix_outbox_provider_index"


def upgrade() -> None:
    """Say the same check in pairs, and make the index a partial one."""
    _check(_LIST, _PAIRS)
    op.drop_index(_INDEX, "outbox")
    known = sa.text("provider_index IS NOT NULL")
    op.create_index(_INDEX, "outbox", ["provider_index"], sqlite_where=known, postgresql_where=known)


def downgrade() -> None:
    """Make both as they were."""
    op.drop_index(_INDEX, "outbox")
    op.create_index(_INDEX, "outbox", ["provider_index"])
    _check(_PAIRS, _LIST)


def _check(before: str, after: str) -> None:
    """Change the text of the check on SQLite, in the way of sqlite.org/lang_altertable.html: no row is touched.

    To make the table anew would empty the references to it. PostgreSQL checks a list without a table.
    """
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        version = connection.scalar(sa.text("PRAGMA schema_version"))
        op.execute("PRAGMA writable_schema=ON")
        change = sa.text("UPDATE sqlite_schema SET sql = replace(sql, :before, :after) WHERE name = 'outbox'")
        connection.execute(change, {"before": before, "after": after})
        op.execute(f"PRAGMA schema_version={version + 1}")
        op.execute("PRAGMA writable_schema=RESET")
