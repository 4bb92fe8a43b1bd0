"""The office's overview over many applications: read from daily sums, and counted anew."""

import time
from datetime import date
from importlib import import_module
from pathlib import Path
from statistics import median

from sqlalchemy import text

from benchmarks.satisfaction import opened
from bot.reports.overview import Scope, figures
from bot.setup.office_file import load_office
from domain.ratings.period import Period
from tests.support import postgres

TODAY = date(2026, 11, 23)
READS = 20
_DAYS = {"sqlite": "date('2024-06-01', '+' || ({}) || ' days')", "postgresql": "DATE '2024-06-01' + ({})"}
_SERIES = {
    "sqlite": "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {}) ",
    "postgresql": "WITH s AS (SELECT generate_series(1, {}) AS n) ",
}
_EMPTY = {"sqlite": "x''", "postgresql": "''::bytea"}
# Every fifth application is open, at a stage of its own.
_STAGE = (
    "CASE WHEN n % 5 > 0 THEN 'PICKED_UP' WHEN n % 3 = 0 THEN 'WAITING_BLANK' "
    "WHEN n % 7 = 0 THEN 'RECORDED' WHEN n % 11 = 0 THEN 'SUBMITTED' ELSE 'READY_FOR_PICKUP' END"
)
_POINT = "CASE n % 5 WHEN 0 THEN 'sooko' WHEN 1 THEN 'mpp' WHEN 2 THEN 'mojosari' WHEN 3 THEN 'gondang' ELSE 'jetis' END"


async def measure(folder: Path, people: int) -> list[tuple[str, int, float, float]]:
    """Database, applications, and milliseconds of one look and of counting the register anew."""
    measured = [await _measure("SQLite", f"sqlite+aiosqlite:///{folder / 'overview.db'}", people)]
    binaries = postgres.binaries()
    if binaries:
        with postgres.running(binaries) as server:
            measured.append(await _measure("PostgreSQL", server.url(server.create()), people))
    return measured


async def _measure(name: str, url: str, people: int) -> tuple[str, int, float, float]:
    fill = import_module("storage.migrations.versions.0019_daily_sums").FILL
    async with opened(url) as store:

        async def applications(db) -> None:
            for statement in _written(db.dialect, people):
                await db.run(text(statement))

        async def anew(db) -> None:
            await db.run(text("DELETE FROM daily_sums"))
            for statement in fill[db.dialect]:
                await db.run(text(statement))

        await store.write(applications)
        start = time.perf_counter()
        await store.write(anew)
        counted = (time.perf_counter() - start) * 1e3
        scope = Scope(
            period=Period(first=date(2026, 1, 1), last=TODAY),
            point=None,
            today=TODAY,
            office=load_office(None),
        )
        taken = []
        for _ in range(READS):
            start = time.perf_counter()
            found = await store.read(lambda db: figures(db, scope))
            taken.append((time.perf_counter() - start) * 1e3)
        assert sum(row[1] for row in found[0].rows) == people // 5
        return name, people, median(taken), counted


def _written(dialect: str, people: int) -> list[str]:
    series, day = _SERIES[dialect].format(people), _DAYS[dialect].format
    moment, empty = "'2026-11-23 02:00:00.000000'", _EMPTY[dialect]
    held = "true" if dialect == "postgresql" else "1"
    return [
        f"INSERT INTO applicants (id, nik, nik_index, created_at) VALUES (1, {empty}, {empty}, {moment})",
        (
            "INSERT INTO applications (id, number, applicant_id, name, service, stage, raw_code, stage_on, stage_by, "
            f"submitted_on, complete_on, point, digest, updated_at) {series}"
            f"SELECT n, CAST(n AS TEXT), 1, {empty}, 'ktp_baru', {_STAGE}, '', {day('n % 900')}, 'import', "
            f"{day('n % 860')}, {day('n % 870')}, {_POINT}, {empty}, {moment} FROM s"
        ),
        (
            "INSERT INTO stage_history (id, application_id, stage, raw_code, stage_on, recorded_at, source, won) "
            f"{series}SELECT n, n, 'READY_FOR_PICKUP', '', {day('n % 890')}, {moment}, 'import:1', {held} FROM s"
        ),
    ]


def table(measured: list[tuple[str, int, float, float]]) -> str:
    """The figures as a table."""
    lines = ["| database | applications | overview (ms) | sums counted anew (ms) |", "|---|---|---|---|"]
    lines += [f"| {name} | {people:,} | {look:.0f} | {anew:,.0f} |" for name, people, look, anew in measured]
    return "\n".join(lines)
