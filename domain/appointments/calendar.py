"""The office's calendar: days and times that can be booked at each point.

Hours of a day are special hours, else the point's, else the office's. Holidays close it (except working days of
the office); closures close it or cut pieces out. An outreach event has its own dates and hours, also on
holidays. Slots keep their times when a closure cuts into a day, so existing appointments keep theirs.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from domain.appointments.closures import Closure, opened
from domain.appointments.dayplan import Because, Closed, DayPlan, Slot, joined
from domain.office.hours import usual_hours
from domain.office.office import Office, Point
from domain.office.outreach import Outreach, spread
from domain.office.week import Span
from domain.refusals.appointments import BeyondHorizon, DayOver, DayPast, NoOpenDay

FURTHEST_DAYS = 366
"""Limit of the search for the next open day."""
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Data that decides when a point is open; the clock is an argument.

    `holidays` are closed days (from `bot/setup/holidays.py`); `closures` are the staff's, to which those of the
    office file are added. `known_until_year` is the last year with known collective leave; default: the last
    one of `holidays`.
    """

    office: Office
    holidays: Mapping[date, str] = field(default_factory=dict)
    closures: tuple[Closure, ...] = ()
    known_until_year: int | None = None
    _closed: dict[date, list[Closure]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _places: dict[str, Point | Outreach] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for closure in (*self.closures, *_closures_of(self.office)):
            self._closed.setdefault(closure.day, []).append(closure)
        for place in self.office.outreach:
            self._places[place.id] = place
        for point in self.office.points:
            self._places[point.id] = point

    @property
    def last_known_year(self) -> int | None:
        """Last year with known holidays and collective leave, or None."""
        if self.known_until_year is not None:
            return self.known_until_year
        return max((day.year for day in self.holidays), default=None)

    def outruns_holidays(self, now: datetime) -> bool:
        """Whether days can be booked whose holidays are not known yet."""
        return self.last_day(now).year > (self.last_known_year or 0)

    def place(self, point: str) -> Point | Outreach:
        """Point or outreach event of this id.

        Raises:
            KeyError: the office has neither (any more).
        """
        return self._places[point]

    def points(self, today: date) -> tuple[str, ...]:
        """Ids of all points, then of outreach events that are not over, next to end first."""
        coming = sorted(
            (event for event in self.office.outreach if event.last_day >= today), key=lambda one: one.last_day
        )
        return (*(point.id for point in self.office.points), *(event.id for event in coming))

    def day(self, point: str, day: date) -> DayPlan:
        """Hours of that day, or why there are none."""
        closures = tuple(one for one in self._closed.get(day, ()) if one.concerns(point))
        for closure in closures:
            if closure.whole_day:
                return _closed_day(point, day, Because.CLOSURE, closure.reason)
        usual = self._usual(point, day)
        if isinstance(usual, Closed):
            return DayPlan(point=point, day=day, closed_because=usual)
        left = opened(usual, closures)
        if not left:
            return _closed_day(point, day, Because.CLOSURE, closures[0].reason)
        return DayPlan(point=point, day=day, open_spans=left, usual_spans=usual)

    def slots(self, point: str, day: date, *, whole: bool = False) -> tuple[Slot, ...]:
        """The day's slots in order, each entirely within the hours; none when closed.

        Seats: `seats_per_slot` of point or office without the walk-in share (`BookingRules.bookable_of`); for
        an outreach event, its quota without that share, spread over the slots. `whole` includes the share.
        """
        plan = self.day(point, day)
        times = _times(plan.usual_spans, self.office.booking.slot_minutes)
        if not times:
            return ()
        seats = self._seats(point, len(times), whole=whole)
        zone = self.office.timezone
        return tuple(
            Slot(
                point=point,
                starts_at=datetime.combine(day, span.opens, zone),
                ends_at=datetime.combine(day, span.closes, zone),
                seats=free,
            )
            for span, free in zip(times, seats, strict=True)
            if any(one.opens <= span.opens and span.closes <= one.closes for one in plan.open_spans)
        )

    def last_day(self, now: datetime) -> date:
        """The last day that can be booked now."""
        return self.office.today(now) + timedelta(days=self.office.booking.horizon_days)

    def bookable_from(self, day: date) -> date:
        """The first day on which that one can be booked."""
        return day - timedelta(days=self.office.booking.horizon_days)

    def bookable(self, point: str, day: date, now: datetime) -> tuple[Slot, ...]:
        """The day's slots that can be booked now, with the seats released so far.

        Slots begin at least `lead_minutes` from now and within `horizon_days`. Taken seats are not subtracted;
        a slot without released seats is left out.
        """
        if not self.office.today(now) <= day <= self.last_day(now):
            return ()
        rules, earliest = self.office.booking, now + timedelta(minutes=self.office.booking.lead_minutes)
        slots = tuple(one for one in self.slots(point, day) if one.seats and one.starts_at >= earliest)
        parts = self._parts_released(day, now)
        if parts == len(rules.release):
            return slots
        released = (
            replace(one, seats=rules.released_of(one.seats, self._number(one), parts)) for one in slots
        )
        return tuple(one for one in released if one.seats)

    def walk_in_times(self, point: str, now: datetime) -> tuple[Slot, ...]:
        """The rest of today's slots for walk-ins, with all seats."""
        today = self.office.today(now)
        return tuple(one for one in self.slots(point, today, whole=True) if one.ends_at > now)

    def open_days(self, point: str, now: datetime) -> tuple[date, ...]:
        """Days with slots that can be booked now."""
        today = self.office.today(now)
        days = (today + timedelta(days=ahead) for ahead in range(self.office.booking.horizon_days + 1))
        return tuple(day for day in days if self.bookable(point, day, now))

    def next_open_day(self, point: str, after: date) -> date | None:
        """First day after that one with slots, or None within a year."""
        days = (after + timedelta(days=ahead) for ahead in range(1, FURTHEST_DAYS + 1))
        return next((day for day in days if self.slots(point, day)), None)

    def check_day(self, point: str, day: date, now: datetime) -> None:
        """Check that a resident may choose this day.

        Raises:
            DayPast: it is over.
            BeyondHorizon: it is too far ahead.
            DayClosed: the point is closed that day (with reason and next open day), or its last slots begin too soon.
            NoOpenDay: the same, without a next open day.
        """
        today, last = self.office.today(now), self.last_day(now)
        if day < today:
            raise DayPast(day)
        plan = self.day(point, day)
        if plan.closed_because is None and day > last:
            raise BeyondHorizon(day, self.bookable_from(day))
        if self.bookable(point, day, now):
            return
        next_day = self.next_open_day(point, day)
        if next_day is None:
            raise NoOpenDay
        if plan.closed_because is None:
            raise DayOver(day, next_day)
        raise plan.closed_because.refusal(day, next_day)

    def _usual(self, point: str, day: date) -> tuple[Span, ...] | Closed:
        place = self._places.get(point)
        if place is None:  # staff, tokens and appointments outlive their point in the office file
            return Closed(Because.NO_HOURS)
        if isinstance(place, Outreach):
            return joined(place.hours_on(day)) or Closed(Because.NO_HOURS)
        holiday = self.holidays.get(day)
        if holiday is not None and day not in self.office.working_days:
            return Closed(Because.HOLIDAY, holiday)
        weekend = day.weekday() >= _SATURDAY
        closed = Closed(Because.WEEKEND if weekend else Because.NO_HOURS)
        return joined(usual_hours(self.office, place, day)) or closed

    def _seats(self, point: str, slots: int, *, whole: bool) -> tuple[int, ...]:
        rules, place = self.office.booking, self.place(point)
        if isinstance(place, Outreach):
            quota = place.quota if whole else rules.bookable_of(place.quota)
            return tuple(spread(quota, slots)) if slots else ()
        seats = rules.seats_per_slot if place.seats_per_slot is None else place.seats_per_slot
        return (seats if whole else rules.bookable_of(seats),) * slots

    def _number(self, slot: Slot) -> int:
        """Number of a slot within its day, equal for all points and unaffected by closures."""
        return _minute(slot.starts_at.time()) // self.office.booking.slot_minutes

    def _parts_released(self, day: date, now: datetime) -> int:
        local = self.office.local(now)
        if self.bookable_from(day) != local.date():
            return len(self.office.booking.release)
        return sum(moment <= local.time() for moment in self.office.booking.release)


def nearest(wanted: datetime, free: Iterable[Slot], *, most: int = 3) -> tuple[Slot, ...]:
    """The free slots nearest to a moment, by time; of two equally near ones the earlier."""
    by_distance = sorted(free, key=lambda slot: (abs(slot.starts_at - wanted), slot.starts_at))
    return tuple(sorted(by_distance[:most], key=lambda slot: slot.starts_at))


@lru_cache(maxsize=256)  # a week has few kinds of days
def _times(spans: tuple[Span, ...], length: int) -> tuple[Span, ...]:
    """Cut spans into slots of so many minutes; a remainder is too short to book."""
    return tuple(
        Span(_time(start), _time(start + length))
        for span in spans
        for start in range(_minute(span.opens), _minute(span.closes) - length + 1, length)
    )


def _closures_of(office: Office) -> Iterator[Closure]:
    for closed in office.closures:
        for point in closed.points or (None,):
            yield Closure(day=closed.day, reason=closed.reason, point=point)


def _closed_day(point: str, day: date, because: Because, detail: str) -> DayPlan:
    return DayPlan(point=point, day=day, closed_because=Closed(because, detail))


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _time(minute: int) -> time:
    return time(*divmod(minute, 60))
