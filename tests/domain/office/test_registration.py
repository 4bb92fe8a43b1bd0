import json
import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_37_36

from domain import codec
from domain.cards.pair import spot_pair
from domain.office.registration import NumberFormat, RegistrationNumber, check_character
from domain.refusals import NumberBadCheck, NumberBadShape

NUMBER = "MJK-261102-0007-Z"
OWN = NumberFormat(prefix="MJK")
OPAQUE = NumberFormat(prefix="MJK", pattern=r"^[0-9]{4}/KTP/[0-9]{4}$", example="0042/KTP/2026")

alphabet = string.digits + string.ascii_uppercase
drawn = st.builds(OWN.draw, st.dates(date(2020, 1, 1), date(2099, 1, 1)), st.binary(min_size=8, max_size=8))


def test_the_vectors_of_the_standard() -> None:
    assert check_character("A12425GABC1234002") == "M"
    assert check_character("MJK2611020007") == "Z"


@given(st.text(alphabet, max_size=30))
def test_python_stdnum_computes_the_same_check_character(text: str) -> None:
    assert check_character(text) == mod_37_36.calc_check_digit(text)


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        "mjk-261102-0007-z",
        "MJK2611020007Z",
        " mjk 261102 0007 z ",
        "MJK–261102—0007‑Z",
        "ＭＪＫ－２６１１０２－０００７－Ｚ",
        "nomor saya mjk.261102.0007.z, sudah jadi?",
        "s_MJK-261102-0007-Z",
        "https://example.invalid/loket?start=s_MJK-261102-0007-Z",
        "MJK-261102\n-0007-Z",
    ],
)
def test_every_spelling_is_one_number(text: str) -> None:
    assert str(OWN.parse(text)) == NUMBER
    assert OWN.find(text) == NUMBER


@given(drawn, st.sampled_from(["", " ", "-", "–", "  ", " - "]), st.booleans())
def test_a_drawn_number_is_understood_in_any_spelling(
    number: RegistrationNumber, gap: str, lower: bool
) -> None:
    typed = gap.join(str(number).split("-"))
    assert OWN.parse(typed.lower() if lower else typed) == number


@given(drawn, st.integers(4, 15), st.sampled_from(alphabet))
def test_one_wrong_character_is_caught(number: RegistrationNumber, place: int, other: str) -> None:
    bare = str(number).replace("-", "")
    place = min(place - 1, len(bare) - 1)
    typed = bare[:place] + other + bare[place + 1 :]
    if typed == bare:
        return
    with pytest.raises((NumberBadCheck, NumberBadShape)):
        OWN.parse(typed)


def test_a_wrong_check_character_is_told_apart_from_a_strange_shape() -> None:
    with pytest.raises(NumberBadCheck):
        OWN.parse("MJK-261102-0007-X")
    for text in ["", "12345", "MJK-261102-0007", "MJK-2611-0007-Z", "XMJK-261102-0007-ZZ"]:
        with pytest.raises(NumberBadShape) as caught:
            OWN.parse(text)
        assert caught.value.details == {"example": NUMBER}


def test_a_drawn_number_has_the_day_and_no_look_alikes() -> None:
    number = str(OWN.draw(date(2026, 11, 2), bytes(8)))
    assert number.startswith("MJK-261102-0000-")
    assert not set("IO") & set(
        "".join(str(OWN.draw(date(2026, 1, 1), bytes([n] * 8)))[11:15] for n in range(99))
    )


def test_a_number_survives_the_transcript() -> None:
    number = OWN.parse(NUMBER)
    assert codec.load(RegistrationNumber, json.loads(json.dumps(codec.dump(number)))) == number


@pytest.mark.parametrize(
    "text", ["0042/KTP/2026", " 0042/ktp/2026 ", "nomor 0042/ktp/2026 ya", "0042 / ktp / 2026"]
)
def test_the_offices_own_opaque_numbers_work(text: str) -> None:
    assert str(OPAQUE.parse(text)) == "0042/KTP/2026"


def test_an_office_with_old_numbers_takes_ours_too() -> None:
    assert str(OPAQUE.parse("mjk2611020007z")) == NUMBER
    with pytest.raises(NumberBadCheck):
        OPAQUE.parse("MJK-261102-0007-X")
    with pytest.raises(NumberBadShape) as caught:
        OPAQUE.parse("42/KTP/2026")
    assert caught.value.details == {"example": "0042/KTP/2026"}


def test_another_office_has_another_prefix() -> None:
    kota = NumberFormat(prefix="KM1")
    number = kota.draw(date(2026, 11, 2), bytes(8))
    assert kota.parse(str(number).lower()) == number
    assert OWN.find(str(number)) is None


@pytest.mark.parametrize("wrong", [{"prefix": "mjk"}, {"prefix": ""}, {"pattern": "("}])
def test_a_format_that_cannot_work_is_refused_at_once(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"prefix|pattern"):
        NumberFormat(**{"prefix": "MJK", **wrong})


@pytest.mark.parametrize(
    ("text", "number", "nik"),
    [
        (f"{NUMBER} 3516015708900001", NUMBER, "3516015708900001"),
        ("3516 0157 0890 0001 mjk2611020007z", NUMBER, "3516015708900001"),
        ("Cek#KTP#3516015708900001", None, "3516015708900001"),
        ("mjk 261102 0007 z", NUMBER, None),
        ("mjk-261102-0007-x", "MJK-261102-0007-X", None),  # a slip: the question says what is wrong
        ("halo", None, None),
    ],
)
def test_a_message_with_both_is_taken_at_once(text: str, number: str | None, nik: str | None) -> None:
    spotted = spot_pair(text, OWN)
    assert (spotted.number, spotted.nik) == (number, nik)


def test_digits_of_a_number_are_not_part_of_the_nik() -> None:
    number = "MJK-261102-1112-" + check_character("MJK2611021112")
    spotted = spot_pair(f"{number.replace('-', ' ')} 3516 0157 0890 0001", OWN)
    assert (spotted.number, spotted.nik) == (number, "3516015708900001")
    assert "3516" not in repr(spotted)
