import pytest

from domain.districts import DISTRICTS, district_named


def test_the_regency_has_18_districts_and_the_city_3() -> None:
    assert [district.code for district in DISTRICTS if not district.is_kota_mojokerto] == [
        f"3516{number:02}" for number in range(1, 19)
    ]
    assert sum(district.is_kota_mojokerto for district in DISTRICTS) == 3


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
    district = district_named(text)
    assert district is not None
    assert district.code == code


def test_a_place_elsewhere_is_none_of_them() -> None:
    assert district_named("Wonokromo") is None
