"""Rows that the store took in before are recognised by their hash, without being read, opened or sealed."""

import pytest

from domain.cards.register_rows import RowReader
from tests.importing.conftest import nik, row


def counts(report):
    return (report.counts.new, report.counts.changed, report.counts.unchanged, len(report.refused))


@pytest.mark.parametrize("end", ["", ","])
async def test_unchanged_rows_are_not_checked_again(taken_in, file, monkeypatch, end):
    path = file(*map(row, range(1, 21)))
    lines = path.read_text().splitlines()
    # A spreadsheet leaves out empty cells at the end of a row.
    path.write_text("\n".join([lines[0], *(line.removesuffix(end) for line in lines[1:])]))
    await taken_in(path)

    def refuse(self, record):
        raise AssertionError("the row was checked")

    monkeypatch.setattr(RowReader, "read", refuse)
    assert counts(await taken_in(path)) == (0, 0, 20, 0)
    assert counts(await taken_in(path, dry_run=True)) == (0, 0, 20, 0)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [({}, {"nama": "Nama Baru"}, (0, 1, 1, 0)), ({"nama": "Nama Baru"}, {}, (0, 0, 2, 0))],
)
async def test_the_last_of_repeated_rows_wins_also_when_one_is_unchanged(
    taken_in, file, first, second, expected
):
    await taken_in(file(row()))
    report = await taken_in(file(row(**first), row(**second)))
    assert counts(report) == expected
    assert [(one.row, one.column) for one in report.flagged] == [(2, "no_registrasi")]


@pytest.mark.parametrize(
    ("cells", "column"), [({"status": "SEDANG_DICEK"}, "status"), ({"tanggal": "2027-01-04"}, "tanggal")]
)
async def test_a_doubtful_row_is_flagged_at_each_import(taken_in, file, cells, column):
    path = file(row(**cells))
    for _ in range(2):
        report = await taken_in(path)
        assert [one.column for one in report.flagged] == [column]


async def test_another_nik_under_a_known_number_is_still_refused(taken_in, file):
    await taken_in(file(row()))
    assert counts(await taken_in(file(row(nik=nik(8))))) == (0, 0, 0, 1)


async def test_a_nul_in_an_otherwise_unchanged_row_is_refused(taken_in, file):
    await taken_in(file(row(desa="Karang kedawang")))
    report = await taken_in(file(row(desa="Karang\0kedawang"), row(9, nama="Siti Aminah é")))
    assert [(one.row, one.column) for one in report.refused] == [(2, "desa")]
