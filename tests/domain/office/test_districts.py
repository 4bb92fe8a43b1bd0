import pytest

from domain.office.tables import BadOffice
from tests.domain.appointments.calendars import SAMPLE


def test_the_sample_has_the_regencys_18_districts_and_the_citys_3() -> None:
    assert [one.code for one in SAMPLE.districts if not SAMPLE.neighbour.has(one.code)] == [
        f"3516{number:02}" for number in range(1, 19)
    ]
    assert sum(SAMPLE.neighbour.has(one.code) for one in SAMPLE.districts) == 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Sooko", "351613"),
        ("KEC. SOOKO", "351613"),
        ("kecamatan dawar blandong", "351617"),
        ("35.16.08", "351608"),
        ("Kemlagi", "351615"),
        ("Magersari", "357602"),
    ],
)
def test_a_district_is_found_however_it_is_written(text: str, code: str) -> None:
    district = SAMPLE.district(text)
    assert district is not None
    assert district.code == code


def test_a_place_elsewhere_is_none_of_them() -> None:
    assert SAMPLE.district("Wonokromo") is None


@pytest.mark.parametrize("serves", ['"jetis"', '["jetis"]'])
def test_another_offices_districts_name_the_point_that_serves_them(office_with, serves) -> None:
    office = office_with(f'[[districts]]\ncode = "74.71.07"\nname = "Wua-Wua"\nserves = {serves}')
    assert office.district("kec. wua wua").code == "747107"
    assert [one.id for one in office.points_for("Wua-Wua")] == ["jetis"]
    assert office.district("Magersari") is None


def test_a_neighbour_is_known_by_the_first_digits_of_codes_and_niks(office_with) -> None:
    office = office_with(
        '[neighbour]\nname = "Kabupaten Konawe"\noffice = "Disdukcapil"\nprefixes = ["7402"]'
    )
    assert office.neighbour.has("7402015708900001")
    assert not office.neighbour.has("3576015708900001")
    assert not office_with("[neighbour]\nprefixes = []").neighbour.has("3576015708900001")


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ('[[districts]]\ncode = "7471"\nname = "Wua-Wua"', "districts[1]"),
        ('[[districts]]\ncode = "747107"\nname = "Wua-Wua"\nserves = "nowhere"', "districts.serves"),
        ('[neighbour]\nprefixes = ["x"]', "neighbour"),
        ('languages = ["en"]', "languages"),
        ('languages = ["id", "id"]', "languages"),
    ],
)
def test_invalid_keys_are_named(office_with, written, key) -> None:
    with pytest.raises(BadOffice) as refused:
        office_with(written)
    assert refused.value.key == key
