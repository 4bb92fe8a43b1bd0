"""The office's overview over many applications: read from daily sums, and counted anew."""

import time
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from statistics import median

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.satisfaction import opened
from bot.reports.overview import Scope, figures
from bot.setup.office_file import load_office
from domain.ratings.period import Period
from tests.support import postgres

TODAY = date(2026, 11, 23)
READS = 20
CHUNK = 50_000
_MOMENT = "'2026-11-23 02:00:00.000000'"
_PERSON = "INSERT INTO applicants (id, nik, nik_index, created_at) VALUES (1, {0}, {0}, {1})"
_DAYS = {"sqlite": "date('2024-06-01', '+' || ({}) || ' days')", "postgresql": "DATE '2024-06-01' + ({})"}
_SERIES = {
    "sqlite": "WITH RECURSIVE s(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM s WHERE n < :last) ",
    "postgresql": "WITH s AS (SELECT generate_series(CAST(:first AS int), CAST(:last AS int)) AS n) ",
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
    async with opened(url) as store:

        async def applications(db, first: int) -> None:
            for statement in _written(db.dialect):
                await db.run(text(statement), {"first": first, "last": min(people, first + CHUNK - 1)})

        await store.write(lambda db: db.run(text(_PERSON.format(_EMPTY[db.dialect], _MOMENT))))
        for first in range(1, people + 1, CHUNK):
            await store.write(partial(applications, first=first))
        counted = await _migrated(url)
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


async def _migrated(url: str) -> float:
    """Count what is there as the migration does, without the store's time limit of a statement."""
    engine = create_async_engine(url)
    fill = import_module("storage.migrations.versions.0020_daily_sums").FILL[engine.dialect.name]
    start = time.perf_counter()
    async with engine.begin() as connection:
        for statement in fill:
            await connection.execute(text(statement))
    await engine.dispose()
    return (time.perf_counter() - start) * 1e3


def _written(dialect: str) -> list[str]:
    series, day, empty = _SERIES[dialect], _DAYS[dialect].format, _EMPTY[dialect]
    held = "true" if dialect == "postgresql" else "1"
    return [
        (
            "INSERT INTO applications (id, number, applicant_id, name, service, stage, raw_code, stage_on, stage_by, "
            f"submitted_on, complete_on, point, digest, updated_at) {series}"
            f"SELECT n, CAST(n AS TEXT), 1, {empty}, 'ktp_baru', {_STAGE}, '', {day('n % 900')}, 'import', "
            f"{day('n % 860')}, {day('n % 890 - n * 7 % 60')}, {_POINT}, {empty}, {_MOMENT} FROM s"
        ),
        (
            "INSERT INTO stage_history (id, application_id, stage, raw_code, stage_on, recorded_at, source, won) "
            f"{series}SELECT n, n, 'READY_FOR_PICKUP', '', {day('n % 890')}, {_MOMENT}, 'import:1', {held} FROM s"
        ),
    ]


def table(measured: list[tuple[str, int, float, float]]) -> str:
    """The figures as a table."""
    lines = ["| database | applications | overview (ms) | sums counted anew (ms) |", "|---|---|---|---|"]
    lines += [f"| {name} | {people:,} | {look:.0f} | {anew:,.0f} |" for name, people, look, anew in measured]
    return "\n".join(lines)
