"""Writes the life of the demo's office into the store: what happened in the last weeks, and what is planned."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from random import Random

from bot.setup.holidays import holidays_around
from bot.setup.office_file import texts_of
from demo.life.announcements import announcements
from demo.life.appointments import DAYS_BACK, appointments
from demo.life.complaints import complaints
from demo.life.people import Card, Life, followers
from demo.life.talks import talks
from demo.life.timeline import ShiftedClock, Timeline
from domain.appointments.calendar import Calendar
from domain.office.office import Office
from domain.staff.roles import StaffMember
from storage import audit
from storage.session import Reading, Writing
from storage.staff import staff, templates
from storage.store import Store

_TEMPLATES: tuple[tuple[templates.Kind, str, str], ...] = (
    (
        "reply",
        "Maaf, antrean",
        "Mohon maaf atas antrean yang lama. Supaya tidak menunggu, pesan waktu dengan /jadwal; gratis.",
    ),
    (
        "reply",
        "Pungutan",
        "Semua layanan KTP gratis. Mohon sebutkan hari, jam, dan ciri orangnya; laporan Anda kami rahasiakan.",
    ),
    (
        "announcement",
        "Siap diambil",
        "Kartu {nama} nomor {nomor} *sudah jadi*. Silakan ambil di {tempat} pada jam kerja, gratis.",
    ),
)
_LIVED, _ANNOUNCED = "demo-lived", "demo-announced"


async def is_filled(db: Reading) -> bool:
    """Whether nothing is missing."""
    return await _is_noted(db, part=_LIVED) and await _is_noted(db, part=_ANNOUNCED)


async def live(
    store: Store,
    clock: ShiftedClock,
    cards: Sequence[Card],
    *,
    office: Office,
    day: date,
    officer: str,
    approver: str,
) -> None:
    """Fill in what is missing; after a kill it goes on with the part that was not committed."""
    life = await store.read(partial(_life, cards=cards, office=office, day=day))
    one, other = life.staff[officer], life.staff[approver]
    if not await store.read(partial(_is_noted, part=_LIVED)):
        followers(life)
        appointments(life)
        talks(life, officer=one)
        complaints(life, approver=other)
        life.timeline.at(life.now - timedelta(days=20), partial(_keep_templates, member=other.id))
        await store.write(partial(_play, life=life))
    if not await store.read(partial(_is_noted, part=_ANNOUNCED)):
        texts = texts_of(office)
        await announcements(store, clock, life, author=one, approver=other, texts=texts)
        await store.write(partial(_note, part=_ANNOUNCED, day=day))


async def _play(db: Writing, *, life: Life) -> None:
    await life.timeline.play(db, until=life.now)
    await _note(db, part=_LIVED, day=life.today)


async def _keep_templates(db: Writing, *, member: int) -> None:
    for kind, name, text in _TEMPLATES:
        await templates.keep(db, kind=kind, name=name, text=text, member=member)


async def _life(db: Reading, *, cards: Sequence[Card], office: Office, day: date) -> Life:
    members: Mapping[str, StaffMember] = {one.member.name: one.member for one in await staff.list_staff(db)}
    known = holidays_around(day - timedelta(days=DAYS_BACK * 2), office.booking.horizon_days + DAYS_BACK * 2)
    return Life(
        office=office,
        calendar=Calendar(office=office, holidays=known.days, known_until_year=known.known_until_year),
        now=office.local(db.now),
        cards=cards,
        staff=members,
        chance=Random(f"life:{day}"),  # noqa: S311 (reproducible; nothing invented is secret)
        timeline=Timeline(),
    )


async def _is_noted(db: Reading, *, part: str) -> bool:
    return bool(await audit.entries(db, action=part, limit=1))


async def _note(db: Writing, *, part: str, day: date) -> None:
    await audit.record(db, actor=audit.SYSTEM, action=part, subject=f"day:{day.isoformat()}")
