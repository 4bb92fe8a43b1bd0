"""Which points a free word names."""

import pytest

from bot.setup.office_file import load_office
from domain.ratings.complaint import points_named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("petugas loket SOOKO, kasar sekali", ["sooko"]),
        ("di sooko dan di Mojosari sama saja", ["mojosari", "sooko"]),
        ("Sookoo jauh", []),
        ("petugasnya kasar", []),
        ("\uff33\uff4f\uff4f\uff4b\uff4f!", ["sooko"]),
    ],
)
def test_a_point_is_named_by_whole_words_however_they_are_spelled(text, named):
    assert sorted(points_named(text, load_office(None).points)) == named


def test_points_are_found_by_id_name_and_short_name():
    points = load_office(None).points
    for one in points:
        for said in filter(None, (one.id, one.name, one.short)):
            assert one.id in points_named(f"Kemarin, {said}: tidak dilayani.", points), said
