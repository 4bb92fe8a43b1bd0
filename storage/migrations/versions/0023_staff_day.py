"""The staff's day: which cards are called to a day, what a case is about, templates."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Id, Instant

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add index, table and column; what cases are about already stays unknown."""
    is_called = sa.text("comes_at IS NOT NULL")
    op.create_index(
        "ix_announcement_applications_comes",
        "announcement_applications",
        ["comes_at"],
        sqlite_where=is_called,
        postgresql_where=is_called,
    )
    op.create_table(
        "text_templates",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changed_at", Instant(timezone=True), nullable=False),
        sa.Column("staff_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_text_templates_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_templates")),
        sa.UniqueConstraint("kind", "name", name=op.f("uq_text_templates_kind_name")),
        sa.CheckConstraint("kind IN ('reply','announcement')", name=op.f("ck_text_templates_kind_known")),
    )
    op.create_table(
        "staff_accounts",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("staff_id", Id, nullable=False),
        sa.Column("account_index", sa.LargeBinary(), nullable=False),
        sa.Column("account", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", Instant(timezone=True), nullable=False),
        sa.Column("used_at", Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_accounts_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_accounts")),
        sa.UniqueConstraint("staff_id", name=op.f("uq_staff_accounts_staff_id")),
        sa.UniqueConstraint("account_index", name=op.f("uq_staff_accounts_account_index")),
    )
    for told in ("told_talks", "told_cases", "told_drafts"):
        op.add_column("staff", sa.Column(told, sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("announcements", sa.Column("returned_at", Instant(timezone=True), nullable=True))
    op.add_column("announcements", sa.Column("note", sa.LargeBinary(), nullable=True))
    op.add_column("announcements", sa.Column("not_before", Instant(timezone=True), nullable=True))
    op.add_column("cases", sa.Column("about", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Remove them."""
    op.drop_column("cases", "about")
    for name in ("not_before", "note", "returned_at"):
        op.drop_column("announcements", name)
    for told in ("told_drafts", "told_cases", "told_talks"):
        op.drop_column("staff", told)
    op.drop_table("staff_accounts")
    op.drop_table("text_templates")
    op.drop_index("ix_announcement_applications_comes", "announcement_applications")
