"""Whose chat it is, what it agreed to, follows and asked."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

from storage.schema.base import Id, Instant, metadata, ref, row_id

identities = Table(
    "identities",
    metadata,
    row_id(),
    ref("chat_id", "chats.id", ondelete="CASCADE"),
    Column("channel", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("value", LargeBinary, nullable=False),  # sealed
    # A name belongs to one person: two messages at once from a new person meet here, and a number moves as a whole.
    Column("value_index", LargeBinary, nullable=False, unique=True),
    # The provider said that it holds no longer, but not yet what took its place.
    Column("stale", Boolean, nullable=False),
    Column("since", Instant, nullable=False),
    # A person has one name of each kind: a new one takes the place of the old one.
    UniqueConstraint("chat_id", "kind"),
    CheckConstraint("kind IN ('phone','bsuid','parent')", name="kind_known"),
)

consents = Table(
    "consents",
    metadata,
    row_id(),
    ref("chat_id", "chats.id", index=True),
    Column("kind", Text, nullable=False),  # updates | ratings | reminders
    Column("version", SmallInteger, nullable=False),
    Column("channel", Text, nullable=False),
    Column("given_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
)

notices = Table(
    "notices",
    metadata,
    # A version is shown to a chat once; the time and the channel prove it.
    Column("chat_id", Id, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("version", SmallInteger, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("shown_at", Instant, nullable=False),
)

erasures = Table(
    "erasures",
    metadata,
    # A receipt names one erasure, and nobody.
    Column("receipt", Text, primary_key=True),
    Column("erased_at", Instant, nullable=False),
    # Keyed hash of the erased row's id: a backup that brings the chat back is made to forget it again.
    Column("chat_index", LargeBinary, nullable=False),
)

follows = Table(
    "follows",
    metadata,
    # One follow per chat and application: a change of stage is pushed once to a chat.
    Column("chat_id", Id, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("application_id", Id, ForeignKey("applications.id"), primary_key=True, index=True),
    Column("since", Instant, nullable=False, index=True),
    Column("told", Text, nullable=False),  # stage (or raw code) that the follower heard of last
)

looked_up = Table(
    "looked_up",
    metadata,
    Column("chat_id", Id, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("application_id", Id, ForeignKey("applications.id"), primary_key=True, index=True),
    Column("at", Instant, nullable=False),
)

tries = Table(
    "tries",
    metadata,
    row_id(),
    Column("asker", LargeBinary, nullable=False),  # keyed hash of an address: survives /hapusdata
    Column("nik_index", LargeBinary),
    Column("at", Instant, nullable=False, index=True),
    Index("ix_tries_asker", "asker", "at"),
    Index("ix_tries_nik", "nik_index", "at"),
)
