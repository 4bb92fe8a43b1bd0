"""The tables. Every UNIQUE and CHECK has a comment that says which promise it keeps.

Sealed columns (`LargeBinary`, named without a suffix) are AES-GCM with `table.column:row` as associated data; columns
ending in `_index` are keyed HMACs that rows are found by. See storage/vault.py.
"""

from storage.schema.base import Instant, metadata
from storage.schema.errands import errands
from storage.schema.office import audit, staff, staff_codes, staff_sessions
from storage.schema.people import consents, follows, identities, looked_up, tries
from storage.schema.rating import (
    answer_sets,
    answer_sums,
    case_history,
    cases,
    free_words,
    improvements,
    invitations,
    invited_chats,
)
from storage.schema.register import applicants, applications, imports, stage_history
from storage.schema.talk import chats, heard, is_open, is_sending, media, outbox, waits

__all__ = [
    "Instant",
    "answer_sets",
    "answer_sums",
    "applicants",
    "applications",
    "audit",
    "case_history",
    "cases",
    "chats",
    "consents",
    "errands",
    "follows",
    "free_words",
    "heard",
    "identities",
    "imports",
    "improvements",
    "invitations",
    "invited_chats",
    "is_open",
    "is_sending",
    "looked_up",
    "media",
    "metadata",
    "outbox",
    "staff",
    "staff_codes",
    "staff_sessions",
    "stage_history",
    "tries",
    "waits",
]
