"""The API: tokens, and answers that are repeated."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, LargeBinary, Table, Text

from storage.schema.base import Id, Instant, metadata, ref, row_id

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
