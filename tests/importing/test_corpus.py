"""Files as offices write them (all people are invented): those of corpus/, and workbooks that are made here."""

import shutil
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import select

from bot.importing.table import UnusableFile
from domain.cards.register import REQUIRED
from storage.schema import applications
from tests.importing.conftest import nik, number
from tests.importing.conftest import row as good_row

FOLDER = Path(__file__).with_name("corpus")
NOV_20 = date(2026, 11, 20)

# Name of the file: stages in the order of the rows (? = unknown), rows refused.
FILES = {
    "01-plain.csv": ("PRINT_READY PRINT_READY PRINT_READY", 0),
    "02-semicolon-windows.csv": ("READY_FOR_PICKUP READY_FOR_PICKUP READY_FOR_PICKUP", 0),
    "03-console-labels.csv": ("READY_FOR_PICKUP WAITING_BLANK PRINTED NOT_RECORDED", 0),
    "04-shouted-codes.csv": ("READY_FOR_PICKUP WAITING_BLANK RECORDED PICKED_UP", 0),
    "05-dotted-heading.csv": ("PRINTED PRINTED PRINTED", 0),
    "06-title-lines.csv": ("PRINT_READY PRINT_READY PRINT_READY", 0),
    "07-title-lines-semicolon.csv": ("READY_FOR_PICKUP READY_FOR_PICKUP READY_FOR_PICKUP", 0),
    "08-written-dates.csv": ("PRINT_READY PRINT_READY PRINT_READY", 0),
    "09-short-dates.csv": ("PRINT_READY PRINT_READY PRINT_READY", 0),
    "10-english-dates.csv": ("PRINT_READY PRINT_READY PRINT_READY", 0),
    "11-apostrophes.csv": ("PRINT_READY PRINT_READY PRINT_READY", 0),
    "12-scientific.csv": ("PRINT_READY PRINT_READY", 1),
    "13-lost-zero.csv": ("PRINT_READY PRINT_READY", 1),
    "14-spaced-nik.csv": ("PRINT_READY PRINT_READY PRINT_READY", 0),
    "15-lower-numbers.csv": ("PRINT_READY PRINT_READY PRINT_READY", 0),
    "16-one-unknown-code.csv": ("PRINT_READY ? PRINT_READY ?", 0),
    "18-extra-columns.csv": ("PRINT_READY PRINT_READY PRINT_READY", 0),
    "19-tabs.txt": ("PICKED_UP PICKED_UP PICKED_UP", 0),
    "20-utf16.txt": ("PRINT_READY PRINT_READY PRINT_READY", 0),
    "21-two-headings.csv": ("PRINT_READY PRINT_READY PRINT_READY", 0),
    "22-page-breaks.csv": ("PRINT_READY PRINT_READY PRINT_READY", 1),
    "23-service-titles.csv": ("PRINT_READY PRINT_READY PRINT_READY", 0),
    "24-day-name-and-time.csv": ("CANCELLED REJECTED RECORD_FAILED", 0),
    "25-quoted.csv": ("PRINT_READY PRINT_READY PRINT_READY", 0),
    "27-times-of-day.csv": ("PRINT_READY PRINT_READY PRINT_READY PRINT_READY", 0),
    "29-two-line-heading.csv": ("PRINT_READY PRINT_READY PRINT_READY", 0),
    "30-typeset-dates.csv": ("PRINT_READY " * 7, 0),
    "31-quoted-niks.csv": ("PRINT_READY " * 4, 0),
}
OTHER_DAYS = {"10-english-dates.csv"}


def cells(serial: int, status: str = "PRR", day: object = "20/11/2026") -> list:
    return [number(serial), nik(serial), "Siti Aminah", "ktp_baru", status, day]


def title_and_heading(book) -> None:
    """A merged title, an empty row, headings in two merged rows, dates as the spreadsheet has them."""
    sheet, days = book.add_worksheet(), book.add_format({"num_format": "dd-mmm-yy"})
    sheet.merge_range(0, 0, 0, 5, "REKAP PERMOHONAN KTP-EL")
    for column, title in enumerate(REQUIRED):
        sheet.merge_range(2, column, 3, column, title)
    for row in range(3):
        sheet.write_row(4 + row, 0, cells(row + 1)[:5])
        sheet.write_datetime(4 + row, 5, date(2026, 11, 20), days)


def second_sheet(book) -> None:
    """A cover sheet first, and a hidden one."""
    book.add_worksheet("Sampul").write(0, 0, "Laporan bulan November")
    hidden = book.add_worksheet("Kode")
    hidden.write_row(0, 0, REQUIRED)
    hidden.hide()
    sheet = book.add_worksheet("Data")
    sheet.write_row(0, 0, REQUIRED)
    for row in range(3):
        sheet.write_row(1 + row, 0, cells(row + 1))


def tall_cells(book) -> None:
    """Service, status and day once for three people."""
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, REQUIRED)
    for row in range(3):
        sheet.write_row(1 + row, 0, cells(row + 1)[:3])
    for column, value in ((3, "ktp_baru"), (4, "PRR"), (5, "20 November 2026")):
        sheet.merge_range(1, column, 3, column, value)


def empty_first_sheet(book) -> None:
    book.add_worksheet()
    second = book.add_worksheet()
    second.write_row(9, 2, REQUIRED)
    for row in range(3):
        second.write_row(10 + row, 2, cells(row + 1))


WORKBOOKS = [title_and_heading, second_sheet, tall_cells, empty_first_sheet]


async def stored(store) -> list:
    query = select(applications.c.stage, applications.c.stage_on).order_by(applications.c.number)
    return await store.read(lambda db: db.rows(query))


@pytest.mark.parametrize("name", FILES)
async def test_a_file_of_an_office_is_understood(taken_in, store, tmp_path, name):
    stages, refused = FILES[name]
    path = Path(shutil.copy(FOLDER / name, tmp_path))
    tried = await taken_in(path, dry_run=True)
    assert await stored(store) == []
    report = await taken_in(path)
    assert [one.stage or "?" for one in await stored(store)] == stages.split()
    assert (report.counts, report.unknown) == (tried.counts, tried.unknown)
    assert (report.counts.new, report.counts.refused) == (len(stages.split()), refused)
    if name not in OTHER_DAYS:
        assert {one.stage_on for one in await stored(store)} == {NOV_20}


@pytest.mark.parametrize("make", WORKBOOKS)
async def test_a_workbook_of_an_office_is_understood(taken_in, store, tmp_path, make):
    path = tmp_path / "register.xlsx"
    with xlsxwriter.Workbook(path) as book:
        make(book)
    report = await taken_in(path)
    assert (report.counts.new, report.refused) == (3, ())
    assert {tuple(one) for one in await stored(store)} == {("PRINT_READY", NOV_20)}


async def test_headings_that_are_not_known_are_listed(taken_in):
    with pytest.raises(UnusableFile) as caught:
        await taken_in(FOLDER / "26-strange-headings.csv")
    assert caught.value.code == "missing-columns"
    assert "Identitas" in caught.value.titles


async def test_unknown_headings_below_title_lines_are_listed(taken_in):
    with pytest.raises(UnusableFile) as caught:
        await taken_in(FOLDER / "28-strange-headings-below-titles.csv")
    assert caught.value.titles == ("No", "Kode Berkas", "Identitas", "Pemohon", "Keperluan", "Posisi", "Hari")


async def test_unknown_headings_in_two_lines_are_listed_together(taken_in):
    with pytest.raises(UnusableFile) as caught:
        await taken_in(FOLDER / "32-strange-two-line-heading.csv")
    assert caught.value.titles == ("NO", "KODE BERKAS", "NIK", "NAMA", "LAYANAN", "TAHAPAN", "TANGGAL")


async def test_people_are_never_listed_as_headings(taken_in, file):
    """A file without a heading: its rows are no headings, and hold NIKs."""
    path = file(good_row(1), good_row(2))
    path.write_text("".join(path.read_text().splitlines(keepends=True)[1:]))
    with pytest.raises(UnusableFile) as caught:
        await taken_in(path)
    assert caught.value.titles == ()
