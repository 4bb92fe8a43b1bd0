"""Appointments are recorded as arrived, called, served or open, and the last step can be undone."""

import sqlalchemy as sa
from alembic import op

from storage.schema.base import Instant

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None
no_way_back = "Loket 0.1.0 begins with a later step; restore a backup from before this one."

_BEFORE = "state IN ('booked','served','no_show','cancelled')"
_AFTER = "state IN ('booked','arrived','called','served','no_show','open','cancelled')"


def upgrade() -> None:
    """Add the columns, the states, and the index of people who are here; no row changes."""
    for name, kind in (("arrived_at", Instant(timezone=True)), ("called_at", Instant(timezone=True))):
        op.add_column("bookings", sa.Column(name, kind, nullable=True))
    op.add_column("bookings", sa.Column("desk", sa.SmallInteger(), nullable=True))
    op.add_column("bookings", sa.Column("back_to", sa.Text(), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        _check_on_sqlite()
    else:
        op.drop_constraint(op.f("ck_bookings_state_known"), "bookings", type_="check")
        op.create_check_constraint(op.f("ck_bookings_state_known"), "bookings", _AFTER)
    op.drop_index("uq_bookings_one_active", "bookings")
    _index("uq_bookings_one_active", ["applicant_id", "service"], "booked','arrived','called", unique=True)
    _index("ix_bookings_here", ["point"], "arrived','called", unique=False)


def _index(name: str, columns: list[str], states: str, *, unique: bool) -> None:
    within = sa.text(f"state IN ('{states}')")
    op.create_index(name, "bookings", columns, unique=unique, sqlite_where=within, postgresql_where=within)


def _check_on_sqlite() -> None:
    """Change the check in the schema's text, as https://www.sqlite.org/lang_altertable.html (7) describes.

    Copying the table would break its foreign keys, which cannot be turned off inside a transaction.
    """
    connection = op.get_bind()
    version = connection.scalar(sa.text("PRAGMA schema_version"))
    op.execute("PRAGMA writable_schema = ON")
    connection.execute(
        sa.text("UPDATE sqlite_schema SET sql = replace(sql, :before, :after) WHERE name = 'bookings'"),
        {"before": _BEFORE, "after": _AFTER},
    )
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = RESET")
