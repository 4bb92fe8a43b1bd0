"""The tables. Every UNIQUE and CHECK has a comment with the guarantee it gives.

Sealed columns (`LargeBinary` without a suffix) are AES-GCM with `table.column:row` as associated data; columns
ending in `_index` are keyed HMACs for look-ups. See storage/vault.py.
"""

# Tables of one subject have their own file; import them from here.
from storage.schema.announcements import *  # noqa: F403 (every table)
from storage.schema.base import Instant as Instant
from storage.schema.base import metadata as metadata
from storage.schema.base import of_row as of_row
from storage.schema.booking import *  # noqa: F403 (likewise)
from storage.schema.console import *  # noqa: F403 (likewise)
from storage.schema.handover import *  # noqa: F403 (likewise)
from storage.schema.office import *  # noqa: F403 (likewise)
from storage.schema.people import *  # noqa: F403 (likewise)
from storage.schema.rating import *  # noqa: F403 (likewise)
from storage.schema.register import *  # noqa: F403 (likewise)
from storage.schema.systems import *  # noqa: F403 (likewise)
from storage.schema.talk import *  # noqa: F403 (likewise)
