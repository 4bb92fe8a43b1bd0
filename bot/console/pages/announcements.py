"""Pengumuman: the list of announcements, progress of one, and its results."""

import asyncio
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.announcing.progress import reason_key
from bot.announcing.render import preview
from bot.announcing.report import Clerk, report_of, write_report
from bot.console.pages.announce import HOME, samples_of
from bot.console.visits.desk import CSV, Visit, download
from domain.announcements.announcement import Counts, State
from domain.office.hours import after_quiet
from domain.refusals import NotAllowed
from domain.refusals.announcements import UnknownAnnouncement
from domain.refusals.base import Refusal
from domain.staff.roles import Action, may_see_list
from handlers.announcements.service import order_of
from locales.texts import DEFAULT
from storage.announcements import approvers, control, drafts, results
from storage.announcements.records import Announcement, find, point_of
from storage.session import Reading
from storage.staff import staff

_STEPS = {
    "batalkan": (control.undo, "diurungkan"),
    "jeda": (control.pause, "dijeda"),
    "lanjut": (control.resume, "dilanjutkan"),
    "hentikan": (control.withdraw, "dihentikan"),
}
LONGEST_NOTE = 300
_TRUE_WHILE = {
    "pengumuman-dikembalikan": (State.DRAFT,),
    "disetujui": (State.PREPARING, State.PLANNED),
    "diurungkan": (State.UNDONE,),
    "dijeda": (State.PAUSED,),
    "dilanjutkan": (State.PLANNED, State.SENDING),
    "dihentikan": (State.WITHDRAWN,),
}
"""Messages after a step, and the states in which they still hold, as the page refreshes itself."""
_MOVING = (State.PREPARING, State.PLANNED, State.SENDING)
_FILES = {"csv": CSV, "pdf": "application/pdf"}


async def show(visit: Visit) -> Response:
    """Serve `GET /staf/pengumuman`."""
    listed = await visit.store.read(results.listed)
    mine = [one for one in listed if visit.may(Action.SEE_ANNOUNCEMENTS, point_of(one.announcement))]
    names = await visit.store.read(staff.names)
    return visit.draw("announcements.html", listed=mine, names=names)


async def open_one(visit: Visit) -> Response:
    """Serve `GET /staf/pengumuman/{id}`."""
    return await _page(visit, "announcement.html")


async def advance(visit: Visit) -> Response:
    """Serve `GET /staf/pengumuman/{id}/maju`, which the page requests itself."""
    one = await announcement_of(visit)
    before = visit.query.get("status", "")
    if one.state.value != before:
        return Response(status_code=200, headers={"HX-Refresh": "true"})
    return await _page(visit, "announcement-progress.html")


async def approve(visit: Visit) -> Response:
    """Serve `POST /staf/pengumuman/{id}/setujui`: fix the recipients, to be frozen next."""
    release = partial(drafts.release, announcement=visit.path_id(), by=visit.member, office=visit.office)
    return await _attempt(visit, release, "disetujui")


async def give_back(visit: Visit) -> Response:
    """Serve `POST /staf/pengumuman/{id}/kembalikan`: return a draft to its author with a note."""
    note = visit.form.get("catatan", "").replace("\r\n", "\n").strip()
    if not note or len(note) > LONGEST_NOTE:
        return await _page(visit, "announcement.html", note_fault="catatan-salah", status=422)
    step = partial(approvers.give_back, announcement=visit.path_id(), by=visit.member, note=note)
    return await _attempt(visit, step, "pengumuman-dikembalikan")


async def steer(visit: Visit) -> Response:
    """Serve `POST /staf/pengumuman/{id}/{langkah}`: undo, pause, resume or stop."""
    step, told = _STEPS.get(visit.request.path_params["langkah"], (None, ""))
    if step is None:
        raise HTTPException(404)
    return await _attempt(visit, partial(step, announcement=visit.path_id(), by=visit.member), told)


async def announcement_of(visit: Visit) -> Announcement:
    """Announcement of the address."""
    try:
        return await visit.store.read(find, announcement=visit.path_id())
    except UnknownAnnouncement:
        raise HTTPException(404) from None


async def _attempt(visit: Visit, step: Any, told: str) -> Response:
    done = await visit.write(lambda db: control.attempted(db, by=visit.member, step=partial(step, db)))
    if isinstance(done, NotAllowed):  # no right, or too many recipients for this member; audited
        return visit.draw("refused.html", status=403, why="right")
    if isinstance(done, Refusal):
        return await _page(visit, "announcement.html", fault=visit.say(done), status=409)
    return visit.go(f"{HOME}/{visit.path_id()}?kabar={told}")


async def _page(
    visit: Visit, template: str, *, fault: str = "", note_fault: str = "", status: int = 200
) -> Response:
    one = await announcement_of(visit)
    own = may_see_list(visit.member, owner=one.created_by)

    async def look(db: Reading) -> tuple[Counts, dict[str, int], list[str]]:
        counts = await results.counts_of(db, announcement=one.id)
        sees_whom = visit.may(Action.ANNOUNCE, point_of(one)) and own
        unknown = (
            await results.unknown_numbers(db, announcement=one.id) if counts.unknown and sees_whom else []
        )
        return counts, await results.failures_of(db, announcement=one.id), unknown

    counts, failures, unknown = await visit.store.read(look)
    reach = await _reach(visit, one) if template == "announcement.html" else {}
    say = partial(visit.desk.texts.say, DEFAULT)
    quiet_until = after_quiet(visit.now, visit.office)
    told = visit.query.get("kabar", "")
    return visit.draw(
        template,
        status=status,
        told=told if one.state in _TRUE_WHILE.get(told, ()) else "",
        one=one,
        point=point_of(one),
        counts=counts,
        failures=[(say(reason_key(reason)), count) for reason, count in failures.items()],
        unknown=unknown,
        names=await visit.store.read(staff.names),
        moving=one.state in _MOVING,
        seconds_left=_seconds_left(visit, one),
        minutes_left=_minutes_left(visit, one, counts),
        quiet_until=quiet_until if quiet_until > visit.now and not one.urgent else None,
        sees_whom=own,
        is_author=visit.member.id == one.created_by,
        note_fault=note_fault,
        longest_note=LONGEST_NOTE,
        own=visit.member.id in (one.created_by, one.approved_by),
        **({"came": None, "refused": 0, "samples": [], "fault": fault} | reach),
    )


async def _reach(visit: Visit, one: Announcement) -> dict[str, Any]:
    """Preview of a draft for those who may approve it or have it approved."""
    if one.state is not State.DRAFT or not visit.may(Action.ANNOUNCE, point_of(one)):
        return {}
    order = await visit.store.read(order_of, draft=one)
    look = preview(order, by=visit.member, office=visit.office, texts=visit.desk.texts)
    try:
        shown = await visit.store.read(look)
    except Refusal as refusal:
        return {"fault": visit.say(refusal)}
    # A preview names a recipient; others than author and overseers see an invented one.
    text = shown.text if may_see_list(visit.member, owner=one.created_by) else None
    return {"came": shown, "samples": samples_of(visit, one.wording, text)}


def _seconds_left(visit: Visit, one: Announcement) -> int:
    """Seconds in which it can still be undone."""
    if one.state is not State.PLANNED or one.starts_at is None:
        return 0
    return max(0, int((one.starts_at - visit.now).total_seconds()))


def _minutes_left(visit: Visit, one: Announcement, counts: Counts) -> int | None:
    """Estimated minutes left at the pace so far; None: unknown."""
    done = counts.total - counts.waiting - counts.sending
    if one.state is not State.SENDING or one.starts_at is None or not done:
        return None
    so_far = (visit.now - one.starts_at).total_seconds()
    return int(so_far * (counts.waiting + counts.sending) / done / 60) + 1


async def report(visit: Visit, *, letters: bool = False) -> Response:
    """Serve `GET /staf/pengumuman/{id}/laporan.{ending}`: the outcome for every recipient; names masked."""
    ending = visit.request.path_params["ending"]
    if ending not in _FILES:
        raise HTTPException(404)
    found = await report_of(visit.store, announcement=visit.path_id(), by=visit.member, letters=letters)
    clerk = Clerk(visit.desk.texts, visit.office, DEFAULT)
    with tempfile.TemporaryDirectory(prefix="loket-") as folder:
        path = Path(folder) / f"laporan.{ending}"
        await asyncio.to_thread(write_report, path, found, clerk, letters=letters)
        body = await asyncio.to_thread(path.read_bytes)
    name = f"{'surat' if letters else 'laporan'}-{visit.path_id()}.{ending}"
    return download(name, body, _FILES[ending])


async def letters(visit: Visit) -> Response:
    """Serve `GET /staf/pengumuman/{id}/surat.{ending}`: people without a reachable chat, for letters."""
    return await report(visit, letters=True)
