"""Small workbooks that would take long or much memory: refused, or read within bounds."""

import tracemalloc
import zipfile

import pytest

from bot.importing import xlsx
from bot.importing.parts import MAX_DEPTH, MAX_TEXT_CHARACTERS, BadXml, Parser
from bot.importing.sheets import MAX_STYLES
from bot.importing.table import MAX_COLUMNS, UnusableFile, open_table

MANY = 2_000_000
HEADING = "<row r='1'><c r='A1' t='str'><v>nik</v></c><c r='B1' t='str'><v>nama</v></c></row>"


def workbook(path, sheet: str, *, styles: str = ""):
    parts = {
        "xl/workbook.xml": "<workbook xmlns:r='r'><sheet name='a' r:id='1'/></workbook>",
        "xl/_rels/workbook.xml.rels": "<Relationships><Relationship Id='1' Target='s.xml'/></Relationships>",
        "xl/s.xml": f"<worksheet>{HEADING}{sheet}",
        **({"xl/styles.xml": styles} if styles else {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def rows(path):
    return [cells for _, cells in open_table(path).records()]


def megabytes(path, code: str | None) -> float:
    """The most that reading holds at once."""
    tracemalloc.start()
    try:
        if code is None:
            rows(path)
        else:
            with pytest.raises(UnusableFile) as refused:
                rows(path)
            assert refused.value.code == code
        return tracemalloc.get_traced_memory()[1] / (1 << 20)
    finally:
        tracemalloc.stop()


def test_unclosed_merged_cells_are_searched_once():
    assert xlsx._MERGED.findall(b"<mergeCell " * 1_000_000) == [], "by their square, it would take hours"


@pytest.mark.parametrize(
    "sheet",
    [
        "<a>" * MANY,
        f"<rPh>{'<a>' * MANY}",
        f"<a z='{'x' * 20 * MANY}",
        f"<!--{'x' * 20 * MANY}",
        "".join(f"<a{place}/>" for place in range(200_000)),
        "".join(f"<a a{place}=''/>" for place in range(200_000)),
    ],
    ids=["depth", "depth-skipped", "attribute", "comment", "names", "attribute-names"],
)
def test_an_endless_part_is_refused_early(tmp_path, sheet):
    path = workbook(tmp_path / "a.xlsx", sheet)
    assert megabytes(path, "damaged") < 8


def test_an_endless_text_is_cut(tmp_path):
    path = workbook(tmp_path / "a.xlsx", f"<row><c t='str'><v>{'x' * 20 * MANY}</v></c></row></worksheet>")
    assert megabytes(path, None) < 8
    (cell,) = rows(path)[1]
    assert MAX_TEXT_CHARACTERS <= len(cell) < 2 * MAX_TEXT_CHARACTERS


@pytest.mark.parametrize("letter", ["x", "é", "漢", "_x000D_"])
def test_the_longest_text_of_a_spreadsheet_is_read_whole(tmp_path, letter):
    sheet = f"<row><c t='str'><v>{letter * 32_767}</v></c><c t='str'><v>y</v></c></row></worksheet>"
    path = workbook(tmp_path / "a.xlsx", sheet)
    assert [len(cell) for cell in rows(path)[1]] == [32_767, 1]


def test_limits_are_checked_where_a_chunk_ends():
    parser = Parser(starts={})
    parser.feed(b"<a>" * MAX_DEPTH)
    parser.feed(b"</a>" * MAX_DEPTH, last=True)
    with pytest.raises(BadXml):
        Parser(starts={}).feed(b"<a>" * (MAX_DEPTH + 1))


def test_a_column_of_endless_letters_is_no_column_of_a_register(tmp_path):
    cell = f"<c r='{'A' * 200_000}2' t='str'><v>x</v></c>"
    path = workbook(tmp_path / "a.xlsx", f"<row r='2'><c><v>7</v></c>{cell}</row></worksheet>")
    assert rows(path)[1] == [7]
    columns = xlsx._Columns()
    assert columns["A" * 10_000_000] == MAX_COLUMNS, "told without making a number of them"
    assert columns == {}


def test_a_cell_of_many_pieces_is_not_collected_without_end(tmp_path):
    pieces = f"<r><t>{'x' * 100_000}</t></r>" * 300
    sheet = f"<row><c t='inlineStr'><is>{pieces}</is></c></row></worksheet>"
    path = workbook(tmp_path / "a.xlsx", sheet)
    assert megabytes(path, None) < 8


def test_array_formulas_without_end_keep_nothing(tmp_path):
    cell = "<c><f t='array' ref='A9:B9'>1</f><v>1</v></c>"
    path = workbook(tmp_path / "a.xlsx", f"<row>{cell * 100_000}</row></worksheet>")
    assert megabytes(path, None) < 8


def test_rows_of_one_number_are_too_many_too(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx, "MAX_ROWS", 1000)
    row = "<row r='1'><c t='str'><v>x</v></c></row>"
    path = workbook(tmp_path / "a.xlsx", f"{row * 20_000}</worksheet>")
    with pytest.raises(UnusableFile) as refused:
        rows(path)
    assert refused.value.code == "too-many-rows"


def test_styles_without_end_are_refused(tmp_path):
    styles = f"<styleSheet><cellXfs>{'<xf/>' * (MAX_STYLES + 1)}</cellXfs></styleSheet>"
    with pytest.raises(UnusableFile):
        rows(workbook(tmp_path / "a.xlsx", "</worksheet>", styles=styles))
