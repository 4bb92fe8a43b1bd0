"""Names and choices of an office's points."""

from domain.office.office import Office, Point
from domain.office.outreach import Outreach
from handlers.engine.chat import Chat, Choice


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
    if place is None:
        return Choice(point, "booking-point", name=point)
    label = place.short or place.name
    if isinstance(place, Outreach) and len(label) > chat.caps.label:
        today = chat.office.today(chat.now)
        day = min((one for one in place.dates if one >= today), default=place.last_day)
        return Choice(point, "booking-outreach", hint="booking-outreach-hint", day=day, name=place.name)
    return Choice(point, "booking-point", name=label)
