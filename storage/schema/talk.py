"""Chats, incoming messages, the outbox, and errands."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    TextClause,
    UniqueConstraint,
    text,
)
from sqlalchemy.sql.selectable import NamedFromClause

from domain.office.services import INDONESIAN
from storage.schema.base import Instant, metadata, partial_index, ref, row_id

chats = Table(
    "chats",
    metadata,
    row_id(),
    Column("channel", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("address", LargeBinary, nullable=False),
    # One chat per address: two simultaneous messages meet the same row lock.
    Column("address_index", LargeBinary, nullable=False, unique=True),
    Column("language", Text, nullable=False, server_default=INDONESIAN),
    Column("dialogue", LargeBinary),  # sealed: open scripts and the last taps (handlers/engine/dialogue.py)
    Column("dialogue_until", Instant, index=True),
    Column("created_at", Instant, nullable=False),
    Column("heard_at", Instant, nullable=False),
    # Version of the notice that was shown.
    Column("welcomed", SmallInteger, nullable=False, server_default="0"),
    Column("stopped_at", Instant),  # the resident said /berhenti or blocked us: no pushes
    Column("stopped_why", Text),
    ref("staff_id", "staff.id", nullable=True),
    Column("staff_since", Instant),  # when the staff code was used here
    Column("staff_ended_at", Instant),  # it expired, and nobody was told yet
    # Shared device: start of the sitting; None: nobody sits there, or a personal device.
    Column("sat_at", Instant),
    # An officer has this chat until then; here, so that a turn needs no further query.
    Column("human_until", Instant),
    # /hapusdata: the row is deleted once its last answer is sent; its address no longer finds it.
    Column("erased_at", Instant),
    partial_index("ix_chats_erased", "erased_at", where=text("erased_at IS NOT NULL")),
)

heard = Table(
    "heard",
    metadata,
    # A message takes effect once, however often it is delivered: keyed hash of (channel, account, message id).
    Column("message_index", LargeBinary, primary_key=True),
    Column("heard_at", Instant, nullable=False, index=True),
    sqlite_with_rowid=False,
)

media = Table(
    "media",
    metadata,
    row_id(),
    ref("chat_id", "chats.id", ondelete="CASCADE", index=True),
    Column("heard", LargeBinary, nullable=False),  # sealed: what the channel needs to download and answer
    Column("data", LargeBinary),  # sealed: the file itself, when it came with the message
    Column("due_at", Instant, nullable=False, index=True),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("owner", Text),
    Column("lease_until", Instant),
    # Quotas: file size, and keyed hashes of the browser's source and its widest network.
    Column("size", Integer, nullable=False, server_default="0"),
    Column("source_index", LargeBinary),
    Column("wide_index", LargeBinary),
)

# A partial index is used only by queries that repeat its condition verbatim, so it is written once, without
# parameters.
_WAITING = "state = 'waiting'"
_OPEN = "state IN ('waiting','sending')"
_SENDING = "state = 'sending'"


def waits(table: NamedFromClause) -> TextClause:
    """Condition: rows of the outbox (or an alias) that wait."""
    return text(f"{table.name}.{_WAITING}")


def is_open(table: NamedFromClause) -> TextClause:
    """Condition: rows of the outbox (or an alias) that are not sent yet."""
    return text(f"{table.name}.{_OPEN}")


def is_sending(table: NamedFromClause) -> TextClause:
    """Condition: rows of the outbox that are being sent."""
    return text(f"{table.name}.{_SENDING}")


outbox = Table(
    "outbox",
    metadata,
    row_id(),
    ref("chat_id", "chats.id", nullable=True),  # None: its person was erased
    Column("channel", Text, nullable=False),
    Column("priority", SmallInteger, nullable=False),  # 0 reply, 1 push, 2 announcement
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("body", LargeBinary),  # sealed Screen; blanked by /hapusdata and by retention
    Column("due_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("owner", Text),
    Column("lease_until", Instant),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("provider_id", LargeBinary),  # sealed
    Column("provider_index", LargeBinary),
    # A row has exactly one known state, so that planned = the sum of all states. In pairs, because SQLite
    # makes a table of a longer list for each statement.
    CheckConstraint(
        "state IN ('sending','sent') OR state IN ('waiting','failed') OR state IN ('delivered','read') OR state IN ('unknown')",
        name="state_known",
    ),
    # A failure has a reason that staff can read.
    CheckConstraint("state <> 'failed' OR reason IS NOT NULL", name="failed_has_reason"),
    partial_index("ix_outbox_due", "channel", "priority", "due_at", where=text(_WAITING)),
    partial_index("ix_outbox_open", "chat_id", "id", where=text(_OPEN)),
    partial_index("ix_outbox_lease", "lease_until", where=text(_SENDING)),
    partial_index("ix_outbox_provider_index", "provider_index", where=text("provider_index IS NOT NULL")),
)

# Conversations that the office begins.
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
    partial_index("ix_errands_due", "due_at", where=text("outcome IS NULL")),
    Index("ix_errands_opening", "chat_id", "opening"),
)
