"""What the office says first, at its moment."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None
no_way_back = "Loket 0.1.0 begins with a later step; restore a backup from before this one."


def upgrade() -> None:
    """Make the table of errands."""
    row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "errands",
        sa.Column("id", row_id, autoincrement=False, nullable=False),
        sa.Column("chat_id", row_id, nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("argument", sa.Text(), nullable=False),
        sa.Column("due_at", Instant(timezone=True), nullable=False),
        sa.Column("until", Instant(timezone=True), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("begun_at", Instant(timezone=True), nullable=True),
        sa.Column("opening", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('begun','silent','stopped','late','fault')", name=op.f("ck_errands_outcome_known")
        ),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name=op.f("fk_errands_chat_id_chats"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errands")),
        sa.UniqueConstraint(
            "chat_id", "conversation", "argument", name=op.f("uq_errands_chat_id_conversation_argument")
        ),
    )
    waiting = sa.text("outcome IS NULL")
    op.create_index("ix_errands_due", "errands", ["due_at"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_index("ix_errands_opening", "errands", ["chat_id", "opening"])
