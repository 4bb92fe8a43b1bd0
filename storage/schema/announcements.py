"""Announcements: text, applications, recipients, results; and the sending lease of an account."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.schema.base import Id, Instant, metadata, partial_index, ref, row_id

_LIVE = "state IN ('preparing','planned','sending','paused','finished')"

announcements = Table(
    "announcements",
    metadata,
    row_id(),
    Column("name", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("wording", LargeBinary, nullable=False),  # sealed: the text by language
    # JSON of domain.announcements.announcement.Audience: codes and days only
    Column("audience", Text, nullable=False),
    Column("point", Text),  # its point, or * for the whole office: decides who may approve and pause it
    Column("waves", Text),  # JSON: cards a day and first day; None: everybody at once
    Column("guard", LargeBinary),  # keyed hash of application ids and text; None: not frozen yet
    # The same text reaches the same applications once. None for one that an approver repeats on purpose, and
    # for an undone one.
    Column("guard_once", LargeBinary, unique=True),
    ref("created_by", "staff.id"),
    ref("approved_by", "staff.id", nullable=True),
    Column("created_at", Instant, nullable=False),
    # whose chats follow then are recipients; those that link later are late followers
    Column("frozen_at", Instant),
    # An approver returned the draft with a note; it waits for its author.
    Column("returned_at", Instant),
    Column("note", LargeBinary),  # sealed
    Column("not_before", Instant),  # when its author wants it to be sent
    Column("starts_at", Instant),
    Column("finished_at", Instant),
    Column("urgent", Boolean, nullable=False),
    Column("override", Boolean, nullable=False),
    # Number of recipients, counted when they were added; reconciliation compares it.
    Column("planned", Integer, nullable=False, server_default="0"),
    Column("owner", Text),  # the process that freezes it, until its lease ends
    Column("lease_until", Instant),
    Column("late_checked_at", Instant),
    # Where progress is shown: the staff chat, and the outbox row of the message that is edited.
    ref("told_chat_id", "chats.id", nullable=True, ondelete="SET NULL"),
    ref("told_row", "outbox.id", nullable=True, ondelete="SET NULL"),
    Column("told", Text, nullable=False, server_default=""),
    # An announcement has exactly one known state.
    CheckConstraint(
        "state IN ('draft','preparing','planned','sending','paused','finished','undone','withdrawn')",
        name="state_known",
    ),
    partial_index("ix_announcements_live", "state", where=text(_LIVE)),
    Index("ix_announcements_guard", "guard"),
)

announcement_applications = Table(
    "announcement_applications",
    metadata,
    # An announcement names an application once, however often a file does.
    Column("announcement_id", Id, ForeignKey("announcements.id", ondelete="CASCADE"), primary_key=True),
    Column("application_id", Id, ForeignKey("applications.id"), primary_key=True, index=True),
    Column("stage", Text),  # at the freeze: late followers are told only while it is unchanged
    Column("comes_at", Instant),  # in waves: its day and window at the counter
    Column("comes_until", Instant),
    # Which cards are called to a day (storage/cards/pickups.py).
    partial_index("ix_announcement_applications_comes", "comes_at", where=text("comes_at IS NOT NULL")),
)

announcement_recipients = Table(
    "announcement_recipients",
    metadata,
    row_id(),
    ref("announcement_id", "announcements.id", ondelete="CASCADE"),
    # None: the person was erased or merged with another recipient; the result stays.
    ref("chat_id", "chats.id", nullable=True, index=True, ondelete="SET NULL"),
    Column("channel", Text, nullable=False),
    # The outbox row, with its state while it is kept. An outbox row has one recipient.
    Column("outbox_id", Id, ForeignKey("outbox.id", ondelete="SET NULL"), unique=True),
    Column("state", Text),  # the result, once the outbox row is gone
    Column("reason", Text),
    Column("late", Boolean, nullable=False),
    Column("swapped_at", Instant),  # in waves: another day was chosen (once)
    # A chat gets an announcement once, however many of its applications are concerned.
    UniqueConstraint("announcement_id", "chat_id"),
    # A result is one of the final states of the outbox.
    CheckConstraint("state IN ('sent','delivered','read','failed','unknown')", name="state_known"),
    # A failure has a reason that staff can read.
    CheckConstraint("state <> 'failed' OR reason IS NOT NULL", name="failed_has_reason"),
)

announcement_parts = Table(
    "announcement_parts",
    metadata,
    # A recipient's message names an application once.
    Column(
        "recipient_id", Id, ForeignKey("announcement_recipients.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("application_id", Id, ForeignKey("applications.id"), primary_key=True, index=True),
)

paces = Table(
    "paces",
    metadata,
    # One process at a time sends an account's pushes and announcements.
    Column("channel", Text, primary_key=True),
    Column("account", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", Instant, nullable=False),
)

pace_replies = Table(
    "pace_replies",
    metadata,
    # Reply rate of each process on an account; the lease holder leaves room for it.
    Column("channel", Text, primary_key=True),
    Column("account", Text, primary_key=True),
    Column("process", Text, primary_key=True),
    Column("per_second", Float, nullable=False),
    Column("at", Instant, nullable=False),
)
