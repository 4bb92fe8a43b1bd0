"""Catat status: one status for many applications, whose numbers a hand-held scanner types one after another."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from starlette.responses import JSONResponse, Response

from bot.console.visits.desk import Visit, named_stage
from domain.cards.stages import Stage
from domain.people.nik import find_nik
from domain.refusals import Refusal
from domain.staff.roles import Action
from storage.cards import desk, stage_undo
from storage.staff import forms

HOME = "/staf/register/catat"
_ELSEWHERE = "kartu-titik-lain"
_LONGEST = 60  # characters of what is repeated when it is refused


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedLine:
    """What came of one number; `fault`: why it is refused, a code or a sentence; `elsewhere`: its point, if that is why."""

    typed: str
    application: int = 0
    fault: str = ""
    elsewhere: str = ""


async def show(visit: Visit) -> Response:
    """Serve `GET /staf/register/catat`."""
    return await _page(visit, named_stage(visit.query.get("status", "")))


async def scan(visit: Visit) -> Response:
    """Serve `POST /staf/register/catat`: one number, answered as a line of JSON to the script, else as the page."""
    stage, typed = named_stage(visit.form.get("status", "")), visit.form.get("nomor", "").strip()
    if find_nik(typed) and not visit.office.number.find(typed):
        line = ScannedLine(typed="NIK", fault="itu-nik")
    elif stage is None:
        line = ScannedLine(typed=typed[:_LONGEST], fault="status-kosong")
    else:
        line = await _record(visit, stage, typed)
    if "application/json" in visit.request.headers.get("accept", ""):
        return _told(visit, stage, line)
    if line.fault:
        return await _page(visit, stage, refused=line, status=422)
    return visit.go(f"{HOME}?status={stage}&kabar=status-dicatat")


async def _record(visit: Visit, stage: Stage, typed: str) -> ScannedLine:
    refused = partial(ScannedLine, typed=typed[:_LONGEST])
    try:
        number = visit.office.number.parse(visit.office.number.find(typed) or typed)
    except Refusal as refusal:
        return refused(fault=visit.say(refusal))
    shown = partial(ScannedLine, typed=number.canonical)
    found = next(iter(await visit.store.write(desk.by_number, number=number, member=visit.member.id)), None)
    fault = _fault(visit, stage, found)
    if found is None or fault:
        elsewhere = found.point if found is not None and fault == _ELSEWHERE else None
        return shown(fault=fault, elsewhere=elsewhere or "")
    changed = await visit.write(
        desk.change_stage,
        application=found.id,
        stage=stage,
        day=visit.today,
        member=visit.member.id,
        rules=visit.office,
    )
    return shown(application=found.id, fault="" if changed else "status-sama")


def _fault(visit: Visit, stage: Stage, found: desk.Card | None) -> str:
    """Why this card is not set to that stage, or ""."""
    if found is None or found.withdrawn:
        return "tak-ditemukan"
    if not visit.may(Action.CHANGE_STAGE, found.point):
        return _ELSEWHERE
    if found.stage is stage:
        return "status-sama"
    # A slip of the scanner must not reopen what is over; on the card's own page it is meant.
    if found.stage is not None and found.stage.final:
        return "sudah-akhir"
    return "tanggal-lama-catat" if found.stage_on > visit.today else ""


def _told(visit: Visit, stage: Stage | None, line: ScannedLine) -> Response:
    """One line for the script's list, and the stamp of the next number."""
    drawn = visit.draw("scanner-line.html", line=line, stage=stage)
    body: dict[str, Any] = {"line": bytes(drawn.body).decode(), "good": not line.fault}
    body["csrf"] = forms.stamp(visit.session.csrf, HOME)
    return JSONResponse(body, status_code=422 if line.fault else 200)


async def _page(
    visit: Visit, stage: Stage | None, *, refused: ScannedLine | None = None, status: int = 200
) -> Response:
    recent = await visit.store.read(stage_undo.recent, member=visit.member.id)
    standing = [one for one in recent if one.standing and visit.may(Action.CHANGE_STAGE, one.point)]
    return visit.draw(
        "scanner.html", status=status, stage=stage, stages=list(Stage), recent=standing, refused=refused
    )
