"""Errands: conversations that the office begins, with which chat and when."""

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
    Column("until", Instant, nullable=False),  # not begun afterwards, and its buttons expire
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("outcome", Text),  # None: it waits
    Column("begun_at", Instant),
    Column("opening", Text),  # id of the push in its buttons
    # One errand per event: restarts, clock jumps and other processes plan a reminder once.
    UniqueConstraint("chat_id", "conversation", "argument"),
    # An outcome is a known code that staff can read.
    CheckConstraint("outcome IN ('begun','silent','stopped','late','fault')", name="outcome_known"),
    Index(
        "ix_errands_due",
        "due_at",
        sqlite_where=text(_WAITING),
        postgresql_where=text(_WAITING),
    ),
    Index("ix_errands_opening", "chat_id", "opening"),
)
