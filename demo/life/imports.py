"""Invented imports at the console: an earlier file, and today's, checked and then written, with rows that are refused."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from bot.jobs.imports import KIND, ImportWork
from bot.jobs.runner import Advance
from bot.setup.office_file import texts_of
from demo.life.timeline import ShiftedClock
from demo.register import file_of
from domain.office.office import Office
from storage.session import Writing
from storage.staff import jobs, staff
from storage.store import Store

Rows = Sequence[dict[str, str]]
_OWNER = "demo"
_EARLIER, _TODAY = 25, 45
# What is wrong in rows that offices send, by column, with the columns of the row itself.
_FAULTS = (
    {"nik": "{nik:.15}"},
    {"tanggal": "31-02-2026"},
    {"no_registrasi": ""},
    {"layanan": "KTP kilat"},
    {"nik": "{nik:.15}O"},
)


def console_files(rows: Rows, day: date) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Rows of an earlier day's file and of today's: the last ones in which something happened."""
    by_day = sorted(rows, key=lambda row: row["tanggal"])
    earlier = [row for row in by_day if row["tanggal"] < day.isoformat()][-(_EARLIER + _TODAY) : -_TODAY]
    taken = {row["no_registrasi"] for row in earlier}
    return earlier, [row for row in by_day if row["no_registrasi"] not in taken][-_TODAY:]


async def import_at_the_console(
    store: Store, clock: ShiftedClock, earlier: Rows, newest: Rows, *, office: Office, day: date, by: str
) -> None:
    """Import both files as the member `by` does at the console; clerks mistyped some rows."""
    member = await store.read(partial(staff.find, name=by))
    if member is None:
        return
    work = ImportWork(store=store, office=office, texts=texts_of(office))
    before = day - timedelta(days=1)
    clock.moment = datetime(before.year, before.month, before.day, 16, 5, tzinfo=office.timezone)
    for rows, on, faults in ((earlier, before, 2), (newest, day, len(_FAULTS))):
        name = f"siak-{on:%d-%m-%Y}.csv"
        wrong = [
            row | {column: cell.format(**row) for column, cell in fault.items()}
            for row, fault in zip(rows[:faults], _FAULTS, strict=False)
        ]
        given = await _run(
            store, work, partial(_hand_in, rows=[*rows, *wrong], name=name, write=on < day, by=member.id)
        )
        clock.moment = None
        if on == day:
            argument = {"name": name, "write": True, "of": str(given)}
            await _run(store, work, partial(jobs.plan, kind=KIND, staff=member.id, argument=argument))


async def _run(store: Store, work: ImportWork, plan: Callable[[Writing], Awaitable[int]]) -> int:
    """Plan a job and do it, as the console's background work does."""
    planned = await store.write(plan)
    job = await store.write(partial(jobs.claim, owner=_OWNER))
    if job is not None:
        outcome = await work(job, Advance())
        finish = partial(jobs.finish, job=job.id, owner=_OWNER, state="done", outcome=outcome)
        await store.write(finish)
    return planned


async def _hand_in(db: Writing, *, rows: Rows, name: str, write: bool, by: int) -> int:
    argument = {"name": name, "write": write}
    job = await jobs.plan(db, kind=KIND, staff=by, argument=argument, gathering=True)
    await jobs.add_part(db, job=job, name=jobs.GIVEN, part=0, body=file_of(rows))
    await jobs.release(db, job=job)
    return job
