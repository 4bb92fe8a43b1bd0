"""Appointments: taken seats, bookings with history, closures, the waiting list and offers.

A free seat has no row, or an expired one: taking it needs no clean-up (docs/decisions/0018).
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

from storage.schema.base import Id, Instant, metadata, partial_index, ref, row_id

# A partial index is used only by queries that repeat its condition verbatim.
HELD = "state = 'held'"
ENDS = "until IS NOT NULL"
BOOKED = "state = 'booked'"
HERE = "state IN ('arrived','called')"
ACTIVE = "state IN ('booked','arrived','called')"
WAITS = "state = 'waiting'"
OPEN = "state = 'open'"
TO_MOVE = "to_move_at IS NOT NULL"
_OF_A_CHAT = "chat_id IS NOT NULL"

seats = Table(
    "seats",
    metadata,
    # A seat belongs to one person at a time: a second taker meets the first one's row. Numbers run from 1 to
    # the slot's seats, so a slot never holds more.
    Column("point", Text, primary_key=True),
    Column("starts_at", Instant, primary_key=True),
    Column("seat_no", SmallInteger, primary_key=True, autoincrement=False),
    # Identifies the taker (a hold or what became of it): a seat taken again gets a new id.
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
    # Only a booking keeps its seat without end; everything else expires without help.
    CheckConstraint("(state = 'booked') = (until IS NULL)", name="ends_unless_booked"),
    CheckConstraint("(state = 'booked') = (booking_id IS NOT NULL)", name="booked_has_booking"),
    # A person holds one seat per service, in all chats together.
    partial_index("uq_seats_one_hold", "applicant_id", "service", where=text(HELD), unique=True),
    partial_index("ix_seats_until", "until", where=text(ENDS)),
    partial_index("ix_seats_chat", "chat_id", where=text(_OF_A_CHAT)),
    sqlite_with_rowid=False,  # a slot's seats lie side by side
)

bookings = Table(
    "bookings",
    metadata,
    row_id(),
    # A ticket code names one booking, also after it is over.
    Column("code", Text, nullable=False, unique=True),
    ref("applicant_id", "applicants.id", nullable=True, index=True),  # None: a walk-in without a known NIK
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
    Column("moves", SmallInteger, nullable=False, server_default="0"),  # made by the resident
    Column("booked_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("answered_at", Instant),  # the resident said [Hadir]
    ref("closure_id", "closures.id", nullable=True),
    Column("to_move_at", Instant),  # when the office asked for another time; None again after the choice
    Column("arrived_at", Instant),
    Column("called_at", Instant),
    Column("desk", SmallInteger),  # that they were called to, if it was named
    Column("back_to", Text),  # the state before the last step at the counter, while it can be undone
    CheckConstraint(
        "state IN ('booked','arrived','called','served','no_show','open','cancelled')", name="state_known"
    ),
    # One active booking per person and service, whatever chat or channel it comes from.
    partial_index("uq_bookings_one_active", "applicant_id", "service", where=text(ACTIVE), unique=True),
    Index("ix_bookings_day", "point", "starts_at"),
    partial_index("ix_bookings_active", "starts_at", where=text(BOOKED)),
    partial_index("ix_bookings_open", "starts_at", where=text(OPEN)),
    partial_index("ix_bookings_here", "point", where=text(HERE)),
    partial_index("ix_bookings_to_move", "to_move_at", where=text(TO_MOVE)),
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
    # As entered: a day of the office's calendar, or part of it …
    Column("day", Date, nullable=False),
    Column("starts", Time),
    Column("ends", Time),
    # … and as moments, for comparison with appointments.
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("closed_at", Instant, nullable=False),
    Column("closed_by", Text, nullable=False),
    Column("opened_at", Instant),
    Column("opened_by", Text),
    # A closure has a positive length; otherwise it would close nothing.
    CheckConstraint("starts_at < ends_at", name="has_a_length"),
    partial_index("ix_closures_standing", "ends_at", where=text("opened_at IS NULL")),
)

waiting = Table(
    "waiting",
    metadata,
    row_id(),
    ref("applicant_id", "applicants.id"),
    Column("service", Text, nullable=False),
    Column("point", Text, nullable=False),
    ref("chat_id", "chats.id", nullable=True, index=True, ondelete="SET NULL"),
    Column("wanted_from", Instant, nullable=False),  # suitable appointments begin within it
    Column("wanted_until", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("joined_at", Instant, nullable=False),
    # the place in the line: who let an offer pass goes to its end
    Column("queued_at", Instant, nullable=False),
    Column("silences", SmallInteger, nullable=False, server_default="0"),
    CheckConstraint("state IN ('waiting','placed','left')", name="state_known"),
    # A person stands in line once per service: asking twice gains nothing.
    partial_index("uq_waiting_once", "applicant_id", "service", where=text(WAITS), unique=True),
    partial_index("ix_waiting_line", "point", "queued_at", where=text(WAITS)),
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
    # A seat has one open offer.
    partial_index("uq_offers_seat", "point", "starts_at", "seat_no", where=text(OPEN), unique=True),
    # A person has one offer to answer at a time.
    partial_index("uq_offers_person", "waiting_id", where=text(OPEN), unique=True),
    partial_index("ix_offers_until", "until", where=text(OPEN)),
    Index("ix_offers_waiting", "waiting_id"),
)
