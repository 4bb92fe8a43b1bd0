"""Webhooks: targets, and the events that wait for them."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Instant

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two tables; without a row in the first, nothing is written into the second."""
    row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    moment = Instant(timezone=True)
    op.create_table(
        "webhook_targets",
        sa.Column("id", row_id, autoincrement=False, nullable=False),
        sa.Column("url", sa.LargeBinary(), nullable=False),
        sa.Column("events", sa.Text(), nullable=False),
        sa.Column("numbers", sa.Boolean(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("secret_before", sa.LargeBinary(), nullable=True),
        sa.Column("before_until", moment, nullable=True),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("succeeded_at", moment, nullable=True),
        sa.Column("failures", sa.SmallInteger(), nullable=False, server_default="0"),
        sa.Column("failing_since", moment, nullable=True),
        sa.Column("resume_at", moment, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False, server_default=""),
        sa.Column("disabled_at", moment, nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("leased_until", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_targets")),
    )
    op.create_table(
        "webhook_deliveries",
        sa.Column("event_id", row_id, autoincrement=False, nullable=False),
        sa.Column("target_id", row_id, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False, server_default="0"),
        sa.Column("due_at", moment, nullable=True),
        sa.Column("give_up_at", moment, nullable=True),
        sa.Column("given_up_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False, server_default=""),
        sa.CheckConstraint(
            "(due_at IS NULL) = (given_up_on IS NOT NULL)",
            name=op.f("ck_webhook_deliveries_waits_or_given_up"),
        ),
        sa.ForeignKeyConstraint(
            ["target_id"],
            ["webhook_targets.id"],
            name=op.f("fk_webhook_deliveries_target_id_webhook_targets"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "target_id", name=op.f("pk_webhook_deliveries")),
    )
    _index("ix_webhook_deliveries_due", ["target_id", "due_at"], "due_at IS NOT NULL")
    _index("ix_webhook_deliveries_given_up", ["given_up_on"], "given_up_on IS NOT NULL")


def downgrade() -> None:
    """Remove them, with the events that wait."""
    op.drop_table("webhook_deliveries")
    op.drop_table("webhook_targets")


def _index(name: str, columns: list[str], rows: str) -> None:
    within = sa.text(rows)
    op.create_index(name, "webhook_deliveries", columns, sqlite_where=within, postgresql_where=within)
