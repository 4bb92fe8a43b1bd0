"""Staff, audit, keys, processes, staff's own wording of services, and daily sums."""

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
    UniqueConstraint,
    false,
    text,
    true,
)

from storage.schema.base import Id, Instant, metadata, partial_index, ref, row_id

staff = Table(
    "staff",
    metadata,
    row_id(),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("point", Text),
    Column("invited_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("pin", LargeBinary),  # sealed scrypt hash (domain/staff/pin.py); None: no PIN
    # What the member wants to be told in staff chats (storage/staff/wishes.py).
    Column("mornings", Boolean, nullable=False, server_default=true()),
    Column("told_talks", Boolean, nullable=False, server_default=true()),
    Column("told_cases", Boolean, nullable=False, server_default=true()),
    Column("told_drafts", Boolean, nullable=False, server_default=true()),
    # A token of the API acts as a member of staff that nobody can sign in as.
    Column("machine", Boolean, nullable=False, server_default=false()),
    CheckConstraint("role IN ('viewer','officer','approver','admin')", name="role_known"),
    # A name in use belongs to one person or one token; a revoked name may be used again.
    partial_index("uq_staff_name_in_use", "name", "machine", where=text("revoked_at IS NULL"), unique=True),
)

staff_codes = Table(
    "staff_codes",
    metadata,
    Column("code_index", LargeBinary, primary_key=True),
    ref("staff_id", "staff.id"),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    # The staff chat that asked for it (/konsol) and is told of its use; None: an invitation.
    ref("chat_id", "chats.id", nullable=True),
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
    # browser and system, as bot/http/sources.py names them
    Column("device", Text, nullable=False, server_default=""),
    Column("wrong_pins", Integer, nullable=False, server_default="0"),  # since it was last unlocked
)

staff_passkeys = Table(
    "staff_passkeys",
    metadata,
    row_id(),
    ref("staff_id", "staff.id"),
    # A passkey belongs to one member of staff.
    Column("credential_index", LargeBinary, nullable=False, unique=True),
    Column("credential", LargeBinary, nullable=False),  # its id in base64url
    Column("public_key", LargeBinary, nullable=False),  # COSE, in base64url
    Column("name", Text, nullable=False),  # how its owner calls it
    Column("added_at", Instant, nullable=False),
    Column("used_at", Instant),
)

staff_accounts = Table(
    "staff_accounts",
    metadata,
    row_id(),
    # A member has one account of another system.
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False, unique=True),
    # An account belongs to one member of staff.
    Column("account_index", LargeBinary, nullable=False, unique=True),
    Column("account", LargeBinary, nullable=False),  # sealed: issuer and subject
    Column("added_at", Instant, nullable=False),
    Column("used_at", Instant),
)

audit = Table(
    "audit",
    metadata,
    row_id(),
    Column("at", Instant, nullable=False, index=True),
    # chat:<id> | staff:<id> | address:<keyed hash> | everybody | system | erased
    Column("actor", Text, nullable=False, index=True),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    # codes only, never a NIK, name, address or text
    Column("details", Text, nullable=False, server_default=""),
)

writing_key = Table(
    "writing_key",
    metadata,
    # One row: the writing key of all processes (storage/keeping/rotation.py).
    Column("one", SmallInteger, primary_key=True, autoincrement=False),
    Column("key_id", Text, nullable=False),
    Column("since", Instant, nullable=False),
    Column("old_key_id", Text),  # previous key, until a rotation has rewritten every row
    CheckConstraint("one = 1", name="is_one"),
)

processes = Table(
    "processes",
    metadata,
    # A process writes its own row only, under a name made at its start (storage/keeping/processes.py).
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
    # One wording per service and language; without a row the office file counts.
    Column("service", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("needed", Text, nullable=False),  # what to bring, one per line
    Column("note", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
    ref("staff_id", "staff.id"),
)

text_templates = Table(
    "text_templates",
    metadata,
    row_id(),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),  # written by staff, about nobody
    Column("changed_at", Instant, nullable=False),
    ref("staff_id", "staff.id"),
    CheckConstraint("kind IN ('reply','announcement')", name="kind_known"),
    # Staff choose a template by its name.
    UniqueConstraint("kind", "name"),
)

# How many of something on a day, for the overview; no row leads to a person, an application or a message.
daily_sums = Table(
    "daily_sums",
    metadata,
    # One count per subject, day, service point ('' = no point, or the whole office) and part, which the subject
    # defines (storage/overview/sums.py).
    Column("subject", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("point", Text, primary_key=True),
    Column("part", Text, primary_key=True),
    Column("total", Integer, nullable=False),
    # More cannot leave a stage than entered it.
    CheckConstraint("total >= 0", name="not_negative"),
    sqlite_with_rowid=False,  # read along the key
)
