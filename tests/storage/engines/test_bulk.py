"""Rows inserted in bulk read the same as rows inserted one by one."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text

from storage.bulk import insert_many
from storage.ids import new_id
from storage.schema import applicants, applications
from storage.store import Store

MOMENTS = [
    datetime(2026, 11, 23, 2, 0, tzinfo=UTC),
    datetime(2026, 11, 23, 9, 0, 0, 5, tzinfo=timezone(timedelta(hours=7))),
]


@pytest.mark.parametrize("moment", MOMENTS, ids=["utc", "jakarta"])
async def test_rows_inserted_in_bulk_stand_as_rows_inserted_one_by_one(store: Store, moment):
    person = {"id": new_id(), "nik": b"sealed", "nik_index": b"index", "created_at": moment}
    base = {
        "applicant_id": person["id"], "name": b"n", "service": "ktp_baru", "stage": None, "raw_code": "X",
        "stage_on": date(2026, 11, 2), "stage_by": "import", "submitted_on": None, "digest": b"d", "updated_at": moment,
    }  # fmt: skip
    bulk = base | {"id": new_id(), "number": "A"}
    single = base | {"id": new_id(), "number": "B"}

    async def write(db) -> None:
        await insert_many(db, applicants, [])
        await insert_many(db, applicants, [person])
        await insert_many(db, applications, [bulk])
        await db.run(applications.insert(), single)

    await store.write(write)
    one, other = await store.read(lambda db: db.rows(select(applications).order_by(applications.c.number)))
    assert dict(one._asdict(), id=0, number="") == dict(other._asdict(), id=0, number="")
    raw = text("SELECT stage_on, submitted_on, updated_at, push_due_at FROM applications")
    assert len(set(await store.read(lambda db: db.rows(raw)))) == 1
