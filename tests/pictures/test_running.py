"""The process that opens pictures, under the real `loket run`."""

import asyncio
import base64
import json
import os
import signal
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect

from bot.http.cookies import fresh
from tests.pictures.samples import READ, REFUSED
from tests.torture.processes import Loket

UNREADABLE = "kode QR pada foto tidak terbaca"
WITHIN = 90.0


def children(pid: int) -> list[int]:
    """The living children of a process that run our decoder."""
    found = [
        one for task in Path(f"/proc/{pid}/task").iterdir() for one in (task / "children").read_text().split()
    ]
    return [int(one) for one in found if is_decoder(int(one))]


def is_decoder(pid: int) -> bool:
    try:
        return b"decoder.py" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def held(pid: int) -> dict[str, str]:
    """What a process has open, by its number."""
    return {one.name: str(one.readlink()).partition(":")[0] for one in Path(f"/proc/{pid}/fd").iterdir()}


def environment(pid: int) -> bytes:
    return Path(f"/proc/{pid}/environ").read_bytes()


async def are_gone(pids: list[int]) -> None:
    async with asyncio.timeout(WITHIN):
        while any(map(is_decoder, pids)):  # noqa: ASYNC110 (children of another process: nobody tells us)
            await asyncio.sleep(0.05)


@asynccontextmanager
async def chat(loket: Loket):
    address = loket.url.replace("http", "ws") + "/chat"
    cookie = f"loket={fresh()}"
    async with connect(address, additional_headers={"Cookie": cookie}, origin=loket.url) as line:
        await line.send(json.dumps({"id": "first", "text": "menu"}))  # a photo is taken from who was answered
        told = {"say", "heard"}
        while told:
            told.discard(json.loads(await line.recv())["op"])
        yield line


async def is_told(line, picture: bytes, name: str) -> str:
    """Send a picture; what the office says to it."""
    file = {"name": "foto.jpg", "mime": "image/jpeg", "data": base64.b64encode(picture).decode()}
    await line.send(json.dumps({"id": name, "file": file}))
    async with asyncio.timeout(WITHIN):
        while True:
            frame = json.loads(await line.recv())
            if frame["op"] == "say" and not frame.get("resumed"):
                return frame["text"]


@pytest.fixture
async def loket(tmp_path, _sqlite_url):
    async with Loket(folder=tmp_path, database_url=_sqlite_url) as loket:
        yield loket


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
async def test_no_process_is_left_behind_however_the_office_ends(loket, end):
    pid = loket._process.pid
    assert children(pid) == [], "it is started when it is needed"
    async with chat(loket) as line:
        assert UNREADABLE not in await is_told(line, READ["PNG"], "1")
    begun = children(pid)
    assert len(begun) == 1
    os.kill(pid, end)
    await loket._process.wait()
    await are_gone(begun)


async def test_the_office_answers_while_pictures_are_refused(loket):
    async with httpx.AsyncClient(trust_env=False, timeout=WITHIN) as http:
        for name, picture in REFUSED.items():
            if picture:
                async with chat(
                    loket
                ) as line:  # each from a browser of its own: one alone may not send so many
                    assert UNREADABLE in await is_told(line, picture, name), name
                assert (await http.get(f"{loket.url}/healthz")).status_code == httpx.codes.OK
        async with chat(loket) as line:
            assert UNREADABLE not in await is_told(line, READ["JPEG"], "last")
    assert len(children(loket._process.pid)) == 1
    assert "pictures.fault" not in loket.output


async def test_the_process_of_the_office_holds_none_of_its_files_and_secrets(loket):
    async with chat(loket) as line:
        await is_told(line, READ["PNG"], "1")
    (pid,) = children(loket._process.pid)
    assert held(pid) == {"0": "socket", "1": "socket", "2": "/dev/null"}
    assert environment(pid) == b""
