"""The invented register: equal for everybody on one day, plausible, without errors."""

from collections import Counter
from datetime import date, timedelta

import pytest

from bot.importing.run import import_register
from bot.setup.office_file import load_office
from demo.register import APPLICATIONS, SAMPLES, made_up_register, samples, write
from domain.cards.stages import Stage, stage_of
from domain.people.nik import Nik
from locales.texts import Texts
from tests.support.texts import WIB

OFFICE = load_office(None)
DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def rows():
    return made_up_register(OFFICE, DAY)


def test_it_is_the_same_for_everybody_on_the_same_day(rows):
    assert made_up_register(OFFICE, DAY) == rows
    assert made_up_register(OFFICE, DAY + timedelta(days=1)) != rows


def test_every_stage_service_district_and_point_occurs(rows):
    assert {stage_of(row["status"]) for row in rows} == set(Stage)
    assert {row["layanan"] for row in rows} == {service.id for service in OFFICE.services}
    here = {one.name for one in OFFICE.districts if not OFFICE.neighbour.has(one.code)}
    assert {row["kecamatan"] for row in rows} == here
    assert {row["lokasi"] for row in rows} == {point.id for point in OFFICE.points}


def test_every_nik_and_number_is_valid_and_stands_once(rows):
    assert len({row["nik"] for row in rows}) == len({row["no_registrasi"] for row in rows}) == len(rows)
    assert all(Nik.parse(row["nik"]).digits == row["nik"] for row in rows)
    assert all(str(OFFICE.number.parse(row["no_registrasi"])) == row["no_registrasi"] for row in rows)


def test_serials_are_small_as_in_real_niks(rows):
    serials = Counter(row["nik"][-4:] for row in rows)
    assert serials["0001"] > len(rows) / 3
    assert max(serials) < "0100"


def test_first_cards_and_child_cards_go_to_people_of_fitting_age(rows):
    for row in rows:
        born = Nik.parse(row["nik"]).birth_date(DAY, youngest=0 if row["layanan"] == "kia" else 16)
        age = DAY.year - born.year - ((DAY.month, DAY.day) < (born.month, born.day))
        assert age >= OFFICE.service(row["layanan"]).youngest
        assert row["layanan"] != "kia" or age < 17


def test_no_date_lies_ahead_and_none_before_the_one_it_follows(rows):
    for row in rows:
        days = [row["tanggal_masuk"], row["tanggal_lengkap"], row["tanggal"]]
        days = [date.fromisoformat(day) for day in days if day]
        assert days == sorted(days)
        assert days[-1] <= DAY


@pytest.mark.parametrize("day", [DAY, date(2026, 11, 28), date(2027, 2, 28), date(2028, 2, 29)])
def test_there_are_three_pairs_to_try_on_any_day(day):
    assert [pair.stage for pair in samples(made_up_register(OFFICE, day))] == list(SAMPLES)


async def test_the_real_import_takes_every_row(rows, store, tmp_path):
    write(rows, tmp_path / "register.csv")
    report = await import_register(
        store, tmp_path / "register.csv", office=OFFICE, texts=Texts(zone=WIB, strict=True)
    )
    assert report.counts.new == len(rows) == APPLICATIONS
    assert report.refused == report.flagged == ()
