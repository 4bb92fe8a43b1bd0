"""How large a waiting photo is and which network it came from."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None
no_way_back = "Loket 0.1.0 begins with a later step; restore a backup from before this one."


def upgrade() -> None:
    """Add the columns; what waits already counts for nobody."""
    op.add_column("media", sa.Column("size", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("media", sa.Column("source_index", sa.LargeBinary(), nullable=True))
    op.add_column("media", sa.Column("wide_index", sa.LargeBinary(), nullable=True))
    op.create_index(op.f("ix_media_chat_id"), "media", ["chat_id"])
