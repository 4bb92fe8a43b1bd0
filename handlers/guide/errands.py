"""Errands without a card: a place, holidays by date, outreach, and matters that only people can settle."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime

from domain.office.office import Office, Point
from domain.office.outreach import Outreach
from domain.office.places import districts_named, home_in
from domain.ratings.complaint import points_named
from domain.text.errands import (
    asks_after,
    asks_holidays,
    asks_where,
    case_number,
    errand_of,
    is_civil,
    likely_errand_of,
    names_outreach,
)
from domain.text.followups import topic_of
from domain.text.named_day import day_in
from domain.text.summary_replies import place_wanted
from domain.text.typed import plain
from handlers.engine.chat import Chat, Place, Said
from handlers.engine.registry import conversation
from handlers.shared.calendar import calendar_source
from handlers.shared.day_hours import hours_on
from handlers.shared.report import address_of, open_now, week_of
from storage.ratings import case_files

ERRAND = "errand"
# Words by which an office knows the service of an errand.
_SERVICES = {
    "lost": frozenset({"hilang", "dicuri", "lost"}),
    "change": frozenset({"ganti alamat", "ganti data", "perubahan data"}),
    "moved-in": frozenset({"pindahan", "moved"}),
    "young": frozenset({"umur 16", "belum 17"}),
    "damaged": frozenset({"rusak", "patah"}),
    "first": frozenset({"ktp baru", "ktp pertama"}),
    "foreign": frozenset({"wna", "kitap", "orang asing", "warga negara asing", "foreigner"}),
}
_OPENS = {
    "robot": "chit-chat",
    "civil": "elsewhere",
    "contact": "office",
    "my-number": "correct",
    "withdraw": "visit-withdrawal",
}
_EVENTS_AT_MOST = 5
_PLACES_AT_MOST = 3


def spot_errand(text: str, office: Office) -> dict[str, str]:
    """The errand of a sentence, with what it needs: the sentence itself, places, or a service."""
    if place_wanted(text) is not None and _places_named(text, office):  # an appointment there
        return {}
    home = home_in(text, office)
    if home is not None and office.neighbour.has(home.code) and not office.points_for(home.name):
        return {ERRAND: f"next-door:{home.name}"}
    errand = "place" if home is not None else errand_of(text)
    if (
        errand is None
        and asks_where(text)
        and topic_of(text) in (None, "where")
        and _places_named(text, office)
    ):
        errand = "place"
    return _to_run(errand, text, office)


def spot_likely_errand(text: str, office: Office) -> dict[str, str]:
    """As `spot_errand`, for a sentence that means no other conversation."""
    return _to_run(likely_errand_of(text), text, office)


def _to_run(errand: str | None, text: str, office: Office) -> dict[str, str]:
    """The errand with the sentence, the places in it, or the office's service for it; nothing if the office has none."""
    if errand == "place":
        places = _places_named(text, office)
        return {ERRAND: f"place:{','.join(one.id for one in places)}" if places else "contact:"}
    if errand == "civil" and _serves(text, office):
        return {}
    known = _SERVICES.get(errand or "", frozenset())
    service = next((one for one in office.services if not known.isdisjoint(one.words)), None)
    if service is not None:
        return {ERRAND: f"service:{service.id}"}
    return {} if errand is None or known else {ERRAND: f"{errand}:{text}"}


def _serves(text: str, office: Office) -> bool:
    """Whether the office has a service for the family card or the deed in a text."""
    said = plain(text).casefold()
    return any(word in said for one in office.services for word in one.words if is_civil(word))


@conversation("errand", spot=spot_errand, spots_first=True, likely_spot=spot_likely_errand, aside=True)
async def run_errand(chat: Chat) -> None:
    """Answer the errand, or open the conversation that does."""
    errand, _, about = chat.given.get(ERRAND, "").partition(":")
    if errand == "visit":
        await _open_visit(chat, about)
    elif errand == "case":
        await chat.open("case-status", case_number(about))
    elif errand == "service":
        await chat.open("requirements", about)
    elif errand in _OPENS:
        await chat.open(_OPENS[errand])
    elif errand in _TELLERS:
        await _TELLERS[errand](chat, about)
    else:
        await chat.say(f"errand-{errand}", phone=chat.office.contact.phone)


async def _open_visit(chat: Chat, about: str) -> None:
    """Ask for the village; whoever asks what became of a request is told how it stands."""
    if asks_after(about):
        await _tell_of_requests(chat)
    await chat.open("visit", about)


async def _tell_of_requests(chat: Chat) -> None:
    """Tell how this chat's requests stand, if there are any."""
    cases = await chat.learn("errand-cases", case_files.numbers_of, chat=chat.id, only=chat.covered_cases)
    if cases:
        await chat.open("case-status")


async def _tell_place(chat: Chat, about: str) -> None:
    places = [one for one in chat.office.points if one.id in about.split(",")]
    await chat.tell(lambda: _places(chat, places))
    if len(places) == 1 and (pin := places[0].pin):
        await chat.place(Place(latitude=pin[0], longitude=pin[1], name=places[0].address))


async def _places(chat: Chat, places: list[Point]) -> list[Said]:
    calendar = await chat.read(calendar_source(chat).calendar)
    told: list[Said] = []
    for place in places[:_PLACES_AT_MOST]:
        told.append(Said("errand-place", address_of(place)))
        week = week_of(calendar, place, chat.now)
        if len(places) == 1 and any(week.days):
            told.append(Said("report-hours", {"hours": week}))
    return [*told, *open_now(calendar, places, chat.now)]


async def _tell_day(chat: Chat, about: str) -> None:
    """Tell the hours of the day in the sentence, or the next holiday; without either, those of the week."""
    calendar = await chat.read(calendar_source(chat).calendar)
    today = chat.office.today(chat.now)
    day = day_in(about, today, calendar.holidays)
    if day is not None:
        await chat.tell(lambda: _day(chat, day))
    elif asks_holidays(about):
        await chat.tell(lambda: _holiday(chat))
    else:
        await chat.open("office")


async def _day(chat: Chat, day: date) -> list[Said]:
    calendar = await chat.read(calendar_source(chat).calendar)
    return list(hours_on(calendar, chat.office.points, day, chat.now))


async def _holiday(chat: Chat) -> list[Said]:
    """That holidays are closed, and the next one."""
    calendar, today = await chat.read(calendar_source(chat).calendar), chat.office.today(chat.now)
    working = calendar.office.working_days
    coming = (
        (day, name) for day, name in sorted(calendar.holidays.items()) if day >= today and day not in working
    )
    day, name = next(coming, (None, ""))
    return [Said("errand-holidays", {"day": day, "name": name}) if day else Said("errand-holidays-none")]


async def _tell_outreach(chat: Chat, about: str) -> None:
    if not names_outreach(about):
        await _tell_of_requests(chat)
    today = chat.office.today(chat.now)
    coming = sorted(
        (one for one in chat.office.outreach if one.last_day >= today), key=lambda one: _next_day(one, today)
    )
    named = [one.name.casefold() for one in districts_named(about, chat.office)]
    near = [one for one in coming if not {*map(str.casefold, one.serves)}.isdisjoint(named)]
    if named and not near and coming:
        await chat.say("errand-outreach-not-there")
    elif not coming:
        await chat.say("errand-outreach-none", phone=chat.office.contact.phone)
    for one in (near or coming)[:_EVENTS_AT_MOST]:
        day, zone = _next_day(one, today), chat.office.timezone
        await chat.say(
            "errand-outreach",
            name=one.name,
            address=one.address,
            opens=datetime.combine(day, min(span.opens for span in one.hours), zone),
            closes=datetime.combine(day, max(span.closes for span in one.hours), zone),
        )
    await chat.say("errand-outreach-visit")


async def _tell_next_door(chat: Chat, district: str) -> None:
    neighbour = chat.office.neighbour
    await chat.say("errand-next-door", district=district, neighbour=neighbour.name, office=neighbour.office)


def _next_day(event: Outreach, today: date) -> date:
    return min(day for day in event.dates if day >= today)


_Teller = Callable[[Chat, str], Awaitable[None]]
_TELLERS: dict[str, _Teller] = {
    "place": _tell_place,
    "next-door": _tell_next_door,
    "day": _tell_day,
    "outreach": _tell_outreach,
}


def _places_named(text: str, office: Office) -> tuple[Point, ...]:
    """Points that the text names, else those that serve a district that it names."""
    ids = points_named(text.casefold().replace("mall", "mal"), office.points)
    named = tuple(one for one in office.points if one.id in ids)
    return named or tuple(
        dict.fromkeys(point for one in districts_named(text, office) for point in office.points_for(one.name))
    )
