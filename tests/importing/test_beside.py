"""While a long import runs, others read and write."""

import asyncio
import io
import time
from itertools import count
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from bot.importing.progress import Bar, ProgressLines, Silent, shown_on
from bot.importing.report import ImportReport, Remark, remarks
from domain.cards.register import Flag, RefusedRow
from domain.text.cells import Problem
from storage import audit
from storage.cards.register import Counts
from storage.schema import applications
from storage.store import Store
from tests.importing.conftest import nik, number, row
from tests.importing.test_killed import loket_import  # a process of its own, as in the office

ROWS = 3000


async def test_residents_are_answered_while_another_process_imports(file, store: Store, database_url):
    path = file(*(row(serial, nik=nik(serial)) for serial in range(1, ROWS + 1)))
    importing = loket_import(path, database_url)
    longest, writes = 0.0, 0
    while importing.poll() is None:
        began = time.perf_counter()
        await store.write(lambda db: audit.record(db, actor="test", action="written", subject="test"))
        longest, writes = max(longest, time.perf_counter() - began), writes + 1
        await asyncio.sleep(0.01)
    importing.communicate()
    assert importing.returncode == 0
    assert writes > 10
    assert longest < 5  # F4
    found = select(applications.c.id).where(applications.c.number == number(ROWS))
    assert await store.read(lambda db: db.scalar(found)) is not None


@pytest.mark.parametrize("others_write", [False, True])
async def test_an_import_pauses_half_the_time_only_beside_others(
    taken_in, file, store: Store, database_url, monkeypatch, others_write
):
    step, pauses = 0.05, []
    ticks = count(step, step)  # so each transaction takes one step, and the next pause begins a step after it
    other = await Store.open(database_url, vault=store.vault, clock=store.clock)

    async def sleep(seconds: float) -> None:
        pauses.append(round(seconds + step, 6))
        if others_write:
            await other.write(lambda db: audit.record(db, actor="test", action="written", subject="test"))

    monkeypatch.setattr("bot.importing.writer.asyncio", SimpleNamespace(sleep=sleep))
    monkeypatch.setattr("bot.importing.writer.time", SimpleNamespace(perf_counter=lambda: next(ticks)))
    await taken_in(file(*(row(serial, nik=nik(serial)) for serial in range(1, 2000))))
    await other.close()
    # PostgreSQL has no lock of all writers.
    half = others_write and store.dialect == "sqlite"
    assert len(pauses) > 3
    assert set(pauses[2:]) == {step if half else 0.02}


def test_progress_is_plain_lines_where_there_is_no_terminal():
    out = io.StringIO()
    with shown_on(out) as progress:
        assert isinstance(progress, ProgressLines)
        progress.step("Membaca", None)
        progress.advance(25_000)
        progress.advance(1)
        progress.step("Menyimpan", 20)
        for _ in range(20):
            progress.advance(1)
    lines = out.getvalue().splitlines()
    assert lines[:3] == ["Membaca", "Membaca: 25000", "Menyimpan"]
    assert lines[3:] == [f"Menyimpan: {done} / 20" for done in range(2, 21, 2)]


def test_progress_is_a_bar_on_a_terminal():
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    with shown_on(out) as progress:
        assert isinstance(progress, Bar)
        progress.step("Menyimpan", 20)
        progress.advance(20)
    assert "Menyimpan" in out.getvalue()


def test_silence_is_silent():
    Silent().step("Menyimpan", 1)
    Silent().advance(1)


def report(texts, refused, *, dry_run=False, **more) -> ImportReport:
    counts = Counts(rows=60, new=0, changed=0, unchanged=0, refused=len(refused))
    listed = remarks(refused, texts, "id")
    return ImportReport(counts=counts, refused=listed, flagged=(), refused_file=None, dry_run=dry_run, **more)


def test_a_report_lists_fifty_rows_and_counts_the_others(texts):
    lines = report(texts, [RefusedRow(row, "nik", Problem("formula")) for row in range(1200, 1260)]).lines(
        texts, "id"
    )
    assert lines[0].startswith("60 baris dibaca")
    assert lines[2].startswith("Baris 1200, kolom nik: ")
    assert len(lines) == 1 + 1 + 50 + 1
    assert "10" in lines[-1]


def test_a_report_of_a_dry_run_says_that_nothing_was_stored(texts):
    assert "tidak ada yang disimpan" in report(texts, [], dry_run=True).lines(texts, "id")[0]


def test_each_reason_is_worded_in_each_language(texts):
    details = {
        "too-long": {"most": 200},
        "nik-not-16-digits": {"count": 15},
        "number-bad-shape": {"example": number(1)},
        "service-unknown": {"known": "ktp_baru"},
        "point-unknown": {"known": "sooko"},
        "status-unknown": {"code": "APA_INI"},
        "repeated": {"row": 12345},
    }
    plain = (
        "empty formula line-break nik-scientific nik-rounded nik-bad-date nik-bad-region nik-bad-serial number-bad-check "
        "number-held date-unreadable date-unlikely bad-phone date-ahead"
    )
    problems = [Problem(code) for code in plain.split()]
    problems += [Problem(code, tuple(more.items())) for code, more in details.items()]
    for language in ("id", "en"):
        for remark in remarks([Flag(2, "nik", problem) for problem in problems], texts, language):
            assert isinstance(remark, Remark)
            assert remark.reason.endswith(".")
            assert remark.suggestion.endswith(".")
    [repeated] = remarks([Flag(2, "nik", problems[-1])], texts, "id")
    assert "12345" in repeated.reason  # a row number, not 12.345
