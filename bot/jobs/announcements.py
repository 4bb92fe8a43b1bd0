"""Announcements as background jobs: check an order, or plan it."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.announcing.recipients import Listed, read_list
from bot.announcing.render import preview
from bot.announcing.timers import freeze_or_wait
from bot.importing.report import remarks, unusable
from bot.importing.table import UnusableFile
from bot.jobs.files import copy_job_file, keep_refused
from bot.jobs.runner import Advance, Unworkable
from bot.setup.clock import read_day, read_time
from domain import codec
from domain.announcements.announcement import LATEST_DAYS, LONGEST_NAME, Audience, Order, Subject, Wording
from domain.announcements.waves import Waves
from domain.cards.stages import Stage
from domain.office.office import Office
from domain.people.names import clean_name
from domain.refusals import NotAllowed
from domain.refusals.base import Refusal
from domain.staff.roles import StaffMember
from handlers.announcements.service import MOST_SHOWN, draft, plan
from locales.texts import DEFAULT, Texts
from storage.announcements import approvers
from storage.ids import read_id
from storage.staff import staff
from storage.staff.jobs import Job
from storage.store import Store

CHECK, SEND = "announce-check", "announce-send"
_DIGITS_A_DAY = 5  # digits of the number of cards a day


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementForm:
    """An announcement as entered in the form.

    `listed`: its applications come from a file. `replaces`: a returned draft that it is written instead of.
    """

    name: str
    texts: Wording
    audience: Audience
    waves: Waves | None
    urgent: bool
    override: bool
    listed: bool
    not_before: datetime | None = None
    replaces: int | None = None

    def order(self, listed: Sequence[int] | None = None) -> Order:
        """The form as an order; `listed` are the applications of its file."""
        return Order(
            name=self.name,
            wording=self.texts,
            audience=self.audience,
            listed=listed,
            waves=self.waves,
            urgent=self.urgent,
            override=self.override,
            not_before=self.not_before,
        )


def parse_form(
    form: Mapping[str, str], office: Office, now: datetime
) -> tuple[AnnouncementForm | None, dict[str, Any]]:
    """The announcement in the form, or its faults by field: a code, or a refusal to be worded."""
    faults: dict[str, Any] = {}
    name = clean_name(form.get("nama", ""))
    if not name or len(name) > LONGEST_NAME:
        faults["nama"] = "judul-salah"
    listed = form.get("sumber") == "berkas"
    audience = Audience() if listed else _audience(form, office, faults)
    waves = _waves(form, office.today(now), faults)
    not_before = _not_before(form, office, now, faults)
    texts = texts_in(form, office)
    try:
        wording = Wording.read(texts, waves=waves is not None)
    except Refusal as refusal:
        return None, {**faults, "teks_id": refusal}
    if faults:
        return None, faults
    marked = {"urgent": bool(form.get("mendesak")), "override": bool(form.get("ulang"))}
    return AnnouncementForm(
        name=name,
        texts=wording,
        audience=audience,
        waves=waves,
        listed=listed,
        not_before=not_before,
        replaces=read_id(form.get("ganti", "")),
        **marked,
    ), {}


def texts_in(form: Mapping[str, str], office: Office) -> dict[str, str]:
    """The form's text for each language of the office."""
    return {language: form.get(f"teks_{language}", "").replace("\r\n", "\n") for language in office.languages}


class AnnounceWork:
    """Runs the announcement jobs of one office."""

    def __init__(self, *, store: Store, office: Office, texts: Texts) -> None:
        self._store = store
        self._office = office
        self._texts = texts

    async def __call__(self, job: Job, advance: Advance) -> dict[str, Any]:
        """Check or plan the announcement; return the job's outcome."""
        advance.step(self._texts.say(DEFAULT, "announce-state-preparing"), None)
        by = await self._store.read(staff.find_by_id, member=job.staff)
        if by is None:
            raise Unworkable({"gone": True})
        with tempfile.TemporaryDirectory(prefix="loket-") as folder:
            path = Path(folder) / "daftar"
            if job.argument["listed"] and not await copy_job_file(self._store, job, path):
                raise Unworkable({"gone": True})
            try:
                return await self._do(job, codec.load(AnnouncementForm, job.argument), by, path)
            except UnusableFile as why:
                raise Unworkable({"why": unusable(why, self._texts, DEFAULT)}) from None
            except Refusal as refusal:
                said = self._texts.say(DEFAULT, f"refusal-{refusal.code}", **refusal.details)
                raise Unworkable({"why": said}) from None

    async def _do(self, job: Job, told: AnnouncementForm, by: StaffMember, path: Path) -> dict[str, Any]:
        listed = await read_list(self._store, path, self._office, by=by) if told.listed else Listed()
        order = told.order(listed.applications if told.listed else None)
        if job.kind == CHECK:
            return await self._check(job, order, listed, by, path)
        written = await self._written(job, order, by)
        if told.replaces is not None:
            await self._store.write(approvers.replace, announcement=told.replaces, by=by)
        return {"id": str(written)}

    async def _written(self, job: Job, order: Order, by: StaffMember) -> int:
        """Leave the order as a draft, or plan it; return its id."""
        if not job.argument["release"]:
            waiting = await draft(self._store, order=order, by=by)
            await self._store.write(approvers.tell, announcement=waiting)
            return waiting
        done = await plan(self._store, order=order, by=by, office=self._office)
        if done.announcement is None:
            raise done.refusal or NotAllowed
        await freeze_or_wait(
            self._store, announcement=done.announcement, office=self._office, texts=self._texts
        )
        return done.announcement

    async def _check(
        self, job: Job, order: Order, listed: Listed, by: StaffMember, path: Path
    ) -> dict[str, Any]:
        shown = await self._store.read(preview(order, by=by, office=self._office, texts=self._texts))
        shown = replace(shown, calendar=shown.calendar[:MOST_SHOWN])
        refused = remarks(listed.refused, self._texts, DEFAULT)
        if refused:
            await keep_refused(self._store, job, path, refused, self._texts, listed.heading)
        told = codec.dump(refused[:MOST_SHOWN])
        return {"preview": codec.dump(shown), "refused": len(refused), "remarks": told}


def sample(office: Office) -> Subject:
    """An invented subject for the preview of a text before recipients are known."""
    return Subject(name="S*** A***", number=office.number.example, place=office.points[0].name)


def _audience(form: Mapping[str, str], office: Office, faults: dict[str, Any]) -> Audience:
    status = form.get("status", "")
    if status not in set(Stage):
        faults["status"] = "status-kosong"
        return Audience()
    point = office.point(form.get("titik", "")) if form.get("titik") else None
    since, until = read_day(form.get("sejak", "")), read_day(form.get("hingga", ""))
    if since and until and since > until:
        faults["sejak"] = "masa-salah"
    district, service = office.district(form.get("kecamatan", "")), office.service(form.get("layanan", ""))
    # What is not known must not widen the audience.
    if form.get("kecamatan") and district is None:
        faults["kecamatan"] = "kecamatan-salah"
    if form.get("layanan") and service is None:
        faults["layanan"] = "layanan-kosong"
    return Audience(
        stage=Stage(status),
        point=point.id if point else None,
        since=since,
        until=until,
        district=district.name if district else None,
        service=service.id if service else None,
    )


def _not_before(
    form: Mapping[str, str], office: Office, now: datetime, faults: dict[str, Any]
) -> datetime | None:
    """The moment at which it is to be sent, if the form names one."""
    day, clock = form.get("kirim_tanggal", "").strip(), form.get("kirim_jam", "").strip()
    if not day and not clock:
        return None
    on, at = read_day(day), read_time(clock)
    wanted = datetime.combine(on, at, office.timezone) if on and at else None
    if wanted is None or not now < wanted <= now + timedelta(days=LATEST_DAYS):
        faults["kirim_tanggal"] = "kirim-salah"
        return None
    return wanted


def _waves(form: Mapping[str, str], today: date, faults: dict[str, Any]) -> Waves | None:
    per_day, begins = form.get("per_hari", "").strip(), read_day(form.get("mulai", ""))
    if not per_day and not form.get("mulai"):
        return None
    cards = int(per_day) if per_day.isdecimal() and len(per_day) <= _DIGITS_A_DAY else 0
    if not cards or begins is None or begins < today:
        faults["per_hari"] = "gelombang-salah"
        return None
    return Waves(per_day=cards, begins=begins)
