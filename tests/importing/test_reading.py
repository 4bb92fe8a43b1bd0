"""CSV and XLSX give the same records, numbered as a spreadsheet shows them."""

import zipfile
from datetime import date, datetime

import pytest
import python_calamine
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.importing.sheets import is_date_format
from bot.importing.table import open_table
from domain.text.cells import Formula, Record
from tests.support.exploring import examples

MOMENT = datetime(2026, 11, 2, 10, 15)  # noqa: DTZ001 (a spreadsheet knows no zone)


def records(path) -> list[Record]:
    return list(open_table(path).records())


def written(path, content: str | bytes, encoding="utf-8"):
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_is_read_with_any_delimiter_encoding_and_line_end(tmp_path, encoding, delimiter, end):
    lines = [delimiter.join(cells) for cells in (("nik", "nama"), ("1", "José"), ("2", '"a, b; c"'))]
    path = written(tmp_path / "a.csv", end.join(lines) + end, encoding)
    assert records(path) == [(1, ["nik", "nama"]), (2, ["1", "José"]), (3, ["2", "a, b; c"])]


def test_blank_lines_and_notes_of_several_lines_keep_the_spreadsheets_numbers(tmp_path):
    path = written(tmp_path / "a.csv", '\nnik,nama\n\n,,\n1,"Siti\nAminah"\n2,Budi\n')
    assert records(path) == [(2, ["nik", "nama"]), (5, ["1", "Siti\nAminah"]), (6, ["2", "Budi"])]


def test_a_table_can_be_read_twice(tmp_path):
    table = open_table(written(tmp_path / "a.csv", "nik\n1\n"))
    assert list(table.records()) == list(table.records())


def test_a_sheet_gives_texts_numbers_dates_and_formulas_as_what_they_are(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        moment = book.add_format({"num_format": 22})
        sheet = book.add_worksheet()
        sheet.write_row(2, 1, ["nik", "nama", "tanggal"])
        sheet.write_row(4, 1, [3516015708900001, 12.5, True])
        sheet.write_datetime(5, 1, date(2026, 11, 2), day)
        sheet.write_datetime(5, 2, MOMENT, moment)
        sheet.write_formula(5, 3, '=HYPERLINK("http://contoh.invalid")', None, "3516015708900001")
        sheet.write_blank(7, 1, None, day)
        sheet.write_rich_string(8, 1, "Siti ", book.add_format({"bold": True}), "Aminah")
        sheet.write_array_formula(9, 1, 9, 2, "{=A1:B1}")
        sheet.write_string(10, 1, "baris\rdua")
    assert records(tmp_path / "a.xlsx") == [
        (3, ["", "nik", "nama", "tanggal"]),
        (5, ["", 3516015708900001, 12.5, "TRUE"]),
        (
            6,
            [
                "",
                date(2026, 11, 2),
                MOMENT,
                Formula('=HYPERLINK("http://contoh.invalid")'),
            ],
        ),
        (9, ["", "Siti Aminah"]),
        (10, ["", Formula("=A1:B1"), Formula("=0")]),
        (11, ["", "baris\rdua"]),
    ]


def test_a_sheet_that_counts_from_1904_is_read(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx", {"date_1904": True}) as book:
        book.add_worksheet().write_datetime(0, 0, date(2026, 11, 2), book.add_format({"num_format": 14}))
    assert records(tmp_path / "a.xlsx") == [(1, [date(2026, 11, 2)])]


def test_the_first_visible_sheet_is_read(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet().hide()
        shown = book.add_worksheet()
        shown.write(0, 0, "nik")
        shown.activate()
    assert records(tmp_path / "a.xlsx") == [(1, ["nik"])]


def test_a_stray_cell_far_to_the_right_does_not_matter(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["nik", "nama"])
        sheet.write(200_000, 16_383, "x")
    assert records(tmp_path / "a.xlsx") == [(1, ["nik", "nama"])]


def hand_made(path, sheet: str, *, prefix="", texts="", styles=""):
    space = f"xmlns{':' + prefix if prefix else ''}='http://purl.oclc.org/ooxml/spreadsheetml/main'"
    mark = f"{prefix}:" if prefix else ""
    parts = {
        "xl/workbook.xml": f"<{mark}workbook {space} xmlns:r='r'><{mark}sheet name='a' r:id='1'/></{mark}workbook>",
        "xl/_rels/workbook.xml.rels": "<Relationships><Relationship Id='1' Target='/xl/s.xml'/></Relationships>",
        "xl/s.xml": f"<{mark}worksheet {space}>{sheet.replace('<', f'<{mark}').replace(f'<{mark}/', f'</{mark}')}</{mark}worksheet>",
        **({"xl/sharedStrings.xml": texts} if texts else {}),
        **({"xl/styles.xml": styles} if styles else {}),
    }
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


@pytest.mark.parametrize("prefix", ["", "x"])
def test_other_programs_sheets_are_read_too(tmp_path, prefix):
    sheet = (
        "<row><c t='inlineStr'><is><t>nik</t><rPh><t>furigana</t></rPh></is></c><c t='str'><v>a_x0009_b</v></c></row>"
        "<row r='4'><c t='e'><v>#N/A</v></c><c t='d'><v>2026-11-02</v></c><c r='E4'><v>3.5E3</v></c><c t='b'><v>0</v></c></row>"
        "<row/>"
    )
    assert records(hand_made(tmp_path / "a.xlsx", sheet, prefix=prefix)) == [
        (1, ["nik", "a\tb"]),
        (4, [Formula("=#N/A"), "2026-11-02", "", "", 3500, "FALSE"]),
    ]


@pytest.mark.parametrize(
    "code", ["dd/mm/yyyy", "d mmm yy", "[$-421]dd mmmm yyyy", "yyyy\\-mm\\-dd", "m/d/yy h:mm"]
)
def test_a_format_that_shows_a_day_is_a_date(code):
    assert is_date_format(code)


@pytest.mark.parametrize(
    "code", ["General", "0", "#,##0.00", '"Rp"#,##0', "[Red]0.0", "@", '0 "hari yd"', "0.00E+00", "_d0"]
)
def test_a_format_that_shows_no_day_is_none(code):
    assert not is_date_format(code)


CELLS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20),
    st.integers(-(10**15), 10**15),
    st.floats(-1e9, 1e9),
    st.booleans(),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.just(""),
)


@settings(max_examples=examples(60), deadline=None)
@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=8))
def test_a_sheet_is_read_as_the_usual_library_reads_it(tmp_path_factory, rows):
    """python-calamine reads the same values; it only hides formulas and widens every row."""
    path = tmp_path_factory.mktemp("same") / "a.xlsx"
    with xlsxwriter.Workbook(
        path, {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.add_format({"num_format": "dd/mm/yyyy"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet()
        for place, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(place, column, cell, day)
                elif cell != "":
                    sheet.write(place, column, cell)
    theirs = python_calamine.load_workbook(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    ours = {record.row: record.cells for record in records(path)}
    for place, cells in enumerate(theirs, start=1):
        expected = [
            {True: "TRUE", False: "FALSE"}[cell] if isinstance(cell, bool) else cell for cell in cells
        ]
        while expected and expected[-1] == "":
            expected.pop()
        assert ours.get(place, []) == expected
