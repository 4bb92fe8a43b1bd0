"""The bench itself: a smoke run. Its figures mean nothing here; that every answer was right does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import register
from benchmarks.botapi import parse_fields
from domain.nik import Nik
from domain.registration import RegistrationNumber

HOUSE = Path(__file__).parent.parent.parent


def bench(*parts):
    settings = {name: value for name, value in os.environ.items() if not name.startswith("LOKET_")}
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", "--quick", *parts],
        capture_output=True,
        text=True,
        cwd=HOUSE,
        env=settings,
        timeout=100,
        check=False,
    )


@pytest.mark.parametrize(
    "parts", [("race", "--only", "loketi,c,was"), ("webhooks",), ("lookup",), ("seats",)]
)
def test_a_quick_bench_ends_with_right_answers_only(parts):
    done = bench(*parts)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "| " in done.stdout


def test_a_part_that_does_not_exist_is_told():
    done = bench("rce")
    assert done.returncode == 2
    assert "no such part: rce" in done.stderr


def test_the_register_of_the_bench_is_one_that_an_office_could_have():
    people = list(register.entries(0, 5_000)) + list(register.entries(9_990_000, 9_995_000))
    assert len({one.number for one in people}) == len({one.nik for one in people}) == len(people)
    for one in people[::97]:
        assert str(RegistrationNumber.parse(one.number)) == one.number
        assert Nik.parse(one.nik).digits == one.nik


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (b"application/json", b'{"chat_id": "7", "text": "siap & diambil"}'),
        (b"application/x-www-form-urlencoded", b"chat_id=7&text=siap+%26+diambil"),
        (
            b'multipart/form-data; boundary="x1"',
            (
                b'--x1\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n7\r\n'
                b'--x1\r\nContent-Disposition: form-data; name="text"\r\n\r\nsiap & diambil\r\n--x1--\r\n'
            ),
        ),
    ],
)
def test_the_generator_reads_every_form_in_which_a_bot_speaks(content_type, body):
    assert parse_fields(content_type, body) == {"chat_id": "7", "text": "siap & diambil"}
