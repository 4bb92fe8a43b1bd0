"""Imports of register files: handed in, and followed until they are done."""

from bot.api.calls.call import ApiCall
from bot.api.calls.upload import Upload
from bot.api.calls.wire import ApiAnswer, ApiProblem
from bot.api.models.office import CauseShown, CodeShown, ImportAsked, ImportPlanned, ImportShown
from bot.jobs import imports
from bot.jobs.files import gather
from storage.session import Reading, Writing
from storage.staff import jobs

MOST_WAITING = 20
"""Files of a token that may wait or be taken in at once; each may have 64 MB."""


async def hand_in(call: ApiCall, query: ImportAsked, body: Upload) -> ApiAnswer:
    """Hand in a register file (CSV or XLSX); it is taken in in the background."""
    if await call.store.read(jobs.unfinished, staff=call.member.id) >= MOST_WAITING:
        raise ApiProblem(429, "too-many-waiting", headers={"retry-after": "60"})
    argument = {
        "name": body.name,
        "write": not query.dry_run,
        "accept_unknown": query.accept_unknown,
        "language": call.language,
    }
    job = await gather(
        call.store,
        source=body.file,
        kind=imports.KIND,
        staff=call.member.id,
        argument=argument,
        form=call.store.write,
    )

    async def release(db: Writing) -> ImportPlanned:
        await jobs.release(db, job=job)
        return ImportPlanned(id=str(job), state="waiting")

    call.headers["location"] = f"/api/v1/imports/{job}"
    answer = await call.finish(release)
    call.tools.wake_work()
    return answer


async def show(db: Reading, call: ApiCall) -> ImportShown:
    """Get progress and result of an import that this token handed in."""
    job = await jobs.find(db, job=call.path_id())
    if job is None or job.kind != imports.KIND or job.staff != call.member.id:
        raise ApiProblem(404, "not-found")
    told = job.outcome
    why, rows = told.get("why"), told.get("rows")
    if job.state == "failed" and why is None:
        why = call.texts.say(call.language, "api-fault")
    return ImportShown(
        id=str(job.id),
        state=job.state,
        dry_run=not job.argument["write"],
        done=job.done if rows is None else rows,  # a short file is done before any progress is noted
        total=job.total if rows is None else rows,
        why=why,
        stopped=bool(told.get("stops")) and told.get("import") is None,
        import_id=told.get("import"),
        **{name: told.get(name) for name in ("rows", "new", "changed", "unchanged", "refused")},
        causes=[CauseShown(**one) for one in told.get("causes", [])],
        unknown=[CodeShown(**one) for one in told.get("unknown", [])],
    )
