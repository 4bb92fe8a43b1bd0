"""Webhooks: targets, and the events that wait for each of them."""

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
    text,
)

from storage.schema.base import Id, Instant, metadata, row_id

WAITS = "due_at IS NOT NULL"
GIVEN_UP = "given_up_on IS NOT NULL"

webhook_targets = Table(
    "webhook_targets",
    metadata,
    row_id(),
    Column("url", LargeBinary, nullable=False),  # sealed: its query may hold a token
    Column("events", Text, nullable=False),  # types, separated by spaces
    Column("numbers", Boolean, nullable=False),  # registration numbers are told, too
    Column("secret", LargeBinary, nullable=False),
    Column("secret_before", LargeBinary),  # signs as well until `before_until`
    Column("before_until", Instant),
    Column("made_at", Instant, nullable=False),
    Column("made_by", Text, nullable=False),  # staff:<id>, also of a token | system, as in the audit
    Column("succeeded_at", Instant),
    Column("failures", SmallInteger, nullable=False, server_default="0"),  # in a row
    Column("failing_since", Instant),
    Column("resume_at", Instant),  # nothing is sent before
    Column("outcome", Text, nullable=False, server_default=""),  # of the last failure
    Column("disabled_at", Instant),
    # One process sends to a target at a time.
    Column("owner", Text),
    Column("leased_until", Instant),
)

webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    # An event waits once for each target; its id is the `webhook-id` of every attempt.
    Column("event_id", Id, primary_key=True, autoincrement=False),
    Column("target_id", Id, ForeignKey("webhook_targets.id", ondelete="CASCADE"), primary_key=True),
    Column("type", Text, nullable=False),
    Column("body", Text, nullable=False),  # JSON; ids and codes only
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("due_at", Instant),
    Column("give_up_at", Instant),
    # The Monday of its week: a case that came of an answer tells no day (storage/ratings/cases.py).
    Column("given_up_on", Date),
    Column("outcome", Text, nullable=False, server_default=""),  # of the last attempt
    # An event waits or is given up; one that arrived is deleted.
    CheckConstraint("(due_at IS NULL) = (given_up_on IS NOT NULL)", name="waits_or_given_up"),
    Index(
        "ix_webhook_deliveries_due",
        "target_id",
        "due_at",
        sqlite_where=text(WAITS),
        postgresql_where=text(WAITS),
    ),
    Index(
        "ix_webhook_deliveries_given_up",
        "given_up_on",
        sqlite_where=text(GIVEN_UP),
        postgresql_where=text(GIVEN_UP),
    ),
)
