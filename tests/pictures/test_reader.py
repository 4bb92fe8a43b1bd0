"""Only a separate process, which can be killed, opens pictures from outside."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.pictures import decoder
from bot.pictures.reader import AT_ONCE, PictureReader
from tests.pictures.samples import EPS, NUMBER, READ, REFUSED

PLAYED = """
import importlib.util, json, os, sys, time
spec = importlib.util.spec_from_file_location("decoder", {decoder!r})
decoder = importlib.util.module_from_spec(spec)
spec.loader.exec_module(decoder)
opened = decoder.text_on


def played(data):
    if data == b"hang":
        while True:
            time.sleep(3600)
    if data == b"busy":
        while True:
            pass
    if data == b"crash":
        os.abort()
    if data == b"memory":
        bytearray(1024 * 1024 * 1024)
    if data == b"chatter":
        os.write(1, b"x" * 1000)
    if data == b"who":
        return json.dumps([os.getpid(), os.getsid(0), dict(os.environ), sorted(os.listdir("/proc/self/fd"))])
    return opened(data)


decoder.text_on = played
decoder.SECONDS = {seconds}
decoder._limit_all()
decoder._serve(sys.stdin.buffer, sys.stdout.buffer)
"""
LONG = 60.0


@pytest.fixture
def reading(tmp_path: Path):
    """A reader whose process can be told to hang, to crash, or who it is."""

    @asynccontextmanager
    async def reading(*, seconds: float = LONG, kernel: int = 60) -> AsyncIterator[PictureReader]:
        script = tmp_path / "played.py"
        script.write_text(PLAYED.format(decoder=decoder.__file__, seconds=kernel))
        opened = PictureReader(seconds=seconds, command=(sys.executable, "-I", str(script)))
        yield opened
        await opened.close()

    return reading


async def who(reader: PictureReader) -> tuple[int, int, dict[str, str], list[str]]:
    said = await reader.text_on(b"who")
    assert said is not None
    return tuple(json.loads(said))


def limits_of(pid: int) -> dict[str, list[str]]:
    lines = Path(f"/proc/{pid}/limits").read_text().splitlines()
    return {line[:26].strip(): line[26:].split()[:2] for line in lines}


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


async def test_pictures_of_three_kinds_are_read_by_one_process():
    reader = PictureReader(seconds=LONG)
    try:
        assert {name: await reader.text_on(data) for name, data in READ.items()} == dict.fromkeys(
            READ, NUMBER
        )
        assert len(reader._all) == 1
    finally:
        await reader.close()


async def test_a_false_picture_is_refused_and_the_next_one_is_read():
    reader = PictureReader(seconds=LONG)
    try:
        assert await reader.text_on(READ["PNG"]) == NUMBER
        (worker,) = reader._all
        for name, data in REFUSED.items():
            assert await reader.text_on(data) is None, name
            assert await reader.text_on(READ["JPEG"]) == NUMBER, name
        assert reader._all == {worker}, "none of them ended the process"
        assert worker.asked == 1 + 2 * len(REFUSED)
    finally:
        await reader.close()


async def test_a_picture_above_its_limit_never_reaches_the_process():
    reader = PictureReader()
    assert await reader.text_on(bytes(decoder.LARGEST_BYTES + 1)) is None
    assert reader._all == set()


def test_no_picture_starts_a_program(tmp_path, monkeypatch):
    """Pillow opens EPS with Ghostscript, if it opens it."""
    (tmp_path / "gs").write_text(f"#!/bin/sh\ntouch {tmp_path}/started\n")
    (tmp_path / "gs").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert decoder.text_on(EPS) is None
    assert not (tmp_path / "started").exists()


async def test_a_decoder_that_hangs_is_killed_and_the_next_picture_is_read(reading):
    async with reading(seconds=5.0) as reader:
        before, *_ = await who(reader)
        assert await reader.text_on(b"hang") is None
        assert not lives(before)
        assert await reader.text_on(READ["PNG"]) == NUMBER


@pytest.mark.parametrize("trouble", [b"hang", b"busy"])
async def test_the_kernel_ends_a_picture_that_takes_too_long_without_its_parent(reading, trouble):
    async with reading(kernel=1) as reader:
        before, *_ = await who(reader)
        assert await reader.text_on(trouble) is None
        assert not lives(before)
        assert await reader.text_on(READ["PNG"]) == NUMBER


@pytest.mark.parametrize("trouble", [b"crash", b"memory", b"chatter"])
async def test_a_decoder_that_breaks_is_replaced_and_the_next_picture_is_read(reading, trouble):
    async with reading() as reader:
        assert await reader.text_on(trouble) is None
        assert await reader.text_on(READ["PNG"]) == NUMBER
        assert len(reader._all) == 1


async def test_a_process_that_died_while_it_waited_costs_no_picture(reading):
    async with reading() as reader:
        before, *_ = await who(reader)
        (worker,) = reader._all
        os.kill(before, 9)
        await worker.process.wait()
        assert await reader.text_on(READ["PNG"]) == NUMBER


async def test_the_process_knows_nothing_of_its_parent(reading, monkeypatch, tmp_path):
    monkeypatch.setenv("LOKET_SECRET_KEY", "secret")
    with (tmp_path / "open").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        async with reading() as reader:
            pid, session, environment, files = await who(reader)
    assert session == pid
    assert set(environment) <= {"LC_CTYPE"}, "Python's own"
    assert files == ["0", "1", "2", "3"], "in, out, errors, and the folder that is listed"


async def test_the_process_may_take_half_a_gigabyte_and_write_no_file(reading):
    async with reading() as reader:
        pid, *_ = await who(reader)
        found = limits_of(pid)
    assert found["Max address space"] == [str(decoder.MEMORY_BYTES)] * 2
    assert found["Max file size"] == ["0", "0"]
    assert found["Max core file size"] == ["0", "0"]


async def test_many_pictures_at_once_share_a_few_processes():
    reader = PictureReader(seconds=LONG)
    try:
        read = await asyncio.gather(*(reader.text_on(READ["PNG"]) for _ in range(9)))
        assert read == [NUMBER] * 9
        assert len(reader._all) <= AT_ONCE
    finally:
        await reader.close()


async def test_a_reading_that_is_given_up_ends_its_process(reading):
    async with reading() as reader:
        before, *_ = await who(reader)
        async with asyncio.TaskGroup() as tasks:
            asked = tasks.create_task(reader.text_on(b"hang"))
            await asyncio.sleep(0)
            assert reader._idle == [], "it has the picture"
            asked.cancel()
        assert not lives(before)
        assert reader._all == set()


async def test_after_many_pictures_a_fresh_process_takes_over(reading, monkeypatch):
    monkeypatch.setattr("bot.pictures.reader._PICTURES_EACH", 2)
    async with reading() as reader:
        pids = [(await who(reader))[0] for _ in range(4)]
    assert pids[0] == pids[1] != pids[2] == pids[3]
