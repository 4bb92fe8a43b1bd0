"""The tables. Every UNIQUE and CHECK has a comment with the guarantee it gives.

Sealed columns (`LargeBinary` without a suffix) are AES-GCM with `table.column:row` as associated data; columns
ending in `_index` are keyed HMACs for look-ups. See storage/vault.py.
"""

from storage.schema.announcements import (
    announcement_applications,
    announcement_parts,
    announcement_recipients,
    announcements,
    pace_replies,
    paces,
)
from storage.schema.api import api_answers, api_tokens
from storage.schema.base import Instant, metadata
from storage.schema.booking import booking_history, bookings, closures, offers, seats, waiting
from storage.schema.console import job_files, jobs, staff_forms
from storage.schema.handover import (
    handover_lines,
    handovers,
    is_living,
    is_unpassed,
    is_untold,
    is_watched,
)
from storage.schema.office import (
    audit,
    daily_sums,
    processes,
    service_words,
    staff,
    staff_accounts,
    staff_codes,
    staff_passkeys,
    staff_sessions,
    text_templates,
    writing_key,
)
from storage.schema.people import consents, erasures, follows, identities, looked_up, notices, tries
from storage.schema.rating import (
    answer_sets,
    answer_sums,
    case_history,
    cases,
    free_words,
    improvements,
    invitations,
    invited_chats,
    unmixed_days,
)
from storage.schema.register import (
    applicants,
    applications,
    forecasts,
    import_changes,
    import_words,
    imports,
    stage_history,
)
from storage.schema.talk import chats, errands, heard, is_open, is_sending, media, outbox, waits
from storage.schema.webhooks import webhook_deliveries, webhook_targets

__all__ = [
    "Instant",
    "announcement_applications",
    "announcement_parts",
    "announcement_recipients",
    "announcements",
    "answer_sets",
    "answer_sums",
    "api_answers",
    "api_tokens",
    "applicants",
    "applications",
    "audit",
    "booking_history",
    "bookings",
    "case_history",
    "cases",
    "chats",
    "closures",
    "consents",
    "daily_sums",
    "erasures",
    "errands",
    "follows",
    "forecasts",
    "free_words",
    "handover_lines",
    "handovers",
    "heard",
    "identities",
    "import_changes",
    "import_words",
    "imports",
    "improvements",
    "invitations",
    "invited_chats",
    "is_living",
    "is_open",
    "is_sending",
    "is_unpassed",
    "is_untold",
    "is_watched",
    "job_files",
    "jobs",
    "looked_up",
    "media",
    "metadata",
    "notices",
    "offers",
    "outbox",
    "pace_replies",
    "paces",
    "processes",
    "seats",
    "service_words",
    "staff",
    "staff_accounts",
    "staff_codes",
    "staff_forms",
    "staff_passkeys",
    "staff_sessions",
    "stage_history",
    "text_templates",
    "tries",
    "unmixed_days",
    "waiting",
    "waits",
    "webhook_deliveries",
    "webhook_targets",
    "writing_key",
]
