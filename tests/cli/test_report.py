"""`loket report`: the index on the terminal, and as files."""

import asyncio
import csv
from datetime import date

import pytest

from bot.setup.clock import wall_clock
from domain.ratings.index import ELEMENTS
from domain.ratings.survey import TimeBand
from storage.ratings import answers
from storage.store import Store
from storage.vault import Vault


def answered(loket, people: int = 12, *, service: str = "ktp_baru", on=date(2026, 5, 4)) -> None:
    """Put answers into the command line's own database."""

    async def put() -> None:
        vault = Vault.from_base64(loket.environment["LOKET_SECRET_KEY"])
        url = f"sqlite+aiosqlite:///{loket.folder / 'var' / 'loket.db'}"
        store = await Store.open(url, vault=vault, clock=wall_clock())
        for _ in range(people):
            await store.write(
                lambda db: answers.store_answers(
                    db,
                    scores=dict.fromkeys(ELEMENTS, 3),
                    on=on,
                    band=TimeBand.MORNING,
                    point="mpp",
                    service=service,
                )
            )
        await store.close()

    asyncio.run(put())


def test_nobody_answered_is_said_as_no_data(loket):
    ended = loket("report", "skm")
    assert ended.code == 0
    assert "Belum ada data." in ended.out
    assert "0.00" not in ended.out


def test_a_period_to_come_has_no_data_yet(loket):
    assert "Belum ada data" in loket("report", "skm", "--from", "2090-01-01").out


def test_the_index_of_a_service_and_a_period(loket):
    answered(loket)
    answered(loket, 3, service="kia", on=date(2026, 6, 1))
    assert "75.00  C" in loket("report", "skm", "--service", "kia").out
    assert "3 orang" in loket("report", "skm", "--service", "Kartu Identitas Anak (KIA)").out
    assert "12 orang" in loket("report", "skm", "--from", "2026-05-01", "--to", "2026-05-31").out
    assert "Belum ada data" in loket("report", "skm", "--to", "2026-05-03").out
    assert "grade" in loket("report", "skm", "--language", "en").out.lower()


def test_every_kind_of_file_is_written(loket):
    answered(loket)
    for name, begins in (("a.csv", b"kunci,"), ("a.xlsx", b"PK"), ("a.pdf", b"%PDF")):
        ended = loket("report", "skm", "--out", name)
        assert ended.code == 0
        assert "12 jawaban lengkap" in ended.out
        assert (loket.folder / name).read_bytes().startswith(begins)
    rows = list(csv.DictReader((loket.folder / "a.csv").open(encoding="utf-8")))
    assert len(rows) == 12
    assert {row["perilaku"] for row in rows} == {"3"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--out", "a.docx"), ".csv, .xlsx, atau .pdf"),
        (("--service", "paspor"), "yang ada: ktp_baru"),
        (("--point", "bulan"), "yang ada: sooko"),
        (("--from", "kemarin"), "tanggal seperti 2026-11-30"),
        (("--from", "kemarin", "--language", "en"), "a day like 2026-11-30"),
        (("--from", "0001-01-01"), "1970 sampai 2100"),
        (("--to", "9999-12-31"), "1970 sampai 2100"),
        (("--from", "2026-05-02", "--to", "2026-05-01"), "sesudah --to"),
        (("--language", "nl"), "salah satu dari id, jv, en"),
    ],
)
def test_a_wrong_use_is_one_sentence_and_exit_2(loket, words, told):
    ended = loket("report", "skm", *words)
    assert ended.code == 2
    assert ended.is_one_sentence()
    assert told in ended.told


def test_what_the_office_changed_is_set_from_the_command_line(loket):
    assert "Loket buka siang." in loket("report", "changed", "Loket buka siang.").out
    assert "tidak menyebut" in loket("report", "changed", "").out
