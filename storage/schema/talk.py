"""Chats, what was heard and what is to be sent."""

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
    text,
)
from sqlalchemy.sql.selectable import NamedFromClause

from domain.office.services import INDONESIAN
from storage.schema.base import Instant, metadata, ref, row_id

chats = Table(
    "chats",
    metadata,
    row_id(),
    Column("channel", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("address", LargeBinary, nullable=False),
    # One dialogue per address: two messages at once meet the same row lock, never two dialogues.
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
    Column("staff_ended_at", Instant),  # it ended by itself, and nobody was told yet
    # A shared device: since when the person sits there who spoke last; None: it was left, or nobody shares it.
    Column("sat_at", Instant),
    # A human has this chat until then, unless somebody speaks meanwhile: a turn knows it without another question.
    Column("human_until", Instant),
    # /hapusdata: the row goes as soon as its last answer is out; nothing finds it by its address any more.
    Column("erased_at", Instant),
    Index(
        "ix_chats_erased",
        "erased_at",
        sqlite_where=text("erased_at IS NOT NULL"),
        postgresql_where=text("erased_at IS NOT NULL"),
    ),
)

heard = Table(
    "heard",
    metadata,
    # A message has its effect once, however often a provider delivers it: keyed hash of (channel, account, message id).
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
    # Quotas of what waits: bytes of the file, and keyed hashes of the browser's source and of its widest network.
    Column("size", Integer, nullable=False, server_default="0"),
    Column("source_index", LargeBinary),
    Column("wide_index", LargeBinary),
)

# Partial indexes serve only questions that say their condition word by word, so it is written once, without parameters.
_WAITING = "state = 'waiting'"
_OPEN = "state IN ('waiting','sending')"
_SENDING = "state = 'sending'"


def waits(table: NamedFromClause) -> TextClause:
    """The rows of the outbox (or an alias of it) that nobody has taken."""
    return text(f"{table.name}.{_WAITING}")


def is_open(table: NamedFromClause) -> TextClause:
    """The rows of the outbox (or an alias of it) that are not out yet."""
    return text(f"{table.name}.{_OPEN}")


def is_sending(table: NamedFromClause) -> TextClause:
    """The rows of the outbox that somebody is sending."""
    return text(f"{table.name}.{_SENDING}")


outbox = Table(
    "outbox",
    metadata,
    row_id(),
    ref("chat_id", "chats.id", nullable=True),  # None: its person had everything erased
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
    Column("provider_index", LargeBinary, index=True),
    # Every row is in exactly one state, so that planned = the sum of all states.
    CheckConstraint(
        "state IN ('waiting','sending','sent','delivered','read','failed','unknown')", name="state_known"
    ),
    # Nothing fails without a reason that staff can read.
    CheckConstraint("state <> 'failed' OR reason IS NOT NULL", name="failed_has_reason"),
    Index(
        "ix_outbox_due",
        "channel",
        "priority",
        "due_at",
        sqlite_where=text(_WAITING),
        postgresql_where=text(_WAITING),
    ),
    Index(
        "ix_outbox_open",
        "chat_id",
        "id",
        sqlite_where=text(_OPEN),
        postgresql_where=text(_OPEN),
    ),
    Index(
        "ix_outbox_lease",
        "lease_until",
        sqlite_where=text(_SENDING),
        postgresql_where=text(_SENDING),
    ),
)
