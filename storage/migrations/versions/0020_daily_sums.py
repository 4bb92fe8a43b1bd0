"""Daily sums for the overview, filled from the register as it stands, and who wants the morning message."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None
no_way_back = "Loket 0.1.0 begins with this step; restore a backup from before it."

_STANDS = """
INSERT INTO daily_sums (subject, day, point, part, total)
SELECT 'stands', stage_on, COALESCE(point, ''), COALESCE(stage, ''), COUNT(*) FROM applications
WHERE stage IS NULL OR stage NOT IN ('PICKED_UP', 'DELIVERED', 'REJECTED', 'CANCELLED') GROUP BY 2, 3, 4
"""
_ENTERED = """
INSERT INTO daily_sums (subject, day, point, part, total)
SELECT 'entered', COALESCE(submitted_on, complete_on), COALESCE(point, ''), '', COUNT(*) FROM applications
WHERE submitted_on IS NOT NULL OR complete_on IS NOT NULL GROUP BY 2, 3
"""
_HANDED = """
INSERT INTO daily_sums (subject, day, point, part, total)
SELECT 'handed', stage_on, COALESCE(point, ''), '', COUNT(*) FROM applications
WHERE stage IN ('PICKED_UP', 'DELIVERED') GROUP BY 2, 3
"""
# The last day on which a card became ready that has not gone back to an earlier stage since.
_READY = """
INSERT INTO daily_sums (subject, day, point, part, total)
SELECT 'ready', ready_on, place, COALESCE(CAST({days} AS TEXT), ''), COUNT(*) FROM (
    SELECT COALESCE(point, '') AS place, complete_on, (
        SELECT MAX(h.stage_on) FROM stage_history h
        WHERE h.application_id = a.id AND h.won AND h.stage = 'READY_FOR_PICKUP' AND h.id > COALESCE((
            SELECT MAX(o.id) FROM stage_history o WHERE o.application_id = a.id AND o.won
            AND COALESCE(o.stage, '') NOT IN ('READY_FOR_PICKUP', 'PICKED_UP', 'DELIVERED')
        ), 0)
    ) AS ready_on
    FROM applications a WHERE stage IN ('READY_FOR_PICKUP', 'PICKED_UP', 'DELIVERED')
) AS r WHERE ready_on IS NOT NULL GROUP BY 2, 3, 4
"""
_DAYS = {
    "sqlite": "CAST(MAX(0, julianday(ready_on) - julianday(complete_on)) AS INTEGER)",
    "postgresql": "GREATEST(0, ready_on - complete_on)",
}
FILL = {dialect: (_STANDS, _ENTERED, _HANDED, _READY.format(days=days)) for dialect, days in _DAYS.items()}


def upgrade() -> None:
    """Add the table; 1,000,000 applications are counted in a minute or two."""
    op.create_table(
        "daily_sums",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("point", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "day", "point", "part", name=op.f("pk_daily_sums")),
        sa.CheckConstraint("total >= 0", name=op.f("ck_daily_sums_not_negative")),
        sqlite_with_rowid=False,
    )
    for statement in FILL[op.get_bind().dialect.name]:
        op.execute(statement)
    is_open = sa.text("state = 'open'")
    op.create_index(
        op.f("ix_bookings_open"), "bookings", ["starts_at"], sqlite_where=is_open, postgresql_where=is_open
    )
    op.add_column("staff", sa.Column("mornings", sa.Boolean(), nullable=False, server_default=sa.true()))
