"""An XLSX file is imported like the same CSV, and problems that a CSV hides are found."""

from datetime import date

import pytest
import xlsxwriter

from bot.importing.table import UnusableFile
from domain.cards.register import COLUMNS
from tests.importing.conftest import nik, row


def sheet_of(path, *rows: dict, formulas: dict | None = None):
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, COLUMNS)
        for place, cells in enumerate(rows, start=1):
            for column, name in enumerate(COLUMNS):
                if isinstance(cells[name], date):
                    sheet.write_datetime(place, column, cells[name], day)
                else:
                    sheet.write(place, column, cells[name])
        for (place, name), (formula, value) in (formulas or {}).items():
            sheet.write_formula(place, COLUMNS.index(name), formula, None, value)
    return path


async def test_a_sheet_and_its_csv_twin_say_the_same(taken_in, file, tmp_path):
    await taken_in(file(row(1), row(2)))
    dates = {"tanggal": date(2026, 11, 20), "tanggal_masuk": date(2026, 11, 2), "tanggal_lengkap": 46329}
    sheet = sheet_of(tmp_path / "register.xlsx", row(1, **dates), row(2, **dates, nik=int(nik(2))))
    report = await taken_in(sheet)
    assert (report.counts.unchanged, report.counts.rows, report.refused, report.flagged) == (2, 2, (), ())


async def test_a_formula_is_seen_behind_its_value(taken_in, tmp_path, texts):
    link = ('=HYPERLINK("http://contoh.invalid","x")', nik(1))
    sheet = sheet_of(tmp_path / "register.xlsx", row(1), row(2), formulas={(1, "nik"): link})
    report = await taken_in(sheet)
    assert [(remark.row, remark.column) for remark in report.refused] == [(2, "nik")]
    assert report.refused_file is not None
    refused = report.refused_file.read_text("utf-8-sig")
    assert "'=HYPERLINK" in refused
    assert any(str(report.refused_file) in line for line in report.lines(texts, "id"))
    assert any("rumus" in line for line in report.lines(texts, "id"))


async def test_a_sheet_without_a_cell_is_an_empty_file(taken_in, tmp_path):
    with xlsxwriter.Workbook(tmp_path / "register.xlsx") as book:
        book.add_worksheet()
    with pytest.raises(UnusableFile) as caught:
        await taken_in(tmp_path / "register.xlsx")
    assert caught.value.code == "empty"


async def test_a_long_file_lets_other_tasks_have_their_turn(taken_in, file):
    class Counting:
        steps: list = []  # noqa: RUF012 (one test, one instance)

        def step(self, name, total):
            self.steps.append([name, total, 0])

        def advance(self, rows):
            self.steps[-1][2] += rows

    await taken_in(file(*(row(serial) for serial in range(1, 601))), progress=Counting(), language="en")
    assert Counting.steps == [["Reading and checking rows", None, 600], ["Storing", 600, 600]]
