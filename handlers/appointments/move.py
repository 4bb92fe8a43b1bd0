"""Moving an appointment to another day, at the same place unless another is named."""

from dataclasses import dataclass

from domain.appointments.wishes import DayParser, Wish
from domain.refusals.appointments import NotADate, UnknownPlace
from handlers.appointments.person_choice import Applying
from handlers.appointments.place_choice import PlaceParser, ask_where, points_for
from handlers.appointments.time_choice import Wanted, day_choices, find_days, time_on
from handlers.engine.chat import Chat, Choice
from handlers.shared.calendar import name_of

ELSEWHERE = "elsewhere"


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


async def ask_move(chat: Chat, applying: Applying, point: str) -> Wanted:
    """Ask for another time of an appointment; the place changes only on request."""
    points = await chat.learn("booking-points", points_for, applying=applying, office=chat.office)
    if point not in points:
        point = await ask_where(chat, applying)
    today = chat.office.today(chat.now)
    elsewhere = [Choice(ELSEWHERE, "booking-other-place")] if len(points) > 1 else []
    while True:
        days = await find_days(chat, point)
        if not days:
            return Wanted(point, chat.now, full=True)
        parser = DayOrPlace(
            DayParser(today, first=Wish(days[0].day)), PlaceParser(office=chat.office, today=today)
        )

        async def choices(shown: tuple[Choice, ...] = (*day_choices(days), *elsewhere)) -> list[Choice]:
            return list(shown)

        chosen = await chat.ask(
            "booking-move-day", parser.parse, choices=choices, place=name_of(chat.office, point)
        )
        if isinstance(chosen, Wish):
            return await time_on(chat, point, chosen)
        point = await ask_where(chat, applying) if chosen == ELSEWHERE else chosen
