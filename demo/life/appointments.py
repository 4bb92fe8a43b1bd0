"""Invented appointments: those of the last weeks, of today and of the coming days, a waiting list, and a closed day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from demo.life.people import Card, Life, MadeUpResident
from demo.life.visit import Visit
from domain.appointments.closures import Closure
from domain.appointments.dayplan import Slot
from domain.cards.stages import Stage
from storage.appointments import closures

DAYS_BACK = 21
_UNPLANNED, _WALK_INS, _MISSED, _CANCELLED, _MOVED, _COMING = 0.5, 0.62, 0.1, 0.1, 0.12, 0.4
# Appointments at the first point on the next open days, today among them; and at each other point.
_BUSY, _QUIET = (24, 24, 11, 6, 4, 2), (7, 5, 3, 2, 1, 1)
_FULL_SLOTS, _WAITING = 4, 5
_FURTHEST, _SOON = timedelta(days=30), timedelta(hours=1)
# Who comes to the counter: to be recorded, to bring what was missing, to fetch a card.
_COMERS = (Stage.NOT_RECORDED, Stage.SUBMITTED, Stage.DOCS_INCOMPLETE, Stage.READY_FOR_PICKUP)
_REASON = "Rapat koordinasi kecamatan"


@dataclass(frozen=True, slots=True, kw_only=True)
class AtTheCounter:
    """Minutes of one visit: how early or late somebody comes, waits, and is at the desk."""

    late: int
    wait: int
    served: int
    desk: int

    def come(self, life: Life, visit: Visit, slot: Slot, *, by: str) -> None:
        """Plan the arrival with an appointment."""
        life.timeline.at(slot.starts_at + timedelta(minutes=self.late), partial(visit.arrive, by=by))

    def see_to(self, life: Life, visit: Visit, slot: Slot, *, by: str) -> None:
        """Plan the call and the end of the visit."""
        called_at = slot.starts_at + timedelta(minutes=max(self.late, 0) + self.wait)
        life.timeline.at(called_at, partial(visit.be_called, by=by, desk=self.desk))
        done_at = called_at + timedelta(minutes=self.served)
        life.timeline.at(done_at, partial(visit.be_served, by=by))


def appointments(life: Life) -> None:
    """Plan the appointments, the waiting list and a closed day."""
    since = life.today - timedelta(days=DAYS_BACK)
    for place, card in enumerate(life.cards):
        if card.recorded_on is not None and since <= card.recorded_on < life.today:
            _recording(life, card, card.recorded_on, MadeUpResident(life, place))
        elif card.stage is Stage.NOT_RECORDED and card.submitted_on >= since:
            _no_recording(life, card, MadeUpResident(life, place))
    _closed_day(life)
    for number, point in enumerate(life.office.points):
        comers = [card for card in life.cards if card.point == point.id and card.stage in _COMERS]
        comers.sort(key=lambda card: (_COMERS.index(card.stage), card.submitted_on, card.number))
        if number == 0:
            for card in comers[:_WAITING]:
                visit = Visit(life, card, MadeUpResident(life, card.id))
                life.timeline.at(_before(life, life.today, since=card.submitted_on), visit.wait)
            comers = comers[_WAITING:]
        _coming(life, comers, point.id, full=number == 0)


def _recording(life: Life, card: Card, day: date, resident: MadeUpResident) -> None:
    """The visit on which a person was recorded."""
    visit, by = Visit(life, card, resident), life.officer_of(card.point)
    drawn, slot, steps = life.chance.random(), _drawn_slot(life, card.point, day), _steps(life)
    if slot is None or drawn < _UNPLANNED:  # recorded without a ticket
        return
    if drawn < _WALK_INS or card.submitted_on >= day:
        life.timeline.at(slot.starts_at, partial(visit.walk_in, by=by))
    else:
        booked_at = _before(life, day, since=card.submitted_on)
        life.timeline.at(booked_at, partial(visit.book, starts_at=slot.starts_at))
        steps.come(life, visit, slot, by=by)
    steps.see_to(life, visit, slot, by=by)


def _no_recording(life: Life, card: Card, resident: MadeUpResident) -> None:
    """An appointment that was missed or cancelled; of most people, none."""
    drawn = life.chance.random() / 4
    day = life.today - timedelta(days=life.chance.randint(1, DAYS_BACK))
    slot = _drawn_slot(life, card.point, day)
    if slot is None or card.submitted_on >= day or drawn > _MISSED + _CANCELLED:
        return
    visit, by = Visit(life, card, resident), life.officer_of(card.point)
    booked_at = _before(life, day, since=card.submitted_on)
    life.timeline.at(booked_at, partial(visit.book, starts_at=slot.starts_at))
    if drawn < _MISSED:
        life.timeline.at(slot.starts_at + _missed_after(life), partial(visit.miss, by=by))
    else:
        life.timeline.at(slot.starts_at - timedelta(hours=2), visit.cancel)


def _coming(life: Life, comers: Sequence[Card], point: str, *, full: bool) -> None:
    """Appointments of the next open days; with `full`, the first times of the first day after today are taken."""
    left = list(comers)
    wanted = _BUSY if full else _QUIET
    days = life.open_days(point, life.today, life.today + _FURTHEST)[: len(wanted)]
    full_day = next((day for day in days if day > life.today), None) if full else None
    for day, count in zip(days, wanted, strict=False):
        slots = life.calendar.slots(point, day)
        # One more than there are seats: who comes too late is refused.
        first = (
            [slot for slot in slots[:_FULL_SLOTS] for _ in range(slot.seats + 1)] if day == full_day else []
        )
        for number in range(count):
            if not left:
                return
            slot = first[number] if number < len(first) else life.chance.choice(slots)
            _appointment(life, left.pop(0), slot, moves=number >= len(first))


def _appointment(life: Life, card: Card, slot: Slot, *, moves: bool) -> None:
    visit, by = Visit(life, card, MadeUpResident(life, card.id)), life.officer_of(card.point)
    day, chance = life.office.local(slot.starts_at).date(), life.chance
    drawn, coming, steps = chance.random(), chance.random(), _steps(life)
    other = _drawn_slot(life, card.point, day + timedelta(days=1))
    known_since = card.since if card.stage is Stage.READY_FOR_PICKUP else card.submitted_on
    booked_at = _before(life, min(day, life.today), since=known_since)
    if moves and drawn < _MOVED and other is not None:
        life.timeline.at(booked_at - timedelta(hours=1), partial(visit.book, starts_at=other.starts_at))
        life.timeline.at(booked_at, partial(visit.move, starts_at=slot.starts_at))
    else:
        life.timeline.at(booked_at, partial(visit.book, starts_at=slot.starts_at))
    if coming < _COMING:
        life.timeline.at(slot.starts_at - timedelta(hours=16), visit.promise)
    if drawn > 1 - _MISSED:
        life.timeline.at(slot.starts_at + _missed_after(life), partial(visit.miss, by=by))
    else:
        ahead = slot.starts_at - life.now
        if timedelta() < ahead <= _SOON:  # they are here and wait, at whatever hour somebody looks
            steps = replace(steps, late=-(int(ahead.total_seconds()) // 60 + steps.wait))
        steps.come(life, visit, slot, by=by)
        steps.see_to(life, visit, slot, by=by)


def _closed_day(life: Life) -> None:
    """The last point closes for a day next week, when some have booked there."""
    point = life.office.points[-1].id
    days = life.open_days(point, life.today + timedelta(days=1), life.today + _FURTHEST)
    if not days:
        return
    closure = Closure(day=days[min(2, len(days) - 1)], reason=_REASON, point=point)
    by = life.officer_of(None)
    close = partial(closures.close, closure=closure, zone=life.office.timezone, by=by)
    life.timeline.at(life.last_open_moment(point, 7, 30), close)


def _drawn_slot(life: Life, point: str, day: date) -> Slot | None:
    """A time of that day, or None while the point is closed. Draws once in any case."""
    drawn, slots = life.chance.random(), life.calendar.slots(point, day)
    return slots[int(drawn * len(slots))] if slots else None


def _before(life: Life, day: date, *, since: date) -> datetime:
    """A moment of one of the ten days before, not before another day."""
    first = max(since, day - timedelta(days=10))
    back = life.chance.randint(0, max(0, (day - first).days - 1))
    hour, minute = life.chance.randint(7, 20), life.chance.randint(0, 59)
    return life.moment(day - timedelta(days=1 + back), hour, minute)


def _steps(life: Life) -> AtTheCounter:
    draw = life.chance.randint
    return AtTheCounter(late=draw(-40, 5), wait=draw(4, 36), served=draw(4, 12), desk=draw(1, 3))


def _missed_after(life: Life) -> timedelta:
    return timedelta(minutes=life.office.booking.no_show_minutes + 5)
