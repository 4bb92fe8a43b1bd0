"""Processes tell that they live and which keys they hold; a rotation that is not over tells which old key it needs."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Instant

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None
no_way_back = "Loket 0.1.0 begins with a later step; restore a backup from before this one."


def upgrade() -> None:
    """Make the table, and the column."""
    op.create_table(
        "processes",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("doing", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("key_ids", sa.Text(), nullable=False),
        sa.Column("started_at", Instant(timezone=True), nullable=False),
        sa.Column("seen_at", Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_processes")),
    )
    op.add_column("writing_key", sa.Column("old_key_id", sa.Text(), nullable=True))
