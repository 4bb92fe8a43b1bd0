"""docs/api.md: its examples are run as they stand there."""

import asyncio
import re
import sys
from pathlib import Path

import pytest

from tests.api.conftest import NUMBER, ROW, ApiCounter

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text()
SHELL, CHANGE, NIGHTLY = re.findall(r"```(?:sh|python)\n(.*?)```", PAGE, re.DOTALL)
EXPORT = f"""\
NO_REG,NIK,NAMA_LGKP,JENIS,STATUS,TGL,ALAMAT
{NUMBER},{ROW["nik"]},Sri Astuti,ktp_baru,siap diambil,2026-11-20,Jl. Melati
MJK-1,12,A,B,C,D,E
"""


@pytest.fixture
async def counter(counter: ApiCounter, monkeypatch, tmp_path) -> ApiCounter:
    """The office, as the examples find it."""
    monkeypatch.setenv("LOKET_URL", counter.url)
    monkeypatch.setenv("LOKET_TOKEN", await counter.token())
    monkeypatch.chdir(tmp_path)
    return counter


async def test_the_nightly_export_is_sent_once_however_often_it_runs(counter, monkeypatch, capsys, tmp_path):
    (tmp_path / "export.csv").write_text(EXPORT, "utf-8")
    monkeypatch.setattr(sys, "argv", ["nightly.py", "export.csv"])
    for _ in range(2):
        await asyncio.to_thread(exec, NIGHTLY, {"__name__": "__main__"})
        first, refused = capsys.readouterr().out.splitlines()
        assert first == "1 new, 0 changed, 1 refused"
        assert refused.startswith("line 3: no_registrasi: ")
    assert await counter.count("imports") == 1
    assert len([line for line in NIGHTLY.splitlines() if line]) <= 31


async def test_the_python_example_changes_a_stage(counter, capsys):
    await counter.imports(ROW)
    await asyncio.to_thread(exec, CHANGE, {})
    assert capsys.readouterr().out == "READY_FOR_PICKUP\n"


async def test_the_curl_examples_work(counter, tmp_path):
    (tmp_path / "daftar.csv").write_text(",".join(ROW) + "\n" + ",".join(ROW.values()) + "\n")
    run = await asyncio.create_subprocess_exec(
        "bash", "-ec", SHELL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, told = await run.communicate()
    assert run.returncode == 0, told.decode()
    assert out.decode().count("}") >= 4
    assert await counter.count("closures") == 1
    assert await counter.count("jobs") == 1
