"""A file that is no register is refused as a whole, in one sentence."""

import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.importing import table, text, xlsx
from bot.importing.report import unusable
from bot.importing.table import UnusableFile, open_table
from tests.importing.conftest import row, write_csv
from tests.support.exploring import examples


def refusal(path) -> UnusableFile:
    with pytest.raises(UnusableFile) as caught:
        list(open_table(path).records())
    return caught.value


def code_of(tmp_path, content: bytes, name="register.csv") -> str:
    path = tmp_path / name
    path.write_bytes(content)
    return refusal(path).code


@pytest.mark.parametrize("content", [b"", b"\n\r\n", b"\xef\xbb\xbf", b";;;;\n;;;;\n"])
def test_an_empty_file_is_refused(tmp_path, content):
    assert code_of(tmp_path, content) == "empty"


@pytest.mark.parametrize(
    "content",
    [
        b"<html><table><tr><td>no_registrasi</td></tr></table></html>",
        b"\xef\xbb\xbf\r\n <!DOCTYPE html>",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    ],
)
def test_a_web_page_that_was_saved_as_xls_is_refused(tmp_path, content):
    assert code_of(tmp_path, content, "register.xls") == "web-page"


def test_an_old_or_locked_excel_file_is_refused(tmp_path):
    assert code_of(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "register.xls") == "old-excel"


def test_a_picture_is_refused(tmp_path):
    assert code_of(tmp_path, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "register.csv") == "no-table"
    # Not even Windows-1252 knows these bytes.
    assert code_of(tmp_path, b"\x81\x8d\x8f\xff", "register.csv") == "no-table"
    assert code_of(tmp_path, b"\xff\xfea", "register.csv") == "no-table"


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert refusal(tmp_path / "nowhere.csv").code == "not-there"
    assert refusal(tmp_path).code == "folder"


def test_a_quotation_that_never_ends_refuses_the_file_instead_of_swallowing_rows(tmp_path):
    content = (
        b'no_registrasi,nik,nama,layanan,status,tanggal\n1,2,"Siti,a,b,c\n2,3,Budi,a,b,c\n3,4,Ani,a,b,c\n'
    )
    assert code_of(tmp_path, content) == "open-quotation"
    assert code_of(tmp_path, b'a,b\n1,"' + b"x\n" * 100_000) == "open-quotation"


def test_a_file_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(table, "MAX_FILE_BYTES", 10)
    assert code_of(tmp_path, b"no_registrasi,nik\n") == "too-large"


def test_a_file_of_too_many_rows_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(text, "MAX_ROWS", 1)
    monkeypatch.setattr(xlsx, "MAX_ROWS", 1)
    assert refusal(write_csv(tmp_path / "a.csv", row(1), row(2))).code == "too-many-rows"
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet().write_column(0, 0, [1, 2, 3])
    assert refusal(tmp_path / "a.xlsx").code == "too-many-rows"


def package(path, **parts: str):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return path


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    assert (
        refusal(package(tmp_path / "a.xlsx", mimetype="application/vnd.oasis.opendocument")).code
        == "no-workbook"
    )


@pytest.mark.parametrize(
    "parts",
    [
        {"xl__workbook_dot_xml": "<workbook><sheets/></workbook>"},
        {"xl__workbook_dot_xml": "<workbook><sheets>"},
        {"xl__workbook_dot_xml": "<workbook><sheets><sheet name='a' r:id='1'/></sheets></workbook>"},
        {
            "xl__workbook_dot_xml": "<workbook xmlns:r='r'><sheets><sheet name='a' r:id='1'/></sheets></workbook>",
            "xl___rels__workbook_dot_xml_dot_rels": "<Relationships/>",
        },
        {"xl__workbook_dot_xml": '<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>'},
    ],
)
def test_a_workbook_with_missing_or_strange_parts_is_refused(tmp_path, parts):
    assert refusal(package(tmp_path / "a.xlsx", **parts)).code in ("damaged", "no-workbook")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    bomb = package(tmp_path / "a.xlsx", xl__workbook_dot_xml="<a>" + " " * 2_000_000 + "</a>")
    monkeypatch.setattr(xlsx, "MAX_UNPACKED_BYTES", 1 << 20)
    assert refusal(bomb).code == "too-large-unpacked"


def test_a_workbook_with_too_many_texts_is_refused(tmp_path, monkeypatch):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet().write_column(0, 0, [f"text {place}" for place in range(100)])
    monkeypatch.setattr(xlsx, "MAX_TEXTS_BYTES", 1000)
    assert refusal(tmp_path / "a.xlsx").code == "too-large-unpacked"


def test_a_damaged_workbook_is_refused(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet().write_column(0, 0, ["no_registrasi", "nik"])
    whole = (tmp_path / "a.xlsx").read_bytes()
    assert code_of(tmp_path, whole[: len(whole) // 2], "half.xlsx") == "damaged"


@pytest.fixture(scope="module")
def workbook(tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["no_registrasi", "nik", "tanggal"])
        sheet.write_row(
            1, 0, ["MJK", 3516015708900001, 46328.5], book.add_format({"num_format": "dd/mm/yyyy"})
        )
    return path.read_bytes()


@settings(max_examples=examples(150), deadline=None)
@given(changes=st.lists(st.tuples(st.floats(0, 0.9999), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_workbook_with_wrong_bytes_is_read_or_refused_and_nothing_else(tmp_path_factory, workbook, changes):
    content = bytearray(workbook)
    for place, byte in changes:
        content[int(place * len(content))] = byte
    path = tmp_path_factory.mktemp("wrong") / "a.xlsx"
    path.write_bytes(bytes(content))
    try:
        records = list(open_table(path).records())
    except UnusableFile:
        return
    assert all(record.row >= 1 for record in records)


SHEETS = st.text(alphabet='<>/="crvtfs ABZ1039.E-:xmlsin&;', max_size=200)


@settings(max_examples=examples(200), deadline=None)
@given(
    inside=SHEETS,
    attributes=st.text(alphabet="AZ09-", max_size=8),
    kind=st.sampled_from(["n", "s", "b", "e", "d", "str", "inlineStr"]),
)
def test_a_sheet_of_nonsense_is_read_or_refused_and_nothing_else(tmp_path_factory, inside, attributes, kind):
    path = package(
        tmp_path_factory.mktemp("nonsense") / "a.xlsx",
        xl__workbook_dot_xml="<workbook xmlns:r='r'><sheets><sheet name='a' r:id='1'/></sheets></workbook>",
        xl___rels__workbook_dot_xml_dot_rels="<Relationships><Relationship Id='1' Target='s.xml'/></Relationships>",
        xl__s_dot_xml=f"<worksheet><row><c r='{attributes}' t='{kind}'><v>{attributes}</v></c>{inside}</row></worksheet>",
    )
    try:
        list(open_table(path).records())
    except UnusableFile:
        return


@settings(max_examples=examples(200), deadline=None)
@given(content=st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused_and_nothing_else(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "a.csv"
    path.write_bytes(content)
    try:
        list(open_table(path).records())
    except UnusableFile:
        return


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    "error",
    [
        *map(
            UnusableFile,
            [
                "not-there",
                "folder",
                "empty",
                "no-rows",
                "old-excel",
                "web-page",
                "no-workbook",
                "damaged",
                "no-table",
            ],
        ),
        UnusableFile("unreadable", why="No such file or directory"),
        UnusableFile("too-large", megabytes=64),
        UnusableFile("too-large-unpacked", megabytes=512),
        UnusableFile("too-many-rows", rows=250_000),
        UnusableFile("open-quotation", row=12_345),
        UnusableFile("missing-columns", columns="nik"),
        UnusableFile("doubled-columns", columns="nik"),
    ],
    ids=lambda error: error.code,
)
def test_each_unusable_file_has_its_sentence(texts, language, error):
    assert len(unusable(error, texts, language)) > 30
