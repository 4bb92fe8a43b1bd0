"""Other systems of the office: tokens of the API, answers that are repeated, targets of webhooks and their events."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    text,
)

from storage.schema.base import Id, Instant, metadata, partial_index, ref, row_id

WAITS = "due_at IS NOT NULL"
GIVEN_UP = "given_up_on IS NOT NULL"

api_tokens = Table(
    "api_tokens",
    metadata,
    # A token acts as one member of staff, whose row has its name, its point and its revocation.
    Column("staff_id", Id, ForeignKey("staff.id"), primary_key=True, autoincrement=False),
    # SHA-256 in hexadecimal: a token is 256 random bits, which nobody guesses, so it needs no key. Two tokens differ.
    Column("token_sha256", Text, nullable=False, unique=True),
    Column("scopes", Text, nullable=False),  # separated by spaces
    Column("per_minute", Integer, nullable=False),
    Column("expires_at", Instant),
    # At least one request a minute, or the token would be none.
    CheckConstraint("per_minute > 0", name="some_requests"),
)

api_answers = Table(
    "api_answers",
    metadata,
    row_id(),
    ref("staff_id", "staff.id"),
    # A token uses an Idempotency-Key once: of two simultaneous requests, one finds the other's row.
    Column("key_index", LargeBinary, nullable=False, unique=True),
    Column("request_index", LargeBinary, nullable=False),  # keyed hash of the request: another one is refused
    Column("answer", LargeBinary),  # sealed JSON; None while the request is worked on
    Column("claimed_at", Instant, nullable=False, index=True),
    Column("owner", Text, nullable=False),  # the request that works on it, until its lease ends
    Column("leased_until", Instant, nullable=False),
)

webhook_targets = Table(
    "webhook_targets",
    metadata,
    row_id(),
    Column("url", LargeBinary, nullable=False),  # sealed: its query may hold a token
    Column("events", Text, nullable=False),  # types, separated by spaces
    Column("numbers", Boolean, nullable=False),  # registration numbers are told, too
    Column("secret", LargeBinary, nullable=False),
    Column("secret_before", LargeBinary),  # one or several, which sign as well until `before_until`
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
    partial_index("ix_webhook_deliveries_due", "target_id", "due_at", where=text(WAITS)),
    partial_index("ix_webhook_deliveries_given_up", "given_up_on", where=text(GIVEN_UP)),
)
