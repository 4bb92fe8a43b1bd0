"""Slots of some days as the office sees them: seats, and who has them; for the command line and the API."""

from datetime import date, datetime, time, timedelta

from bot.setup.holidays import calendar_of
from domain.appointments.booking import BookingState
from domain.appointments.calendar import Calendar
from domain.appointments.dayplan import Slot
from domain.appointments.seats import SlotCount
from domain.office.office import Office
from storage.appointments import attendance, closures
from storage.appointments.views import slot_counts
from storage.session import Reading


async def calendar_over(db: Reading, *, office: Office, first: date, last: date) -> Calendar:
    """The present calendar for any days."""
    today = office.today(db.now)
    first, last = min(first, today), max(last, today)
    since = min(db.now - timedelta(days=1), datetime.combine(first, time(), office.timezone))
    closed = tuple(await closures.closed_times(db, since=since))
    return calendar_of(office, closed, first, (last - first).days + office.booking.horizon_days)


async def counts(
    db: Reading, *, office: Office, first: date, last: date, only: str | None
) -> list[SlotCount]:
    """Counts of the calendar's slots of some days, and of closed slots with appointments."""
    calendar = await calendar_over(db, office=office, first=first, last=last)
    days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    points = [only] if only else calendar.points(first)
    found: list[SlotCount] = []
    for point in points:
        slots = {slot.starts_at: slot for day in days for slot in calendar.slots(point, day)}
        for one in await _closed_with_bookings(db, calendar, point, first, last):
            slots.setdefault(one.starts_at, one)
        in_order = [slots[begins] for begins in sorted(slots)]
        found += await slot_counts(db, point=point, slots=in_order)
    return found


async def _closed_with_bookings(
    db: Reading, calendar: Calendar, point: str, first: date, last: date
) -> list[Slot]:
    """Slots of existing appointments, without seats."""
    office = calendar.office
    begins, ends = (datetime.combine(day, time(), office.timezone) for day in (first, last))
    lines = await attendance.day_list(db, point=point, first=begins, until=ends + timedelta(days=1))
    length = timedelta(minutes=office.booking.slot_minutes)
    return [
        Slot(point, office.local(line.starts_at), office.local(line.starts_at) + length, 0)
        for line in lines
        if line.state not in {BookingState.NO_SHOW, BookingState.CANCELLED}
    ]
