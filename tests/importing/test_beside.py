"""While a long import runs, others read and write."""

import asyncio
import io
import time
from datetime import date, timedelta
from itertools import count
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from bot.importing.progress import Bar, ProgressLines, Silent, shown_on
from bot.importing.report import ImportReport, Remark, remarks
from domain.cards.register import Flag, RefusedRow, RegisterRow
from domain.cards.stages import Stage
from domain.office.registration import RegistrationNumber
from domain.people.nik import Nik
from domain.text.cells import Problem
from storage import audit
from storage.cards.register import Counts, carry_out, prepare
from storage.cards.register_plan import Conditions, Plan, Planner
from storage.ids import short_id
from storage.schema import applicants, applications, daily_sums
from storage.session import StoreDown, Writing
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


def read_row(serial: int, of: int) -> RegisterRow:
    return RegisterRow(
        row=serial,
        number=RegistrationNumber(number(serial)),
        nik=Nik(nik(of)),
        name="Siti Aminah",
        service="ktp_baru",
        raw_code="PRR",
        stage=Stage.PRINT_READY,
        stage_on=date(2026, 11, 20),
        told=frozenset(),
    )


@pytest.mark.parametrize(("serials", "new"), [((1, 2), 0), ((2, 3), 1), ((3, 4), 2)])
async def test_numbers_and_persons_that_another_import_added_meanwhile_are_known(
    store: Store, serials: tuple[int, ...], new: int
):
    async def prepared(*entries: tuple[int, int]) -> tuple[Plan, Conditions]:
        conditions = Conditions(import_id=short_id(), hold=timedelta(0))
        rows = [read_row(*one) for one in entries]
        return await store.read(lambda db: prepare(db, rows=rows, conditions=conditions)), conditions

    # The person of 2 is that of 4, too.
    plans = [
        await prepared((1, 1), (2, 2)),
        await prepared(*((one, 2 if one == 4 else one) for one in serials)),
    ]
    done = [
        await store.write(lambda db, plan=plan, given=given: carry_out(db, plan=plan, conditions=given))
        for plan, given in plans
    ]
    assert [(len(plan.new), plan.unchanged) for plan in done] == [(2, 0), (new, 2 - new)]
    persons = select(applicants.c.nik_index, applications.c.number).join(applications)
    stored = await store.read(lambda db: db.rows(persons))
    assert len(stored) == 2 + new
    assert len({row.nik_index for row in stored}) == (3 if 3 in serials else 2)
    counted = await store.read(lambda db: db.scalar(select(func.sum(daily_sums.c.total))))
    assert counted == 2 + new


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

    monkeypatch.setattr("bot.importing.writer.asyncio", SimpleNamespace(**vars(asyncio) | {"sleep": sleep}))
    monkeypatch.setattr("bot.importing.writer.time", SimpleNamespace(perf_counter=lambda: next(ticks)))
    await taken_in(file(*(row(serial, nik=nik(serial)) for serial in range(1, 2000))))
    await other.close()
    # PostgreSQL has no lock of all writers.
    half = others_write and store.dialect == "sqlite"
    assert len(pauses) > 3
    assert set(pauses[2:]) == {step if half else 0.02}


@pytest.fixture
def small_chunks(monkeypatch) -> None:
    for limit in ("_FIRST", "_SMALLEST", "_LARGEST"):
        monkeypatch.setattr(f"bot.importing.writer.{limit}", 2)


async def test_a_person_of_two_chunks_is_known_while_the_first_is_committed(
    taken_in, file, store: Store, small_chunks, monkeypatch
):
    planned = []

    def plan(self, entries, seen):
        planned.append(len(entries))
        return decide(self, entries, seen)

    decide = Planner.plan
    monkeypatch.setattr(Planner, "plan", plan)
    report = await taken_in(file(*(row(serial, nik=nik(1 + serial // 2)) for serial in range(1, 8))))
    assert report.counts.new == 7
    assert planned == [2, 2, 2, 1, 0]  # none is decided again
    assert await store.read(lambda db: db.scalar(select(func.count()).select_from(applicants))) == 4


@pytest.mark.parametrize("at_commit", [False, True])
async def test_a_chunk_that_cannot_be_written_ends_the_import(
    taken_in, file, store: Store, small_chunks, monkeypatch, at_commit
):
    async def carry_out_badly(db: Writing, **given) -> Plan:
        if at_commit:
            monkeypatch.setattr(type(store), "write", fails)
            return await carry_out(db, **given)
        raise StoreDown("gone")

    async def fails(*_: object, **__: object) -> None:
        raise StoreDown("gone")

    monkeypatch.setattr("bot.importing.writer.register.carry_out", carry_out_badly)
    with pytest.raises(StoreDown):
        await taken_in(file(*(row(serial) for serial in range(1, 8))))
    written = 2 if at_commit else 0
    assert await store.read(lambda db: db.scalar(select(func.count()).select_from(applications))) == written


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
