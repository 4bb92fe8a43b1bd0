"""docs/api.md: its examples are run as they stand there."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

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


@asynccontextmanager
async def stumbling(url: str, *answers: bytes) -> AsyncIterator[str]:
    """The web server in front: it gives these answers, one a connection, and passes later connections on."""
    left = [*answers]

    async def carry(source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while some := await source.read(65536):
                to.write(some)
                await to.drain()
        to.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if left:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(left.pop(0))
            await writer.drain()
            writer.close()
            return
        at = urlsplit(url)
        behind, to = await asyncio.open_connection(at.hostname, at.port)
        await asyncio.gather(carry(reader, to), carry(behind, writer))

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield "http://{}:{}".format(*server.sockets[0].getsockname())


async def test_the_nightly_export_outlives_a_restart_behind_a_web_server(
    counter, monkeypatch, capsys, tmp_path
):
    """The web server answers in HTML while Loket is away, or its answer breaks off."""
    (tmp_path / "export.csv").write_text(EXPORT, "utf-8")
    monkeypatch.setattr(sys, "argv", ["nightly.py", "export.csv"])
    monkeypatch.setattr("time.sleep", lambda _: None)
    away = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\n\r\n<html>"
    broken = b'HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{"import_id":'
    async with stumbling(counter.url, away, broken, away) as url:
        monkeypatch.setenv("LOKET_URL", url)
        await asyncio.to_thread(exec, NIGHTLY, {"__name__": "__main__"})
    assert capsys.readouterr().out.startswith("1 new, 0 changed, 1 refused")


async def test_the_nightly_export_shows_what_it_was_refused_with(counter, monkeypatch, tmp_path):
    (tmp_path / "export.csv").write_text(EXPORT, "utf-8")
    monkeypatch.setattr(sys, "argv", ["nightly.py", "export.csv"])
    page = b"HTTP/1.1 413 Too Large\r\nContent-Length: 6\r\n\r\n<html>"
    async with stumbling(counter.url, page) as url:
        monkeypatch.setenv("LOKET_URL", url)
        with pytest.raises(SystemExit, match="413 <html>"):
            await asyncio.to_thread(exec, NIGHTLY, {"__name__": "__main__"})


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
