"""Which point suits a kecamatan, however it is spelled; compared with the library for such names."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from domain.office.office import Office
from domain.office.places import serving, suggest_points
from domain.refusals import OtherOffice, UnknownPlace
from tests.domain.appointments.calendars import SAMPLE
from tests.domain.office.test_outreach import EVENT

TODAY = date(2026, 11, 24)
SLIPS = {
    "moyosari": "Mojosari",
    "mjsari": "Mojosari",
    "gundang": "Gondang",
    "gondan": "Gondang",
    "jetes": "Jetis",
    "dawarblandon": "Dawarblandong",
    "trawulan": "Trowulan",
    "trowlan": "Trowulan",
    "pungin": "Pungging",
    "soko": "Sooko",
    "kutorjo": "Kutorejo",
    "bangsl": "Bangsal",
    "pacit": "Pacet",
    "terawas": "Trawas",
    "nguro": "Ngoro",
    "pury": "Puri",
    "delanggu": "Dlanggu",
    "kemlgi": "Kemlagi",
    "gedek": "Gedeg",
    "mojo anyr": "Mojoanyar",
}


def suggest(text: str) -> tuple[str, ...]:
    return suggest_points(text, SAMPLE, TODAY)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("Mojosari", ("mojosari",)),
        ("kec. dawar blandong", ("jetis",)),
        ("sooko", ("sooko", "mpp")),  # a point's id as well; the other point there is offered, too
        ("saya di pacet", ("gondang",)),
        ("35.16.04", ("gondang",)),
        ("mpp", ("mpp",)),
        ("Mal Pelayanan Publik", ("mpp",)),
        ("kantor kecamatan jetis", ("jetis",)),
        ("ke mpp saja", ("mpp",)),
    ],
)
def test_a_kecamatan_or_a_point_is_found_by_its_name(text: str, points: tuple[str, ...]) -> None:
    assert suggest(text) == points


@pytest.mark.parametrize(("typed", "meant"), SLIPS.items())
def test_typing_errors_are_matched_as_well_as_by_a_library(typed: str, meant: str) -> None:
    assert suggest(typed) == serving(meant, SAMPLE, TODAY)
    best = process.extractOne(typed, [one.name for one in SAMPLE.districts], scorer=fuzz.ratio)
    assert best[0] == meant


@pytest.mark.parametrize(("typed", "points"), [("dawar", ("jetis",)), ("dispenduk", ("sooko",))])
def test_the_beginning_of_one_name_is_enough(typed: str, points: tuple[str, ...]) -> None:
    assert suggest(typed) == points


@pytest.mark.parametrize("text", ["magersari", "Prajurit Kulon", "krangan"])
def test_a_kecamatan_of_the_city_is_told_of_its_own_office(text: str) -> None:
    with pytest.raises(OtherOffice):
        suggest(text)


@pytest.mark.parametrize("text", ["", "x", "mojo", "mojokerto", "surabaya", "Sidoarjo", "a" * 61, "?!"])
def test_ambiguous_and_unknown_places_are_refused(text: str) -> None:
    with pytest.raises(UnknownPlace):
        suggest(text)


def test_an_outreach_event_is_offered_after_the_points_until_it_is_over(office_with) -> None:
    office = office_with(
        """
        [[outreach]]
        id = "balai"
        name = "Jemput bola Balai Desa Mojopilang"
        address = "Balai Desa Mojopilang"
        dates = [2026-11-28]
        hours = ["08:00-10:00"]
        quota = 10
        serves = ["Kemlagi"]
        """
    )
    assert suggest_points("kemlagi", office, date(2026, 11, 28)) == ("jetis", "balai")
    assert suggest_points("jemput bola balai", office, date(2026, 11, 28)) == ("balai",)
    assert suggest_points("kemlagi", office, date(2026, 11, 29)) == ("jetis",)


@given(st.text(max_size=80))
def test_whatever_is_typed_leads_to_points_of_the_office_or_a_refusal(text: str) -> None:
    points: tuple[str, ...] = ()
    try:
        points = suggest(text)
    except (UnknownPlace, OtherOffice):
        points = ("sooko",)
    assert points
    assert set(points) <= {point.id for point in SAMPLE.points}


def test_a_misspelled_event_is_found_until_it_is_over(office_with) -> None:
    office = office_with(EVENT)
    assert suggest_points("balai kemlagy", office, date(2026, 12, 25)) == ("balai",)
    assert "balai" not in _found("balai kemlagy", office, date(2026, 12, 26))


def _found(text: str, office: Office, today: date) -> tuple[str, ...]:
    try:
        return suggest_points(text, office, today)
    except UnknownPlace:
        return ()
