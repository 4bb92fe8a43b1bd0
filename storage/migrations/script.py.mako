"""${message}."""

import sqlalchemy as sa
from alembic import op
import storage.schema.base
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None
# Where it removes or narrows something: oldest_code = "the oldest step whose code runs on it" (docs/decisions/0070).


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:  # or no_way_back = "why not, and what to restore"
    ${downgrades if downgrades else "pass"}
