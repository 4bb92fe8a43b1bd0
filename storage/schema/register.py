"""The register: applicants, their applications, history and imports."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, LargeBinary, Table, Text, text

from storage.schema.base import Instant, metadata, partial_index, ref, row_id

applicants = Table(
    "applicants",
    metadata,
    row_id(),
    Column("nik", LargeBinary, nullable=False),
    # One applicant per NIK.
    Column("nik_index", LargeBinary, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
)

applications = Table(
    "applications",
    metadata,
    row_id(),
    # A registration number names one application.
    Column("number", Text, nullable=False, unique=True),
    ref("applicant_id", "applicants.id", index=True),
    Column("name", LargeBinary, nullable=False),
    Column("phone", LargeBinary),
    Column("phone_index", LargeBinary),
    Column("service", Text, nullable=False),
    Column("stage", Text),  # None: unknown code of the office, see raw_code
    Column("raw_code", Text, nullable=False),
    Column("stage_on", Date, nullable=False),
    Column("stage_by", Text, nullable=False),  # import | staff
    Column("submitted_on", Date),
    Column("complete_on", Date),
    Column("point", Text),
    Column("district", Text),
    Column("village", Text),
    Column("note", LargeBinary),
    # keyed hash of the row as imported: unchanged rows change nothing
    Column("digest", LargeBinary, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("push_due_at", Instant),  # end of the hold window after the last change of stage
    Column("withdrawn_at", Instant),
    Index("ix_applications_stage", "stage", "stage_on"),
    # Print order without reading the rows (storage/cards/applications.py counts along it).
    partial_index(
        "ix_applications_print_order",
        "stage",
        "complete_on",
        where=text("stage IN ('PRINT_READY','WAITING_BLANK') AND withdrawn_at IS NULL"),
    ),
    partial_index("ix_applications_push", "push_due_at", where=text("push_due_at IS NOT NULL")),
)

stage_history = Table(
    "stage_history",
    metadata,
    row_id(),
    ref("application_id", "applications.id", index=True),
    Column("stage", Text),
    Column("raw_code", Text, nullable=False),
    Column("stage_on", Date, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("source", Text, nullable=False),  # import:<id> | staff:<id>
    Column("won", Boolean, nullable=False),
)

imports = Table(
    "imports",
    metadata,
    row_id(),
    Column("started_at", Instant, nullable=False),
    Column("finished_at", Instant, index=True),
    Column("file_digest", LargeBinary, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("new", Integer, nullable=False, server_default="0"),
    Column("changed", Integer, nullable=False, server_default="0"),
    Column("unchanged", Integer, nullable=False, server_default="0"),
    Column("refused", Integer, nullable=False, server_default="0"),
    Column("undone_at", Instant),
)

import_changes = Table(
    "import_changes",
    metadata,
    row_id(),
    ref("import_id", "imports.id", index=True),
    ref("application_id", "applications.id", index=True),
    # The application as it was before the import, as sealed JSON; deleted when it can no longer be taken back.
    Column("before", LargeBinary, nullable=False),
    Column("written_at", Instant, nullable=False),
)

import_words = Table(
    "import_words",
    metadata,
    # What a word of the office's lists means: a status its stage, a service or point its id, a heading its column.
    Column("kind", Text, primary_key=True),  # status | service | point | column
    Column("word", Text, primary_key=True),  # letters and digits only, in capitals
    Column("shown", Text, nullable=False),  # as the list spells it
    Column("meaning", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
    ref("staff_id", "staff.id"),
)

forecasts = Table(
    "forecasts",
    metadata,
    # One row for each print queue and stage, and one named `office` with the sums of all predictions.
    Column("scope", Text, primary_key=True),
    Column("as_of", Date, nullable=False),  # last day of the data
    Column("body", Text, nullable=False),  # JSON; names nobody (storage/cards/forecasts.py)
    # Only of the row `office`: what it was made from, and which process makes it anew.
    Column("source", Text, nullable=False, server_default=""),
    Column("claimed_until", Instant),
    Column("shifts_source", Text, nullable=False, server_default=""),
)
