import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import codec
from domain.people.phones import Phone
from domain.refusals import BadPhone


@pytest.mark.parametrize(
    "text",
    [
        "081234567890",
        "0812-3456-7890",
        "0812 3456 7890",
        "0812.3456.7890",
        "+6281234567890",
        "+62 812-3456-7890",
        "62 812 3456 7890",
        "0062 812 3456 7890",
        "+62 (0)812 3456 7890",
        "(+62) 812 3456 7890",
        "'081234567890",
        "81234567890",  # a spreadsheet ate the zero
        "WA: 0812 3456 7890",
        "081234567890 / 081999999999",  # the first of several
        "０８１２３４５６７８９０",
    ],
)
def test_any_indonesian_spelling_is_one_number(text: str) -> None:
    assert Phone.parse(text).e164 == "+6281234567890"


def test_a_landline_is_a_number_too() -> None:
    assert Phone.parse("(0321) 391234").e164 == "+62321391234"
    assert Phone.parse("021-12345678").e164 == "+622112345678"


@pytest.mark.parametrize(
    "text", ["", "-", "tidak ada", "0812", "8.12E+10", "+60123456789", "+81234567890", "+0812345678", "123456789",
             "00812345678", "0812345678901234", "0112345678"],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BadPhone):
        Phone.parse(text)


@given(st.from_regex(r"8[0-9]{8,11}", fullmatch=True))
def test_a_number_hides_itself_and_survives_the_transcript(national: str) -> None:
    phone = Phone.parse(f"0{national}")
    assert national[:-3] not in f"{phone} {phone!r}"
    assert codec.load(Phone, codec.dump(phone)) == phone
    assert str(phone).endswith(national[-3:])
