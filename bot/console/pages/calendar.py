"""Kalender: opening hours and bookings of a point, and closures, with a preview of affected appointments."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from starlette.responses import Response

from bot.console.pages.today import Day, span_of
from bot.console.visits.desk import Filled, Visit
from bot.setup.clock import read_day, read_time
from bot.setup.holidays import calendar_of
from domain.appointments.calendar import Calendar
from domain.appointments.closures import Closure
from domain.appointments.dayplan import DayPlan
from storage.appointments import closures
from storage.appointments.views import slot_counts
from storage.cards import pickups
from storage.session import Reading

_HOME = "/staf/kalender"
_LONGEST_REASON = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """Opening hours of a day, its booked seats, and how many cards announcements call to it."""

    plan: DayPlan
    seats: int
    booked: int
    called: int


async def show(visit: Visit, *, faults: dict[str, str] | None = None, status: int = 200) -> Response:
    """Serve `GET /staf/kalender`; `faults`: what is wrong with its form, by field."""
    point = visit.chosen_point() or visit.office.points[0].id
    calendar, days, closed, unanswered = await visit.store.read(_read, visit, point)
    return visit.draw(
        "calendar.html",
        status=status,
        point=point,
        days=days,
        closures=[one for one in closed if one.concerns(point) or visit.member.point is None],
        unanswered=[one for one in unanswered if visit.member.point in (None, one.point)],
        outruns=calendar.outruns_holidays(visit.now),
        horizon=visit.office.booking.horizon_days,
        faults=faults,
    )


async def preview(visit: Visit) -> Response:
    """Serve `POST /staf/kalender/tutup/lihat`: preview affected appointments; nothing is closed."""
    closure, faults = _closure(visit)
    if closure is None:
        return await show(visit, faults=faults, status=422)
    return visit.draw(
        "closing.html",
        closure=closure,
        bookings=await visit.store.read(closures.preview, closure=closure, zone=visit.office.timezone),
    )


async def close(visit: Visit) -> Response:
    """Serve `POST /staf/kalender/tutup`."""
    closure, faults = _closure(visit)
    if closure is None:
        return await show(visit, faults=faults, status=422)
    asked = await visit.write(closures.close, closure=closure, zone=visit.office.timezone, by=visit.actor)
    return visit.go(f"{_HOME}?kabar={'ditutup-ditanya' if asked else 'ditutup'}{_of(closure)}")


async def open_again(visit: Visit) -> Response:
    """Serve `POST /staf/kalender/buka`."""
    closure, faults = _closure(visit)
    if closure is None:
        return await show(visit, faults=faults, status=422)
    await visit.write(closures.open_again, closure=closure, zone=visit.office.timezone, by=visit.actor)
    return visit.go(f"{_HOME}?kabar=dibuka{_of(closure)}")


async def _read(
    db: Reading, visit: Visit, point: str
) -> tuple[Calendar, list[DayCount], list[Closure], list[Any]]:
    closed = await closures.closed_times(db)
    calendar = calendar_of(visit.office, tuple(closed), visit.today)
    every = [visit.today + timedelta(days=ahead) for ahead in range(visit.office.booking.horizon_days + 1)]
    slots = [slot for day in every for slot in calendar.slots(point, day)]
    counts = await slot_counts(db, point=point, slots=slots) if slots else []
    seats, booked, called = Counter[date](), Counter[date](), Counter[date]()
    for count in counts:
        seats[visit.office.today(count.starts_at)] += count.seats
        booked[visit.office.today(count.starts_at)] += count.booked
    span = span_of(visit, Day(point=point, on=visit.today), days=len(every))
    for (begins, _), cards in (await pickups.called_by_window(db, span=span)).items():
        called[visit.office.today(begins)] += cards
    days = [
        DayCount(plan=calendar.day(point, day), seats=seats[day], booked=booked[day], called=called[day])
        for day in every
    ]
    return calendar, days, closed, await closures.unanswered(db)


def _closure(visit: Visit) -> tuple[Closure | None, dict[str, str]]:
    """The closure in the form, or its faults by field."""
    form = Filled(visit.form)
    faults: dict[str, str] = {}
    day = read_day(form["tanggal"])
    starts, ends = read_time(form["dari"]), read_time(form["sampai"])
    if day is None:
        faults["tanggal"] = "tanggal-kosong"
    if bool(starts) != bool(ends) or (starts and ends and starts >= ends):
        faults["dari"] = "jam-salah"
    if day is None or faults:
        return None, faults
    found = visit.office.point(form["titik"]) if form["titik"] else None
    reason = " ".join(form["sebab"].split())[:_LONGEST_REASON]
    point = found.id if found else None
    return Closure(day=day, reason=reason, point=point, starts=starts, ends=ends), {}


def _of(closure: Closure) -> str:
    return f"&titik={closure.point}" if closure.point else ""
