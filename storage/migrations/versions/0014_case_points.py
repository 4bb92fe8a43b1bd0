"""Cases know the points they may be about, and of those that came of answers only the week is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None
no_way_back = "Loket 0.1.0 begins with a later step; restore a backup from before this one."

WEEKS = {
    "sqlite": (
        """UPDATE cases SET by_week = true, opened_on = date(opened_on, 'weekday 0', '-6 days'),
        due_on = date(opened_on, 'weekday 0', (julianday(due_on) - julianday(opened_on)) || ' days')
        WHERE kind IN ('low', 'fee')""",
        """UPDATE case_history SET at = date(at, 'weekday 0', '-6 days') || ' 00:00:00.000000'
        WHERE what = 'opened' AND case_id IN (SELECT id FROM cases WHERE by_week)""",
        "UPDATE free_words SET written_on = date(written_on, 'weekday 0', '-6 days')",
    ),
    "postgresql": (
        """UPDATE cases SET by_week = true, opened_on = CAST(date_trunc('week', opened_on) AS DATE),
        due_on = CAST(date_trunc('week', opened_on) AS DATE) + 6 + (due_on - opened_on)
        WHERE kind IN ('low', 'fee')""",
        """UPDATE case_history SET at = date_trunc('week', at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
        WHERE what = 'opened' AND case_id IN (SELECT id FROM cases WHERE by_week)""",
        "UPDATE free_words SET written_on = CAST(date_trunc('week', written_on) AS DATE)",
    ),
}
"""Days become the Monday of their week; what was due so many days later is due so many days after its Sunday."""


def upgrade() -> None:
    """Add the columns, and let the days of what is there already become weeks."""
    op.add_column("cases", sa.Column("points", sa.LargeBinary(), nullable=True))
    op.add_column(
        "cases", sa.Column("by_week", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    for statement in WEEKS[op.get_bind().dialect.name]:
        op.execute(statement)
