"""The list of personal data: what erasure, retention and key rotation do with each table.

A test fails when a table, a sealed or keyed column, or a reference to a chat is missing.
storage/keeping/erasure.py, storage/keeping/purge.py and storage/keeping/rotation.py use it; docs/security.md
shows it.
"""

from collections.abc import Mapping

from storage.keeping.holdings.base import Held
from storage.keeping.holdings.register import OFFICE, REGISTER
from storage.keeping.holdings.services import ANNOUNCEMENTS, APPOINTMENTS, OVERVIEW, RATING
from storage.keeping.holdings.talk import TALK

HELD: Mapping[str, Held] = {
    **REGISTER,
    **TALK,
    **APPOINTMENTS,
    **ANNOUNCEMENTS,
    **RATING,
    **OVERVIEW,
    **OFFICE,
}
