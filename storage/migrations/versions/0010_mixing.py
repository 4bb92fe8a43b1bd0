"""Days whose answers are to be rewritten together (storage/ratings/mixing.py); every day answered so far is one."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None
no_way_back = "Loket 0.1.0 begins with a later step; restore a backup from before this one."


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "unmixed_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_unmixed_days")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("INSERT INTO unmixed_days SELECT DISTINCT answered_on FROM answer_sets")
