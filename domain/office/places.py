"""Finds points for what a resident typed: a kecamatan, or a point's name.

Misspelled names are compared by difflib. Over some twenty short names it is as good as a library
(tests/domain/text/test_places.py), and the domain uses only the standard library.
"""

import re
from datetime import date
from difflib import SequenceMatcher

from domain.office.districts import District
from domain.office.office import Office, Point
from domain.refusals.appointments import OtherOffice, UnknownPlace
from domain.text.typed import bare, plain

LONGEST = 60
_ALIKE = 0.75
"""Below it, names differ by more than a typing error: Mojokerto and Mojosari are 0.71 alike."""
_CLEARLY = 0.08
"""The best name must lead by so much; otherwise the resident is asked."""
_BEGINNING = 4
_TITLES = re.compile(
    r"\b(?:kecamatan|kec|kantor(?:nya)?|camat|di|ing|wonten|daerah|desa|point|district|loket|"
    r"ke|nang|teng|aja|saja|ae|wae|mawon|deh|dong|ya|yang|mau|minta|tolong|saya|kalau|kalo|klo|bisa|boleh|ganti|ubah|pindah|"
    r"jadi|tempat(?:nya|e)?|lokasi(?:nya|ne)?|at|to|in|the|instead|please)\b\.?"
)
"""Words around a name: titles, and what is said beside it ("mpp aja deh")."""
_HOME = re.compile(
    r"\b(?:halo|hai|selamat|pagi|siang|sore|malam|pak|bu|min|kak|saya|aku|kulo|kula|kami|warga|wong|orang|tiyang|penduduk|tinggal|"
    r"rumah|omah|domisili|asal|asli|dari|teko|saka|di|ing|wonten|kecamatan|kec|daerah|hi|hello|i|we|live|am|from|in)\b"
)
"""What is said beside the place that somebody lives in."""


def suggest_points(text: str, office: Office, today: date) -> tuple[str, ...]:
    """Ids of the points for a typed kecamatan, best first, or of the point typed by name or id.

    Outreach events for the kecamatan follow the points; past ones are left out.

    Raises:
        OtherOffice: a kecamatan of the neighbouring office.
        UnknownPlace: nothing known is spelled like it.
    """
    if len(text) > LONGEST:
        raise _unknown(office)
    point = office.point(text)
    district = office.district(text)
    if district is not None:
        return _of_district(district, office, today)
    if point is not None:
        return (point.id,)
    return _guessed(_core(text), office, today)


def place_of(point: str | None, district: str | None, office: Office) -> Point:
    """Point of an application: the registered one, else the one serving its kecamatan."""
    if point and (named := office.point(point)):
        return named
    served = office.points_for(district) if district else ()
    return next(iter(served), office.points[0])


def serving(kecamatan: str, office: Office, today: date) -> tuple[str, ...]:
    """Points that serve a kecamatan by default, then its outreach events that are not over."""
    known = office.district(kecamatan)
    name = bare(known.name if known else kecamatan)
    events = (
        event.id for event in office.outreach if event.last_day >= today and name in map(bare, event.serves)
    )
    return (*(point.id for point in office.points_for(kecamatan)), *events)


def home_in(text: str, office: Office) -> District | None:
    """The kecamatan that somebody lives in, also next door, if the sentence says no more: "saya warga Sooko"."""
    return office.district(_HOME.sub("", plain(text).casefold())) if len(text) <= LONGEST else None


def _guessed(text: str, office: Office, today: date) -> tuple[str, ...]:
    if (named := office.point(text)) is not None:
        return (named.id,)
    for exact in filter(None, map(office.district, (text, *text.split()))):
        return _of_district(exact, office, today)
    names: dict[str, District | str] = {bare(one.name): one for one in office.districts}
    for point in office.points:
        names.setdefault(bare(_core(point.name)), point.id)
    for event in office.outreach:
        if event.last_day >= today:
            names.setdefault(bare(_core(event.name)), event.id)
            names.setdefault(bare(event.id), event.id)
    meant = names[_begun(bare(text), list(names)) or _closest(bare(text), list(names), office)]
    return (meant,) if isinstance(meant, str) else _of_district(meant, office, today)


def _begun(name: str, names: list[str]) -> str | None:
    """The only name that begins so ("dawar"), or None."""
    begun = [one for one in names if one.startswith(name)] if len(name) >= _BEGINNING else []
    return begun[0] if len(begun) == 1 else None


def _closest(name: str, names: list[str], office: Office) -> str:
    ranked = sorted(((SequenceMatcher(None, name, one).ratio(), one) for one in names), reverse=True)
    (best, found), (second, _) = [*ranked, (0.0, ""), (0.0, "")][:2]
    if best < _ALIKE or best - second < _CLEARLY:
        raise _unknown(office)
    return found


def _of_district(district: District, office: Office, today: date) -> tuple[str, ...]:
    points = serving(district.name, office, today)
    if not points and office.neighbour.has(district.code):
        raise OtherOffice(district.name, office.neighbour.name)
    if not points:
        raise _unknown(office)
    return points


def _unknown(office: Office) -> UnknownPlace:
    here = (one.name for one in office.districts if not office.neighbour.has(one.code))
    return UnknownPlace(next(here, office.points[0].name))


def _core(text: str) -> str:
    """A place name without generic words."""
    return " ".join(_TITLES.sub(" ", plain(text).casefold()).split()) or text


def districts_named(text: str, office: Office) -> tuple[District, ...]:
    """Districts of this office that a sentence names as whole words; not those of the neighbouring one."""
    spoken = f" {' '.join(re.findall('[a-z]+', plain(text).casefold()))} "
    return tuple(
        one
        for one in office.districts
        if f" {one.name.casefold()} " in spoken and not office.neighbour.has(one.code)
    )
