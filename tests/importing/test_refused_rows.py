"""Rows and files that are refused, and a dry run."""

import os
import stat

import pytest
from sqlalchemy import select

from bot.importing.table import UnusableFile
from domain.cards.stages import Stage
from storage.schema import imports
from tests.importing.conftest import nik, row
from tests.importing.test_import import counts, everything, reasons


async def test_a_number_of_another_nik_is_refused_in_store_and_file_alike(taken_in, file, stored):
    await taken_in(file(row(1)))
    owner = (await stored(1)).applicant_id
    report = await taken_in(file(row(1, nik=nik(2)), row(3), row(3, nik=nik(4)), row(1, catatan="x")))
    assert reasons(report) == [(2, "nik"), (4, "nik")]
    assert counts(report) == (1, 1, 0, 2)
    assert (await stored(1)).applicant_id == owner


async def test_a_dry_run_finds_the_same_and_leaves_nothing_behind(taken_in, file, store, tmp_path):
    path = file(row(1), row(1, nik=nik(2)), row(3, nik="351601570890001"), row(4))
    before = set(tmp_path.iterdir())
    tried = await taken_in(path, dry_run=True)
    assert set(tmp_path.iterdir()) - before <= {tmp_path / "loket.db-wal", tmp_path / "loket.db-shm"}
    assert (tried.dry_run, tried.refused_file) == (True, None)
    assert await everything(store) == [[], [], []]
    done = await taken_in(path)
    assert (
        (counts(tried), reasons(tried))
        == (counts(done), reasons(done))
        == ((2, 0, 0, 2), [(3, "nik"), (4, "nik")])
    )
    assert counts(await taken_in(path, dry_run=True)) == (0, 0, 2, 2)


async def test_rows_that_a_later_row_replaces_count_as_unchanged_and_are_flagged(taken_in, file, stored):
    report = await taken_in(file(row(status="PRO"), row(8), row(status="PRR"), row(8)))
    assert counts(report) == (2, 0, 2, 0)
    assert [(remark.row, remark.column) for remark in report.flagged] == [
        (2, "no_registrasi"),
        (3, "no_registrasi"),
    ]
    assert (await stored()).stage == Stage.PRINT_READY


async def test_refused_rows_go_to_a_private_file_without_formulas(taken_in, file, tmp_path):
    report = await taken_in(
        file(
            row(1),
            row(2, nama='=HYPERLINK("http://contoh.invalid";"klik")', no_hp="+6281234567890"),
            row(3, nik="351601570890001", catatan="\t=1+1", desa="@desa", kecamatan="-1+1"),
            delimiter=";",
        )
    )
    assert report.exit_code == 1
    assert report.refused_file == tmp_path / "register.csv.ditolak.csv"
    assert stat.S_IMODE(report.refused_file.stat().st_mode) == 0o600
    lines = report.refused_file.read_text("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[0].endswith(";catatan;alasan")
    cells = [cell.strip('"') for line in lines for cell in line.split(";")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert f"'{nik(2)}" in cells  # kept as a text, so that a spreadsheet does not make it 3.52E+15
    assert lines[1].endswith(f"nama: {report.refused[0].reason} {report.refused[0].suggestion}")


async def test_a_refused_row_that_was_mended_in_its_file_is_taken_in(taken_in, file, stored):
    report = await taken_in(file(row(1, nik="351601570890001"), row(2, nik="3.52E+15")))
    mended = report.refused_file.read_text("utf-8-sig").replace("'351601570890001,", f"'{nik(1)},")
    report.refused_file.write_text(mended, "utf-8")
    again = await taken_in(report.refused_file)
    assert (counts(again), reasons(again)) == ((1, 0, 0, 1), [(3, "nik")])
    assert again.refused_file.name == "register.csv.ditolak.csv.ditolak.csv"
    assert await stored(1)


async def test_an_unwritable_folder_loses_only_the_file_of_refused_rows(taken_in, file, monkeypatch):
    def refuse(*_arguments):
        raise PermissionError

    monkeypatch.setattr(os, "open", refuse)
    report = await taken_in(file(row(1), row(2, nik="1")))
    assert (counts(report), report.refused_file) == ((1, 0, 0, 1), None)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("nik,nama\n1,2\n", "missing-columns"),
        ("no_registrasi,nik,NIK,nama,layanan,status,tanggal\n", "doubled-columns"),
        ("no_registrasi,nik,nama,layanan,status,tanggal\n\n,,,\n", "no-rows"),
        ("-\n", "missing-columns"),
        ("\n" * 5000, "empty"),
    ],
)
async def test_a_file_without_a_register_is_refused_and_nothing_is_written(
    taken_in, store, tmp_path, content, code
):
    (tmp_path / "a.csv").write_text(content)
    with pytest.raises(UnusableFile) as caught:
        await taken_in(tmp_path / "a.csv")
    assert caught.value.code == code
    assert await store.read(lambda db: db.rows(select(imports))) == []
