"""What a cell of the office's spreadsheet may hold, and why it is refused when it does not."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cards.register_cells import (
    read_district,
    read_name,
    read_nik,
    read_note,
    read_number,
    read_phone,
    read_text,
)
from domain.office.registration import NumberFormat
from domain.text.cells import Cell, Formula, Unusable, day, words, written
from tests.domain.appointments.calendars import SAMPLE

MOMENT = datetime(2026, 11, 2, 10, 15)  # noqa: DTZ001 (a spreadsheet knows no zone)
TODAY = date(2026, 11, 23)
NIK = "3516015708900001"


def code_of(read, *arguments, **more) -> str:
    with pytest.raises(Unusable) as caught:
        read(*arguments, **more)
    return caught.value.problem.code


@pytest.mark.parametrize(
    "cell",
    [
        NIK,
        f"'{NIK}",
        f"\u2019{NIK}",
        f" {NIK}\u00a0",
        "3516 0157 0890 0001",
        "351601-570890-0001",
        f"NIK: {NIK}",
        f"+{NIK}",
        int(NIK),
        float(NIK),
        "３５１６０１５７０８９００００１",  # full-width digits of a phone's keyboard
    ],
)
def test_a_nik_is_read_in_every_way_that_offices_write_it(cell):
    assert read_nik(cell).digits == NIK


@pytest.mark.parametrize("cell", ["3.52E+15", "3,52E+15", "3.51601570890000E+15", "3.52e15", "'3.52E+15"])
def test_a_nik_in_scientific_notation_is_refused(cell):
    assert code_of(read_nik, cell) == "nik-scientific"


@pytest.mark.parametrize("cell", [3516015708900000, 3516015708900010.0, 3.52e15])
def test_a_nik_with_a_rounded_last_digit_is_refused(cell):
    assert code_of(read_nik, cell) == "nik-rounded"


def test_a_nik_that_ends_in_0_is_read_from_a_text():
    assert read_nik("3516015708900010").digits == "3516015708900010"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("351601570890001", "nik-not-16-digits"),
        (351601570890001, "nik-not-16-digits"),
        ("35160157089000011", "nik-not-16-digits"),
        ("tidak ada", "nik-not-16-digits"),
        (f"{NIK} / 3516015708900002", "nik-not-16-digits"),
        (12.5, "nik-not-16-digits"),
        ("3516013213900001", "nik-bad-date"),
        ("3500015708900001", "nik-bad-region"),
        ("3516015708900000", "nik-bad-serial"),
        (f'=HYPERLINK("http://contoh.invalid","{NIK}")', "formula"),
        (f'="{NIK}"', "formula"),
        (f"'=A{NIK}", "formula"),
        (Formula("=B2"), "formula"),
        ("", "empty"),
        (" - ", "empty"),
        (f"{NIK}\n3516015708900002", "line-break"),
    ],
)
def test_a_cell_that_is_nobodys_nik_says_why(cell, code):
    assert code_of(read_nik, cell) == code


@given(st.integers(0, 10**20) | st.floats(allow_nan=False) | st.text(max_size=30))
def test_whatever_stands_in_a_nik_cell_is_a_nik_or_is_refused(cell):
    try:
        nik = read_nik(cell)
    except Unusable:
        return
    assert len(nik.digits) == 16


@pytest.mark.parametrize(
    "cell", ["MJK-261102-0007-Z", "mjk2611020007z", "'MJK 261102 0007 Z", "MJK/261102/0007/Z"]
)
def test_a_registration_number_is_read_in_any_spelling(cell):
    assert str(read_number(cell, NumberFormat(prefix="MJK"))) == "MJK-261102-0007-Z"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("MJK-261102-0007-A", "number-bad-check"),
        ("0007", "number-bad-shape"),
        ("MJK-261102-0007-Z dan MJK-261102-0008-X", "number-bad-shape"),
        ("nomor MJK-261102-0007-Z", "number-bad-shape"),
        ("=A2", "formula"),
    ],
)
def test_a_wrong_registration_number_is_refused(cell, code):
    assert code_of(read_number, cell, NumberFormat(prefix="MJK")) == code


def test_an_offices_own_numbers_are_accepted_as_number_cells():
    own = NumberFormat(prefix="MJK", pattern="[0-9]{8}")
    assert str(read_number(20261102, own)) == "20261102"


@pytest.mark.parametrize(
    "cell",
    [
        "2026-11-02",
        "02/11/2026",
        "2/11/2026",
        "02-11-2026",
        "2.11.2026",
        "2026/11/02",
        "'02/11/2026",
        "2026-11-02 10:15:00",
        "2026-11-02T10:15:00+07:00",
        "02/11/2026 10.15",
        date(2026, 11, 2),
        MOMENT,
        46328,
        46328.42,
        "02/11/26",
        "2-11-26",
        "2-Nov-26",
        "02-NOV-2026",
        "2 November 2026",
        "Senin, 2 Nopember 2026",
        "46328",
        "46328,42",
    ],
)
def test_a_date_is_read_in_every_accepted_spelling(cell):
    assert day(cell, today=TODAY) == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("11/25/2026", "date-unreadable"),  # month first
        ("31/02/2026", "date-unreadable"),
        ("02/11/16/2026", "date-unreadable"),
        ("2 Nopember", "date-unreadable"),
        ("31 Februari 2026", "date-unreadable"),
        ("2 Novem 2026", "date-unreadable"),
        ("kemarin", "date-unreadable"),
        (20261102, "date-unreadable"),
        (True, "date-unreadable"),
        ("02/11/1926", "date-unlikely"),
        (date(2062, 11, 2), "date-unlikely"),
        (99999, "date-unlikely"),
        ("", "empty"),
        ("=TODAY()", "formula"),
        (Formula("=TODAY()"), "formula"),
    ],
)
def test_a_date_that_cannot_be_meant_is_refused(cell, code):
    assert code_of(day, cell, today=TODAY) == code


def test_a_name_keeps_its_spelling_and_loses_what_nobody_sees():
    assert read_name("  Siti\u200b  A\u202eminah ") == "Siti Aminah"
    assert read_name("R. Ng. Sukarno, S.H.") == "R. Ng. Sukarno, S.H."
    assert read_name("'Abd al-Ḥaqq") == "Abd al-Ḥaqq"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("...", "empty"),
        ("12345", "no-letter"),
        ("+62", "no-letter"),
        ("\u200b", "empty"),
        ("A" * 201, "too-long"),
        ("=HYPERLINK(1)", "formula"),
        ("@SUM(A1)", "formula"),
        ("+cmd|' /C calc'!A0", "formula"),
        ("-2+3+cmd", "formula"),
        ("Siti\nAminah", "line-break"),
    ],
)
def test_an_invalid_name_is_refused(cell, code):
    assert code_of(read_name, cell) == code


def test_a_phone_number_may_have_a_plus_or_lack_its_zero():
    assert read_phone("+62 812-3456-7890").e164 == "+6281234567890"
    assert read_phone("'081234567890").e164 == "+6281234567890"
    assert read_phone(81234567890).e164 == "+6281234567890"
    assert code_of(read_phone, "12") == "bad-phone"


def test_a_kecamatan_gets_the_offices_spelling_and_a_foreign_one_stays():
    assert read_district("KEC. SOOKO", SAMPLE) == "Sooko"
    assert read_district("Ngoro Jombang", SAMPLE) == "Ngoro Jombang"
    assert code_of(read_text, "x" * 101) == "too-long"


def test_a_note_may_have_several_lines_and_no_formula():
    assert read_note("Fotokopi KK\nbelum ada") == "Fotokopi KK belum ada"
    assert read_note(5) == "5"
    assert code_of(read_note, "x " * 1000) == "too-long"
    assert code_of(read_note, Formula("=A1")) == "formula"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (True, "True"),
        (2.5, "2.5"),
        (3.0, "3"),
        (date(2026, 11, 2), "2026-11-02"),
        (Formula("=A1"), "=A1"),
        ("Café\u00a0Sooko", "Café Sooko"),
    ],
)
def test_a_cell_is_written_as_a_person_reads_it(cell: Cell, text):
    assert written(cell) == text


@given(st.text(max_size=40))
def test_words_never_give_a_formula_or_a_second_line(text):
    try:
        said = words(text)
    except Unusable:
        return
    assert said
    assert not said.startswith(("=", "@"))
    assert "\n" not in said
