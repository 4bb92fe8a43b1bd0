"""The columns and rows of the office's register file."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cards.register import COLUMNS, REQUIRED, BadHeader, Header, RefusedRow, RegisterRow, settled
from domain.cards.register_rows import NumberReader, RowReader
from domain.cards.stages import Stage
from domain.office.registration import check_character
from domain.text.cells import Formula, Record

TODAY = date(2026, 11, 23)
GOOD = {
    "no_registrasi": "MJK-261102-0007-Z",
    "nik": "3516015708900001",
    "nama": "Siti Aminah",
    "layanan": "ktp_baru",
    "status": "PRR",
    "tanggal": "2026-11-20",
    "tanggal_masuk": "02/11/2026",
    "tanggal_lengkap": "03/11/2026",
    "lokasi": "sooko",
    "kecamatan": "Sooko",
    "desa": "Karangkedawang",
    "no_hp": "0812 3456 7890",
    "catatan": "Kartu lama dibawa",
}


@pytest.fixture(scope="module")
def office(office_with):
    return office_with()


@pytest.fixture(scope="module")
def reader(office):
    return RowReader(Header.read(COLUMNS), office, today=TODAY)


def record(row: int = 2, **cells) -> Record:
    return Record(row, [(GOOD | cells)[column] for column in COLUMNS])


def read(reader: RowReader, row: int = 2, **cells) -> RegisterRow:
    found = reader.read(record(row, **cells))
    assert isinstance(found, RegisterRow)
    return found


def test_columns_are_found_in_any_order_and_case():
    header = Header.read(
        ["Catatan Kaki", "NAMA", " Nik ", "No Registrasi", "STATUS", "Layanan", "tanggal", "No. HP", ""]
    )
    assert header.places == {
        "nama": 1, "nik": 2, "no_registrasi": 3, "status": 4, "layanan": 5, "tanggal": 6, "no_hp": 7
    }  # fmt: skip


def test_a_header_without_required_columns_names_them():
    with pytest.raises(BadHeader) as caught:
        Header.read(["nik", "nama", "status", "tanggal"])
    assert caught.value.missing == ("no_registrasi", "layanan")


def test_a_header_that_names_a_column_twice_is_refused():
    with pytest.raises(BadHeader) as caught:
        Header.read([*REQUIRED, "NIK"])
    assert caught.value.doubled == ("nik",)


def test_a_good_row_says_all_that_it_says(reader):
    row = read(reader)
    assert (str(row.number), row.nik.digits, row.name) == (
        "MJK-261102-0007-Z",
        "3516015708900001",
        "Siti Aminah",
    )
    assert (row.service, row.stage, row.raw_code) == ("ktp_baru", Stage.PRINT_READY, "PRR")
    assert (row.stage_on, row.submitted_on, row.complete_on) == (
        date(2026, 11, 20), date(2026, 11, 2), date(2026, 11, 3)
    )  # fmt: skip
    assert (row.point, row.district, row.village) == ("sooko", "Sooko", "Karangkedawang")
    assert row.phone is not None
    assert (row.phone.e164, row.note, row.flags) == ("+6281234567890", "Kartu lama dibawa", ())


def test_a_row_never_shows_a_whole_nik_or_a_name(reader):
    shown = repr(read(reader))
    assert "3516015708900001" not in shown
    assert "Siti" not in shown


def test_services_and_points_may_be_named_instead_of_numbered(reader, office):
    row = read(reader, layanan="KTP Baru", lokasi=office.points[0].name.upper())
    assert (row.service, row.point) == ("ktp_baru", office.points[0].id)


@pytest.mark.parametrize("column", REQUIRED)
def test_an_empty_required_cell_refuses_the_row_and_names_the_column(reader, column):
    refused = reader.read(record(7, **{column: " "}))
    assert isinstance(refused, RefusedRow)
    assert (refused.row, refused.column, refused.problem.code) == (7, column, "empty")


@pytest.mark.parametrize("column", REQUIRED)
def test_a_formula_in_a_required_column_refuses_the_row(reader, column):
    for cell in ('=HYPERLINK("http://contoh.invalid")', Formula("=A1")):
        refused = reader.read(record(**{column: cell}))
        assert isinstance(refused, RefusedRow)
        assert (refused.column, refused.problem.code) == (column, "formula")


def test_the_first_problem_in_the_order_of_the_columns_is_told(reader):
    refused = reader.read(record(nik="3.52E+15", tanggal="kemarin"))
    assert isinstance(refused, RefusedRow)
    assert refused.column == "nik"


def test_an_unknown_service_is_refused_with_those_that_are_known(reader):
    refused = reader.read(record(layanan="paspor"))
    assert isinstance(refused, RefusedRow)
    assert refused.problem.code == "service-unknown"
    assert "ktp_hilang" in dict(refused.problem.details)["known"]


def test_an_unknown_status_code_is_taken_as_it_is_and_flagged(reader):
    row = read(reader, 9, status="DIPROSES_ULANG")
    assert (row.stage, row.raw_code) == (None, "DIPROSES_ULANG")
    assert [(flag.row, flag.column, flag.problem.code) for flag in row.flags] == [
        (9, "status", "status-unknown")
    ]


def test_a_status_of_tomorrow_is_taken_and_flagged(reader):
    assert [flag.problem.code for flag in read(reader, tanggal="24/11/2026").flags] == ["date-ahead"]


@pytest.mark.parametrize(
    ("column", "field", "cell", "code"),
    [
        ("tanggal_masuk", "submitted_on", "31/02/2026", "date-unreadable"),
        ("tanggal_lengkap", "complete_on", "=TODAY()", "formula"),
        ("lokasi", "point", "Surabaya", "point-unknown"),
        ("kecamatan", "district", "x" * 200, "too-long"),
        ("desa", "village", "a\nb", "line-break"),
        ("no_hp", "phone", "tidak punya", "bad-phone"),
        ("catatan", "note", Formula("=A1"), "formula"),
    ],
)
def test_an_unreadable_cell_that_is_not_required_is_flagged_and_passed_over(
    reader, column, field, cell, code
):
    row = read(reader, **{column: cell})
    assert getattr(row, field) is None
    assert field not in row.told
    assert [(flag.column, flag.problem.code) for flag in row.flags] == [(column, code)]


def test_a_dash_means_nothing_and_is_told_as_nothing(reader):
    row = read(reader, no_hp="-", catatan="", desa=" – ")
    assert (row.phone, row.note, row.village, row.flags) == (None, None, None, ())
    assert {"phone", "note", "village"} <= row.told


def test_a_file_without_a_column_says_nothing_about_it(office):
    row = RowReader(Header.read(REQUIRED), office, today=TODAY).read(record())
    assert isinstance(row, RegisterRow)
    assert row.told == frozenset()


def test_a_row_that_ends_early_has_empty_cells(reader):
    found = reader.read(Record(2, record().cells[:6]))
    assert isinstance(found, RegisterRow)
    assert found.phone is None
    refused = reader.read(Record(3, record().cells[:5]))
    assert isinstance(refused, RefusedRow)
    assert refused.column == "tanggal"


def test_the_last_row_of_a_number_wins_and_the_others_are_flagged(reader):
    rows, flags = settled([read(reader, 2, status="PRO"), read(reader, 3), read(reader, 4, status="PRR")])
    assert [row.row for row in rows] == [4]
    assert [(flag.row, dict(flag.problem.details)["row"]) for flag in flags] == [(2, 3), (3, 4)]


def test_two_niks_under_one_number_both_stay_and_the_first_stays_first(reader):
    other = "3516015708900002"
    rows, flags = settled([read(reader, 2), read(reader, 3, nik=other), read(reader, 4)])
    assert [(row.row, row.nik.digits) for row in rows] == [(4, GOOD["nik"]), (3, other)]
    assert [flag.row for flag in flags] == [2]


def numbered(serial: int) -> str:
    body = f"MJK261102{serial:04}"
    return f"{body}{check_character(body)}"


@given(order=st.permutations(range(6)))
def test_the_order_of_different_numbers_does_not_matter(reader, order):
    rows = [read(reader, row, no_registrasi=numbered(row)) for row in range(2, 8)]
    shuffled, _ = settled([rows[place] for place in order])
    assert sorted(shuffled, key=lambda row: row.row) == settled(rows)[0] == rows


@given(order=st.permutations(COLUMNS))
def test_the_order_of_the_columns_does_not_matter(office, order):
    cells = [GOOD[column] for column in order]
    found = RowReader(Header.read(order), office, today=TODAY).read(Record(2, cells))
    straight = RowReader(Header.read(COLUMNS), office, today=TODAY).read(record())
    assert found == straight


def test_a_row_with_numbers_for_words_must_be_read(reader):
    assert reader.presume(record()) is not None
    assert reader.presume(record(nik=3516015708900001)) is None
    assert read(reader, nik=3516015708900001).nik == read(reader).nik


def test_a_list_row_that_lost_a_character_is_refused_alone(office):
    numbers = NumberReader(
        Header.read(["no_registrasi", "nik"], required=("no_registrasi",)), office, today=TODAY
    )
    damaged = numbers.read(Record(2, [GOOD["no_registrasi"], "35160\x0015708900001"]))
    assert (damaged.row, damaged.column, damaged.problem.code) == (2, "nik", "damaged")
    assert numbers.read(Record(3, [GOOD["no_registrasi"], GOOD["nik"]])).row == 3
