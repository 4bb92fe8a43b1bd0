"""One person, several names: the phone number and the ids that a provider knows them by."""

import sqlalchemy as sa
from alembic import op

import storage.schema.base

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None
no_way_back = "Loket 0.1.0 begins with a later step; restore a backup from before this one."


def upgrade() -> None:
    """Make the table of identities."""
    row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "identities",
        sa.Column("id", row_id, autoincrement=False, nullable=False),
        sa.Column("chat_id", row_id, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column("value_index", sa.LargeBinary(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("since", storage.schema.base.Instant(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('phone','bsuid','parent')", name=op.f("ck_identities_kind_known")),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name=op.f("fk_identities_chat_id_chats"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identities")),
        sa.UniqueConstraint("chat_id", "kind", name=op.f("uq_identities_chat_id_kind")),
        sa.UniqueConstraint("value_index", name=op.f("uq_identities_value_index")),
    )
