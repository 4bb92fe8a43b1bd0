from datetime import UTC, date, datetime

import pytest

from domain import refusals
from domain.refusals import (
    BadNik,
    DayIsWeekend,
    NikBadDate,
    NikNot16Digits,
    NumberBadShape,
    Refusal,
    SlotFull,
    TooManyTries,
)


@pytest.mark.parametrize(
    "refusal",
    [
        NikNot16Digits(15),
        NumberBadShape("MJK-261102-0007-Z"),
        TooManyTries(datetime(2026, 11, 23, 9, 15, tzinfo=UTC)),
        SlotFull(),
    ],
)
def test_a_recorded_refusal_can_be_raised_again(refusal: Refusal) -> None:
    again = Refusal.from_json(refusal.to_json())
    assert type(again) is type(refusal)
    assert again.details == refusal.details
    assert str(again) == refusal.code


def test_a_detail_may_be_a_day() -> None:
    refusal = DayIsWeekend(date(2026, 11, 28), next_day=date(2026, 11, 30))
    told = {"day": {"date": "2026-11-28"}, "next_day": {"date": "2026-11-30"}}
    assert refusal.to_json()["details"] == told
    assert Refusal.from_json(refusal.to_json()).details == {"day": refusal.day, "next_day": refusal.next_day}


@pytest.mark.parametrize("details", [{}, {"until": 1, "since": 1}])
def test_a_refusal_takes_its_own_details_and_no_others(details) -> None:
    with pytest.raises(TypeError, match="too-many-tries"):
        TooManyTries(**details)


def test_a_group_of_refusals_is_caught_by_its_name() -> None:
    with pytest.raises(BadNik):
        raise NikBadDate


def test_a_refusal_that_an_upgrade_removed_does_not_load() -> None:
    with pytest.raises(ValueError, match="no-longer"):
        Refusal.from_json({"code": "no-longer", "details": {}})


def test_a_refusal_whose_details_an_upgrade_changed_does_not_load() -> None:
    with pytest.raises(ValueError, match="too-many-tries"):
        Refusal.from_json({"code": "too-many-tries", "details": {"since": 1}})


def test_two_refusals_never_share_a_code() -> None:
    with pytest.raises(TypeError, match="slot-full"):
        type("Twin", (Refusal,), {"code": "slot-full"})


def test_every_code_stands_in_the_tree_at_the_top() -> None:
    tree = refusals.__doc__ or ""
    assert {code for code in Refusal.codes() if code not in tree} == set()
    assert "slot-full" in Refusal.codes()
