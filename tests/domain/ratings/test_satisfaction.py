"""The official index: the regulation's borders, the known vector, and what must hold for any answers."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ratings.index import ELEMENTS, Grade, Satisfaction, Tally, grade_of, half_up, satisfaction_of

SCORES = st.fixed_dictionaries({element: st.integers(1, 4) for element in ELEMENTS})
# Twenty-nine people, whose sums are known from a published report.
VECTOR = Tally(people=29, sums=(105, 101, 100, 116, 102, 105, 106, 105, 115), squares=0)


def index_of(*answers) -> Satisfaction:
    found = satisfaction_of(Tally.of(answers))
    assert found is not None
    return found


def test_the_elements_stand_in_the_order_of_the_form():
    assert [*ELEMENTS] == (
        [
            "persyaratan",
            "prosedur",
            "waktu",
            "biaya",
            "produk",
            "kompetensi",
            "perilaku",
            "sarana",
            "pengaduan",
        ]
    )


def test_the_known_report_of_29_people_comes_out_to_the_digit():
    found = Satisfaction(tally=VECTOR)
    assert (found.index, found.ikm, found.grade) == (Decimal("3.6590"), Decimal("91.48"), Grade.A)
    assert [one.element for one in found.lowest] == ["waktu", "prosedur", "produk"]
    assert (found.elements[2].average, found.elements[2].weighted) == (Decimal("3.448"), Decimal("0.383"))


def test_all_fours_are_a_hundred_and_all_ones_twenty_five():
    assert index_of(dict.fromkeys(ELEMENTS, 4)).ikm == Decimal("100.00")
    lowest = index_of(dict.fromkeys(ELEMENTS, 1))
    assert (lowest.ikm, lowest.grade) == (Decimal("25.00"), Grade.D)


@pytest.mark.parametrize(
    ("unrounded", "rounded", "grade"),
    [
        ("64.994", "64.99", Grade.D),
        ("64.995", "65.00", Grade.C),
        ("76.604", "76.60", Grade.C),
        ("76.605", "76.61", Grade.B),
        ("88.304", "88.30", Grade.B),
        ("88.305", "88.31", Grade.A),
    ],
)
def test_the_grade_is_that_of_the_rounded_figure(unrounded, rounded, grade):
    ikm = half_up(Decimal(unrounded), 2)
    assert (ikm, grade_of(ikm)) == (Decimal(rounded), grade)


def test_a_weight_of_0_11_would_have_given_another_grade():
    """Why the weight is an exact ninth: with the rounded one of older tables this office would be a B."""
    found = Satisfaction(tally=Tally(people=100, sums=(354,) * 9, squares=0))
    assert (found.ikm, found.grade) == (Decimal("88.50"), Grade.A)
    assert grade_of(half_up(Fraction(354, 100) * 9 * Fraction(11, 100) * 25, 2)) is Grade.B


def test_nobody_answered_is_no_data_and_never_zero():
    assert satisfaction_of(Tally.of([])) is None
    assert satisfaction_of(Tally.of([dict.fromkeys(ELEMENTS[:8], 4)])) is None


@given(st.lists(SCORES, min_size=1, max_size=40))
def test_the_index_is_within_25_and_100_and_parts_add_up(answers):
    found = index_of(*answers)
    assert 25 <= found.ikm <= 100
    exact = sum(Fraction(one.total, one.people) for one in found.elements) / 9
    assert found.exact == exact == Fraction(sum(map(sum, (a.values() for a in answers))), 9 * len(answers))


@given(st.lists(SCORES, min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(answers, random):
    shuffled = list(answers)
    random.shuffle(shuffled)
    assert Tally.of(shuffled) == Tally.of(answers)


@given(st.lists(SCORES, max_size=20), st.lists(SCORES, max_size=20))
def test_two_parts_add_up_to_the_whole(some, others):
    assert Tally.of(some) + Tally.of(others) == Tally.of([*some, *others])


@given(
    st.lists(SCORES, min_size=1, max_size=20),
    SCORES,
    st.sets(st.sampled_from(ELEMENTS), min_size=1),
)
def test_incomplete_sets_are_not_counted(answers, stopped, unanswered):
    partial = {element: score for element, score in stopped.items() if element not in unanswered}
    assert Tally.of([*answers, partial]) == Tally.of(answers)


@given(st.fractions(min_value=25, max_value=100, max_denominator=10_000))
def test_rounding_is_that_of_the_decimal_library_half_up(value):
    with localcontext(prec=60):
        plain = Decimal(value.numerator) / Decimal(value.denominator)
        assert half_up(value, 2) == plain.quantize(Decimal("0.01"), ROUND_HALF_UP)
