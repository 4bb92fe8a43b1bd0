"""Announcements as long work of the console: looking at what one would do, and planning it; both may take a while."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from bot.announcing.file import Order
from bot.announcing.opening import open_spans_of
from bot.announcing.planning import plan
from bot.announcing.preview import AnnouncingDesk, Preview, preview
from bot.announcing.rendering import Rendering
from bot.console.laying_out import keep_refused, laid_out
from bot.console.work import Advance, Unworkable
from bot.importing.report import remarks, unusable
from bot.importing.table import UnusableFile
from bot.setup.days import read_day
from domain import codec
from domain.announcements.announcement import LONGEST_NAME, Audience, Subject, Wording
from domain.announcements.waves import Waves
from domain.cards.stages import Stage
from domain.office.office import Office
from domain.people.names import clean_name
from domain.refusals.base import Refusal
from domain.staff.roles import StaffMember
from locales.texts import DEFAULT, Texts
from storage.staff import staff
from storage.staff.jobs import Job
from storage.store import Store

CHECK, SEND = "announce-check", "announce-send"
MOST_SHOWN = 200
_DIGITS_A_DAY = 5  # of cards that one office hands out


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What an officer wrote down; `listed`: whom it concerns stands in a file."""

    name: str
    texts: Wording
    audience: Audience
    waves: Waves | None
    urgent: bool
    override: bool
    listed: bool

    def order(self, recipients: Path | None = None) -> Order:
        """Give it as an order; `recipients` is where the file lies now."""
        return Order(
            name=self.name,
            wording=self.texts,
            audience=self.audience,
            recipients=recipients,
            waves=self.waves,
        )


def written(form: Mapping[str, str], office: Office, today: date) -> tuple[Written | None, dict[str, Any]]:
    """Give what the form says, or what is wrong with it by field: a code, or a refusal to be worded."""
    faults: dict[str, Any] = {}
    name = clean_name(form.get("nama", ""))
    if not name or len(name) > LONGEST_NAME:
        faults["nama"] = "judul-salah"
    listed = form.get("sumber") == "berkas"
    audience = Audience() if listed else _audience(form, office, faults)
    waves = _waves(form, today, faults)
    texts = texts_in(form, office)
    try:
        wording = Wording.read(texts, waves=waves is not None)
    except Refusal as refusal:
        return None, {**faults, "teks_id": refusal}
    if faults:
        return None, faults
    marked = {"urgent": bool(form.get("mendesak")), "override": bool(form.get("ulang"))}
    return Written(name=name, texts=wording, audience=audience, waves=waves, listed=listed, **marked), {}


def texts_in(form: Mapping[str, str], office: Office) -> dict[str, str]:
    """Give the text that the form has for each language that the office offers."""
    return {language: form.get(f"teks_{language}", "").replace("\r\n", "\n") for language in office.languages}


class AnnounceWork:
    """Does the announcement jobs of one office."""

    def __init__(self, *, store: Store, office: Office, texts: Texts) -> None:
        self._texts = texts
        self._desk = AnnouncingDesk(
            store=store,
            office=office,
            rendering=Rendering(texts),
            open_spans=lambda: open_spans_of(store, office),
        )

    async def __call__(self, job: Job, advance: Advance) -> dict[str, Any]:
        """Look at it, or plan it; give what came out."""
        advance.step(self._texts.say(DEFAULT, "announce-state-preparing"), None)
        by = await self._desk.store.read(partial(staff.find_by_id, member=job.staff))
        if by is None:
            raise Unworkable({"gone": True})
        with tempfile.TemporaryDirectory(prefix="loket-") as folder:
            path = Path(folder) / "daftar"
            if job.argument["listed"] and not await laid_out(self._desk.store, job, path):
                raise Unworkable({"gone": True})
            try:
                return await self._do(job, codec.load(Written, job.argument), by, path)
            except UnusableFile as why:
                raise Unworkable({"why": unusable(why, self._texts, DEFAULT)}) from None
            except Refusal as refusal:
                raise Unworkable({"why": self._said(refusal)}) from None

    async def _do(self, job: Job, told: Written, by: StaffMember, path: Path) -> dict[str, Any]:
        order = told.order(path if told.listed else None)
        shown = await preview(self._desk, order, by=by, urgent=told.urgent)
        if job.kind == CHECK:
            refused = remarks(shown.refused, self._texts, DEFAULT)
            if refused:
                await keep_refused(self._desk.store, job, path, refused, self._texts)
            return outcome(shown, codec.dump(refused))
        planned = await plan(
            self._desk,
            order,
            shown,
            by=by,
            override=told.override,
            urgent=told.urgent,
            release=job.argument["release"],
        )
        if isinstance(planned, Refusal):
            raise Unworkable({"why": self._said(planned)})
        return {"id": str(planned)}

    def _said(self, refusal: Refusal) -> str:
        return self._texts.say(DEFAULT, f"refusal-{refusal.code}", **refusal.details)


def outcome(shown: Preview, refused: list[dict[str, Any]]) -> dict[str, Any]:
    """Give a preview as JSON values."""
    return {
        "recipients": shown.recipients,
        "per_channel": shown.per_channel,
        "none": list(shown.none[:MOST_SHOWN]),
        "none_count": len(shown.none),
        "text": shown.text,
        "refused": len(refused),
        "remarks": refused[:MOST_SHOWN],
        "starts_at": shown.starts_at.isoformat(),
        "waits_for_morning": shown.waits_for_morning,
        "templates": shown.templates,
        "unreachable": shown.unreachable,
        "already": shown.already.isoformat() if shown.already else None,
        "calendar": [
            {
                "point": one.point,
                "starts_at": one.starts_at.isoformat(),
                "ends_at": one.ends_at.isoformat(),
                "cards": one.cards,
                "room": one.room,
            }
            for one in shown.calendar[:MOST_SHOWN]
        ],
    }


def sample(office: Office) -> Subject:
    """Give somebody made up, to show how a text reads before anybody is chosen."""
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
    return Audience(stage=Stage(status), point=point.id if point else None, since=since, until=until)


def _waves(form: Mapping[str, str], today: date, faults: dict[str, Any]) -> Waves | None:
    per_day, begins = form.get("per_hari", "").strip(), read_day(form.get("mulai", ""))
    if not per_day and not form.get("mulai"):
        return None
    cards = int(per_day) if per_day.isdecimal() and len(per_day) <= _DIGITS_A_DAY else 0
    if not cards or begins is None or begins < today:
        faults["per_hari"] = "gelombang-salah"
        return None
    return Waves(per_day=cards, begins=begins)
