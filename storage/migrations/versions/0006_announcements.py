"""Announcements, their recipients and results; who speaks for an account."""

import sqlalchemy as sa
from alembic import op

import storage.schema.base

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None
no_way_back = "Loket 0.1.0 begins with a later step; restore a backup from before this one."


def upgrade() -> None:
    """Make the tables of announcements and of the shared pace."""
    row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "pace_replies",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("per_second", sa.Float(), nullable=False),
        sa.Column("at", storage.schema.base.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "account", "process", name=op.f("pk_pace_replies")),
    )
    op.create_table(
        "paces",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", storage.schema.base.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "account", name=op.f("pk_paces")),
    )
    op.create_index(op.f("ix_follows_since"), "follows", ["since"], unique=False)
    op.create_table(
        "announcements",
        sa.Column("id", row_id, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("wording", sa.LargeBinary(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("point", sa.Text(), nullable=True),
        sa.Column("waves", sa.Text(), nullable=True),
        sa.Column("guard", sa.LargeBinary(), nullable=True),
        sa.Column("guard_once", sa.LargeBinary(), nullable=True),
        sa.Column("created_by", row_id, nullable=False),
        sa.Column("approved_by", row_id, nullable=True),
        sa.Column("created_at", storage.schema.base.Instant(timezone=True), nullable=False),
        sa.Column("frozen_at", storage.schema.base.Instant(timezone=True), nullable=True),
        sa.Column("starts_at", storage.schema.base.Instant(timezone=True), nullable=True),
        sa.Column("finished_at", storage.schema.base.Instant(timezone=True), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("override", sa.Boolean(), nullable=False),
        sa.Column("planned", sa.Integer(), server_default="0", nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("lease_until", storage.schema.base.Instant(timezone=True), nullable=True),
        sa.Column("late_checked_at", storage.schema.base.Instant(timezone=True), nullable=True),
        sa.Column("told_chat_id", row_id, nullable=True),
        sa.Column("told_row", row_id, nullable=True),
        sa.Column("told", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "state IN ('draft','preparing','planned','sending','paused','finished','undone','withdrawn')",
            name=op.f("ck_announcements_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["staff.id"], name=op.f("fk_announcements_approved_by_staff")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], name=op.f("fk_announcements_created_by_staff")),
        sa.ForeignKeyConstraint(
            ["told_chat_id"],
            ["chats.id"],
            name=op.f("fk_announcements_told_chat_id_chats"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["told_row"], ["outbox.id"], name=op.f("fk_announcements_told_row_outbox"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements")),
        sa.UniqueConstraint("guard_once", name=op.f("uq_announcements_guard_once")),
    )
    op.create_index("ix_announcements_guard", "announcements", ["guard"], unique=False)
    op.create_index(
        "ix_announcements_live",
        "announcements",
        ["state"],
        unique=False,
        sqlite_where=sa.text("state IN ('preparing','planned','sending','paused','finished')"),
        postgresql_where=sa.text("state IN ('preparing','planned','sending','paused','finished')"),
    )
    op.create_table(
        "announcement_applications",
        sa.Column("announcement_id", row_id, nullable=False),
        sa.Column("application_id", row_id, nullable=False),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("comes_at", storage.schema.base.Instant(timezone=True), nullable=True),
        sa.Column("comes_until", storage.schema.base.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcements.id"],
            name=op.f("fk_announcement_applications_announcement_id_announcements"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_announcement_applications_application_id_applications"),
        ),
        sa.PrimaryKeyConstraint(
            "announcement_id", "application_id", name=op.f("pk_announcement_applications")
        ),
    )
    op.create_index(
        op.f("ix_announcement_applications_application_id"),
        "announcement_applications",
        ["application_id"],
        unique=False,
    )
    op.create_table(
        "announcement_recipients",
        sa.Column("id", row_id, autoincrement=False, nullable=False),
        sa.Column("announcement_id", row_id, nullable=False),
        sa.Column("chat_id", row_id, nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("outbox_id", row_id, nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("swapped_at", storage.schema.base.Instant(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state <> 'failed' OR reason IS NOT NULL",
            name=op.f("ck_announcement_recipients_failed_has_reason"),
        ),
        sa.CheckConstraint(
            "state IN ('sent','delivered','read','failed','unknown')",
            name=op.f("ck_announcement_recipients_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcements.id"],
            name=op.f("fk_announcement_recipients_announcement_id_announcements"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["chat_id"],
            ["chats.id"],
            name=op.f("fk_announcement_recipients_chat_id_chats"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["outbox_id"],
            ["outbox.id"],
            name=op.f("fk_announcement_recipients_outbox_id_outbox"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement_recipients")),
        sa.UniqueConstraint(
            "announcement_id", "chat_id", name=op.f("uq_announcement_recipients_announcement_id_chat_id")
        ),
        sa.UniqueConstraint("outbox_id", name=op.f("uq_announcement_recipients_outbox_id")),
    )
    op.create_index(
        op.f("ix_announcement_recipients_chat_id"), "announcement_recipients", ["chat_id"], unique=False
    )
    op.create_table(
        "announcement_parts",
        sa.Column("recipient_id", row_id, nullable=False),
        sa.Column("application_id", row_id, nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_announcement_parts_application_id_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["recipient_id"],
            ["announcement_recipients.id"],
            name=op.f("fk_announcement_parts_recipient_id_announcement_recipients"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("recipient_id", "application_id", name=op.f("pk_announcement_parts")),
    )
    op.create_index(
        op.f("ix_announcement_parts_application_id"), "announcement_parts", ["application_id"], unique=False
    )
