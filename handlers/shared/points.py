"""The points of an office as conversations name and offer them."""

from domain.office.office import Office, Point
from domain.office.outreach import Outreach
from handlers.engine.chat import Chat, Choice


def named(office: Office, point: str) -> Point | Outreach | None:
    """Give what is known of a point or outreach event."""
    places: tuple[Point | Outreach, ...] = (*office.points, *office.outreach)
    return next((one for one in places if one.id == point), None)


def name_of(office: Office, point: str) -> str:
    """Give the name of a point, its id where the office has it no longer."""
    place = named(office, point)
    return place.name if place else point


def label_of(chat: Chat, point: str) -> Choice:
    """Give a point as a choice: by its short name, an outreach event without a fitting one by its next day."""
    place = named(chat.office, point)
    if place is None:
        return Choice(point, "booking-point", name=point)
    label = place.short or place.name
    if isinstance(place, Outreach) and len(label) > chat.caps.label:
        today = chat.office.today(chat.now)
        day = min((one for one in place.dates if one >= today), default=place.last_day)
        return Choice(point, "booking-outreach", hint="booking-outreach-hint", day=day, name=place.name)
    return Choice(point, "booking-point", name=label)
