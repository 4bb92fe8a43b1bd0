"""Import: upload a file, see its faults, write the good rows, download the refused ones."""

from functools import partial

from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from bot.channel import storable
from bot.console.jobs import imports
from bot.console.jobs.files import keep
from bot.console.visits.desk import Visit
from bot.importing.table import MAX_FILE_BYTES
from domain.cards.register import OPTIONAL, REQUIRED
from domain.staff.roles import may_see_list
from storage import audit
from storage.staff import jobs, staff
from storage.staff.jobs import GIVEN, REFUSED, Job

FOLDER = "/staf/register/impor"
_LONGEST_NAME = 120


async def show(visit: Visit) -> Response:
    """Serve `GET /staf/register/impor`."""
    return await _page(visit)


async def hand_in(visit: Visit) -> Response:
    """Serve `POST /staf/register/impor`: store the file and check it in the background."""
    file = visit.files.get("berkas")
    if file is None or not file.filename or not file.size:
        return await _page(visit, fault="berkas-kosong", status=422)
    name = storable(file.filename).rpartition("/")[2]
    argument = {"name": name[-_LONGEST_NAME:], "write": False}
    job = await keep(
        visit.store,
        source=file,
        kind=imports.KIND,
        staff=visit.member.id,
        argument=argument,
        form=visit.write,
    )
    visit.desk.wake_work()
    return visit.go(f"{FOLDER}/{job}")


async def follow(visit: Visit) -> Response:
    """Serve `GET /staf/register/impor/{id}`: progress or result."""
    job = await job_of(visit)
    has = partial(jobs.has_file, job=job.id, name=REFUSED)
    return visit.draw(
        "import.html",
        job=job,
        names=await visit.store.read(staff.names),
        has_refused=await visit.store.read(has),
        own=may_see_list(visit.member, owner=job.staff),
        most=imports.MOST_SHOWN,
    )


async def advance(visit: Visit) -> Response:
    """Serve `GET /staf/register/impor/{id}/maju`, which the page requests itself."""
    job = await job_of(visit)
    if job.over:
        return Response(status_code=200, headers={"HX-Refresh": "true"})
    return visit.draw("import-advance.html", job=job)


async def write(visit: Visit) -> Response:
    """Serve `POST /staf/register/impor/{id}/simpan`: write the good rows of a checked file."""
    job = await job_of(visit)
    if not job.over or job.state != "done" or job.argument["write"]:
        raise HTTPException(404)
    kept = await visit.store.read(partial(jobs.has_file, job=job.id, name=GIVEN))
    if not kept:
        return await _page(visit, fault="berkas-hilang", status=422)
    argument = {"name": job.argument["name"], "write": True, "of": str(job.id)}
    plan = partial(jobs.plan, kind=imports.KIND, staff=visit.member.id, argument=argument)
    planned = await visit.write(plan)
    visit.desk.wake_work()
    return visit.go(f"{FOLDER}/{planned}")


async def refused_rows(visit: Visit) -> Response:
    """Serve `GET /staf/register/impor/{id}/ditolak`: the only file with whole NIKs; audited."""
    return await send_refused(visit, await job_of(visit))


async def send_refused(visit: Visit, job: Job) -> Response:
    """Download a job's refused rows; audited."""
    if not await visit.store.read(partial(jobs.has_file, job=job.id, name=REFUSED)):
        raise HTTPException(404)
    note = partial(audit.record, actor=visit.actor, action="refused-rows-fetched", subject=f"job:{job.id}")
    await visit.store.write(note)
    return StreamingResponse(
        jobs.file_of(visit.store, job=job.id, name=REFUSED),
        media_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="ditolak.csv"',
            "Cache-Control": "private, no-store",
        },
    )


async def job_of(visit: Visit) -> Job:
    """Import of the address."""
    job = await visit.store.read(partial(jobs.find, job=visit.path_id()))
    if job is None or job.kind != imports.KIND:
        raise HTTPException(404)
    return job


async def _page(visit: Visit, *, fault: str = "", status: int = 200) -> Response:
    return visit.draw(
        "imports.html",
        status=status,
        fault=fault,
        imports=await visit.store.read(partial(jobs.recent, kind=imports.KIND, limit=10)),
        names=await visit.store.read(staff.names),
        required=REQUIRED,
        optional=OPTIONAL,
        megabytes=MAX_FILE_BYTES // 1024 // 1024,
    )
