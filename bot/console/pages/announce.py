"""A new announcement: written, checked, tested, then sent or left for an approver."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.announcing.render import Rendering
from bot.channels import CHANNELS
from bot.console.pages.imports import send_refused
from bot.console.pages.templates import ANNOUNCEMENT, offered
from bot.console.visits.desk import Filled, Visit
from bot.importing.table import MAX_FILE_BYTES
from bot.jobs.announcements import CHECK, SEND, AnnouncementForm, parse_form, sample, texts_in
from bot.jobs.files import keep
from domain import codec
from domain.announcements.announcement import HIDDEN, LONGEST_TEXT, PLACEHOLDERS, State, Wording
from domain.cards.stages import Stage
from domain.refusals.announcements import UnknownAnnouncement
from domain.refusals.base import Refusal
from domain.staff.roles import WHOLE_OFFICE, Action, may
from handlers.announcements.service import MOST_SHOWN, Preview
from handlers.engine.screen import Screen
from locales.texts import DEFAULT
from storage import audit
from storage.announcements.records import find
from storage.ids import read_id
from storage.post import outbox
from storage.session import Writing
from storage.staff import jobs
from storage.staff.jobs import Job
from storage.staff.staff_chats import StaffChat, chats_of

HOME = "/staf/pengumuman"


async def show(visit: Visit, *, faults: dict[str, str] | None = None, status: int = 200) -> Response:
    """Serve `GET /staf/pengumuman/baru`; `faults`: what is wrong with its form, by field."""
    ready, prepared = await offered(visit, ANNOUNCEMENT)
    others = [one for one in visit.office.languages if one != DEFAULT]
    sent = Filled(visit.form or {"teks_id": prepared} | await _returned(visit))
    return visit.draw(
        "announce.html",
        others=others,
        told_in_others=any(sent[f"teks_{one}"] for one in others),
        status=status,
        stages=list(Stage),
        faults=faults,
        sent=sent,
        templates=ready,
        placeholders=PLACEHOLDERS,
        longest=LONGEST_TEXT,
        limit=visit.office.announcements.approver_above,
        megabytes=MAX_FILE_BYTES // 1024 // 1024,
    )


async def show_sample(visit: Visit) -> Response:
    """Serve `POST /staf/pengumuman/contoh`: a sample of the text on each channel while it is written."""
    try:
        wording = Wording.read(texts_in(visit.form, visit.office), waves=bool(visit.form.get("per_hari")))
    except Refusal as refusal:
        return visit.draw("announce-sample.html", samples=[], fault=visit.say(refusal))
    return visit.draw("announce-sample.html", samples=samples_of(visit, wording), fault="")


async def check(visit: Visit) -> Response:
    """Serve `POST /staf/pengumuman/baru`: check its effect in the background; nothing is sent."""
    told, faults = parse_form(visit.form, visit.office, visit.now)
    file = visit.files.get("berkas")
    if visit.form.get("sumber") == "berkas" and (file is None or not file.filename or not file.size):
        faults["berkas"] = "berkas-kosong"
    if told is None or faults:
        worded = {name: visit.say(one) if isinstance(one, Refusal) else one for name, one in faults.items()}
        return await show(visit, faults=worded, status=422)
    argument, by = codec.dump(told), visit.member.id
    if told.listed and file is not None:
        planned = await keep(
            visit.store, source=file, kind=CHECK, staff=by, argument=argument, form=visit.write
        )
    else:
        planned = await visit.write(jobs.plan, kind=CHECK, staff=by, argument=argument)
    visit.desk.wake_work()
    return visit.go(f"{HOME}/periksa/{planned}")


async def follow(visit: Visit) -> Response:
    """Serve `GET /staf/pengumuman/periksa/{id}`: progress or result of the check, or the plan."""
    job = await job_of(visit)
    if job.kind == SEND and job.state == "done":
        return visit.go(f"{HOME}/{job.outcome['id']}")
    told = codec.load(AnnouncementForm, job.argument)
    found = job.outcome
    came = codec.load(Preview, found["preview"]) if "preview" in found else None
    limit = visit.office.announcements.approver_above
    point = told.audience.point or (None if told.listed else WHOLE_OFFICE)
    approves = may(visit.member, Action.APPROVE, point)
    special = (told.urgent and not may(visit.member, Action.URGENT, point)) or (
        told.override and not may(visit.member, Action.OVERRIDE, point)
    )
    return visit.draw(
        "announce-check.html",
        job=job,
        order=told.order(),
        told_order=told,
        came=came,
        refused=found.get("refused", 0),
        remarks=found.get("remarks", []),
        samples=samples_of(visit, told.texts, came.text if came else None),
        limit=limit,
        may_send=not special and (approves or (came.recipients if came else 0) <= limit),
        most=MOST_SHOWN,
    )


async def advance(visit: Visit) -> Response:
    """Serve `GET /staf/pengumuman/periksa/{id}/maju`, which the page requests itself."""
    job = await job_of(visit)
    if job.over:
        return Response(status_code=200, headers={"HX-Refresh": "true"})
    return visit.draw("announce-advance.html", job=job)


async def refused_rows(visit: Visit) -> Response:
    """Serve `GET /staf/pengumuman/periksa/{id}/ditolak`."""
    return await send_refused(visit, await job_of(visit))


async def send(visit: Visit) -> Response:
    """Serve `POST /staf/pengumuman/periksa/{id}/kirim`: plan it (`cara=kirim`), or leave a draft."""
    job = await job_of(visit)
    if job.kind != CHECK or job.state != "done":
        raise HTTPException(404)
    release = visit.form.get("cara") == "kirim"
    argument = {**job.argument, "of": str(job.id), "release": release}
    planned = await visit.write(jobs.plan, kind=SEND, staff=visit.member.id, argument=argument)
    visit.desk.wake_work()
    return visit.go(f"{HOME}/periksa/{planned}")


async def try_out(visit: Visit) -> Response:
    """Serve `POST /staf/pengumuman/periksa/{id}/uji`: send it to the member's own staff chats."""
    job = await job_of(visit)
    told = codec.load(AnnouncementForm, job.argument)
    rendering = Rendering(visit.desk.texts)

    async def put(db: Writing) -> list[StaffChat]:
        mine = await chats_of(db, member=visit.member.id)
        for one in mine:
            screen = rendering.screen(told.texts, one.language, [sample(visit.office)])
            plain = codec.dump(Screen(text=screen.text, language=screen.language))
            await outbox.put(
                db, chat=one.chat, channel=one.channel, priority=outbox.REPLY, screen=plain, due_at=db.now
            )
        await audit.record(db, actor=visit.actor, action="announcement-tried", subject=f"job:{job.id}")
        return mine

    sent = await visit.write(put)
    for one in sent:
        visit.desk.wake_courier(one.channel)
    return visit.go(f"{HOME}/periksa/{job.id}?kabar={'uji-dikirim' if sent else 'uji-tanpa-obrolan'}")


async def _returned(visit: Visit) -> dict[str, str]:
    """Fields of the member's own returned draft that the address names (`?dari=`)."""
    draft = read_id(visit.query.get("dari", ""))
    try:
        one = await visit.store.read(find, announcement=draft or 0)
    except UnknownAnnouncement:
        return {}
    if one.created_by != visit.member.id or one.state is not State.DRAFT or one.returned_at is None:
        return {}
    audience, waves, wanted = one.audience, one.waves, one.not_before
    days = {"sejak": audience.since, "hingga": audience.until, "mulai": waves.begins if waves else None}
    local = visit.office.local(wanted) if wanted else None
    return {
        "ganti": str(one.id),
        "nama": one.name,
        "sumber": "status" if audience.stage else "berkas",
        "status": audience.stage or "",
        "titik": audience.point or "",
        "kecamatan": audience.district or "",
        "layanan": audience.service or "",
        "per_hari": str(waves.per_day) if waves else "",
        "kirim_tanggal": f"{local:%Y-%m-%d}" if local else "",
        "kirim_jam": f"{local:%H:%M}" if local else "",
        "mendesak": "1" if one.urgent else "",
        "ulang": "1" if one.override else "",
        **{name: day.isoformat() if day else "" for name, day in days.items()},
        **{f"teks_{language}": text for language, text in one.wording.texts.items()},
    }


async def job_of(visit: Visit) -> Job:
    """Announcement job of the address."""
    job = await visit.store.read(jobs.find, job=visit.path_id())
    if job is None or job.kind not in (CHECK, SEND):
        raise HTTPException(404)
    return job


def samples_of(visit: Visit, wording: Wording, text: str | None = None) -> list[dict[str, Any]]:
    """Samples per channel: also as a template after a day, and without names on an idle shared device."""
    about = sample(visit.office)
    screen = Rendering(visit.desk.texts).screen(wording, DEFAULT, [about])
    said = text or screen.text
    samples = []
    for one in CHANNELS:
        caps = one.caps
        if one.as_template and screen.template:
            samples.append({"channel": f"{caps.title}, dalam 24 jam", "text": said})
            samples.append(
                {"channel": f"{caps.title}, setelah 24 jam", "text": one.as_template(screen.template)}
            )
        else:
            samples.append({"channel": caps.title, "text": said})
        if caps.shared_device:
            left = screen.idle_text or HIDDEN
            samples.append({"channel": f"{caps.title}, peramban yang ditinggal", "text": left})
    others = {one: wording.said(one) for one in wording.texts if one != DEFAULT}
    return [*samples, *({"channel": f"Bahasa {one}", "text": words} for one, words in others.items())]
