"""The console in the browser: forms that count once, and long work with its files."""

import sqlalchemy as sa
from alembic import op

import storage.schema.base

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None
no_way_back = "Loket 0.1.0 begins with a later step; restore a backup from before this one."


def upgrade() -> None:
    """Make the console's tables."""
    row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    instant = storage.schema.base.Instant
    op.create_table(
        "staff_forms",
        sa.Column("form_index", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("form_index", name=op.f("pk_staff_forms")),
    )
    op.create_index(op.f("ix_staff_forms_used_at"), "staff_forms", ["used_at"])
    op.create_table(
        "jobs",
        sa.Column("id", row_id, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("staff_id", row_id, nullable=False),
        sa.Column("argument", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", instant(timezone=True), nullable=False),
        sa.Column("step", sa.Text(), server_default="", nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("leased_until", instant(timezone=True), nullable=True),
        sa.Column("finished_at", instant(timezone=True), nullable=True),
        sa.Column("outcome", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "state IN ('gathering','waiting','running','done','failed')", name=op.f("ck_jobs_state_known")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_jobs_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    op.create_index(
        "ix_jobs_open",
        "jobs",
        ["created_at"],
        sqlite_where=sa.text("state IN ('waiting','running')"),
        postgresql_where=sa.text("state IN ('waiting','running')"),
    )
    op.create_table(
        "job_files",
        sa.Column("job_id", row_id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["jobs.id"], name=op.f("fk_job_files_job_id_jobs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("job_id", "name", "part", name=op.f("pk_job_files")),
    )
