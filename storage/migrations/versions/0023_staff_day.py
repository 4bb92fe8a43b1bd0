"""The staff's day: which cards are called to a day, and what a case is about."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index and the column; what cases are about already stays unknown."""
    is_called = sa.text("comes_at IS NOT NULL")
    op.create_index(
        "ix_announcement_applications_comes",
        "announcement_applications",
        ["comes_at"],
        sqlite_where=is_called,
        postgresql_where=is_called,
    )
    op.add_column("cases", sa.Column("about", sa.LargeBinary(), nullable=True))
