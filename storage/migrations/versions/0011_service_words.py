"""What staff word anew about a service."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Instant

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None
no_way_back = "Loket 0.1.0 begins with a later step; restore a backup from before this one."


def upgrade() -> None:
    """Make the table."""
    row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "service_words",
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("needed", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("changed_at", Instant(timezone=True), nullable=False),
        sa.Column("staff_id", row_id, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_service_words_staff_id_staff")),
        sa.PrimaryKeyConstraint("service", "language", name=op.f("pk_service_words")),
    )
