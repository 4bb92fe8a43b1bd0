"""Sign-in by chat and passkey, and sessions that a PIN unlocks."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Instant

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None
no_way_back = "Loket 0.1.0 begins with a later step; restore a backup from before this one."


def upgrade() -> None:
    """Add the columns and the table; present sessions have no device and end after idling as before."""
    row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("staff", sa.Column("pin", sa.LargeBinary(), nullable=True))
    op.add_column(
        "staff_codes",
        sa.Column("chat_id", row_id, sa.ForeignKey("chats.id"), nullable=True),
        inline_references=True,
    )
    op.add_column("staff_sessions", sa.Column("device", sa.Text(), nullable=False, server_default=""))
    op.add_column("staff_sessions", sa.Column("wrong_pins", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "staff_passkeys",
        sa.Column("id", row_id, autoincrement=False, nullable=False),
        sa.Column("staff_id", row_id, nullable=False),
        sa.Column("credential_index", sa.LargeBinary(), nullable=False),
        sa.Column("credential", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("added_at", Instant(timezone=True), nullable=False),
        sa.Column("used_at", Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_passkeys_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_passkeys")),
        sa.UniqueConstraint("credential_index", name=op.f("uq_staff_passkeys_credential_index")),
    )
