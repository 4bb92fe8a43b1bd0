import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people.names import LONGEST, clean_name, mask_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Siti Aminah", "S*** A***"),
        ("Sutrisno", "S***"),
        ("  H. Ahmad   Fauzi, S.Pd. ", "H*** A*** F*** S***"),
        ("Éka", "É***"),
        ("E\u0301ka", "É***"),
        ("Muhammad Ali bin Abu Thalib", "M*** A*** b*** A***"),
        ("\u202eitiS\u202c", "i***"),
        ("<b>Siti</b>", "b***"),
        ("*Siti* _Aminah_", "S*** A***"),
        ("'Siti - Aminah", "S*** A***"),
        ("", "***"),
        ("...", "***"),
        ("A" * 300, "A***"),
    ],
)
def test_a_name_is_shown_as_initials(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@given(st.text(max_size=400))
def test_a_clean_name_is_one_short_line_without_marks(text: str) -> None:
    name = clean_name(text)
    assert len(name) <= LONGEST
    assert name == " ".join(name.split())
    assert not [character for character in name if unicodedata.category(character) == "Cc"]
    assert not set(name) & set("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2069\ufeff")


@given(st.text(max_size=400))
def test_a_mask_tells_no_more_than_four_initials(text: str) -> None:
    assert len(mask_name(text).replace("*", "").replace(" ", "")) <= 4
