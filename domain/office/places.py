"""Which point suits what a resident typed: a kecamatan, or a point by its name.

Misspelled names are compared by difflib: over some twenty short names it finds what a resident means as well as a
library would (tests/domain/test_places.py), and the domain stands on the standard library alone.
"""

import re
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from domain.office.districts import District
from domain.office.office import Office
from domain.refusals.appointments import OtherOffice, UnknownPlace
from domain.text.typed import bare, plain

LONGEST = 60
_ALIKE = 0.75
"""Below it names differ by more than a slip: the towns Mojokerto and Mojosari are 0.71 alike."""
_CLEARLY = 0.08
"""By so much the best name must be more alike than the second one, else the resident is asked."""
_BEGINNING = 4
_TITLES = re.compile(r"\b(?:kecamatan|kec|kantor|camat|di|ing|wonten|daerah|desa|point|district|loket)\b\.?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """The ids of the points that suit, the best one first; `district` is the kecamatan that was meant, if one was.

    `sure`: it was spelled as it is; else the resident is asked whether that was meant.
    """

    points: tuple[str, ...]
    district: str | None = None
    sure: bool = True


def suggest_points(text: str, office: Office, today: date) -> Suggestion:
    """Give the points for a typed kecamatan, or the point that was typed by name or id.

    Outreach events that serve the kecamatan come after the points; those that are over are left out.

    Raises:
        OtherOffice: a kecamatan of the office next door.
        UnknownPlace: nothing known is spelled like it.
    """
    if len(text) > LONGEST:
        raise _unknown(office)
    point = office.point(text)
    district = office.district(text)
    if district is not None:
        return _of_district(district, office, today, sure=True)
    if point is not None:
        return Suggestion(points=(point.id,))
    return _guessed(_core(text), office, today)


def serving(kecamatan: str, office: Office, today: date) -> tuple[str, ...]:
    """Give the points that serve a kecamatan by default, then the outreach events for it that are not over."""
    known = office.district(kecamatan)
    name = bare(known.name if known else kecamatan)
    events = (
        event.id for event in office.outreach if event.last_day >= today and name in map(bare, event.serves)
    )
    return (*(point.id for point in office.points_for(kecamatan)), *events)


def _guessed(text: str, office: Office, today: date) -> Suggestion:
    if (named := office.point(text)) is not None:
        return Suggestion(points=(named.id,))
    for exact in filter(None, map(office.district, (text, *text.split()))):
        return _of_district(exact, office, today, sure=True)
    names: dict[str, District | str] = {bare(one.name): one for one in office.districts}
    for point in office.points:
        names.setdefault(bare(_core(point.name)), point.id)
    for event in office.outreach:
        if event.last_day >= today:
            names.setdefault(bare(_core(event.name)), event.id)
            names.setdefault(bare(event.id), event.id)
    meant = names[_begun(bare(text), list(names)) or _closest(bare(text), list(names), office)]
    if isinstance(meant, str):
        return Suggestion(points=(meant,), sure=False)
    return _of_district(meant, office, today, sure=False)


def _begun(name: str, names: list[str]) -> str | None:
    """Give the one name that begins so ("dawar"), or None."""
    begun = [one for one in names if one.startswith(name)] if len(name) >= _BEGINNING else []
    return begun[0] if len(begun) == 1 else None


def _closest(name: str, names: list[str], office: Office) -> str:
    ranked = sorted(((SequenceMatcher(None, name, one).ratio(), one) for one in names), reverse=True)
    (best, found), (second, _) = [*ranked, (0.0, ""), (0.0, "")][:2]
    if best < _ALIKE or best - second < _CLEARLY:
        raise _unknown(office)
    return found


def _of_district(district: District, office: Office, today: date, *, sure: bool) -> Suggestion:
    points = serving(district.name, office, today)
    if not points and office.neighbour.has(district.code):
        raise OtherOffice(district.name, office.neighbour.name)
    if not points:
        raise _unknown(office)
    return Suggestion(points=points, district=district.name, sure=sure)


def _unknown(office: Office) -> UnknownPlace:
    here = (one.name for one in office.districts if not office.neighbour.has(one.code))
    return UnknownPlace(next(here, office.points[0].name))


def _core(text: str) -> str:
    """Give what is left of a place's name without the words that every place has."""
    return " ".join(_TITLES.sub(" ", plain(text).casefold()).split()) or text
