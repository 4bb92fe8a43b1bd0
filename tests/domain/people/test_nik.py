import json
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.id import nik as stdnum_nik

from domain.people.nik import Nik, find_nik
from domain.refusals import NikBadDate, NikBadRegion, NikBadSerial, NikNot16Digits, Refusal

TODAY = date(2026, 11, 23)

born = st.dates(date(1930, 1, 1), date(2026, 1, 1))


@st.composite
def niks(draw: st.DrawFn) -> str:
    day = draw(born)
    woman = draw(st.booleans())
    region = f"{draw(st.integers(11, 96)):02}{draw(st.integers(1, 79)):02}{draw(st.integers(1, 40)):02}"
    return f"{region}{day.day + 40 * woman:02}{day:%m%y}{draw(st.integers(1, 9999)):04}"


def refused(text: str) -> type[Refusal]:
    with pytest.raises(Refusal) as caught:
        Nik.parse(text)
    return type(caught.value)


@given(niks(), st.sampled_from([" ", ".", "-", "\u00a0", "–", "", "  ", " - "]))
def test_a_nik_may_be_typed_in_blocks(digits: str, gap: str) -> None:
    typed = gap.join(digits[start : start + 4] for start in range(0, 16, 4))
    assert Nik.parse(f"NIK saya: {typed}, terima kasih").digits == digits


@pytest.mark.parametrize(
    "text",
    [
        "3516015708900001",
        "NIK: 3516 0157 0890 0001",
        "#KTP#3516015708900001#3516010101010001#SITI#Pemula",
        "Cek#KTP#3516015708900001",
        "No. KK 3516010101010001, NIK 3516-0157-0890-0001",
        "3516０１５７08900001",
        "\u200e3516015708900001\u202c",
        "1. 3516015708900001",
        "tgl 12-11-2026 3516015708900001",
        "3516 0157 0890 0001\n3516010101010001",
    ],
)
def test_a_nik_is_found_in_what_people_type(text: str) -> None:
    assert Nik.parse(text).digits == "3516015708900001"
    assert find_nik(text) == "3516015708900001"


@pytest.mark.parametrize(
    ("text", "count"), [("351601570890001", 15), ("35160157089000011", 17), ("halo", 0), ("NIK: 0001", 4)]
)
def test_the_wrong_count_of_digits_is_told(text: str, count: int) -> None:
    with pytest.raises(NikNot16Digits) as caught:
        Nik.parse(text)
    assert caught.value.details == {"count": count}


@pytest.mark.parametrize(
    ("date_part", "exists"),
    [
        ("290200", True),  # 29 February 2000
        ("290204", True),
        ("290201", False),  # 29 February 2001 and 1901: in no century
        ("690204", True),  # a woman's 29 February
        ("690201", False),
        ("310490", False),
        ("710190", True),
        ("720190", False),
        ("000190", False),
        ("400190", False),
        ("810190", False),
        ("011390", False),
        ("010090", False),
    ],
)
def test_only_a_date_of_no_century_is_refused(date_part: str, exists: bool) -> None:
    typed = f"351601{date_part}0001"
    if exists:
        assert Nik.parse(typed).digits == typed
    else:
        assert refused(typed) is NikBadDate


def test_regency_or_district_00_and_serial_0000_are_refused() -> None:
    assert refused("3500015708900001") is NikBadRegion
    assert refused("3516005708900001") is NikBadRegion
    assert refused("3516015708900000") is NikBadSerial


def test_digits_of_other_scripts_are_no_digits() -> None:
    assert refused("٣٥١٦٠١٥٧٠٨٩٠٠٠٠١") is NikNot16Digits


@pytest.mark.parametrize(
    "region", ["3516", "9171", "9999"]
)  # first issued anywhere, also in a province not yet made
def test_no_region_is_refused_for_being_unknown(region: str) -> None:
    assert Nik.parse(f"{region}015708900001").digits[:6] == f"{region}01"


@given(niks())
def test_a_nik_hides_itself(digits: str) -> None:
    nik = Nik.parse(digits)
    for shown in (str(nik), repr(nik), f"{nik}", f"{[nik]}"):
        assert digits not in shown
    assert str(nik) == nik.masked == f"{digits[:4]}********{digits[12:]}"


@given(niks())
def test_a_nik_survives_the_transcript(digits: str) -> None:
    nik = Nik.parse(digits)
    again = Nik.from_json(json.loads(json.dumps(nik.to_json())))
    assert again == nik
    assert again.matches(nik)
    assert again.last_four == digits[-4:]


def test_a_stored_value_that_is_no_nik_does_not_load() -> None:
    with pytest.raises(ValueError, match="NIK"):
        Nik.from_json("3516")


@pytest.mark.parametrize(
    ("digits", "youngest", "expected"),
    [
        ("3516015708900001", 16, date(1990, 8, 17)),
        ("3516012311100001", 16, date(2010, 11, 23)),  # sixteen today
        ("3516012411100001", 16, date(1910, 11, 24)),  # sixteen tomorrow: so born in 1910
        ("3516012411100001", 0, date(2010, 11, 24)),  # but for a child card in 2010
        ("3516012411260001", 0, date(1926, 11, 24)),  # never in the future
        ("3516012902000001", 16, date(2000, 2, 29)),
        ("3516014101050001", 16, date(2005, 1, 1)),
    ],
)
def test_the_century_makes_the_person_old_enough(digits: str, youngest: int, expected: date) -> None:
    assert Nik(digits).birth_date(TODAY, youngest=youngest) == expected


def test_where_no_century_fits_the_latest_past_date_is_meant() -> None:
    nik = Nik("3516012902000001")  # 29 February of a year 00: only 2000, and before it 1600
    assert nik.birth_date(date(2010, 1, 1)) == date(2000, 2, 29)


@given(niks(), st.integers(0, 17))
def test_a_birth_date_is_never_in_the_future(digits: str, youngest: int) -> None:
    nik = Nik(digits)
    assert nik.birth_date(TODAY, youngest=youngest) <= TODAY


@given(niks())
def test_python_stdnum_agrees_but_for_what_it_is_known_to_get_wrong(digits: str) -> None:
    """Known differences: stdnum takes the year as 19yy or 20yy by its own rule and knows regions of some year only."""
    assume(stdnum_nik.is_valid(digits))
    nik = Nik.parse(digits)
    theirs = stdnum_nik.get_birth_date(digits)
    assert (theirs.month, theirs.day) == (nik.birth_date(TODAY).month, nik.birth_date(TODAY).day)


def test_the_known_differences_to_python_stdnum_are_still_there() -> None:
    assert stdnum_nik.is_valid("3516015708900000")  # serial 0000 passes there
    assert not stdnum_nik.is_valid("9999015708900001")  # an unknown region fails there


@pytest.mark.parametrize("text", ["sdh jadi blm?", "081234567890", "+62 812 3456 7890", "0321 391234", ""])
def test_a_phone_number_or_a_sentence_is_not_taken_for_a_nik(text: str) -> None:
    assert find_nik(text) is None


def test_a_slip_of_one_digit_is_still_meant_as_a_nik() -> None:
    assert find_nik("nik 351601570890001") == "351601570890001"
    assert find_nik("35160157089000011") == "35160157089000011"
