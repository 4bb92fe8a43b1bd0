"""What a free text hints at: a demand for money is a fee, whether or not the office's word list knows it."""

import pytest

from domain.ratings.complaint import kind_of

WORDS = {"fee_words": ("uang rokok",), "complaint_words": ("lama",)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("minta uang 50 ribu", "fee"),
        ("saya dimintai 100rb di loket", "fee"),
        ("disuruh bayar seratus ribu", "fee"),
        ("kasih uang rokok", "fee"),
        ("antrenya lama", "complaint"),
        ("petugas tidak minta uang, terima kasih", None),
        ("ditelepon orang minta uang 50 ribu", None),  # fraud from afar
        ("minta tolong dicek", None),
    ],
)
def test_a_text_that_tells_of_a_demand_for_money_is_a_fee(text, kind):
    assert kind_of(text, **WORDS) == kind
