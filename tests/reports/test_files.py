"""The report as table, rows, working table and paper: whatever the form, the same figures."""

import csv
import io
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pypdfium2

from bot.reports.chart import index_chart, index_svg
from bot.reports.paper import paper
from bot.reports.sheet import write_rows
from bot.reports.table import table
from bot.reports.workbook import write_workbook
from domain.ratings.figures import Figures
from domain.ratings.index import ELEMENTS, Tally, satisfaction_of
from domain.ratings.survey import Profile, TimeBand
from storage.ratings.answers import AnswerSet, answer_sets_of
from tests.reports.conftest import DAY, KNOWN, YEAR, answered, figures_of
from tests.reports.spreadsheet import Spreadsheet

PARTIAL = dict.fromkeys(ELEMENTS[:3], 1)


def words_of(pdf: bytes) -> list[str]:
    pages = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in pages]


async def test_the_table_tells_the_known_report_to_the_digit(rated, pen):
    await answered(rated, [*KNOWN, PARTIAL])
    told = "\n".join(table(await figures_of(rated), pen))
    for words in ("3.6590", "91.48  A  Sangat baik", "29 orang menjawab lengkap; 1 berhenti"):
        assert words in told


async def test_without_answers_every_form_says_that_there_is_no_data(rated, pen):
    found = await figures_of(rated)
    assert table(found, pen)[-1] == "Belum ada data."
    first, second = words_of(paper(found, pen, made_on=date(2026, 11, 23)))
    assert "Belum ada data." in first
    assert "0,00" not in first + second


async def test_the_index_comes_out_anew_from_the_rows_of_the_export(rated):
    await answered(rated, [*KNOWN, PARTIAL])
    file = io.StringIO()
    assert await write_rows(answer_sets_of(rated, period=YEAR), file) == 29
    rows = list(csv.DictReader(io.StringIO(file.getvalue())))
    assert set(rows[0]) == {"kunci", "tanggal", "jam", "lokasi", "layanan", *ELEMENTS}
    again = Tally.of({element: int(row[element]) for element in ELEMENTS} for row in rows)
    assert satisfaction_of(again).ikm == Decimal("91.48")
    assert [row["kunci"] for row in rows] == sorted(row["kunci"] for row in rows)
    assert {row["tanggal"] for row in rows} == {"2026-11-20"}


async def test_the_formulas_of_the_working_table_compute_what_stands_beside_them(rated, pen, tmp_path):
    await answered(rated, [*KNOWN, PARTIAL])
    found = await figures_of(rated)
    sets = answer_sets_of(rated, period=YEAR)
    assert await write_workbook(sets, tmp_path / "skm.xlsx", found, pen) == 29
    sheet = Spreadsheet(tmp_path / "skm.xlsx")
    assert len(sheet.formulas) == 1 + 3 * 9 + 3
    for cell in sheet.formulas:
        computed, written = sheet.value(cell), sheet.cached[cell]
        assert computed == written or abs(computed - written) < 1e-12, cell
    ikm = sheet.row("IKM (indeks × 25)")
    assert (sheet.value(f"C{ikm}"), sheet.value(f"C{ikm + 1}")) == (91.48, "A")
    assert "*1/9" in sheet.formulas[f"C{sheet.row('NRR tertimbang per unsur')}"]


async def test_a_spreadsheet_rounds_the_border_as_the_regulation_does(pen, tmp_path):
    """5,000 people whose index is exactly 64.995: as a binary number that lies below itself, and a D would come out."""
    people = [{**dict.fromkeys(ELEMENTS, 3), **dict.fromkeys(ELEMENTS[:4], 2)}] * 3009
    people += [{**dict.fromkeys(ELEMENTS, 3), **dict.fromkeys(ELEMENTS[:3], 2)}] * 1991

    async def sets():
        for key, scores in enumerate(people):
            place = {"point": "sooko", "service": "kia", "band": TimeBand.MORNING, "profile": Profile()}
            yield AnswerSet(key=key, answered_on=DAY, scores=scores, complete=True, **place)

    found = Figures(period=YEAR, now=Tally.of(people), before=Tally(), partial=0, served=0)
    assert found.satisfaction.exact * 25 == Fraction("64.995")
    await write_workbook(sets(), tmp_path / "skm.xlsx", found, pen)
    sheet = Spreadsheet(tmp_path / "skm.xlsx")
    ikm = sheet.row("IKM (indeks × 25)")
    assert (sheet.value(f"C{ikm}"), sheet.value(f"C{ikm + 1}")) == (65.00, "C")


async def test_the_paper_has_two_pages_to_sign(rated, pen):
    await answered(rated, KNOWN)
    made = paper(await figures_of(rated), pen, made_on=date(2026, 11, 23))
    first, second = words_of(made)
    for words in ("91,48", "Mutu A: Sangat baik", "3,6590", "Penanganan pengaduan", "99,14"):
        assert words in first
    lowest = [second.index(words) for words in ("Waktu penyelesaian", "Sistem, mekanisme", "Produk layanan")]
    assert lowest == sorted(lowest)
    for words in ("Rencana tindak lanjut", "bobot 1/9", "Profil responden", "NIP", "Halaman 2 dari 2"):
        assert words in second
    assert made == paper(await figures_of(rated), pen, made_on=date(2026, 11, 23))


async def test_a_small_sample_shows_its_interval_and_the_grades_it_may_have(rated, pen):
    await answered(rated, KNOWN)
    first, _ = words_of(paper(await figures_of(rated), pen, made_on=date(2026, 11, 23)))
    assert "dengan keyakinan 95 %" in first
    assert "Belum ada data periode sebelumnya" in first


async def test_the_chart_is_a_picture_with_every_element(rated, pen):
    await answered(rated, KNOWN)
    found = await figures_of(rated)
    assert index_chart(found, pen).startswith(b"\x89PNG")
    assert all(pen.element(element) in index_svg(found, pen) for element in ELEMENTS)
