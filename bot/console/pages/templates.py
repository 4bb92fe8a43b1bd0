"""Templat: texts for replies and announcements that staff keep at hand."""

from starlette.responses import Response

from bot.console.visits.desk import Filled, Visit, or_404
from domain.announcements.announcement import WAVE_PLACEHOLDERS, Wording
from domain.people.names import clean_name
from domain.refusals.base import Refusal
from storage.ids import read_id
from storage.staff import templates
from storage.staff.templates import LONGEST_NAME, Kind, Template

HOME = "/staf/templat"
LONGEST_REPLY = 1000
REPLY: Kind = "reply"
ANNOUNCEMENT: Kind = "announcement"
_KINDS: tuple[Kind, ...] = (REPLY, ANNOUNCEMENT)


async def show(visit: Visit, *, faults: dict[str, str] | None = None, status: int = 200) -> Response:
    """Serve `GET /staf/templat`; `?ubah=` fills the form with that template; `faults`: what is wrong with its form, by field."""
    listed = [(kind, await visit.store.read(templates.templates_of, kind=kind)) for kind in _KINDS]
    chosen = read_id(visit.query.get("ubah", ""))
    changed = next((one for _, some in listed for one in some if one.id == chosen), None)
    standing = (
        {"ubah": str(changed.id), "jenis": changed.kind, "nama": changed.name, "teks": changed.text}
        if changed
        else {}
    )
    return visit.draw(
        "templates.html",
        status=status,
        listed=listed,
        faults=faults,
        sent=Filled(visit.form if faults else standing),
        longest=LONGEST_REPLY,
        longest_name=LONGEST_NAME,
    )


async def keep(visit: Visit) -> Response:
    """Serve `POST /staf/templat`: add a template, or change the one of `ubah`."""
    kind = ANNOUNCEMENT if visit.form.get("jenis") == ANNOUNCEMENT else REPLY
    name = clean_name(visit.form.get("nama", ""))
    text = visit.form.get("teks", "").replace("\r\n", "\n").strip()
    faults = _faults(visit, kind, name, text)
    if faults:
        return await show(visit, faults=faults, status=422)
    changed = read_id(visit.form.get("ubah", ""))
    kept = await visit.write(
        templates.keep, kind=kind, name=name, text=text, member=visit.member.id, template=changed
    )
    if kept is None:
        return await show(visit, faults={"nama": "templat-ada"}, status=409)
    return visit.go(f"{HOME}?kabar=templat-disimpan")


async def remove(visit: Visit) -> Response:
    """Serve `POST /staf/templat/{id}/hapus`."""
    or_404(await visit.write(templates.remove, template=visit.path_id(), member=visit.member.id))
    return visit.go(f"{HOME}?kabar=templat-dihapus")


async def offered(visit: Visit, kind: Kind) -> tuple[list[Template], str]:
    """Templates of a kind, and the text of the one that the address names (`?templat=`), or ""."""
    found = await visit.store.read(templates.templates_of, kind=kind)
    chosen = read_id(visit.query.get("templat", ""))
    return found, next((one.text for one in found if one.id == chosen), "")


def _faults(visit: Visit, kind: Kind, name: str, text: str) -> dict[str, str]:
    faults = {} if name and len(name) <= LONGEST_NAME else {"nama": "templat-nama"}
    if kind == REPLY:
        return faults if text and len(text) <= LONGEST_REPLY else {**faults, "teks": "jawaban-salah"}
    try:
        Wording.read(text, waves=any(f"{{{one}}}" in text for one in WAVE_PLACEHOLDERS))
    except Refusal as refusal:
        faults["teks"] = visit.say(refusal)
    return faults
