"""Files of jobs: stored in encrypted parts, copied to a temporary file for reading."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from starlette.datastructures import UploadFile

from bot.importing.heading import Heading
from bot.importing.refused_rows import private_file, refused_path, write_refused
from bot.importing.report import Remark
from bot.importing.table import MAX_FILE_BYTES, open_table
from locales.texts import DEFAULT, Texts
from storage.session import Writing
from storage.staff import jobs
from storage.staff.jobs import GIVEN, PART_BYTES, REFUSED, Job
from storage.store import Store

Form = Callable[[Callable[[Writing], Awaitable[int]]], Awaitable[int]]


async def keep(
    store: Store, *, source: UploadFile, kind: str, staff: int, argument: dict[str, Any], form: Form
) -> int:
    """Store an uploaded file and plan the job that reads it; return the job's id.

    `form` uses up the form and plans the job in one transaction.
    """
    job = await gather(store, source=source, kind=kind, staff=staff, argument=argument, form=form)
    await store.write(jobs.release, job=job)
    return job


async def gather(
    store: Store, *, source: UploadFile, kind: str, staff: int, argument: dict[str, Any], form: Form
) -> int:
    """Store an uploaded file in encrypted parts, for a job that waits for its release; return the job's id.

    A file over the limit is stored up to it, and an empty one as one empty part: its reader refuses it with an
    explanation.
    """
    job = await form(partial(jobs.plan, kind=kind, staff=staff, argument=argument, gathering=True))
    part, size = 0, 0
    while size <= MAX_FILE_BYTES and ((body := await source.read(PART_BYTES)) or not part):
        await store.write(jobs.add_part, job=job, name=GIVEN, part=part, body=body)
        part, size = part + 1, size + len(body)
    return job


async def copy_job_file(store: Store, job: Job, path: Path) -> bool:
    """Copy the job's file, or its predecessor's, to `path`, readable only by this user; False: it is gone."""
    source = int(job.argument.get("of") or job.id)
    found = False
    with private_file(path) as file:
        async for body in jobs.file_of(store, job=source, name=GIVEN):
            await asyncio.to_thread(file.write, body)
            found = True
    return found


async def keep_refused(
    store: Store, job: Job, path: Path, refused: Sequence[Remark], texts: Texts, heading: Heading | None
) -> None:
    """Store the refused rows as a file of the job, writing the file first if needed."""
    target = refused_path(path)
    if not await asyncio.to_thread(target.exists):
        reasons = {one.row: f"{one.column}: {one.reason} {one.suggestion}" for one in refused}
        title = texts.say(DEFAULT, "import-title")
        await asyncio.to_thread(
            partial(write_refused, target, open_table(path), reasons, title=title, heading=heading)
        )
    part = 0
    with await asyncio.to_thread(target.open, "rb") as file:
        while body := await asyncio.to_thread(file.read, PART_BYTES):
            await store.write(jobs.add_part, job=job.id, name=REFUSED, part=part, body=body)
            part += 1
