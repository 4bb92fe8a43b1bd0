"""An import that is killed at any point goes on when it is run again, as if nothing had happened."""

import base64
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage import audit
from storage.schema import applicants, applications, imports, stage_history
from tests.importing.conftest import nik, row, write_csv

ROOT = Path(__file__).parents[2]
ROWS = 2000


def loket_import(path: Path, database_url: str) -> subprocess.Popen:
    key = base64.b64encode(bytes(range(32))).decode()
    environment = os.environ | {
        "LOKET_DATABASE_URL": database_url,
        "LOKET_SECRET_KEY": key,
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-m", "bot", "import", str(path), "--json"]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def was_killed_after(process: subprocess.Popen, lines: int) -> bool:
    """Kill the process once it has told so much of its progress, unless it was faster."""
    for _ in range(lines):
        process.stderr.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


@pytest.fixture
def long_file(tmp_path) -> Path:
    # Every fourth person has two applications, so that a kill may fall between a person and their second number.
    rows = [
        row(serial, nik=nik(1 + serial // 4 if serial % 4 == 0 else serial)) for serial in range(1, ROWS + 1)
    ]
    return write_csv(tmp_path / "register.csv", *rows)


async def test_a_killed_import_goes_on_when_it_is_run_again(long_file, database_url, store):
    # "Membaca", "Menyimpan", then one line for each tenth that this run adds.
    killed = [was_killed_after(loket_import(long_file, database_url), lines) for lines in (2, 4, 6)]
    assert killed[0]
    done = loket_import(long_file, database_url)
    report = json.loads(done.communicate()[0])
    assert (done.returncode, report["rows"], report["refused"]) == (0, ROWS, [])
    assert report["new"] + report["unchanged"] == ROWS

    async def count(table) -> int:
        return await store.read(lambda db: db.scalar(select(func.count()).select_from(table)))

    assert await count(applications) == await count(stage_history) == ROWS
    persons = select(func.count(applications.c.applicant_id.distinct()))
    assert await store.read(lambda db: db.scalar(persons)) == await count(applicants)
    finished = await store.read(lambda db: db.rows(select(imports).where(imports.c.finished_at.is_not(None))))
    assert len(finished) == 1 + killed.count(False)
    assert len(await store.read(lambda db: audit.entries(db, action="imported"))) == len(finished)
