"""Tokens of the API, and answers to requests that may come again."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Instant

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; present members of staff are people."""
    row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("staff", sa.Column("machine", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.drop_index("uq_staff_name_in_use", "staff")
    in_use = sa.text("revoked_at IS NULL")
    op.create_index(
        "uq_staff_name_in_use",
        "staff",
        ["name", "machine"],
        unique=True,
        sqlite_where=in_use,
        postgresql_where=in_use,
    )
    op.create_table(
        "api_tokens",
        sa.Column("staff_id", row_id, autoincrement=False, nullable=False),
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("per_minute", sa.Integer(), nullable=False),
        sa.Column("expires_at", Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_api_tokens_staff_id_staff")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_api_tokens_token_sha256")),
        sa.CheckConstraint("per_minute > 0", name=op.f("ck_api_tokens_some_requests")),
    )
    op.create_table(
        "api_answers",
        sa.Column("id", row_id, autoincrement=False, nullable=False),
        sa.Column("staff_id", row_id, nullable=False),
        sa.Column("key_index", sa.LargeBinary(), nullable=False),
        sa.Column("request_index", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("claimed_at", Instant(timezone=True), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("leased_until", Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_api_answers_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_answers")),
        sa.UniqueConstraint("key_index", name=op.f("uq_api_answers_key_index")),
    )
    op.create_index(op.f("ix_api_answers_claimed_at"), "api_answers", ["claimed_at"])


def downgrade() -> None:
    """Remove the tables; machines are revoked, since a member of staff would be made of them."""
    op.drop_table("api_answers")
    op.drop_table("api_tokens")
    op.execute("UPDATE staff SET revoked_at = invited_at WHERE machine AND revoked_at IS NULL")
    op.drop_index("uq_staff_name_in_use", "staff")
    in_use = sa.text("revoked_at IS NULL")
    op.create_index(
        "uq_staff_name_in_use", "staff", ["name"], unique=True, sqlite_where=in_use, postgresql_where=in_use
    )
    op.drop_column("staff", "machine")
