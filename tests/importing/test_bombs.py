"""Small workbooks that would take long or much memory: refused, or read within bounds."""

import time
import tracemalloc
import zipfile

import pytest

from bot.importing.table import UnusableFile, open_table

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


def processor_seconds(path, code: str | None = None) -> float:
    began = time.process_time()
    if code is None:
        rows(path)
    else:
        with pytest.raises(UnusableFile) as refused:
            rows(path)
        assert refused.value.code == code
    return time.process_time() - began


def test_unclosed_merged_cells_are_searched_once(tmp_path):
    path = workbook(tmp_path / "a.xlsx", "</worksheet><!--" + "<mergeCell " * 16_000 + "-->")
    assert processor_seconds(path) < 1


def test_a_column_of_endless_letters_is_no_column_of_a_register(tmp_path):
    cell = f"<c r='{'A' * 200_000}2' t='str'><v>x</v></c>"
    path = workbook(tmp_path / "a.xlsx", f"<row r='2'><c><v>7</v></c>{cell}</row></worksheet>")
    assert processor_seconds(path) < 1
    assert rows(path)[1] == [7]
