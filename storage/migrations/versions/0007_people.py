"""The rights of people: notices shown, erasures, who looked at whom, and which key new values are written with."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None
no_way_back = "Loket 0.1.0 begins with a later step; restore a backup from before this one."


def upgrade() -> None:
    """Make the tables, and let a message be nobody's any more."""
    row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "notices",
        sa.Column("chat_id", row_id, nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("shown_at", Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name=op.f("fk_notices_chat_id_chats"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chat_id", "version", name=op.f("pk_notices")),
    )
    op.create_table(
        "erasures",
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("erased_at", Instant(timezone=True), nullable=False),
        sa.Column("chat_index", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("receipt", name=op.f("pk_erasures")),
    )
    op.create_table(
        "writing_key",
        sa.Column("one", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("since", Instant(timezone=True), nullable=False),
        sa.CheckConstraint("one = 1", name=op.f("ck_writing_key_is_one")),
        sa.PrimaryKeyConstraint("one", name=op.f("pk_writing_key")),
    )
    op.create_index(op.f("ix_audit_actor"), "audit", ["actor"])
    op.create_index(op.f("ix_audit_subject"), "audit", ["subject"])
    op.add_column("chats", sa.Column("erased_at", Instant(timezone=True), nullable=True))
    erased = sa.text("erased_at IS NOT NULL")
    op.create_index("ix_chats_erased", "chats", ["erased_at"], sqlite_where=erased, postgresql_where=erased)
    # SQLite makes the table anew, with the checks that it has.
    with op.batch_alter_table("outbox") as outbox:
        outbox.alter_column("chat_id", existing_type=row_id, nullable=True)
