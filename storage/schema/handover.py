"""Hand-overs: residents who talk with a member of staff while the bot is silent."""

from sqlalchemy import Boolean, CheckConstraint, Column, Index, LargeBinary, Table, Text, TextClause, text

from storage.schema.base import Id, Instant, metadata, ref, row_id

# Partial indexes serve only questions that say their condition word by word (storage/schema/talk.py).
_LIVING = "state <> 'over'"
_UNTOLD = "state = 'over' AND told_at IS NULL"
_UNPASSED = "passed_at IS NULL"
_WATCHED = "outbox_id IS NOT NULL"


def is_living() -> TextClause:
    """The hand-overs that wait or are taken."""
    return text(f"handovers.{_LIVING}")


def is_untold() -> TextClause:
    """The hand-overs that are over, which the resident was not told yet."""
    return text("handovers.state = 'over' AND handovers.told_at IS NULL")


def is_unpassed() -> TextClause:
    """The lines that the other side does not have yet."""
    return text(f"handover_lines.{_UNPASSED}")


def is_watched() -> TextClause:
    """The lines of which it is not known yet whether they arrived."""
    return text(f"handover_lines.{_WATCHED}")


handovers = Table(
    "handovers",
    metadata,
    row_id(),
    ref("chat_id", "chats.id", nullable=True),  # None: its resident had everything erased
    Column("state", Text, nullable=False),
    Column("why", Text, nullable=False),  # asked, unclear, anger
    Column("point", Text),  # the one service point that all of the resident's applications are at
    Column("opened_at", Instant, nullable=False, index=True),
    ref("taken_by", "staff.id", nullable=True),
    ref("taken_in", "chats.id", nullable=True),  # the staff chat it was taken in; None: in the console
    Column("taken_at", Instant),  # for the first time: how long the resident waited
    Column("ended_at", Instant),
    Column("ended_by", Text),  # resident, staff:<id>, time, erased, merged
    Column("told_at", Instant),  # both sides know that it is over
    # A hand-over is in exactly one state.
    CheckConstraint("state IN ('waiting','taken','over')", name="state_known"),
    # Somebody has what is taken, and nobody what waits.
    CheckConstraint("state = 'over' OR (state = 'taken') = (taken_by IS NOT NULL)", name="taken_by_somebody"),
    # What is over has ended, and nothing else has.
    CheckConstraint("(state = 'over') = (ended_at IS NOT NULL)", name="over_has_ended"),
    # A living hand-over leads to a resident.
    CheckConstraint("state = 'over' OR chat_id IS NOT NULL", name="living_has_chat"),
    # A resident is handed over once at a time, whoever presses the button twice.
    Index(
        "uq_handovers_living",
        "chat_id",
        unique=True,
        sqlite_where=text(_LIVING),
        postgresql_where=text(_LIVING),
    ),
    Index("ix_handovers_untold", "ended_at", sqlite_where=text(_UNTOLD), postgresql_where=text(_UNTOLD)),
)

handover_lines = Table(
    "handover_lines",
    metadata,
    row_id(),
    ref("handover_id", "handovers.id", index=True, ondelete="CASCADE"),
    ref("chat_id", "chats.id", index=True, ondelete="CASCADE"),  # the resident's
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),  # resident, staff:<id>, system
    Column("what", Text, nullable=False),  # word, file, lost, held, context
    Column("for_resident", Boolean, nullable=False),
    Column("word", LargeBinary),  # sealed; of a context: codes as JSON
    Column("file", LargeBinary),  # sealed
    Column("mime", Text),
    Column("name", LargeBinary),  # sealed
    Column("passed_at", Instant),  # the other side has it
    Column(
        "outbox_id", Id
    ),  # how it was sent, until it is known what became of it; rows of the outbox go earlier
    Index(
        "ix_handover_lines_unpassed",
        "handover_id",
        sqlite_where=text(_UNPASSED),
        postgresql_where=text(_UNPASSED),
    ),
    Index(
        "ix_handover_lines_watched",
        "outbox_id",
        sqlite_where=text(_WATCHED),
        postgresql_where=text(_WATCHED),
    ),
)
