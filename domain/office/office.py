"""An office as described by its file (O1); no constant in code is about one office.

Keys in the file are the field names below and in rules.py, unless `key` says otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any, Literal, Self

from domain.office.booking_rules import BookingRules
from domain.office.districts import District, Neighbour, district_named
from domain.office.outreach import Outreach
from domain.office.registration import NumberFormat
from domain.office.rules import (
    Announcements,
    Cases,
    Console,
    Handover,
    Imports,
    Pickup,
    Printing,
    Push,
    Quiet,
    Rating,
    Retention,
    Status,
)
from domain.office.services import INDONESIAN, Service, TextLists, Texts
from domain.office.tables import BadOffice, merged, read
from domain.office.week import Week
from domain.text.typed import bare, spellings

_BUTTON = 20  # of WhatsApp, the narrowest
Zone = Literal["Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"]
ZONES: Mapping[Zone, tuple[str, int]] = {
    "Asia/Jakarta": ("WIB", 7),
    "Asia/Pontianak": ("WIB", 7),
    "Asia/Makassar": ("WITA", 8),
    "Asia/Jayapura": ("WIT", 9),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How to reach the office."""

    address: str
    phone: str
    email: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A service point. `serves` are kecamatan; `hours` and `seats_per_slot` override the office's.

    `lat` and `lon` are its map position in degrees. `short` is its name on a button, at most 20 characters.
    """

    id: str
    name: str
    address: str
    short: str = ""
    serves: tuple[str, ...] = ()
    hours: Week | None = None
    seats_per_slot: int | None = None
    lat: float | None = field(default=None, metadata={"least": -90, "most": 90})
    lon: float | None = field(default=None, metadata={"least": -180, "most": 180})

    def __post_init__(self) -> None:
        if len(self.short) > _BUTTON:
            raise ValueError(f"short has {len(self.short)} characters, a button has room for {_BUTTON}")

    @property
    def pin(self) -> tuple[float, float] | None:
        """Latitude and longitude, if both are known."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialHours:
    """Other hours during some days (Ramadan), at some points or, without `points`, at all."""

    first: date = field(metadata={"key": "from"})
    last: date = field(metadata={"key": "to"})
    hours: Week
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDay:
    """A closed day, at some points or, without `points`, at all."""

    day: date = field(metadata={"key": "date"})
    reason: str = ""
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Everything about one office. `sample` marks invented values that residents must not rely on.

    `working_days` are holidays on which it is open. `languages` are those residents may choose.
    """

    name: str
    sample: bool
    zone: Zone
    languages: tuple[str, ...]
    language_names: TextLists
    note: Texts = field(default_factory=dict)
    contact: Contact
    hours: Week
    points: tuple[Point, ...]
    districts: tuple[District, ...]
    neighbour: Neighbour
    special_hours: tuple[SpecialHours, ...] = ()
    closures: tuple[ClosedDay, ...] = ()
    working_days: tuple[date, ...] = ()
    outreach: tuple[Outreach, ...] = ()
    services: tuple[Service, ...]
    number: NumberFormat
    pickup: Pickup
    printing: Printing
    push: Push
    status: Status
    booking: BookingRules
    rating: Rating
    cases: Cases
    handover: Handover
    announcements: Announcements
    quiet: Quiet
    console: Console
    retention: Retention
    imports: Imports = field(default_factory=Imports, metadata={"key": "import"})

    @classmethod
    def from_mapping(cls, given: Mapping[str, Any], *, sample: Mapping[str, Any] | None = None) -> Self:
        """Read an office from its file's tables; missing keys come from the sample's tables.

        A list (points, services, closures) replaces the sample's list as a whole.

        Raises:
            BadOffice: a key is missing, invalid, or contradicts another; the error names the key.
        """
        office = read(cls, merged(sample or {}, given))
        _check_ids(office)
        _check_points(office)
        _check_languages(office)
        return office

    @property
    def timezone(self) -> timezone:
        """The office's zone; Indonesia has no summer time, so a fixed offset is exact."""
        name, hours = ZONES[self.zone]
        return timezone(timedelta(hours=hours), name)

    def local(self, moment: datetime) -> datetime:
        """The moment in the office's zone."""
        return moment.astimezone(self.timezone)

    def today(self, now: datetime) -> date:
        """The office's present day."""
        return self.local(now).date()

    def point(self, text: str) -> Point | None:
        """Find a point by id or name, ignoring case and separators."""
        name = bare(text)
        return next((one for one in self.points if name in spellings((one.id, one.name))), None)

    def points_for(self, kecamatan: str) -> tuple[Point, ...]:
        """Points that serve a kecamatan by default; residents may choose another."""
        district = self.district(kecamatan)
        name, ids = bare(district.name if district else kecamatan), district.serves if district else ()
        return tuple(point for point in self.points if point.id in ids or name in spellings(point.serves))

    def district(self, text: str) -> District | None:
        """Find a kecamatan by name or code, ignoring case and separators; also the neighbour's."""
        return district_named(text, self.districts)

    def service(self, text: str) -> Service | None:
        """Find a service by id, title or alias, ignoring case and separators."""
        return next((service for service in self.services if service.is_called(text)), None)

    def with_service(self, service: Service) -> Self:
        """The same office with this service replacing the one of its id."""
        services = tuple(service if one.id == service.id else one for one in self.services)
        return replace(self, services=services)


def _check_ids(office: Office) -> None:
    for key, ids in (
        ("points", [point.id for point in office.points]),
        ("outreach", [*(point.id for point in office.points), *(event.id for event in office.outreach)]),
        ("services", [service.id for service in office.services]),
        ("languages", list(office.languages)),
        ("districts", [bare(one.name) for one in office.districts]),
    ):
        if not ids and key != "districts":
            raise BadOffice(key, "needs at least one entry")
        if len(set(ids)) < len(ids):
            raise BadOffice(key, "has the same entry twice")


def _check_languages(office: Office) -> None:
    if INDONESIAN not in office.languages:
        raise BadOffice(
            "languages", f'needs "{INDONESIAN}": what another language lacks is said in Indonesian'
        )


def _check_points(office: Office) -> None:
    known = {point.id for point in office.points}
    named = [("closures.points", one.points) for one in office.closures]
    named += [("special_hours.points", one.points) for one in office.special_hours]
    named += [("districts.serves", one.serves) for one in office.districts]
    for key, points in named:
        if stranger := set(points) - known:
            raise BadOffice(key, f"names no point of this office: {min(stranger)}")
