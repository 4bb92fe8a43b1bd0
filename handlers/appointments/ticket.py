"""The ticket: text, code as a picture, calendar file. No I/O."""

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from domain.appointments.booking import Booking
from domain.appointments.seats import Hold
from domain.office.office import Office
from handlers.engine.scene import Said, Variable
from handlers.engine.screen import File, Place
from handlers.shared.calendar import named
from handlers.shared.pickup import bring_to_record, requirements_of

if TYPE_CHECKING:  # imported only when a file is made
    from icalendar import Alarm, Event, Timezone

_REMIND = timedelta(hours=2)
_PIXELS = 12  # per module, so that it scans from a scratched screen at arm's length
_LINES = "\n"


def facts(booking: Booking, office: Office) -> dict[str, Variable]:
    """Variables for sentences about an appointment."""
    place, service = named(office, booking.point), office.service(booking.service)
    return {
        "code": str(booking.code),
        "at": booking.starts_at,
        "place": place.name if place else booking.point,
        "service": service.title if service else booking.service,
    }


def ticket(booking: Booking, office: Office, *, key: str) -> list[Said]:
    """Text of the ticket: the appointment, what to bring, no fee; `key` is the first sentence."""
    return [Said(key, facts(booking, office)), *_where(booking, office), *bring(booking.service, office)]


def _where(booking: Booking, office: Office) -> Iterator[Said]:
    """The address, if there is no map location."""
    place = named(office, booking.point)
    if place is not None and pin(booking, office) is None and place.address != place.name:
        yield Said("booking-address", {"address": place.address})


def bring(service: str, office: Office) -> Iterator[Said]:
    """What to bring: the same that the status says."""
    yield bring_to_record(service, office)
    yield from requirements_of(service, office)


def pin(booking: Booking | Hold, office: Office) -> Place | None:
    """Map location, if coordinates are known."""
    place = named(office, booking.point)
    if place is None or place.pin is None:
        return None
    address = place.address if place.address != place.name else ""
    return Place(latitude=place.pin[0], longitude=place.pin[1], name=place.name, address=address)


def picture(booking: Booking) -> File:
    """The code as a QR picture for the counter: the six characters and nothing else."""
    import segno

    drawn = io.BytesIO()
    segno.make_qr(str(booking.code), error="m").save(drawn, kind="png", scale=_PIXELS, border=4)
    return File(name=f"tiket-{booking.code}.png", mime="image/png", data=drawn.getvalue())


def calendar_file(
    booking: Booking, office: Office, *, language: str, now: datetime, cancelled: bool = False
) -> File:
    """The appointment as a calendar file (RFC 5545, 5546).

    The UID is the same for all changes; the sequence rises with each. A cancelled one removes the entry.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Loket//Janji temu//ID")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(_timezone(office.zone))
    calendar.add_component(_event(booking, office, language=language, now=now, cancelled=cancelled))
    return File(name=f"jadwal-{booking.code}.ics", mime="text/calendar", data=calendar.to_ical())


@lru_cache(maxsize=8)
def _timezone(zone: str) -> "Timezone":
    """The zone's offsets from 1970 to 2038; looking for them takes longer than all the rest of a booking."""
    from icalendar import Timezone

    return Timezone.from_tzid(zone)


def _event(booking: Booking, office: Office, *, language: str, now: datetime, cancelled: bool) -> "Event":
    from icalendar import Event

    zone, place, service = (
        ZoneInfo(office.zone),
        named(office, booking.point),
        office.service(booking.service),
    )
    event = Event()
    event.add("uid", f"{booking.code}@loket")
    event.add("sequence", booking.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", booking.starts_at.astimezone(zone))
    event.add("dtend", booking.ends_at.astimezone(zone))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("summary", service.title_in(language) if service else booking.service)
    event.add("location", f"{place.name}, {place.address}" if place else booking.point)
    things = service.requirements_in(language) if service else ()
    event.add("description", _LINES.join([str(booking.code), *things]))
    if place is not None and place.pin is not None:
        event.add("geo", place.pin)
    if not cancelled:
        event.add_component(_alarm(str(booking.code)))
    return event


def _alarm(words: str) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", -_REMIND)
    return alarm
