"""Layanan: requirements of each service, worded by staff without changing the office file."""

from starlette.responses import Response

from bot.console.visits.desk import Filled, Visit, or_404
from domain.office.services import Service
from locales.texts import DEFAULT
from storage.staff import service_words
from storage.staff.service_words import Words

_LINES = 10
_LONGEST_LINE = 120
_LONGEST_NOTE = 200
_BULLETS = "-•* "


async def show(visit: Visit) -> Response:
    """Serve `GET /staf/layanan`."""
    reworded = await visit.store.read(service_words.reworded)
    return visit.draw("services.html", services=visit.office.services, reworded=reworded)


async def open_one(visit: Visit) -> Response:
    """Serve `GET /staf/layanan/{layanan}`."""
    return await _form(visit, _service(visit))


async def reword(visit: Visit) -> Response:
    """Serve `POST /staf/layanan/{layanan}`: store the wording, or (`semula`) return to the office file's."""
    service = _service(visit)
    back = bool(visit.form.get("semula"))
    said = {} if back else _said(visit)
    faults = {} if back else _faults(said)
    if faults:
        return await _form(visit, service, faults=faults, status=422)
    await visit.write(
        service_words.reword, service=service.id, words=said, staff=visit.member.id, actor=visit.actor
    )
    return visit.go(f"/staf/layanan?kabar=layanan-{'semula' if back else 'disimpan'}")


def _service(visit: Visit) -> Service:
    asked = visit.request.path_params["layanan"]
    return or_404(next((one for one in visit.office.services if one.id == asked), None))


def _said(visit: Visit) -> dict[str, Words]:
    """Wording in the form; a language without text falls back to Indonesian."""
    said = {}
    for language in visit.office.languages:
        written = visit.form.get(f"syarat-{language}", "").splitlines()
        lines = tuple(" ".join(line.strip(_BULLETS).split()) for line in written)
        needed = tuple(line for line in lines if line)
        note = " ".join(visit.form.get(f"catatan-{language}", "").split())
        if needed or language == DEFAULT:
            said[language] = Words(needed=needed, note=note)
    return said


def _faults(said: dict[str, Words]) -> dict[str, str]:
    faults = {}
    for language, words in said.items():
        lengths = [len(line) for line in words.needed]
        if not 0 < len(lengths) <= _LINES or max(lengths) > _LONGEST_LINE:
            faults[f"syarat-{language}"] = "syarat-salah"
        if len(words.note) > _LONGEST_NOTE:
            faults[f"catatan-{language}"] = "catatan-panjang"
    return faults


async def _form(
    visit: Visit, service: Service, *, faults: dict[str, str] | None = None, status: int = 200
) -> Response:
    words = await visit.store.read(service_words.words_of, service=service.id)
    standing = words or {
        language: Words(needed=needed, note=service.note.get(language, ""))
        for language, needed in service.requirements.items()
    }
    filled = {f"syarat-{language}": "\n".join(said.needed) for language, said in standing.items()}
    filled |= {f"catatan-{language}": said.note for language, said in standing.items()}
    return visit.draw(
        "service.html",
        status=status,
        service=service,
        languages=visit.office.languages,
        changed=bool(words),
        faults=faults,
        sent=Filled(visit.form if faults else filled),
        longest_note=_LONGEST_NOTE,
    )
