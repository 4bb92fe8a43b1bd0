"""Answers to the nine official questions, their invitations, and cases.

Once an invitation is spent, nothing joins an answer to a person. `answer_sets` and `free_words` have random
keys (on SQLite the key is the row's place in the file, so even that gives no order), a date without time, and
no references in either direction. A case leads back to a chat but holds no element or score.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    text,
)

from domain.ratings.index import ELEMENTS
from domain.ratings.survey import PROFILE, TimeBand
from storage.schema.base import Id, Instant, metadata, partial_index, ref, row_id


def _one_of(column: str, codes: list[str]) -> str:
    listed = ",".join(f"'{code}'" for code in codes)
    return f"{column} IN ({listed})"


answer_sets = Table(
    "answer_sets",
    metadata,
    Column("key", Id, primary_key=True, autoincrement=False),  # random, never from storage/ids.py
    Column("answered_on", Date, nullable=False, index=True),
    Column("time_band", Text, nullable=False),
    Column("point", Text, nullable=False),  # "" = not known
    Column("service", Text, nullable=False),
    *(Column(element.value, SmallInteger) for element in ELEMENTS),
    Column("complete", Boolean, nullable=False),
    *(Column(part, Text) for part in PROFILE),
    CheckConstraint(_one_of("time_band", [band.value for band in TimeBand]), name="time_band_known"),
    # An answer is one of the form's four.
    CheckConstraint(" AND ".join(f"{element} BETWEEN 1 AND 4" for element in ELEMENTS), name="scores_1_to_4"),
    # Exactly the sets with all nine answers count in the index.
    CheckConstraint(
        "complete = (" + " AND ".join(f"{element} IS NOT NULL" for element in ELEMENTS) + ")",
        name="complete_has_nine",
    ),
    # A profile holds codes of the form, no text.
    *(
        CheckConstraint(_one_of(part, [one.value for one in kind]), name=f"{part}_known")
        for part, kind in PROFILE.items()
    ),
)

answer_sums = Table(
    "answer_sums",
    metadata,
    # One row per day and per month, point and service; a period is read from whole months and the days at its
    # ends.
    Column("span", Text, primary_key=True),  # day | month
    Column("starts_on", Date, primary_key=True),
    Column("point", Text, primary_key=True),
    Column("service", Text, primary_key=True),
    Column("people", Integer, nullable=False),
    *(Column(element.value, BigInteger, nullable=False) for element in ELEMENTS),
    # of each person's total: what the interval is computed from
    Column("squares", BigInteger, nullable=False),
    CheckConstraint("span IN ('day','month')", name="span_known"),
)

free_words = Table(
    "free_words",
    metadata,
    Column("key", Id, primary_key=True, autoincrement=False),  # random, and not the key of an answer set
    Column("written_on", Date, nullable=False, index=True),
    Column("word", LargeBinary, nullable=False),  # sealed
)

# Days whose answers still share a transaction id with messages to a person (storage/ratings/mixing.py;
# PostgreSQL only).
unmixed_days = Table("unmixed_days", metadata, Column("day", Date, primary_key=True))

improvements = Table(
    "improvements",
    metadata,
    row_id(),
    Column("told", Text, nullable=False),  # what the office changed because of earlier answers
    Column("set_at", Instant, nullable=False),
    ref("staff_id", "staff.id", nullable=True),  # None: from the command line
)

# One invitation per service event. A spent row only marks that the event was asked about.
invitations = Table(
    "invitations",
    metadata,
    # An event is asked about once; keyed hash of its name.
    Column("token_index", LargeBinary, primary_key=True),
    # open: may be answered · started: somebody answers · counted: nine answers are in · spent
    Column("state", Text, nullable=False),
    Column("point", Text),
    Column("service", Text),
    Column("until", Instant),  # spent if not begun by then
    CheckConstraint("state IN ('open','started','counted','spent')", name="state_known"),
    # A spent invitation has nothing that joins answer and person.
    CheckConstraint(
        "state <> 'spent' OR (point IS NULL AND service IS NULL AND until IS NULL)", name="spent_is_empty"
    ),
    partial_index("ix_invitations_until", "until", where=text("until IS NOT NULL")),
    sqlite_with_rowid=False,
)

# Chats asked about an event; deleted when the invitation is spent.
invited_chats = Table(
    "invited_chats",
    metadata,
    # A chat is asked once about an event.
    Column(
        "token_index",
        LargeBinary,
        ForeignKey("invitations.token_index", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("chat_id", Id, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("started", Boolean, nullable=False),
    partial_index("ix_invited_chats_started", "started", where=text("started")),
    sqlite_with_rowid=False,
)

cases = Table(
    "cases",
    metadata,
    row_id(),
    # A number names one case; random, so that it reveals neither order nor count.
    Column("number", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("word", LargeBinary),  # sealed; what the resident wrote, if anything
    # the way back, hidden from staff
    ref("chat_id", "chats.id", nullable=True, index=True, ondelete="SET NULL"),
    ref("owner_id", "staff.id", nullable=True),
    Column("points", LargeBinary),  # sealed JSON: the service points that it may be about; NULL = not known
    # Sealed JSON: services and kecamatan of its chat, for the list; never of a case from answers.
    Column("about", LargeBinary),
    Column("opened_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    # From an answer set: both days show only the week (storage/ratings/cases.py).
    Column("by_week", Boolean, nullable=False, server_default=text("false")),
    Column("state", Text, nullable=False),
    Column("reopened", SmallInteger, nullable=False, server_default="0"),
    Column("escalated_on", Date),
    CheckConstraint("kind IN ('low','fee','complaint','correction')", name="kind_known"),
    CheckConstraint("state IN ('open','answered','closed')", name="state_known"),
    partial_index("ix_cases_due", "due_on", where=text("state = 'open'")),
)

# What happened to a case, in order; rows are only added.
case_history = Table(
    "case_history",
    metadata,
    row_id(),
    ref("case_id", "cases.id", index=True, ondelete="CASCADE"),
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),  # resident | staff:<id> | system
    Column("what", Text, nullable=False),  # opened | visit | replied | closed | withdrawn | …
    Column("word", LargeBinary),  # sealed
)
