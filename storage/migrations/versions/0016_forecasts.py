"""Forecasts of each queue and stage, and the range that a follower was told."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Instant

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None
no_way_back = "Loket 0.1.0 begins with a later step; restore a backup from before this one."


def upgrade() -> None:
    """Add the table and the columns; forecasts are made from the history within a minute of the start."""
    op.create_table(
        "forecasts",
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False, server_default=""),
        sa.Column("claimed_until", Instant(timezone=True), nullable=True),
        sa.Column("shifts_source", sa.Text(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_forecasts")),
    )
    op.add_column("follows", sa.Column("told_before", sa.Date(), nullable=True))
    op.add_column("follows", sa.Column("shifted_at", Instant(timezone=True), nullable=True))
