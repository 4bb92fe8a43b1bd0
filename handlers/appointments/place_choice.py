"""Choice of the place: points serving the resident's kecamatan first, any other by choice or name."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.appointments.calendar import Calendar
from domain.appointments.wishes import ANY, DayParser, Wish
from domain.office.office import Office
from domain.office.places import serving, suggest_points
from domain.refusals.appointments import NotADate, UnknownPlace
from domain.text.typed import fold, without_courtesy
from handlers.appointments.followups import ask
from handlers.appointments.person_choice import Applying
from handlers.engine.chat import Chat, Choice
from handlers.shared.calendar import label_of, named
from storage.session import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceParser:
    """Reads a kecamatan or the name of a point."""

    office: Office
    today: date
    first: str | None = None

    def parse(self, text: str) -> str:
        """Id of the best matching point; "terserah" is the first offer.

        Raises:
            OtherOffice: a kecamatan of the neighbouring office.
            UnknownPlace: no known place has a similar name.
        """
        if self.first is not None and not ANY.isdisjoint({fold(text), without_courtesy(text)}):
            return self.first
        return suggest_points(text, self.office, self.today)[0]


@dataclass(frozen=True, slots=True)
class DayOrPlace:
    """Reads a day in words, or the name of another place."""

    day: DayParser
    place: PlaceParser

    def parse(self, text: str) -> Wish | str:
        """The day, or the id of a point.

        Raises:
            BadDay: as domain/text/dates.py, also for text that is neither day nor place.
            OtherOffice: a kecamatan of the neighbouring office.
        """
        try:
            return self.day.parse(text)
        except NotADate as no_date:
            try:
                return self.place.parse(text)
            except UnknownPlace:
                raise no_date from None

    def from_json(self, value: str) -> Wish | str:
        """Read what `to_json` of a wish wrote, or leave a point's id as it is."""
        try:
            return Wish.from_json(value)
        except ValueError:
            return value


def day_or_place(chat: Chat, **known: Any) -> DayOrPlace:
    """A parser of days and times in the chat's office; `known` as in `DayParser`."""
    today = chat.office.today(chat.now)
    return DayOrPlace(DayParser(today, **known), PlaceParser(office=chat.office, today=today))


async def ask_where(chat: Chat, applying: Applying) -> str:
    """Id of a point; a single one is taken without asking."""
    points = await chat.learn("booking-points", points_for, applying=applying, office=chat.office)
    if len(points) == 1:
        return points[0]

    async def choices() -> list[Choice]:
        return [_choice(chat, one, applying) for one in points]

    parser = PlaceParser(office=chat.office, today=chat.office.today(chat.now), first=points[0])
    return await ask(chat, "booking-where", parser.parse, choices)


async def points_for(db: Reading, *, applying: Applying, office: Office) -> list[str]:
    """Points and coming outreach events, those that serve the resident's kecamatan first."""
    today = office.today(db.now)
    known = Calendar(office=office).points(today)
    near = serving(applying.district, office, today) if applying.district else ()
    registered = office.point(applying.point) if applying.point else None
    first = [*near, *([registered.id] if registered else [])]
    return list(dict.fromkeys([*(one for one in first if one in known), *known]))


def _choice(chat: Chat, point: str, applying: Applying) -> Choice:
    choice, place = label_of(chat, point), named(chat.office, point)
    if place is None or choice.hint is not None:
        return choice
    today, district = chat.office.today(chat.now), applying.district
    if district and point in serving(district, chat.office, today):
        return Choice(
            point, choice.label, hint="booking-point-near-hint", **choice.variables, district=district
        )
    hint = "booking-point-hint" if place.address else None
    return Choice(point, choice.label, hint=hint, **choice.variables, address=place.address)
