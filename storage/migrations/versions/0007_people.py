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
    # SQLite makes the table anew; what it does not tell about itself (checks) is said here once more.
    with op.batch_alter_table("outbox", copy_from=_outbox(row_id)) as outbox:
        outbox.alter_column("chat_id", existing_type=row_id, nullable=True)


def _outbox(row_id: sa.types.TypeEngine[int]) -> sa.Table:
    """The outbox as 0001 made it."""
    waiting, sending = sa.text("state = 'waiting'"), sa.text("state = 'sending'")
    is_open = sa.text("state IN ('waiting','sending')")
    moment = Instant(timezone=True)
    return sa.Table(
        "outbox",
        sa.MetaData(),
        sa.Column("id", row_id, autoincrement=False, nullable=False),
        sa.Column("chat_id", row_id, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("due_at", moment, nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("sent_at", moment, nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("lease_until", moment, nullable=True),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("provider_id", sa.LargeBinary(), nullable=True),
        sa.Column("provider_index", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "state <> 'failed' OR reason IS NOT NULL", name=op.f("ck_outbox_failed_has_reason")
        ),
        sa.CheckConstraint(
            "state IN ('waiting','sending','sent','delivered','read','failed','unknown')",
            name=op.f("ck_outbox_state_known"),
        ),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_outbox_chat_id_chats")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.Index(
            "ix_outbox_due", "channel", "priority", "due_at", sqlite_where=waiting, postgresql_where=waiting
        ),
        sa.Index("ix_outbox_lease", "lease_until", sqlite_where=sending, postgresql_where=sending),
        sa.Index("ix_outbox_open", "chat_id", "id", sqlite_where=is_open, postgresql_where=is_open),
        sa.Index(op.f("ix_outbox_provider_index"), "provider_index"),
    )
