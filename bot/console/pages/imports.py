"""Import: upload a file, see its faults, explain its words, write the good rows, or take them back."""

import asyncio
from collections.abc import Awaitable, Callable, Container, Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.channel import storable
from bot.console.visits.desk import Visit, download, or_404
from bot.importing.table import MAX_FILE_BYTES
from bot.importing.template import XLSX, empty_register
from bot.jobs import imports
from bot.jobs.files import keep
from domain.cards.register import COLUMNS, OPTIONAL, REQUIRED
from domain.cards.stages import Stage
from domain.staff.roles import may_see_list
from storage import audit
from storage.cards import import_words
from storage.cards.register_undo import why_not
from storage.session import Writing
from storage.staff import jobs, staff
from storage.staff.jobs import GIVEN, REFUSED, Job

FOLDER = "/staf/register/impor"
_LONGEST_NAME = 120


async def show(visit: Visit, *, fault: str = "", status: int = 200) -> Response:
    """Serve `GET /staf/register/impor`; `fault`: what is wrong with its form."""
    return visit.draw(
        "imports.html",
        status=status,
        fault=fault,
        imports=await visit.store.read(jobs.recent, kind=imports.KIND, limit=10),
        names=await visit.store.read(staff.names),
        explained=await visit.store.read(import_words.explained),
        required=REQUIRED,
        optional=OPTIONAL,
        megabytes=MAX_FILE_BYTES // 1024 // 1024,
    )


async def hand_in(visit: Visit) -> Response:
    """Serve `POST /staf/register/impor`: store the file and check it in the background."""
    file = visit.files.get("berkas")
    if file is None or not file.filename or not file.size:
        return await show(visit, fault="berkas-kosong", status=422)
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


async def follow(visit: Visit, *, fault: str = "", status: int = 200) -> Response:
    """Serve `GET /staf/register/impor/{id}`: progress or result; `fault`: what is wrong with its form."""
    job = await job_of(visit)
    return visit.draw(
        "import.html",
        job=job,
        names=await visit.store.read(staff.names),
        has_refused=await visit.store.read(jobs.has_file, job=job.id, name=REFUSED),
        own=may_see_list(visit.member, owner=job.staff),
        undoable=await _is_undoable(visit, job),
        stages=list(Stage),
        named=_named(visit),
        required=REQUIRED,
        optional=OPTIONAL,
        fault=fault,
        status=status,
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
    kept = await visit.store.read(jobs.has_file, job=int(_source(job)), name=GIVEN)
    if not kept:
        return await show(visit, fault="berkas-hilang", status=422)
    if (job.outcome.get("stops") or job.outcome.get("backward")) and not visit.form.get("yakin"):
        return await follow(visit, fault="impor-yakin", status=422)
    return await _plan(visit, job, write=True, of=_source(job))


async def explain(visit: Visit) -> Response:
    """Serve `POST /staf/register/impor/{id}/arti`: keep what the file's words mean, and check it anew."""
    job = await job_of(visit)
    if not job.over or job.argument["write"]:
        raise HTTPException(404)
    meanings = _meanings(visit, job)
    if not any(meanings.values()):
        return await follow(visit, fault="arti-kosong", status=422)

    async def keep_meanings(db: Writing) -> None:
        for kind, chosen in meanings.items():
            await import_words.remember(db, kind=kind, meanings=chosen, staff=visit.member.id)

    return await _plan(visit, job, keep_meanings, write=False, of=_source(job))


async def forget(visit: Visit) -> Response:
    """Serve `POST /staf/register/impor/kata`: forget what a word means."""
    kind, word = visit.form.get("jenis", ""), visit.form.get("kata", "")
    or_404(await visit.write(import_words.forget, kind=kind, word=word, staff=visit.member.id))
    return visit.go(f"{FOLDER}?kabar=kata-dilupakan")


async def take_back(visit: Visit) -> Response:
    """Serve `POST /staf/register/impor/{id}/batalkan`: take a finished import back."""
    job = await job_of(visit)
    or_404(await _is_undoable(visit, job))
    return await _plan(visit, job, write=True, undo=job.outcome["import"])


async def template(visit: Visit) -> Response:
    """Serve `GET /staf/register/impor/template.xlsx`: an empty register with all headings."""
    return download("template.xlsx", await asyncio.to_thread(empty_register, visit.desk.texts), XLSX)


async def _plan(
    visit: Visit, job: Job, first: Callable[[Writing], Awaitable[None]] | None = None, **argument: Any
) -> Response:
    """Plan the next job about the file of a job, after what is to be written before."""

    async def work(db: Writing) -> int:
        if first:
            await first(db)
        given = {"name": job.argument["name"], **argument}
        return await jobs.plan(db, kind=imports.KIND, staff=visit.member.id, argument=given)

    planned = await visit.write(work)
    visit.desk.wake_work()
    return visit.go(f"{FOLDER}/{planned}")


def _source(job: Job) -> str:
    """The job that the file was handed in for."""
    return str(job.argument.get("of") or job.id)


def _meanings(visit: Visit, job: Job) -> dict[str, dict[str, str]]:
    """What the form says that unknown words of the job mean, by their kind."""
    found, named = job.outcome, _named(visit)
    codes = [one["code"] for one in found.get("unknown", [])]
    meanings = {import_words.STATUS: _chosen(visit, "arti", codes, {*Stage})}
    for kind, column in import_words.NAMING.items():
        words = [one["code"] for one in found.get("names", {}).get(column, [])]
        meanings[kind] = _chosen(visit, column, words, named[column])
    titles = found.get("titles", [])
    return {**meanings, import_words.COLUMN: _chosen(visit, "kolom", titles, COLUMNS)}


def _chosen(visit: Visit, field: str, words: Sequence[str], known: Container[str]) -> dict[str, str]:
    """The meanings chosen for some words, which the form counts."""
    chosen = {word: visit.form.get(f"{field}-{place}", "") for place, word in enumerate(words)}
    return {word: meaning for word, meaning in chosen.items() if meaning in known}


def _named(visit: Visit) -> dict[str, dict[str, str]]:
    """What the cells of a column may name: ids with their names."""
    drawing = visit.desk.drawing
    return {
        "layanan": {one.id: drawing.service(one.id) for one in visit.office.services},
        "lokasi": {one.id: one.name for one in visit.office.points},
    }


async def _is_undoable(visit: Visit, job: Job) -> bool:
    number = job.outcome.get("import") if job.state == "done" else None
    if number is None:
        return False
    return await visit.store.read(why_not, import_id=number) is None


async def refused_rows(visit: Visit) -> Response:
    """Serve `GET /staf/register/impor/{id}/ditolak`: the only file with whole NIKs; audited."""
    return await send_refused(visit, await job_of(visit))


async def send_refused(visit: Visit, job: Job) -> Response:
    """Download a job's refused rows; audited."""
    or_404(await visit.store.read(jobs.has_file, job=job.id, name=REFUSED))
    await visit.store.write(
        audit.record,
        actor=visit.actor,
        action="refused-rows-fetched",
        subject=f"job:{job.id}",
        details="whole-niks",
    )
    return download("ditolak.csv", jobs.file_of(visit.store, job=job.id, name=REFUSED))


async def job_of(visit: Visit) -> Job:
    """Import of the address."""
    job = await visit.store.read(jobs.find, job=visit.path_id())
    if job is None or job.kind != imports.KIND:
        raise HTTPException(404)
    return job
