"""Jobs: run by one process at a time, restarted if it dies, with encrypted files."""

import pytest
from sqlalchemy import select

from domain.staff.roles import Role
from domain.staff.scopes import TokenScope
from storage.schema import job_files
from storage.schema import jobs as table
from storage.staff import jobs, staff, tokens
from storage.store import Store


@pytest.fixture
async def member(store: Store) -> int:
    await store.write(lambda db: staff.invite(db, name="Ibu Wulan", role=Role.OFFICER, actor="system"))
    return (await store.read(lambda db: staff.find(db, name="Ibu Wulan"))).id


@pytest.fixture
def plan(store: Store, member: int):
    async def plan(**more) -> int:
        what = {"kind": "import", "staff": member, "argument": {"name": "daftar.csv"}, **more}
        return await store.write(lambda db: jobs.plan(db, **what))

    return plan


@pytest.fixture
def claim(store: Store):
    async def claim(owner: str) -> jobs.Job | None:
        return await store.write(lambda db: jobs.claim(db, owner=owner))

    return claim


async def test_jobs_run_in_order_in_one_process_each(plan, claim):
    first, second = await plan(), await plan()
    assert (await claim("a")).id == first
    assert (await claim("b")).id == second
    assert await claim("c") is None


async def test_a_dead_processs_job_is_restarted_without_it(store, plan, claim, clock):
    job = await plan()
    assert await claim("a")
    clock.move(seconds=14)
    assert await store.write(lambda db: jobs.report(db, job=job, owner="a", step="write", done=5, total=9))
    clock.move(seconds=14)
    assert await claim("b") is None  # it is alive: it renewed its lease
    clock.move(seconds=2)
    assert (await claim("b")).id == job
    late = {"job": job, "owner": "a"}
    assert not await store.write(lambda db: jobs.report(db, **late, step="write", done=9, total=9))
    await store.write(lambda db: jobs.finish(db, **late, state="done", outcome={}))
    assert (await store.read(lambda db: jobs.find(db, job=job))).state == "running"


async def test_a_process_that_ends_returns_its_job_at_once(store, plan, claim):
    job = await plan()
    await claim("a")
    await store.write(lambda db: jobs.give_back(db, job=job, owner="a"))
    assert (await claim("b")).id == job


async def test_a_jobs_outcome_is_readable_and_sealed(store, plan, claim):
    job = await plan()
    await claim("a")
    await store.write(
        lambda db: jobs.finish(db, job=job, owner="a", state="done", outcome={"refused": "Sri Aminah"})
    )
    found = await store.read(lambda db: jobs.find(db, job=job))
    assert (found.state, found.over, found.outcome) == ("done", True, {"refused": "Sri Aminah"})
    row = await store.read(lambda db: db.one(select(table)))
    assert b"Sri" not in row.outcome
    assert b"daftar" not in row.argument


async def test_a_job_waits_for_its_file_and_returns_it_in_parts(store, plan, claim):
    job = await plan(gathering=True)
    assert await claim("a") is None
    for part, body in enumerate((b"3516994107900001\n", b"the second", b"3516994107900001 again")):
        await store.write(
            lambda db, part=part, body=body: jobs.add_part(db, job=job, name=jobs.GIVEN, part=part, body=body)
        )
    await store.write(lambda db: jobs.add_part(db, job=job, name=jobs.GIVEN, part=2, body=b"!"))
    await store.write(lambda db: jobs.release(db, job=job))
    assert (await claim("a")).id == job
    assert [part async for part in jobs.file_of(store, job=job, name=jobs.GIVEN)] == [
        b"3516994107900001\n",
        b"the second",
        b"!",
    ]
    kept = await store.read(lambda db: db.rows(select(job_files.c.body)))
    assert not any(b"3516" in row.body for row in kept)
    assert await store.read(lambda db: jobs.has_file(db, job=job, name=jobs.GIVEN))


async def test_waiting_jobs_of_a_revoked_token_are_never_begun(store, plan, claim):
    given = {"name": "SIAK", "scopes": {TokenScope.APPLICATIONS_WRITE}, "actor": "system"}
    token = await store.write(lambda db: tokens.create(db, **given))
    machine = (await store.read(lambda db: tokens.find(db, token=token))).member.id
    waits = await plan(staff=machine)
    another = await plan()
    await store.write(lambda db: tokens.revoke(db, name="SIAK", actor="system"))
    assert (await claim("a")).id == another
    assert await claim("b") is None
    job = await store.read(lambda db: jobs.find(db, job=waits))
    assert (job.state, job.outcome) == ("failed", {"gone": True})
