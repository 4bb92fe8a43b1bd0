"""PINs: six digits that nobody guesses in five tries, and a hash that tells nothing."""

import pytest

from domain.staff import pin

SALT = bytes(range(pin.SALT_BYTES))


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "12 456"])
def test_only_six_digits_are_a_pin(typed):
    assert not pin.is_pin(typed)


@pytest.mark.parametrize(
    "typed",
    ["000000", "123456", "654321", "901234", "246802", "112233", "123123", "121212", "100001", "998877"],
)
def test_what_everybody_tries_first_is_trivial(typed):
    assert pin.is_pin(typed)
    assert pin.is_trivial(typed)


@pytest.mark.parametrize("typed", ["274915", "120385", "918273", "112358"])
def test_other_pins_are_accepted(typed):
    assert not pin.is_trivial(typed)


def test_the_hash_is_salted_and_matches_its_pin_only():
    hashed = pin.hash_pin("274915", salt=SALT)
    assert pin.matches("274915", hashed)
    assert not pin.matches("274916", hashed)
    assert "274915" not in hashed
    assert hashed != pin.hash_pin("274915", salt=SALT[::-1])
