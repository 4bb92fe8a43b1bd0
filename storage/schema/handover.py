"""Handovers: residents who talk with a member of staff while the bot is silent."""

from sqlalchemy import Boolean, CheckConstraint, Column, LargeBinary, Table, Text, TextClause, text

from storage.schema.base import Id, Instant, metadata, partial_index, ref, row_id

# A partial index is used only by queries that repeat its condition verbatim (storage/schema/talk.py).
_LIVING = "state <> 'over'"
_UNTOLD = "state = 'over' AND told_at IS NULL"
_UNPASSED = "passed_at IS NULL"
_WATCHED = "outbox_id IS NOT NULL"


def is_living() -> TextClause:
    """Condition: waiting or taken handovers."""
    return text(f"handovers.{_LIVING}")


def is_untold() -> TextClause:
    """Condition: ended handovers whose end was not told yet."""
    return text("handovers.state = 'over' AND handovers.told_at IS NULL")


def is_unpassed() -> TextClause:
    """Condition: lines that the other side does not have yet."""
    return text(f"handover_lines.{_UNPASSED}")


def is_watched() -> TextClause:
    """Condition: lines whose delivery is not known yet."""
    return text(f"handover_lines.{_WATCHED}")


handovers = Table(
    "handovers",
    metadata,
    row_id(),
    ref("chat_id", "chats.id", nullable=True),  # None: its resident was erased
    Column("state", Text, nullable=False),
    Column("why", Text, nullable=False),  # asked, unclear, anger
    Column("point", Text),  # the one service point that all of the resident's applications are at
    Column("opened_at", Instant, nullable=False, index=True),
    ref("taken_by", "staff.id", nullable=True),
    ref("taken_in", "chats.id", nullable=True),  # the staff chat it was taken in; None: in the console
    Column("taken_at", Instant),  # first time, for the resident's wait
    Column("ended_at", Instant),
    Column("ended_by", Text),  # resident, staff:<id>, time, erased, merged
    Column("told_at", Instant),  # when both sides were told of the end
    # A handover has exactly one known state.
    CheckConstraint("state IN ('waiting','taken','over')", name="state_known"),
    # A taken handover has an officer; a waiting one has none.
    CheckConstraint("state = 'over' OR (state = 'taken') = (taken_by IS NOT NULL)", name="taken_by_somebody"),
    # Exactly the ended handovers have an end.
    CheckConstraint("(state = 'over') = (ended_at IS NOT NULL)", name="over_has_ended"),
    # A living handover has a chat.
    CheckConstraint("state = 'over' OR chat_id IS NOT NULL", name="living_has_chat"),
    # A resident has one living handover, however often the button is pressed.
    partial_index("uq_handovers_living", "chat_id", where=text(_LIVING), unique=True),
    partial_index("ix_handovers_untold", "ended_at", where=text(_UNTOLD)),
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
    Column("passed_at", Instant),  # when it was passed to the other side
    # how it was sent, until it is known what became of it; rows of the outbox go earlier
    Column("outbox_id", Id),
    partial_index("ix_handover_lines_unpassed", "handover_id", where=text(_UNPASSED)),
    partial_index("ix_handover_lines_watched", "outbox_id", where=text(_WATCHED)),
)
