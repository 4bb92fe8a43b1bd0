"""Permintaan: residents who asked for a human; taken, answered and handed back to the bot. Whose chat it is stays hidden."""

from datetime import timedelta
from functools import partial

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.console.desk import Filled, Visit
from bot.turns.relay_words import RelayTexts
from locales.texts import DEFAULT
from storage import audit
from storage.handovers import handovers, views
from storage.handovers import lines as handover_lines
from storage.handovers.lines import Line
from storage.handovers.views import Handover
from storage.ids import read_id
from storage.session import Writing

HOME = "/staf/permintaan"
_LONGEST = 1000
_ONE_LOOK = timedelta(hours=1)  # a page that stays open asks every few seconds; that is one look
# As what a file of a resident's is given out: a picture may be looked at, everything else is only kept.
_SHOWN = frozenset({"image/png", "image/jpeg", "image/webp"})


async def show(visit: Visit) -> Response:
    """Serve `GET /staf/permintaan`."""
    listed = await visit.store.read(partial(views.living, member=visit.member))
    return visit.draw("talks.html", listed=listed, now=visit.now)


async def open_one(visit: Visit) -> Response:
    """Serve `GET /staf/permintaan/{id}`: that it is there and who has it; its words for that officer, audited."""
    one = await handover_of(visit)
    if one.is_held_by(visit.member.id):
        await visit.store.write(partial(_note_look, visit, one))
    return await _page(visit, "talk.html")


async def advance(visit: Visit) -> Response:
    """Serve `GET /staf/permintaan/{id}/kata`, which the page asks for by itself: audited unless it was lately."""
    one = await handover_of(visit)
    look = partial(
        audit.is_noted,
        actor=visit.actor,
        action="handover-read",
        subject=handovers.subject(one.id),
        since=visit.now - _ONE_LOOK,
    )
    if one.is_held_by(visit.member.id) and not await visit.store.read(look):
        await visit.store.write(partial(_note_look, visit, one))
    return await _page(visit, "talk-lines.html")


async def take(visit: Visit) -> Response:
    """Serve `POST /staf/permintaan/{id}/ambil`: of two who take it at once one has it."""
    step = partial(
        handovers.take,
        handover=visit.path_id(),
        member=visit.member,
        chat=None,
        seen=read_id(visit.form.get("dari", "")),
    )
    taken = await visit.write(step)
    return visit.go(f"{HOME}/{visit.path_id()}?kabar={'diambil' if taken else 'sudah-diambil'}")


async def reply(visit: Visit) -> Response:
    """Serve `POST /staf/permintaan/{id}/balas`."""
    word = visit.form.get("jawaban", "").strip()
    if not word or len(word) > _LONGEST:
        return await _page(visit, "talk.html", faults={"jawaban": "jawaban-salah"}, status=422)
    step = partial(handover_lines.reply, handover=visit.path_id(), member=visit.member.id, word=word)
    sent = await visit.write(step)
    return visit.go(f"{HOME}/{visit.path_id()}{'' if sent else '?kabar=bukan-milik'}#akhir")


async def hand_back(visit: Visit) -> Response:
    """Serve `POST /staf/permintaan/{id}/kembalikan`."""
    step = partial(handovers.hand_back, handover=visit.path_id(), member=visit.member)
    done = await visit.write(step)
    return visit.go(f"{HOME}?kabar={'dikembalikan' if done else 'bukan-milik'}")


async def file(visit: Visit) -> Response:
    """Serve `GET /staf/permintaan/{id}/berkas/{baris}`: what a resident sent."""
    lines = await visit.store.read(partial(handover_lines.lines, handover=visit.path_id()))
    found = next((one for one in lines if str(one.id) == visit.request.path_params["baris"]), None)
    if found is None or found.file is None:
        raise HTTPException(404)
    await visit.store.write(partial(_note_look, visit, await handover_of(visit), what="file"))
    shown = found.file.mime in _SHOWN
    return Response(
        found.file.data,
        media_type=found.file.mime if shown else "application/octet-stream",
        headers={
            "Content-Disposition": "inline" if shown else "attachment",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, no-store",
        },
    )


async def handover_of(visit: Visit) -> Handover:
    """The hand-over of the address."""
    found = await visit.store.read(partial(views.show, handover=visit.path_id()))
    if found is None:
        raise HTTPException(404)
    return found


async def _page(
    visit: Visit, template: str, *, faults: dict[str, str] | None = None, status: int = 200
) -> Response:
    one = await handover_of(visit)
    mine = one.is_held_by(visit.member.id)
    lines = await visit.store.read(partial(handover_lines.lines, handover=one.id)) if mine else []
    return visit.draw(
        template,
        status=status,
        one=one,
        said=[(line, _words(visit, one, line)) for line in lines],
        mine=mine,
        over=one.state == "over",
        faults=Filled(faults or {}),
        sent=Filled(visit.form),
        longest=_LONGEST,
    )


async def _note_look(visit: Visit, one: Handover, db: Writing, *, what: str = "") -> None:
    subject = handovers.subject(one.id)
    await audit.record(db, actor=visit.actor, action="handover-read", subject=subject, details=what)


def _words(visit: Visit, one: Handover, line: Line) -> list[str]:
    """Give what a line says: people's words as they are, what the office noted as a staff chat tells it."""
    if line.what == handover_lines.WORD:
        return [line.word]
    relayed = RelayTexts(visit.desk.texts, visit.office)
    return list(relayed.parts(line, DEFAULT, code=one.code))
