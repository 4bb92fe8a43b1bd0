"""Permintaan: residents who asked for an officer; taken, answered, handed back. Their names stay hidden."""

from datetime import timedelta

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.console.pages.templates import LONGEST_REPLY, REPLY, offered
from bot.console.visits.desk import Visit, or_404
from bot.turns.relay_words import RelayTexts
from locales.texts import DEFAULT
from storage import audit
from storage.handovers import handovers, views
from storage.handovers import lines as handover_lines
from storage.handovers.lines import TalkLine
from storage.handovers.views import Handover
from storage.ids import read_id
from storage.session import Writing

HOME = "/staf/permintaan"
_MOST_SHOWN = 200
_ONE_LOOK = timedelta(hours=1)  # an open page asks every few seconds; one audit entry per look suffices
# Types shown in the browser; all others are only downloaded.
_SHOWN = frozenset({"image/png", "image/jpeg", "image/webp"})


async def show(visit: Visit) -> Response:
    """Serve `GET /staf/permintaan`; `?lihat=selesai` lists those that are over."""
    over = visit.query.get("lihat") == "selesai"
    if over:
        listed = await visit.store.read(views.finished, member=visit.member, limit=_MOST_SHOWN)
    else:
        listed = await visit.store.read(views.living, member=visit.member)
    hours = visit.office.retention.unfinished_hours
    return visit.draw("talks.html", listed=listed, over=over, hours=hours)


async def open_one(visit: Visit) -> Response:
    """Serve `GET /staf/permintaan/{id}`: its state and holder; messages only for the holder, audited."""
    one = await handover_of(visit)
    if one.is_held_by(visit.member.id):
        await visit.store.write(_note_look, visit, one)
    return await _page(visit, "talk.html")


async def advance(visit: Visit) -> Response:
    """Serve `GET /staf/permintaan/{id}/kata`, which the page requests itself; audited once per look."""
    one = await handover_of(visit)
    if one.is_held_by(visit.member.id):
        noted = await visit.store.read(
            audit.is_noted,
            actor=visit.actor,
            action="handover-read",
            subject=handovers.subject(one.id),
            since=visit.now - _ONE_LOOK,
        )
        if not noted:
            await visit.store.write(_note_look, visit, one)
    return await _page(visit, "talk-lines.html")


async def take(visit: Visit) -> Response:
    """Serve `POST /staf/permintaan/{id}/ambil`; of two simultaneous requests one succeeds."""
    taken = await visit.write(
        handovers.take,
        handover=visit.path_id(),
        member=visit.member,
        chat=None,
        seen=read_id(visit.form.get("dari", "")),
    )
    return visit.go(f"{HOME}/{visit.path_id()}?kabar={'diambil' if taken else 'sudah-diambil'}")


async def reply(visit: Visit) -> Response:
    """Serve `POST /staf/permintaan/{id}/balas`."""
    word = visit.form.get("jawaban", "").strip()
    if not word or len(word) > LONGEST_REPLY:
        return await _page(visit, "talk.html", faults={"jawaban": "jawaban-salah"}, status=422)
    sent = await visit.write(
        handover_lines.reply, handover=visit.path_id(), member=visit.member.id, word=word
    )
    return visit.go(f"{HOME}/{visit.path_id()}{'' if sent else '?kabar=bukan-milik'}#akhir")


async def hand_back(visit: Visit) -> Response:
    """Serve `POST /staf/permintaan/{id}/kembalikan`."""
    done = await visit.write(handovers.hand_back, handover=visit.path_id(), member=visit.member)
    return visit.go(f"{HOME}?kabar={'dikembalikan' if done else 'bukan-milik'}")


async def file(visit: Visit) -> Response:
    """Serve `GET /staf/permintaan/{id}/berkas/{baris}`: a file from the resident."""
    lines = await visit.store.read(handover_lines.lines, handover=visit.path_id())
    found = next((one for one in lines if str(one.id) == visit.request.path_params["baris"]), None)
    if found is None or found.file is None:
        raise HTTPException(404)
    await visit.store.write(_note_look, visit, await handover_of(visit), what="file")
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
    """Handover of the address."""
    return or_404(await visit.store.read(views.show, handover=visit.path_id()))


async def _page(
    visit: Visit, template: str, *, faults: dict[str, str] | None = None, status: int = 200
) -> Response:
    one = await handover_of(visit)
    mine = one.is_held_by(visit.member.id)
    lines = await visit.store.read(handover_lines.lines, handover=one.id) if mine else []
    ready, prepared = await offered(visit, REPLY) if mine and template == "talk.html" else ([], "")
    return visit.draw(
        template,
        status=status,
        one=one,
        said=[(line, _words(visit, one, line)) for line in lines],
        mine=mine,
        over=one.state == "over",
        hours=visit.office.retention.unfinished_hours,
        faults=faults,
        longest=LONGEST_REPLY,
        templates=ready,
        prepared=prepared,
    )


async def _note_look(db: Writing, visit: Visit, one: Handover, *, what: str = "") -> None:
    subject = handovers.subject(one.id)
    await audit.record(db, actor=visit.actor, action="handover-read", subject=subject, details=what)


def _words(visit: Visit, one: Handover, line: TalkLine) -> list[str]:
    """Text of a line: messages as written, events as a staff chat words them."""
    if line.what == handover_lines.WORD:
        return [line.word]
    relayed = RelayTexts(visit.desk.texts, visit.office)
    return list(relayed.parts(line, DEFAULT, code=one.code))
