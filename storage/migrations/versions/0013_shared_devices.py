"""Who sits at a shared device since when, and since when a chat is a staff chat."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None
no_way_back = "Loket 0.1.0 begins with a later step; restore a backup from before this one."


def upgrade() -> None:
    """Add the columns: a staff chat on the web that is older ends with the next word (docs/decisions/0038)."""
    for name in ("staff_since", "staff_ended_at", "sat_at"):
        op.add_column("chats", sa.Column(name, Instant(timezone=True)))
    # Whoever sits at a browser at this moment goes on; what they proved before counts no more.
    op.execute("UPDATE chats SET sat_at = heard_at WHERE channel = 'web'")
