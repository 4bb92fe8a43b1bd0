"""The one list of what is held about people: table by table, what an erasure, the retention and a new key do with it.

A test fails when a table, a sealed or a keyed column, or a reference to a chat is not in it. storage/keeping/erasing.py,
storage/keeping/purge.py and storage/keeping/rotation.py work along it; docs/security.md shows it.
"""

from collections.abc import Mapping

from storage.keeping.holdings.register import OFFICE, REGISTER
from storage.keeping.holdings.services import ANNOUNCEMENTS, APPOINTMENTS, RATING
from storage.keeping.holdings.talk import TALK
from storage.keeping.personal import Held

HELD: Mapping[str, Held] = {**REGISTER, **TALK, **APPOINTMENTS, **ANNOUNCEMENTS, **RATING, **OFFICE}
