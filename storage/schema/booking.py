"""Appointments: seats that are taken, bookings with their history, closed times, the waiting list and its offers.

A free seat has no row, or one whose time is over: nothing has to be tidied up before it can be taken
(docs/decisions/0018).
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    SmallInteger,
    Table,
    Text,
    Time,
    text,
)

from storage.schema.base import Id, Instant, metadata, ref, row_id

# Partial indexes serve only questions that say their condition word by word.
HELD = "state = 'held'"
ENDS = "until IS NOT NULL"
ACTIVE = "state = 'booked'"
WAITS = "state = 'waiting'"
OPEN = "state = 'open'"
TO_MOVE = "to_move_at IS NOT NULL"
_OF_A_CHAT = "chat_id IS NOT NULL"

seats = Table(
    "seats",
    metadata,
    # A seat is one person's at a time: whoever comes second meets the row of the first. Numbers run from 1 to what the
    # slot has, so that a slot never holds more than its seats.
    Column("point", Text, primary_key=True),
    Column("starts_at", Instant, primary_key=True),
    Column("seat_no", SmallInteger, primary_key=True, autoincrement=False),
    # Who takes a seat names this id (of a hold, or of what became of it): a seat taken anew has another one.
    Column("id", Id, nullable=False, unique=True),
    Column("ends_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("until", Instant),
    ref("applicant_id", "applicants.id", nullable=True),
    Column("service", Text),
    ref("chat_id", "chats.id", nullable=True, ondelete="SET NULL"),
    # A booking has one seat: moving frees the old one.
    Column("booking_id", Id, ForeignKey("bookings.id"), unique=True),
    CheckConstraint("state IN ('held','booked','resting','offered')", name="state_known"),
    # Only a booking keeps its seat for good; everything else ends by itself, also when nobody is there to end it.
    CheckConstraint("(state = 'booked') = (until IS NULL)", name="ends_unless_booked"),
    CheckConstraint("(state = 'booked') = (booking_id IS NOT NULL)", name="booked_has_booking"),
    # A person holds one seat of a service while making up their mind, in however many chats.
    Index(
        "uq_seats_one_hold",
        "applicant_id",
        "service",
        unique=True,
        sqlite_where=text(HELD),
        postgresql_where=text(HELD),
    ),
    Index("ix_seats_until", "until", sqlite_where=text(ENDS), postgresql_where=text(ENDS)),
    Index("ix_seats_chat", "chat_id", sqlite_where=text(_OF_A_CHAT), postgresql_where=text(_OF_A_CHAT)),
    sqlite_with_rowid=False,  # a slot's seats lie side by side
)

bookings = Table(
    "bookings",
    metadata,
    row_id(),
    # A ticket code names one booking, also after it is over.
    Column("code", Text, nullable=False, unique=True),
    ref("applicant_id", "applicants.id", nullable=True, index=True),  # None: walked in without a NIK we know
    Column("service", Text, nullable=False),
    ref("application_id", "applications.id", nullable=True),
    ref("chat_id", "chats.id", nullable=True, index=True, ondelete="SET NULL"),
    Column("point", Text, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("seat_no", SmallInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("walked_in", Boolean, nullable=False),
    # A hold becomes one booking, however often and wherever it is confirmed.
    Column("hold_id", Id, unique=True),
    Column("sequence", SmallInteger, nullable=False, server_default="0"),  # of the calendar file
    Column("moves", SmallInteger, nullable=False, server_default="0"),  # those that the resident made
    Column("booked_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("answered_at", Instant),  # the resident said [Hadir]
    ref("closure_id", "closures.id", nullable=True),
    Column("to_move_at", Instant),  # asked to choose another time since then; None again once they did
    CheckConstraint("state IN ('booked','served','no_show','cancelled')", name="state_known"),
    # One active booking per person and service, whatever chat or channel it comes from.
    Index(
        "uq_bookings_one_active",
        "applicant_id",
        "service",
        unique=True,
        sqlite_where=text(ACTIVE),
        postgresql_where=text(ACTIVE),
    ),
    Index("ix_bookings_day", "point", "starts_at"),
    Index("ix_bookings_active", "starts_at", sqlite_where=text(ACTIVE), postgresql_where=text(ACTIVE)),
    Index("ix_bookings_to_move", "to_move_at", sqlite_where=text(TO_MOVE), postgresql_where=text(TO_MOVE)),
)

booking_history = Table(
    "booking_history",
    metadata,
    row_id(),
    ref("booking_id", "bookings.id", index=True),
    Column("state", Text, nullable=False),
    Column("point", Text, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("at", Instant, nullable=False, index=True),
    Column("by", Text, nullable=False),  # chat:<id> | staff:<id> | system, as in the audit
)

closures = Table(
    "closures",
    metadata,
    row_id(),
    Column("point", Text),  # None: every point
    # As the office said it: a day of its calendar, or a part of it …
    Column("day", Date, nullable=False),
    Column("starts", Time),
    Column("ends", Time),
    # … and the same as moments, which appointments are compared with.
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("closed_at", Instant, nullable=False),
    Column("closed_by", Text, nullable=False),
    Column("opened_at", Instant),
    Column("opened_by", Text),
    # A closure has a length: one that ends before it begins would close nothing and look as if it did.
    CheckConstraint("starts_at < ends_at", name="has_a_length"),
    Index(
        "ix_closures_standing",
        "ends_at",
        sqlite_where=text("opened_at IS NULL"),
        postgresql_where=text("opened_at IS NULL"),
    ),
)

waiting = Table(
    "waiting",
    metadata,
    row_id(),
    ref("applicant_id", "applicants.id"),
    Column("service", Text, nullable=False),
    Column("point", Text, nullable=False),
    ref("chat_id", "chats.id", nullable=True, index=True, ondelete="SET NULL"),
    Column("wanted_from", Instant, nullable=False),  # appointments that begin within it suit
    Column("wanted_until", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("joined_at", Instant, nullable=False),
    Column(
        "queued_at", Instant, nullable=False
    ),  # the place in the line: who let an offer pass goes to its end
    Column("silences", SmallInteger, nullable=False, server_default="0"),
    CheckConstraint("state IN ('waiting','placed','left')", name="state_known"),
    # A person stands once in the line for a service: nobody gets ahead by asking twice.
    Index(
        "uq_waiting_once",
        "applicant_id",
        "service",
        unique=True,
        sqlite_where=text(WAITS),
        postgresql_where=text(WAITS),
    ),
    Index("ix_waiting_line", "point", "queued_at", sqlite_where=text(WAITS), postgresql_where=text(WAITS)),
)

offers = Table(
    "offers",
    metadata,
    row_id(),
    ref("waiting_id", "waiting.id"),
    Column("point", Text, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("seat_no", SmallInteger, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("state", Text, nullable=False),
    CheckConstraint("state IN ('open','taken','declined','lapsed')", name="state_known"),
    # Never two live offers for a seat.
    Index(
        "uq_offers_seat",
        "point",
        "starts_at",
        "seat_no",
        unique=True,
        sqlite_where=text(OPEN),
        postgresql_where=text(OPEN),
    ),
    # A person has one offer to answer at a time.
    Index(
        "uq_offers_person",
        "waiting_id",
        unique=True,
        sqlite_where=text(OPEN),
        postgresql_where=text(OPEN),
    ),
    Index("ix_offers_until", "until", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
    Index("ix_offers_waiting", "waiting_id"),
)
