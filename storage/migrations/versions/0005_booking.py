"""Appointments: seats, bookings, closed times, the waiting list and its offers."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None
no_way_back = "Loket 0.1.0 begins with a later step; restore a backup from before this one."


def upgrade() -> None:
    """Make the tables of booking."""
    row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "closures",
        sa.Column("id", row_id, autoincrement=False, nullable=False),
        sa.Column("point", sa.Text(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=True),
        sa.Column("ends", sa.Time(), nullable=True),
        sa.Column("starts_at", Instant(timezone=True), nullable=False),
        sa.Column("ends_at", Instant(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("closed_at", Instant(timezone=True), nullable=False),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.Column("opened_at", Instant(timezone=True), nullable=True),
        sa.Column("opened_by", sa.Text(), nullable=True),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_closures_has_a_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closures")),
    )
    op.create_index(
        "ix_closures_standing",
        "closures",
        ["ends_at"],
        unique=False,
        sqlite_where=sa.text("opened_at IS NULL"),
        postgresql_where=sa.text("opened_at IS NULL"),
    )
    op.create_table(
        "bookings",
        sa.Column("id", row_id, autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("applicant_id", row_id, nullable=True),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("application_id", row_id, nullable=True),
        sa.Column("chat_id", row_id, nullable=True),
        sa.Column("point", sa.Text(), nullable=False),
        sa.Column("starts_at", Instant(timezone=True), nullable=False),
        sa.Column("ends_at", Instant(timezone=True), nullable=False),
        sa.Column("seat_no", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("walked_in", sa.Boolean(), nullable=False),
        sa.Column("hold_id", row_id, nullable=True),
        sa.Column("sequence", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("moves", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("booked_at", Instant(timezone=True), nullable=False),
        sa.Column("changed_at", Instant(timezone=True), nullable=False),
        sa.Column("answered_at", Instant(timezone=True), nullable=True),
        sa.Column("closure_id", row_id, nullable=True),
        sa.Column("to_move_at", Instant(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('booked','served','no_show','cancelled')", name=op.f("ck_bookings_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["applicants.id"], name=op.f("fk_bookings_applicant_id_applicants")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_bookings_application_id_applications")
        ),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name=op.f("fk_bookings_chat_id_chats"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["closure_id"], ["closures.id"], name=op.f("fk_bookings_closure_id_closures")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
        sa.UniqueConstraint("code", name=op.f("uq_bookings_code")),
        sa.UniqueConstraint("hold_id", name=op.f("uq_bookings_hold_id")),
    )
    op.create_index(
        "ix_bookings_active",
        "bookings",
        ["starts_at"],
        unique=False,
        sqlite_where=sa.text("state = 'booked'"),
        postgresql_where=sa.text("state = 'booked'"),
    )
    op.create_index(op.f("ix_bookings_applicant_id"), "bookings", ["applicant_id"], unique=False)
    op.create_index(op.f("ix_bookings_chat_id"), "bookings", ["chat_id"], unique=False)
    op.create_index("ix_bookings_day", "bookings", ["point", "starts_at"], unique=False)
    op.create_index(
        "ix_bookings_to_move",
        "bookings",
        ["to_move_at"],
        unique=False,
        sqlite_where=sa.text("to_move_at IS NOT NULL"),
        postgresql_where=sa.text("to_move_at IS NOT NULL"),
    )
    op.create_index(
        "uq_bookings_one_active",
        "bookings",
        ["applicant_id", "service"],
        unique=True,
        sqlite_where=sa.text("state = 'booked'"),
        postgresql_where=sa.text("state = 'booked'"),
    )
    op.create_table(
        "waiting",
        sa.Column("id", row_id, autoincrement=False, nullable=False),
        sa.Column("applicant_id", row_id, nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("point", sa.Text(), nullable=False),
        sa.Column("chat_id", row_id, nullable=True),
        sa.Column("wanted_from", Instant(timezone=True), nullable=False),
        sa.Column("wanted_until", Instant(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("joined_at", Instant(timezone=True), nullable=False),
        sa.Column("queued_at", Instant(timezone=True), nullable=False),
        sa.Column("silences", sa.SmallInteger(), server_default="0", nullable=False),
        sa.CheckConstraint("state IN ('waiting','placed','left')", name=op.f("ck_waiting_state_known")),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["applicants.id"], name=op.f("fk_waiting_applicant_id_applicants")
        ),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name=op.f("fk_waiting_chat_id_chats"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting")),
    )
    op.create_index(op.f("ix_waiting_chat_id"), "waiting", ["chat_id"], unique=False)
    op.create_index(
        "ix_waiting_line",
        "waiting",
        ["point", "queued_at"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "uq_waiting_once",
        "waiting",
        ["applicant_id", "service"],
        unique=True,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "booking_history",
        sa.Column("id", row_id, autoincrement=False, nullable=False),
        sa.Column("booking_id", row_id, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("point", sa.Text(), nullable=False),
        sa.Column("starts_at", Instant(timezone=True), nullable=False),
        sa.Column("at", Instant(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_booking_history_booking_id_bookings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_history")),
    )
    op.create_index(op.f("ix_booking_history_at"), "booking_history", ["at"], unique=False)
    op.create_index(op.f("ix_booking_history_booking_id"), "booking_history", ["booking_id"], unique=False)
    op.create_table(
        "offers",
        sa.Column("id", row_id, autoincrement=False, nullable=False),
        sa.Column("waiting_id", row_id, nullable=False),
        sa.Column("point", sa.Text(), nullable=False),
        sa.Column("starts_at", Instant(timezone=True), nullable=False),
        sa.Column("seat_no", sa.SmallInteger(), nullable=False),
        sa.Column("made_at", Instant(timezone=True), nullable=False),
        sa.Column("until", Instant(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open','taken','declined','lapsed')", name=op.f("ck_offers_state_known")
        ),
        sa.ForeignKeyConstraint(["waiting_id"], ["waiting.id"], name=op.f("fk_offers_waiting_id_waiting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
    )
    op.create_index(
        "ix_offers_until",
        "offers",
        ["until"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("ix_offers_waiting", "offers", ["waiting_id"], unique=False)
    op.create_index(
        "uq_offers_person",
        "offers",
        ["waiting_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        "uq_offers_seat",
        "offers",
        ["point", "starts_at", "seat_no"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "seats",
        sa.Column("point", sa.Text(), nullable=False),
        sa.Column("starts_at", Instant(timezone=True), nullable=False),
        sa.Column("seat_no", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("id", row_id, nullable=False),
        sa.Column("ends_at", Instant(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("until", Instant(timezone=True), nullable=True),
        sa.Column("applicant_id", row_id, nullable=True),
        sa.Column("service", sa.Text(), nullable=True),
        sa.Column("chat_id", row_id, nullable=True),
        sa.Column("booking_id", row_id, nullable=True),
        sa.CheckConstraint(
            "(state = 'booked') = (booking_id IS NOT NULL)", name=op.f("ck_seats_booked_has_booking")
        ),
        sa.CheckConstraint("(state = 'booked') = (until IS NULL)", name=op.f("ck_seats_ends_unless_booked")),
        sa.CheckConstraint(
            "state IN ('held','booked','resting','offered')", name=op.f("ck_seats_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["applicants.id"], name=op.f("fk_seats_applicant_id_applicants")
        ),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_seats_booking_id_bookings")),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name=op.f("fk_seats_chat_id_chats"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("point", "starts_at", "seat_no", name=op.f("pk_seats")),
        sa.UniqueConstraint("booking_id", name=op.f("uq_seats_booking_id")),
        sa.UniqueConstraint("id", name=op.f("uq_seats_id")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_seats_chat",
        "seats",
        ["chat_id"],
        unique=False,
        sqlite_where=sa.text("chat_id IS NOT NULL"),
        postgresql_where=sa.text("chat_id IS NOT NULL"),
    )
    op.create_index(
        "ix_seats_until",
        "seats",
        ["until"],
        unique=False,
        sqlite_where=sa.text("until IS NOT NULL"),
        postgresql_where=sa.text("until IS NOT NULL"),
    )
    op.create_index(
        "uq_seats_one_hold",
        "seats",
        ["applicant_id", "service"],
        unique=True,
        sqlite_where=sa.text("state = 'held'"),
        postgresql_where=sa.text("state = 'held'"),
    )
