"""Files in the watched folder are imported, one after another, with the result beside them in done/."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.importing.folder import FORSAKEN, KEPT, WatchedFolder
from domain.office.rules import Imports
from storage.schema import applications
from tests.importing.conftest import row, write_csv


@pytest.fixture
def folder(tmp_path) -> Path:
    path = tmp_path / "masuk"
    path.mkdir()
    return path


@pytest.fixture
def watched(store, office, texts, folder) -> WatchedFolder:
    own = replace(office, imports=Imports(folder=str(folder)))
    return WatchedFolder(store=store, office=own, texts=texts)


async def looks(watched: WatchedFolder) -> int:
    """Look until there is nothing more; return how many files there were."""
    done = 0
    while await watched.look():
        done += 1
    return done


async def count(store) -> int:
    return await store.read(lambda db: db.scalar(select(func.count()).select_from(applications)))


def result(folder: Path, name: str) -> str:
    [path] = (folder / "done").glob(f"*-{name}.hasil.txt")
    return path.read_text()


def aged(path: Path, seconds: float) -> None:
    then = path.stat().st_mtime - seconds
    os.utime(path, (then, then))


async def test_a_whole_file_is_imported_and_its_result_stands_beside_it(watched, folder, store):
    write_csv(folder / "daftar.csv", row(1), row(2), row(3, nik="3.52E+15"))
    write_csv(folder / "besok.csv.part", row(4))
    assert await looks(watched) == 1
    assert await count(store) == 2
    assert "2 baru" in result(folder, "daftar.csv")
    assert [path.name for path in folder.iterdir() if path.is_file()] == ["besok.csv.part"]
    names = [path.name.partition("-daftar.csv")[2] for path in (folder / "done").iterdir()]
    assert sorted(names) == ["", ".ditolak.csv", ".hasil.txt"]
    assert await looks(watched) == 0


async def test_the_lock_file_of_an_open_workbook_stays(watched, folder):
    (folder / "~$daftar.xlsx").write_bytes(b"\x05Endang" * 20)
    assert await looks(watched) == 0
    assert (folder / "~$daftar.xlsx").exists()


async def test_a_long_name_does_not_keep_the_next_one_waiting(watched, folder, store):
    write_csv(folder / f"{'daftar ' * 35}.csv", row(1))
    assert await looks(watched) == 1
    assert await count(store) == 1


async def test_a_file_that_needs_confirmation_is_not_imported(watched, folder, store):
    write_csv(folder / "a.csv", *(row(serial, status="ACC KABID") for serial in range(1, 12)))
    assert await looks(watched) == 1
    assert await count(store) == 0
    assert "ACC KABID (11)" in result(folder, "a.csv")
    for place, status in enumerate(("CARD_SHIPPED", "SUDAH_REKAM")):
        write_csv(folder / f"{place}.csv", *(row(serial, status=status) for serial in range(1, 12)))
        assert await looks(watched) == 1
    assert "tidak diimpor" in result(folder, "1.csv")
    stages = await store.read(lambda db: db.rows(select(applications.c.stage).distinct()))
    assert [one.stage for one in stages] == ["READY_FOR_PICKUP"]


async def test_a_bad_file_does_not_keep_the_next_one_waiting(watched, folder, store):
    (folder / "a.csv").write_bytes(b"<html>")
    aged(folder / "a.csv", 60)
    write_csv(folder / "b.csv", row(1))
    assert await looks(watched) == 2
    assert await count(store) == 1


async def test_a_file_whose_process_died_is_imported_later(watched, folder, store):
    (folder / "done").mkdir()
    path = write_csv(folder / "done" / "20261123-090000-000001-daftar.csv", row(1))
    assert await looks(watched) == 0, "another process may be at it"
    aged(path, FORSAKEN.total_seconds() + 1)
    assert await looks(watched) == 1
    assert await count(store) == 1


async def test_old_files_are_deleted(watched, folder):
    write_csv(folder / "daftar.csv", row(1, nik="3.52E+15"))
    await looks(watched)
    for path in (folder / "done").iterdir():
        aged(path, KEPT.total_seconds() + 1)
    await looks(watched)
    assert [*(folder / "done").iterdir()] == []


async def test_links_are_not_followed(watched, folder, tmp_path):
    outside = write_csv(tmp_path / "elsewhere.csv", row(1))
    (folder / "daftar.csv").symlink_to(outside)
    assert await looks(watched) == 0
    assert outside.exists()


async def test_a_missing_folder_is_a_failure_that_is_told(watched, folder):
    shutil.rmtree(folder)
    with pytest.raises(FileNotFoundError):
        await watched.look()
