"""Daily sums for the overview of the office; no row leads to a person, an application or a message."""

from sqlalchemy import CheckConstraint, Column, Date, Integer, Table, Text

from storage.schema.base import metadata

daily_sums = Table(
    "daily_sums",
    metadata,
    # One count per subject, day, service point ('' = no point, or the whole office) and part, which the subject
    # defines (storage/overview/sums.py).
    Column("subject", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("point", Text, primary_key=True),
    Column("part", Text, primary_key=True),
    Column("total", Integer, nullable=False),
    # More cannot leave a stage than entered it.
    CheckConstraint("total >= 0", name="not_negative"),
    sqlite_with_rowid=False,  # read along the key
)
