"""What `loket check` and the demo ask of a store."""

from datetime import UTC, date, datetime

from sqlalchemy import insert

from domain.staff.roles import Role
from storage.audit import day_of_the_demo, mark_as_demo
from storage.ids import new_id
from storage.keeping.overview import overview
from storage.schema import applicants, applications, imports
from storage.staff import staff
from storage.store import Store
from storage.vault import Vault


async def put_application(store, *, stage):
    async def put(db):
        applicant = new_id()
        nik = db.vault.seal("3516015708900001", at=f"applicants.nik:{applicant}")
        await db.run(
            insert(applicants),
            {"id": applicant, "nik": nik, "nik_index": applicant.to_bytes(8), "created_at": db.now},
        )
        row = {"id": new_id(), "number": str(applicant), "applicant_id": applicant, "name": b"-"}
        row |= {"service": "ktp_baru", "stage": stage, "raw_code": "?", "stage_on": db.now.date()}
        row |= {"stage_by": "import", "digest": b"-", "updated_at": db.now}
        await db.run(insert(applications), row)

    await store.write(put)


async def test_an_empty_store_fits_every_key(store):
    seen = await store.read(overview)
    assert seen.key_fits
    assert (seen.applications, seen.unknown_codes, seen.imported_at, seen.staff) == (0, 0, None, 0)


async def test_a_store_is_counted_and_its_last_import_told(store, clock):
    await put_application(store, stage="PRINTED")
    await put_application(store, stage=None)
    done = {"id": new_id(), "started_at": clock.now, "finished_at": clock.now, "file_digest": b"-", "rows": 2}
    await store.write(lambda db: db.run(insert(imports), done))
    await store.write(
        lambda db: staff.invite(db, name="Ibu Wulan", role=Role.ADMIN, actor="system"),
    )
    seen = await store.read(overview)
    assert (seen.applications, seen.unknown_codes, seen.staff) == (2, 1, 1)
    assert seen.imported_at == datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    assert seen.key_fits


async def test_another_key_does_not_fit(store, database_url, clock):
    await put_application(store, stage="PRINTED")
    stranger = await Store.open(database_url, vault=Vault([bytes(32)]), clock=clock)
    assert not (await stranger.read(overview)).key_fits
    await stranger.close()


async def test_a_store_is_the_demos_once_it_is_marked(store):
    assert await store.read(day_of_the_demo) is None
    await store.write(lambda db: mark_as_demo(db, day=date(2026, 11, 23)))
    assert await store.read(day_of_the_demo) == date(2026, 11, 23)
