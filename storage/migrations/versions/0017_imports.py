"""What the words of register files mean, and what an import changed, so that it can be taken back."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Instant

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None
no_way_back = "Loket 0.1.0 begins with a later step; restore a backup from before this one."


def upgrade() -> None:
    """Add the tables, and the end of an import that was taken back."""
    row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "import_words",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("changed_at", Instant(timezone=True), nullable=False),
        sa.Column("staff_id", row_id, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_import_words_staff_id_staff")),
        sa.PrimaryKeyConstraint("kind", "word", name=op.f("pk_import_words")),
    )
    op.create_table(
        "import_changes",
        sa.Column("id", row_id, autoincrement=False, nullable=False),
        sa.Column("import_id", row_id, nullable=False),
        sa.Column("application_id", row_id, nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name=op.f("fk_import_changes_import_id_imports")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_import_changes_application_id_applications"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_changes")),
    )
    op.create_index(op.f("ix_import_changes_import_id"), "import_changes", ["import_id"])
    op.create_index(op.f("ix_import_changes_application_id"), "import_changes", ["application_id"])
    op.add_column("imports", sa.Column("undone_at", Instant(timezone=True), nullable=True))
