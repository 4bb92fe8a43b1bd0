"""Hand-overs to a human, and what is said in them."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Instant

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None
no_way_back = "Loket 0.1.0 begins with a later step; restore a backup from before this one."

_LIVING = "state <> 'over'"
_UNTOLD = "state = 'over' AND told_at IS NULL"
_UNPASSED = "passed_at IS NULL"
_WATCHED = "outbox_id IS NOT NULL"


def upgrade() -> None:
    """Make the tables, and let a chat know that a human has it."""
    row_id, moment = sa.BigInteger().with_variant(sa.Integer(), "sqlite"), Instant(timezone=True)
    op.add_column("chats", sa.Column("human_until", moment, nullable=True))
    op.create_table(
        "handovers",
        sa.Column("id", row_id, autoincrement=False, nullable=False),
        sa.Column("chat_id", row_id, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("point", sa.Text(), nullable=True),
        sa.Column("opened_at", moment, nullable=False),
        sa.Column("taken_by", row_id, nullable=True),
        sa.Column("taken_in", row_id, nullable=True),
        sa.Column("taken_at", moment, nullable=True),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("told_at", moment, nullable=True),
        sa.CheckConstraint("state IN ('waiting','taken','over')", name=op.f("ck_handovers_state_known")),
        sa.CheckConstraint(
            "state = 'over' OR (state = 'taken') = (taken_by IS NOT NULL)",
            name=op.f("ck_handovers_taken_by_somebody"),
        ),
        sa.CheckConstraint(
            "(state = 'over') = (ended_at IS NOT NULL)", name=op.f("ck_handovers_over_has_ended")
        ),
        sa.CheckConstraint(
            "state = 'over' OR chat_id IS NOT NULL", name=op.f("ck_handovers_living_has_chat")
        ),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_handovers_chat_id_chats")),
        sa.ForeignKeyConstraint(["taken_by"], ["staff.id"], name=op.f("fk_handovers_taken_by_staff")),
        sa.ForeignKeyConstraint(["taken_in"], ["chats.id"], name=op.f("fk_handovers_taken_in_chats")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    op.create_index(op.f("ix_handovers_opened_at"), "handovers", ["opened_at"])
    _partial("uq_handovers_living", "handovers", "chat_id", _LIVING, unique=True)
    _partial("ix_handovers_untold", "handovers", "ended_at", _UNTOLD)
    op.create_table(
        "handover_lines",
        sa.Column("id", row_id, autoincrement=False, nullable=False),
        sa.Column("handover_id", row_id, nullable=False),
        sa.Column("chat_id", row_id, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("for_resident", sa.Boolean(), nullable=False),
        sa.Column("word", sa.LargeBinary(), nullable=True),
        sa.Column("file", sa.LargeBinary(), nullable=True),
        sa.Column("mime", sa.Text(), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("passed_at", moment, nullable=True),
        sa.Column("outbox_id", row_id, nullable=True),
        sa.ForeignKeyConstraint(
            ["handover_id"],
            ["handovers.id"],
            name=op.f("fk_handover_lines_handover_id_handovers"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name=op.f("fk_handover_lines_chat_id_chats"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_lines")),
    )
    op.create_index(op.f("ix_handover_lines_handover_id"), "handover_lines", ["handover_id"])
    op.create_index(op.f("ix_handover_lines_chat_id"), "handover_lines", ["chat_id"])
    _partial("ix_handover_lines_unpassed", "handover_lines", "handover_id", _UNPASSED)
    _partial("ix_handover_lines_watched", "handover_lines", "outbox_id", _WATCHED)


def _partial(name: str, table: str, column: str, where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(name, table, [column], unique=unique, sqlite_where=condition, postgresql_where=condition)
