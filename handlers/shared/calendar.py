"""The office's present calendar and its free times."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain import codec
from domain.appointments.calendar import Calendar, nearest
from domain.appointments.dayplan import Slot, quiet_hour
from domain.office.office import Office, Point
from domain.office.outreach import Outreach
from domain.office.week import WEEKDAYS, Span, Week
from handlers.engine.chat import Chat, Choice, Said
from handlers.shared.report import open_now
from storage.appointments import attendance, closures, seats
from storage.session import Reading

MOST_NEAREST = 3
_FURTHEST_DAYS = 366


@dataclass(frozen=True, slots=True)
class CalendarSource:
    """The office and the holidays, which with the store determine the calendar."""

    office: Office
    holidays: Callable[[date, int], Mapping[date, str]]

    async def calendar(self, db: Reading) -> Calendar:
        """The calendar including staff closures."""
        names = self.holidays(self.office.today(db.now), self.office.booking.horizon_days)
        return Calendar(office=self.office, holidays=names, closures=tuple(await closures.closed_times(db)))


def calendar_source(chat: Chat) -> CalendarSource:
    """The calendar source of a chat."""
    return CalendarSource(chat.office, chat.holidays)


async def days_to_answer(db: Reading, *, source: CalendarSource, after: date) -> int:
    """Calendar days after a day until the office's time to answer a case is over.

    `cases.due_days` are working days: those on which any point is open.
    """
    office, calendar = source.office, await source.calendar(db)
    left, ahead = office.cases.due_days, 0
    while left > 0 and ahead < _FURTHEST_DAYS:
        ahead += 1
        day = after + timedelta(days=ahead)
        left -= any(calendar.day(point.id, day).open_spans for point in office.points)
    return office.cases.due_days if left > 0 else ahead


async def tell_open_now(chat: Chat) -> None:
    """Tell when the office is open next."""

    async def told() -> list[Said]:
        return list(open_now(await chat.read(calendar_source(chat).calendar), chat.office.points, chat.now))

    await chat.tell(told)


@dataclass(frozen=True, slots=True)
class FreeDay:
    """A day with its number of free seats."""

    json_shape = codec.ROW

    day: date
    seats: int


@dataclass(frozen=True, slots=True)
class DayHours:
    """Opening hours of a day."""

    json_shape = codec.ROW

    day: date
    spans: tuple[Span, ...]

    def hold(self, moment: time) -> bool:
        """Whether the office is open at that time."""
        return any(span.holds(moment) for span in self.spans)

    @property
    def as_week(self) -> Week:
        """The hours as a week, as texts expect them."""
        return Week(**{WEEKDAYS[self.day.weekday()]: self.spans})


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A time with its number of free seats."""

    json_shape = codec.ROW

    starts_at: datetime
    seats: int


async def free_days(db: Reading, *, source: CalendarSource, point: str) -> list[FreeDay]:
    """Days with free seats, in order."""
    calendar = await source.calendar(db)
    slots = [
        slot for day in calendar.open_days(point, db.now) for slot in calendar.bookable(point, day, db.now)
    ]
    counted: dict[date, int] = {}
    for one in await _free(db, point, slots):
        day = source.office.local(one.starts_at).date()
        counted[day] = counted.get(day, 0) + one.seats
    return [FreeDay(day, counted[day]) for day in sorted(counted)]


async def times_of(db: Reading, *, source: CalendarSource, point: str, day: date) -> list[FreeTime]:
    """Times of a day with their free seats, including full ones.

    Raises:
        DayRefused: it cannot be booked; it has the reason and the next open day.
    """
    calendar = await source.calendar(db)
    calendar.check_day(point, day, db.now)
    slots = calendar.bookable(point, day, db.now)
    counted = await seats.free_seats(db, point=point, slots=slots)
    return [FreeTime(slot.starts_at, counted[slot]) for slot in slots]


async def hours_of(db: Reading, *, source: CalendarSource, point: str, day: date) -> DayHours:
    """Opening hours of a day."""
    plan = (await source.calendar(db)).day(point, day)
    return DayHours(day, plan.open_spans)


async def nearest_free(
    db: Reading, *, source: CalendarSource, point: str, wanted: datetime
) -> list[FreeTime]:
    """At most three free times nearest to an unavailable one."""
    calendar = await source.calendar(db)
    slots = [
        slot
        for day in calendar.open_days(point, db.now)
        for slot in calendar.bookable(point, day, db.now)
        if slot.starts_at != wanted
    ]
    counted = await seats.free_seats(db, point=point, slots=slots)
    free = nearest(wanted, [slot for slot in slots if counted[slot]], most=MOST_NEAREST)
    return [FreeTime(slot.starts_at, counted[slot]) for slot in free]


async def quiet_hour_at(db: Reading, *, point: str, office: Office) -> int | None:
    """The usually quietest hour of the counter; None without enough data."""
    past = await attendance.past_waits(db, point=point)
    return quiet_hour((office.local(begins), office.local(done)) for begins, done in past)


async def _free(db: Reading, point: str, slots: Sequence[Slot]) -> list[FreeTime]:
    counted = await seats.free_seats(db, point=point, slots=slots)
    return [FreeTime(slot.starts_at, counted[slot]) for slot in slots if counted[slot]]


def named(office: Office, point: str) -> Point | Outreach | None:
    """A point or outreach event by id."""
    places: tuple[Point | Outreach, ...] = (*office.points, *office.outreach)
    return next((one for one in places if one.id == point), None)


def name_of(office: Office, point: str) -> str:
    """Name of a point; its id if the office has it no longer."""
    place = named(office, point)
    return place.name if place else point


def label_of(chat: Chat, point: str) -> Choice:
    """A point as a choice: its short name; an outreach event without one by its next day."""
    place = named(chat.office, point)
    label = point if place is None else place.short or place.name
    if isinstance(place, Outreach) and len(label) > chat.caps.label:
        today = chat.office.today(chat.now)
        day = min((one for one in place.dates if one >= today), default=place.last_day)
        return Choice(point, "booking-outreach", hint="booking-outreach-hint", day=day, name=place.name)
    return Choice(point, "booking-point", name=label)
