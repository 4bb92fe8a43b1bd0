"""Invented announcements: over, in waves, on its way, for tomorrow, to approve, and returned with a note."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from bot.announcing.timers import freeze_or_wait
from bot.channels import CAPS
from demo.life.people import Life
from demo.life.timeline import ShiftedClock, seen_at
from domain.announcements.announcement import Audience, Order, Wording, begins_at
from domain.announcements.waves import Waves
from domain.cards.stages import Stage
from domain.staff.roles import StaffMember
from locales.texts import Texts
from storage.announcements import approvers, delivery, drafts
from storage.announcements.records import every
from storage.people import chats
from storage.post import sending
from storage.post.sending import Outcome
from storage.session import Reading, Writing
from storage.store import Store

_AWAY = [name for name, caps in CAPS.items() if caps.given_up == "absent"]
_OWNER = "demo"
_FETCH = (
    "Kartu {nama} ({nomor}) sudah lama siap di {tempat}. Silakan diambil pada jam kerja dengan membawa Kartu Keluarga. "
    "Pengambilan tidak dipungut biaya."
)
_BLANKS = (
    "Kabar baik: blangko KTP-el sudah datang. Kartu {nama} ({nomor}) dicetak menurut urutan; begitu siap di {tempat}, "
    "kami kabari."
)
_HOURS = "Mulai Senin depan pengambilan kartu {nama} ({nomor}) di {tempat} dilayani di loket 3. Tidak perlu antre ulang."
_FAMILIES = "Kartu {nama} ({nomor}) siap di {tempat}. Supaya tidak antre lama, datanglah {hari} pukul {jam}. Tidak dipungut biaya."
_REST = "Besok pukul 12.00 sampai 13.00 loket {tempat} istirahat bergantian; kartu {nama} ({nomor}) tetap bisa diambil."
_NOTE = "Sebut juga jam bukanya, dan bahwa pengambilan tidak dipungut biaya."
_PER_DAY = 12  # cards that the first point calls to a day
# Of ten messages of a channel, what became of them. Telegram tells no more than that it took a message.
_OUTCOMES = {
    "whatsapp": (
        "read",
        "read",
        "delivered",
        "read",
        "failed",
        "read",
        "delivered",
        "read",
        "read",
        "delivered",
    ),
    "telegram": ("sent", "sent", "sent", "sent", "sent", "sent", "failed", "sent", "sent", "sent"),
}
_WHY_FAILED = {"whatsapp": "undeliverable", "telegram": "blocked"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """An announcement that was released; `sent` is the most that was sent on each channel, None for everything.

    Without `sent` it has not begun.
    """

    order: Order
    released_at: datetime
    sent: Mapping[str, int | None] | None


async def announcements(
    store: Store, clock: ShiftedClock, life: Life, *, author: StaffMember, approver: StaffMember, texts: Texts
) -> None:
    """Make the announcements; made again after a kill, none is doubled."""
    first = life.office.points[0]
    for campaign in (
        _over(life, first.id),
        _waves(life, first.id),
        _under_way(life),
        _planned(life, first.id),
    ):
        clock.moment = campaign.released_at
        here = await _id_of(store, campaign.order.name)
        if here is None:
            here = await store.write(partial(_release, campaign=campaign, by=approver, life=life))
        clock.moment += timedelta(seconds=5)
        await freeze_or_wait(store, announcement=here, office=life.office, texts=texts)
        if campaign.sent is not None:
            await store.write(partial(_send, campaign=campaign, sent=campaign.sent))
    returned = _order(
        "Jam layanan baru", _HOURS.replace("loket 3", "loket 1"), Stage.READY_FOR_PICKUP, point=first.id
    )
    clock.moment = life.last_open_moment(first.id, 8, 5)
    if await _id_of(store, returned.name) is None:
        await store.write(partial(_give_back, order=returned, author=author, approver=approver))
    draft = _order("Loket pengambilan pindah", _HOURS, Stage.READY_FOR_PICKUP, point=first.id)
    clock.moment = life.last_open_moment(first.id, 8, 20)
    if await _id_of(store, draft.name) is None:
        await store.write(partial(drafts.draft, order=draft, by=author))
    clock.moment = None


def _over(life: Life, point: str) -> Campaign:
    long_ready = life.today - timedelta(days=16)
    days = life.open_days(point, long_ready - timedelta(days=14), long_ready)
    released_at = life.moment(days[-1] if days else long_ready, 9, 10)
    order = _order("Kartu lama siap", _FETCH, Stage.READY_FOR_PICKUP, until=released_at)
    return Campaign(order=order, released_at=released_at, sent={"whatsapp": None, "telegram": None})


def _waves(life: Life, point: str) -> Campaign:
    """Ready cards of the first point, called to windows from today on."""
    order = _order(
        "Pengambilan bergelombang", _FAMILIES, Stage.READY_FOR_PICKUP, point=point, waves=_begins(life, point)
    )
    released_at = life.last_open_moment(point, 8, 1) - timedelta(days=1)
    return Campaign(order=order, released_at=released_at, sent={"whatsapp": None, "telegram": None})


def _begins(life: Life, point: str) -> Waves:
    days = life.open_days(point, life.today, life.today + timedelta(days=30))
    return Waves(per_day=_PER_DAY, begins=days[0] if days else life.today)


def _planned(life: Life, point: str) -> Campaign:
    """Approved, and sent at ten in the morning of the next open day."""
    days = life.open_days(point, life.today + timedelta(days=1), life.today + timedelta(days=30))
    order = _order("Loket istirahat bergantian", _REST, Stage.READY_FOR_PICKUP, point=point)
    begins = life.moment(days[0] if days else life.today + timedelta(days=1), 10, 0)
    released_at = life.last_open_moment(point, 8, 15)
    return Campaign(order=replace(order, not_before=begins), released_at=released_at, sent=None)


async def _give_back(db: Writing, *, order: Order, author: StaffMember, approver: StaffMember) -> None:
    """The author leaves a draft, and the approver returns it."""
    draft = await drafts.draft(db, order=order, by=author)
    later = seen_at(db, db.now + timedelta(minutes=10))
    await approvers.give_back(later, announcement=draft, by=approver, note=_NOTE)


def _under_way(life: Life) -> Campaign:
    order = _order("Blangko sudah datang", _BLANKS, Stage.WAITING_BLANK)
    released_at = life.now - timedelta(minutes=12)
    if begins_at(life.office, released_at) > life.now - timedelta(minutes=10):  # in quiet hours
        released_at = life.last_open_moment(life.office.points[0].id, 8, 50) - timedelta(minutes=10)
    # Telegram is off in the demo, so the rest waits there; with a token it would fail, as nobody is there.
    return Campaign(order=order, released_at=released_at, sent={"whatsapp": None, "telegram": 4})


def _order(
    name: str,
    text: str,
    stage: Stage,
    *,
    point: str | None = None,
    until: datetime | None = None,
    waves: Waves | None = None,
) -> Order:
    audience = Audience(stage=stage, point=point, until=until.date() if until else None)
    wording = Wording.read(text, waves=waves is not None)
    return Order(name=name, wording=wording, audience=audience, waves=waves)


async def _release(db: Writing, *, campaign: Campaign, by: StaffMember, life: Life) -> int:
    announcement = await drafts.draft(db, order=campaign.order, by=by)
    await drafts.release(db, announcement=announcement, by=by, office=life.office)
    return announcement


async def _send(db: Writing, *, campaign: Campaign, sent: Mapping[str, int | None]) -> None:
    """Begin it, send on every channel, and end it if nothing is left."""
    begun = seen_at(db, campaign.released_at + timedelta(minutes=2))
    await delivery.begin_due(begun)
    for channel, most in sent.items():
        rows = await delivery.claim_due(begun, channel=channel, owner=_OWNER, limit=most or 1000)
        kinds = _OUTCOMES[channel]
        outcomes = [
            _outcome(row.id, row.chat, channel, kinds[place % len(kinds)]) for place, row in enumerate(rows)
        ]
        await sending.record(seen_at(db, campaign.released_at + timedelta(minutes=4)), outcomes)
        for one in outcomes:
            if one.reason == "blocked":
                await chats.stop(begun, chat=one.chat, why="blocked")
    await delivery.finish(seen_at(db, campaign.released_at + timedelta(minutes=9)), away=_AWAY)


def _outcome(row: int, chat: int, channel: str, state: str) -> Outcome:
    return Outcome(id=row, chat=chat, state=state, reason=_WHY_FAILED[channel] if state == "failed" else None)


async def _id_of(store: Store, name: str) -> int | None:
    async def find(db: Reading) -> Sequence[int]:
        return [one.id for one in await every(db) if one.name == name]

    found = await store.read(find)
    return found[0] if found else None
