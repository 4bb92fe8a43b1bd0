"""Who lives and works in the demo's office: staff, applications with their people, and the residents' chats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from demo.life.timeline import Timeline
from demo.register import Made, samples
from domain.appointments.calendar import Calendar
from domain.cards.stages import Stage
from domain.office.office import Office
from domain.people.nik import Nik
from domain.staff.roles import Role, StaffMember
from handlers.engine.chat import Asker
from storage import audit
from storage.announcements.audience import known
from storage.people import chats, follows
from storage.session import Reading, Writing

# Addresses that lead nowhere (storage/people/addresses.py): with a real token, too, no stranger is written to.
_NOBODY = "gone:demo-"
_CHANNELS = {"whatsapp": 50, "telegram": 35, "web": 15}
_FOLLOW, _FOLLOW_LONG = 0.12, 0.17  # shares of the cards
_LANGUAGES = {"id": 85, "jv": 10, "en": 5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An invented application in the store. `recorded_on`: the day on which its person was recorded at the counter."""

    id: int
    number: str
    service: str
    point: str
    district: str
    born: date
    stage: Stage
    since: date
    submitted_on: date
    recorded_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What every part of the office's life is made up from. `now` is local; chance does not depend on it."""

    office: Office
    calendar: Calendar
    now: datetime
    cards: Sequence[Card]
    staff: Mapping[str, StaffMember]
    chance: Random
    timeline: Timeline

    @property
    def today(self) -> date:
        """The demo's day."""
        return self.now.date()

    def moment(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A moment of a day in the office's zone."""
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=self.office.timezone)

    def open_days(self, point: str, first: date, last: date) -> list[date]:
        """Days between these on which the point is open."""
        days = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
        return [day for day in days if self.calendar.slots(point, day)]

    def officer_of(self, point: str | None) -> str:
        """Who works at a point, as actor; an approver if nobody belongs to it."""
        of_point = (one for one in self.staff.values() if point and one.point == point)
        member = next(of_point, None) or next(one for one in self.staff.values() if one.role is Role.APPROVER)
        return audit.by_staff(member.id)

    def last_open_moment(self, point: str, hour: int, minute: int) -> datetime:
        """That time of the last open day at which it is over by now."""
        for day in reversed(self.open_days(point, self.today - timedelta(days=14), self.today)):
            if (moment := self.moment(day, hour, minute)) < self.now:
                return moment
        return self.now - timedelta(days=1)


class MadeUpResident:
    """The chat of an invented resident; made when it first speaks."""

    def __init__(self, life: Life, place: int, *, channel: str | None = None) -> None:
        self.channel = channel or life.chance.choices([*_CHANNELS], [*_CHANNELS.values()])[0]
        spoken = life.office.languages
        self.language = life.chance.choices(spoken, [_LANGUAGES.get(one, 1) for one in spoken])[0]
        self._address = f"{_NOBODY}{place}"
        self._chat: int | None = None

    @property
    def askers(self) -> tuple[Asker, ...]:
        """Under what its requests to staff are counted."""
        return (Asker(key=self._address.encode()),)

    async def chat(self, db: Writing) -> int:
        """Id of the chat, which is heard now."""
        if self._chat is None:
            met = await chats.meet(
                db, channel=self.channel, account="demo", address=self._address, language=self.language
            )
            self._chat = met.id
            return met.id
        await chats.keep(
            db, chat=self._chat, dialogue=None, until=timedelta(0), language=self.language, welcomed=1
        )
        return self._chat

    async def follow(self, db: Writing, *, card: Card) -> None:
        """Follow an application."""
        chat = await self.chat(db)
        told = card.stage.value
        await follows.follow(db, chat=chat, application=card.id, told=told, channel=self.channel)


async def cards_of(db: Reading, *, made: Made, office: Office, day: date) -> list[Card]:
    """The invented applications as the store has them, without those that the demo's visitor is told of."""
    printed = {one.number for one in samples(row for row, _ in made)}
    rows = {
        row["no_registrasi"]: (row, walked) for row, walked in made if row["no_registrasi"] not in printed
    }
    found = await known(db, numbers=[*rows])
    return [
        Card(
            id=found[number].id,
            number=number,
            service=row["layanan"],
            point=row["lokasi"],
            district=row["kecamatan"],
            born=_born(row, office, day),
            stage=walked.stage,
            since=walked.since,
            submitted_on=date.fromisoformat(row["tanggal_masuk"]),
            recorded_on=walked.recorded_on,
        )
        for number, (row, walked) in rows.items()
    ]


def followers(life: Life) -> None:
    """Residents who follow cards that wait for blanks, or for their owner; most of all those that wait long."""
    followed = (Stage.WAITING_BLANK, Stage.READY_FOR_PICKUP)
    long_ago = life.today - timedelta(days=16)
    for place, card in enumerate(card for card in life.cards if card.stage in followed):
        drawn, hour, minute = life.chance.random(), life.chance.randint(7, 20), life.chance.randint(0, 59)
        if drawn >= (_FOLLOW_LONG if card.since <= long_ago else _FOLLOW):
            continue
        resident = MadeUpResident(life, len(life.cards) + place)
        on = min(card.since + timedelta(days=1), life.today - timedelta(days=1))
        life.timeline.at(life.moment(on, hour, minute), partial(resident.follow, card=card))


def _born(row: Mapping[str, str], office: Office, day: date) -> date:
    service = office.service(row["layanan"])
    return Nik.parse(row["nik"]).birth_date(day, youngest=min(service.youngest, 16) if service else 16)
