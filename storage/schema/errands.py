"""What the office says first: which conversation it begins with which chat, and when."""

from sqlalchemy import CheckConstraint, Column, Index, SmallInteger, Table, Text, UniqueConstraint, text

from storage.schema.base import Instant, metadata, ref, row_id

_WAITING = "outcome IS NULL"

errands = Table(
    "errands",
    metadata,
    row_id(),
    ref("chat_id", "chats.id", ondelete="CASCADE"),
    Column("conversation", Text, nullable=False),
    Column("argument", Text, nullable=False),  # row ids and codes only, never what a person typed
    Column("due_at", Instant, nullable=False),
    Column("until", Instant, nullable=False),  # after it nothing is begun, and its buttons are old
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("outcome", Text),  # None: it waits
    Column("begun_at", Instant),
    Column("opening", Text),  # how the buttons of its push name it
    # One errand for an event: a reminder is planned once over restarts, clock jumps and processes.
    UniqueConstraint("chat_id", "conversation", "argument"),
    # What was done has a reason that staff can read.
    CheckConstraint("outcome IN ('begun','silent','stopped','late','fault')", name="outcome_known"),
    Index(
        "ix_errands_due",
        "due_at",
        sqlite_where=text(_WAITING),
        postgresql_where=text(_WAITING),
    ),
    Index("ix_errands_opening", "chat_id", "opening"),
)
