"""Identities, consents, notices, erasures, follows, look-ups and wrong tries."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
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
    # An identity belongs to one person: two simultaneous first messages meet here, and a number moves as a
    # whole.
    Column("value_index", LargeBinary, nullable=False, unique=True),
    # The provider said that it is no longer valid, but not what replaced it.
    Column("stale", Boolean, nullable=False),
    Column("since", Instant, nullable=False),
    # A person has one identity of each kind; a new one replaces the old one.
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
    # A version is shown to a chat once; time and channel are the proof.
    Column("chat_id", Id, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("version", SmallInteger, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("shown_at", Instant, nullable=False),
)

erasures = Table(
    "erasures",
    metadata,
    # A receipt stands for one erasure and names nobody.
    Column("receipt", Text, primary_key=True),
    Column("erased_at", Instant, nullable=False),
    # Keyed hash of the erased row's id, so that a restored chat is erased again.
    Column("chat_index", LargeBinary, nullable=False),
)

follows = Table(
    "follows",
    metadata,
    # One follow per chat and application: a change of stage is pushed once.
    Column("chat_id", Id, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("application_id", Id, ForeignKey("applications.id"), primary_key=True, index=True),
    Column("since", Instant, nullable=False, index=True),
    Column("told", Text, nullable=False),  # stage (or raw code) that the follower was told last
    Column("told_before", Date),  # end of the range that a shift is measured from
    Column("shifted_at", Instant),  # last push about a shift
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
    Column("asker", LargeBinary, nullable=False),  # keyed hash of an address; survives /hapusdata
    Column("nik_index", LargeBinary),
    Column("at", Instant, nullable=False, index=True),
    Index("ix_tries_asker", "asker", "at"),
    Index("ix_tries_nik", "nik_index", "at"),
)
