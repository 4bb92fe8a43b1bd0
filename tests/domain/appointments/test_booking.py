"""An appointment, its ticket code, and from which age a person may be recorded."""

import re
from datetime import UTC, date, datetime
from string import ascii_uppercase, digits

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain import codec
from domain.appointments.booking import EXAMPLE, Booking, BookingState, TicketCode, birthday, may_record
from domain.refusals import BadTicketCode, TooYoung
from tests.domain.appointments.calendars import SAMPLE

chances = st.binary(min_size=8, max_size=16)
BOOKING = Booking(
    id=7,
    code=TicketCode("ABC234"),
    applicant=3,
    service="ktp_baru",
    point="sooko",
    starts_at=datetime(2026, 11, 30, 2, 0, tzinfo=UTC),
    ends_at=datetime(2026, 11, 30, 2, 30, tzinfo=UTC),
    state=BookingState.BOOKED,
    sequence=2,
    moves=1,
)


@given(chances)
@example(bytes(8))
@example(b"\xff" * 8)
def test_drawn_codes_mix_letters_and_digits_without_look_alikes(chance: bytes) -> None:
    code = str(TicketCode.draw(chance))
    assert re.fullmatch(r"[A-HJKMNP-Z2-9]{6}", code)
    assert not code.isalpha()
    assert not code.isdigit()


def test_codes_hardly_ever_repeat_and_a_digit_may_stand_anywhere() -> None:
    drawn = {str(TicketCode.draw(number.to_bytes(8) * 2)) for number in range(0, 2**60, 2**50)}
    assert len(drawn) == 2**10
    for place in range(6):
        assert {code[place] for code in drawn} & set(digits)
        assert {code[place] for code in drawn} & set(ascii_uppercase)


def test_a_code_needs_enough_chance() -> None:
    with pytest.raises(ValueError, match="eight"):
        TicketCode.draw(b"1234567")


@given(chances)
def test_a_code_is_understood_however_it_is_typed(chance: bytes) -> None:
    code = TicketCode.draw(chance)
    typed = str(code).lower()
    for text in (
        typed,
        f" {typed} ",
        f"{typed[:3]}-{typed[3:]}",
        f"{typed[:3]} {typed[3:]}",
        f"kode tiket saya {typed} ya",
    ):
        assert TicketCode.parse(text) == code
    assert codec.load(TicketCode, codec.dump(code)) == code


@pytest.mark.parametrize(
    "text", ["", "abc23", "abc2345", "ABC0I1", "LOLOLO", "saya mau menunggu", "3516015708900001"]
)
def test_an_invalid_code_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadTicketCode) as refused:
        TicketCode.parse(text)
    assert refused.value.details == {"example": EXAMPLE}
    assert str(TicketCode.parse(EXAMPLE)) == EXAMPLE


def test_a_recorded_appointment_is_read_as_it_was() -> None:
    assert codec.load(Booking, codec.dump(BOOKING)) == BOOKING
    with pytest.raises(codec.Unloadable):
        codec.load(Booking, {"id": 7})


def test_what_is_held_booked_or_here_takes_a_seat() -> None:
    assert [state for state in BookingState if state.active] == ["held", "booked", "arrived", "called"]


@pytest.mark.parametrize("service", ["ktp_baru", "ktp_rekam_16", "ktp_hilang"])
def test_recording_is_allowed_at_16_and_names_the_17th_birthday(service: str) -> None:
    assert may_record(date(2009, 12, 30), date(2026, 11, 30), SAMPLE.service(service)) == date(2026, 12, 30)
    assert may_record(date(2009, 11, 30), date(2026, 11, 30), SAMPLE.service(service)) is None


def test_one_day_before_the_16th_birthday_is_too_young() -> None:
    first = SAMPLE.service("ktp_baru")
    with pytest.raises(TooYoung) as refused:
        may_record(date(2010, 12, 1), date(2026, 11, 30), first)
    assert refused.value.from_day == date(2026, 12, 1)
    assert may_record(date(2010, 12, 1), date(2026, 12, 1), first) == date(2027, 12, 1)


def test_a_childs_card_has_no_age_and_no_17th_birthday() -> None:
    assert may_record(date(2024, 5, 1), date(2026, 11, 30), SAMPLE.service("kia")) is None


def test_a_person_born_on_29_february_becomes_17_on_1_march() -> None:
    assert birthday(date(2012, 2, 29), 16) == date(2028, 2, 29)
    assert birthday(date(2012, 2, 29), 17) == date(2029, 3, 1)
