"""Staff, the audit, and what staff word anew of the office file."""

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, SmallInteger, Table, Text, text

from storage.schema.base import Instant, metadata, ref, row_id

staff = Table(
    "staff",
    metadata,
    row_id(),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("point", Text),
    Column("invited_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    CheckConstraint("role IN ('viewer','officer','approver','admin')", name="role_known"),
    # A name in use names one member of staff; a revoked one may be invited again.
    Index(
        "uq_staff_name_in_use",
        "name",
        unique=True,
        sqlite_where=text("revoked_at IS NULL"),
        postgresql_where=text("revoked_at IS NULL"),
    ),
)

staff_codes = Table(
    "staff_codes",
    metadata,
    Column("code_index", LargeBinary, primary_key=True),
    ref("staff_id", "staff.id"),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("token_index", LargeBinary, primary_key=True),
    ref("staff_id", "staff.id"),
    Column("csrf", Text, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("closed_at", Instant),
)

audit = Table(
    "audit",
    metadata,
    row_id(),
    Column("at", Instant, nullable=False, index=True),
    Column(
        "actor", Text, nullable=False, index=True
    ),  # chat:<id> | staff:<id> | address:<keyed hash> | everybody | system | erased
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column(
        "details", Text, nullable=False, server_default=""
    ),  # codes only, never a NIK, name, address or text
)

writing_key = Table(
    "writing_key",
    metadata,
    # There is one answer to which key new values are written with, for every process (storage/keeping/rotation.py).
    Column("one", SmallInteger, primary_key=True, autoincrement=False),
    Column("key_id", Text, nullable=False),
    Column("since", Instant, nullable=False),
    Column("old_key_id", Text),  # the key before, while a rotation has not written every row anew
    CheckConstraint("one = 1", name="is_one"),
)

processes = Table(
    "processes",
    metadata,
    # A process tells of itself alone, under the name that it made at its start (storage/keeping/processes.py).
    Column("name", Text, primary_key=True),
    Column("doing", Text, nullable=False),  # the command: run, import …
    Column("version", Text, nullable=False),
    Column("key_ids", Text, nullable=False),  # ids of the keys that it holds, never a key
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
)

service_words = Table(
    "service_words",
    metadata,
    # In each language a service is worded once; a service without a row is worded by the office file.
    Column("service", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("needed", Text, nullable=False),  # what to bring or be, a line each
    Column("note", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
    ref("staff_id", "staff.id"),
)
