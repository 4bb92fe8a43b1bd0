"""Where: the point that serves the resident's kecamatan first, any other by choice or by name."""

from dataclasses import dataclass
from datetime import date

from domain.calendar import Calendar
from domain.office import Office, Point
from domain.outreach import Outreach
from domain.places import suggest_points
from handlers.appointments.whom import Applying
from handlers.chat import Chat, Choice
from storage.store import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceParser:
    """Reads a typed kecamatan or the name of a point."""

    office: Office
    today: date

    def parse(self, text: str) -> str:
        """Give the id of the point that suits best.

        Raises:
            OtherOffice: a kecamatan of Kota Mojokerto.
            UnknownPlace: nothing known is spelled like it.
        """
        return suggest_points(text, self.office, self.today).points[0]


async def ask_where(chat: Chat, applying: Applying) -> str:
    """Give the id of a point; one that is the only one goes without asking."""
    points = await chat.learn("booking-points", points_for, applying=applying, office=chat.office)
    if len(points) == 1:
        return points[0]

    async def choices() -> list[Choice]:
        return [_choice(chat.office, one, applying) for one in points]

    parser = PlaceParser(office=chat.office, today=chat.office.today(chat.now))
    return await chat.ask("booking-where", parser.parse, choices=choices)


async def points_for(db: Reading, *, applying: Applying, office: Office) -> list[str]:
    """Give every point and coming outreach event, those that serve the resident's kecamatan first."""
    known = Calendar(office=office).points(office.today(db.now))
    near = [point.id for point in office.points_for(applying.district)] if applying.district else []
    registered = office.point(applying.point) if applying.point else None
    first = [*near, *([registered.id] if registered else [])]
    return list(dict.fromkeys([*(one for one in first if one in known), *known]))


def named(office: Office, point: str) -> Point | Outreach | None:
    """Give what is known of a point or outreach event."""
    places: tuple[Point | Outreach, ...] = (*office.points, *office.outreach)
    return next((one for one in places if one.id == point), None)


def name_of(office: Office, point: str) -> str:
    """Give the name of a point, its id where the office has it no longer."""
    place = named(office, point)
    return place.name if place else point


def _choice(office: Office, point: str, applying: Applying) -> Choice:
    place = named(office, point)
    short = place.short if isinstance(place, Point) else ""
    label = {"name": short or (place.name if place else point)}
    address = place.address if place else ""
    if applying.district and isinstance(place, Point) and place in office.points_for(applying.district):
        return Choice(
            point, "booking-point", hint="booking-point-near-hint", **label, district=applying.district
        )
    return Choice(
        point, "booking-point", hint="booking-point-hint" if address else None, **label, address=address
    )
