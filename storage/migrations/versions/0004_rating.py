"""Answers to the official questions, invitations to them, and the cases that come of them."""

import sqlalchemy as sa
from alembic import op

import storage.schema.base

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None
no_way_back = "Loket 0.1.0 begins with a later step; restore a backup from before this one."


def upgrade() -> None:
    """Make the tables of the rating."""
    row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "answer_sets",
        sa.Column("key", row_id, autoincrement=False, nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("time_band", sa.Text(), nullable=False),
        sa.Column("point", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("persyaratan", sa.SmallInteger(), nullable=True),
        sa.Column("prosedur", sa.SmallInteger(), nullable=True),
        sa.Column("waktu", sa.SmallInteger(), nullable=True),
        sa.Column("biaya", sa.SmallInteger(), nullable=True),
        sa.Column("produk", sa.SmallInteger(), nullable=True),
        sa.Column("kompetensi", sa.SmallInteger(), nullable=True),
        sa.Column("perilaku", sa.SmallInteger(), nullable=True),
        sa.Column("sarana", sa.SmallInteger(), nullable=True),
        sa.Column("pengaduan", sa.SmallInteger(), nullable=True),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("age_band", sa.Text(), nullable=True),
        sa.Column("education", sa.Text(), nullable=True),
        sa.Column("job", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "age_band IN ('0-16','17-25','26-35','36-45','46-55','56+')",
            name=op.f("ck_answer_sets_age_band_known"),
        ),
        sa.CheckConstraint(
            "education IN ('SD','SMP','SMA','S1','S2','S3')", name=op.f("ck_answer_sets_education_known")
        ),
        sa.CheckConstraint(
            "job IN ('PNS','TNI','POLRI','Swasta','Wirausaha','Lainnya')",
            name=op.f("ck_answer_sets_job_known"),
        ),
        sa.CheckConstraint("sex IN ('L','P')", name=op.f("ck_answer_sets_sex_known")),
        sa.CheckConstraint(
            "time_band IN ('08-12','13-17','lain')", name=op.f("ck_answer_sets_time_band_known")
        ),
        sa.CheckConstraint(
            "complete = (persyaratan IS NOT NULL AND prosedur IS NOT NULL AND waktu IS NOT NULL AND biaya IS NOT NULL AND produk IS NOT NULL AND kompetensi IS NOT NULL AND perilaku IS NOT NULL AND sarana IS NOT NULL AND pengaduan IS NOT NULL)",
            name=op.f("ck_answer_sets_complete_has_nine"),
        ),
        sa.CheckConstraint(
            "persyaratan BETWEEN 1 AND 4 AND prosedur BETWEEN 1 AND 4 AND waktu BETWEEN 1 AND 4 AND biaya BETWEEN 1 AND 4 AND produk BETWEEN 1 AND 4 AND kompetensi BETWEEN 1 AND 4 AND perilaku BETWEEN 1 AND 4 AND sarana BETWEEN 1 AND 4 AND pengaduan BETWEEN 1 AND 4",
            name=op.f("ck_answer_sets_scores_1_to_4"),
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_answer_sets")),
    )
    op.create_index(op.f("ix_answer_sets_answered_on"), "answer_sets", ["answered_on"], unique=False)
    op.create_table(
        "answer_sums",
        sa.Column("span", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("point", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("persyaratan", sa.BigInteger(), nullable=False),
        sa.Column("prosedur", sa.BigInteger(), nullable=False),
        sa.Column("waktu", sa.BigInteger(), nullable=False),
        sa.Column("biaya", sa.BigInteger(), nullable=False),
        sa.Column("produk", sa.BigInteger(), nullable=False),
        sa.Column("kompetensi", sa.BigInteger(), nullable=False),
        sa.Column("perilaku", sa.BigInteger(), nullable=False),
        sa.Column("sarana", sa.BigInteger(), nullable=False),
        sa.Column("pengaduan", sa.BigInteger(), nullable=False),
        sa.Column("squares", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("span IN ('day','month')", name=op.f("ck_answer_sums_span_known")),
        sa.PrimaryKeyConstraint("span", "starts_on", "point", "service", name=op.f("pk_answer_sums")),
    )
    op.create_table(
        "free_words",
        sa.Column("key", row_id, autoincrement=False, nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("word", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_free_words")),
    )
    op.create_index(op.f("ix_free_words_written_on"), "free_words", ["written_on"], unique=False)
    op.create_table(
        "improvements",
        sa.Column("id", row_id, autoincrement=False, nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("set_at", storage.schema.base.Instant(timezone=True), nullable=False),
        sa.Column("staff_id", row_id, nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_improvements_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvements")),
    )
    op.create_table(
        "invitations",
        sa.Column("token_index", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("point", sa.Text(), nullable=True),
        sa.Column("service", sa.Text(), nullable=True),
        sa.Column("until", storage.schema.base.Instant(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state <> 'spent' OR (point IS NULL AND service IS NULL AND until IS NULL)",
            name=op.f("ck_invitations_spent_is_empty"),
        ),
        sa.CheckConstraint(
            "state IN ('open','started','counted','spent')", name=op.f("ck_invitations_state_known")
        ),
        sa.PrimaryKeyConstraint("token_index", name=op.f("pk_invitations")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_invitations_until",
        "invitations",
        ["until"],
        unique=False,
        sqlite_where=sa.text("until IS NOT NULL"),
        postgresql_where=sa.text("until IS NOT NULL"),
    )
    op.create_table(
        "invited_chats",
        sa.Column("token_index", sa.LargeBinary(), nullable=False),
        sa.Column("chat_id", row_id, nullable=False),
        sa.Column("started", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name=op.f("fk_invited_chats_chat_id_chats"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["token_index"],
            ["invitations.token_index"],
            name=op.f("fk_invited_chats_token_index_invitations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_index", "chat_id", name=op.f("pk_invited_chats")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_invited_chats_chat_id"), "invited_chats", ["chat_id"], unique=False)
    op.create_index(
        "ix_invited_chats_started",
        "invited_chats",
        ["started"],
        unique=False,
        sqlite_where=sa.text("started"),
        postgresql_where=sa.text("started"),
    )
    op.create_table(
        "cases",
        sa.Column("id", row_id, autoincrement=False, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("word", sa.LargeBinary(), nullable=True),
        sa.Column("chat_id", row_id, nullable=True),
        sa.Column("owner_id", row_id, nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reopened", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("escalated_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('low','fee','complaint','correction')", name=op.f("ck_cases_kind_known")
        ),
        sa.CheckConstraint("state IN ('open','answered','closed')", name=op.f("ck_cases_state_known")),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name=op.f("fk_cases_chat_id_chats"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_cases_owner_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("number", name=op.f("uq_cases_number")),
    )
    op.create_index(op.f("ix_cases_chat_id"), "cases", ["chat_id"], unique=False)
    op.create_index(
        "ix_cases_due",
        "cases",
        ["due_on"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "case_history",
        sa.Column("id", row_id, autoincrement=False, nullable=False),
        sa.Column("case_id", row_id, nullable=False),
        sa.Column("at", storage.schema.base.Instant(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("word", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_history_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_history")),
    )
    op.create_index(op.f("ix_case_history_case_id"), "case_history", ["case_id"], unique=False)
