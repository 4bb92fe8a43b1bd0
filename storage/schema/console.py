"""Console: used forms, and jobs with their files."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, LargeBinary, Table, Text, text

from storage.schema.base import Id, Instant, metadata, partial_index, ref, row_id

staff_forms = Table(
    "staff_forms",
    metadata,
    # A form counts once: a repeated one (double click, old page, stolen copy) meets its mark.
    Column("form_index", LargeBinary, primary_key=True),
    Column("used_at", Instant, nullable=False, index=True),
)

jobs = Table(
    "jobs",
    metadata,
    row_id(),
    Column("kind", Text, nullable=False),
    ref("staff_id", "staff.id"),
    Column("argument", LargeBinary, nullable=False),  # sealed JSON
    Column("state", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("step", Text, nullable=False, server_default=""),
    Column("done", Integer, nullable=False, server_default="0"),
    Column("total", Integer),
    Column("owner", Text),
    Column("leased_until", Instant),
    Column("finished_at", Instant),
    Column("outcome", LargeBinary),  # sealed JSON
    # A job has exactly one known state.
    CheckConstraint("state IN ('gathering','waiting','running','done','failed')", name="state_known"),
    partial_index("ix_jobs_open", "created_at", where=text("state IN ('waiting','running')")),
)

job_files = Table(
    "job_files",
    metadata,
    # A file part is stored once: a repeated run replaces it.
    Column("job_id", Id, ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, primary_key=True),  # given | refused
    Column("part", Integer, primary_key=True),
    Column("body", LargeBinary, nullable=False),  # sealed: such a file holds whole NIKs
)
