"""Rows inserted in bulk read the same as rows inserted one by one, and are found by many values."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text

from storage.bulk import among, insert_many
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


@pytest.mark.parametrize("column", ["id", "nik_index"])
async def test_rows_are_found_by_many_ids_or_hashes(store: Store, column):
    persons = [
        {"id": new_id(), "nik": b"sealed", "nik_index": bytes([place]) * 32, "created_at": MOMENTS[0]}
        for place in range(5)
    ]
    queries = {
        dialect: select(applicants.c.id).where(condition).order_by(applicants.c.id)
        for dialect, condition in among(applicants.c[column], "values").items()
    }

    async def ids(db, values: list) -> list[int]:
        return [row.id for row in await db.rows(queries[db.dialect], {"values": values})]

    async def write(db) -> None:
        await insert_many(db, applicants, persons)
        for _ in range(3):  # prepared, and not
            assert await ids(db, [one[column] for one in persons[1:4]]) == [one["id"] for one in persons[1:4]]

    await store.write(write)
    missing = {"id": 1, "nik_index": b"x" * 32}[column]
    found = await store.read(lambda db: ids(db, [persons[4][column], missing, persons[0][column]]))
    assert found == [persons[0]["id"], persons[4]["id"]]
    assert await store.read(lambda db: ids(db, [])) == []


async def test_quotes_and_brackets_in_looked_up_texts_are_harmless(store: Store):
    queries = {
        dialect: select(applications.c.id).where(condition)
        for dialect, condition in among(applications.c.number, "numbers").items()
    }
    odd = ["'", '"', "]", "\\", "{a}", "é", "null"]
    assert await store.read(lambda db: db.rows(queries[db.dialect], {"numbers": odd})) == []
