"""Smoke test of the benchmarks: answers are checked, figures are not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import pace, register
from benchmarks.botapi import parse_fields
from benchmarks.limited import Limit
from domain.office.registration import NumberFormat
from domain.people.nik import Nik

HOUSE = Path(__file__).parent.parent.parent


def bench(*parts):
    settings = {name: value for name, value in os.environ.items() if not name.startswith("LOKET_")}
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", "--quick", *parts],
        capture_output=True,
        text=True,
        cwd=HOUSE,
        env=settings,
        timeout=300,
        check=False,
    )


# Only `make torture` has the time for these; nobody else runs them but `make bench`.
LONG = [
    pytest.mark.torture,
    pytest.mark.skipif("TORTURE_BENCH" not in os.environ, reason="runs under make torture"),
]


@pytest.mark.timeout(330)
@pytest.mark.parametrize(
    "parts",
    [
        ("race", "--only", "loketi,was"),
        *(
            pytest.param(parts, marks=LONG)
            for parts in (
                ("race", "--only", "c,g"),
                ("webhooks",),
                ("api",),
                ("lookup",),
                ("seats",),
                ("pace",),
                ("offices",),
            )
        ),
    ],
)
def test_a_quick_bench_ends_with_right_answers_only(parts):
    done = bench(*parts)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "| " in done.stdout


def test_the_provider_of_the_bench_refuses_what_is_faster_than_telegram_takes():
    now = [100.0]
    limit = Limit(28, clock=lambda: now[0])
    assert [limit.wait_for(chat) for chat in range(31)] == [0] * 30 + [1]
    now[0] += 0.5
    assert limit.wait_for(31) == 1
    now[0] += 0.5
    assert limit.wait_for(31) == 0
    assert limit.wait_for(31) == 1, "one message per chat and second"
    assert (len(limit.taken), limit.refused) == (31, 3)


def test_dropped_messages_do_not_shorten_the_measured_time():
    now = [100.0]
    limit = Limit(28, clock=lambda: now[0])
    for chat in range(280):
        limit.wait_for(chat)
    lost = pace.carried_by(pace.SENDERS[-1], limit, 28, 280, [1.0, 1.3])
    assert (lost.arrived, lost.refused, lost.right) == (30, 250, False)
    assert round(lost.share, 3) == round(30 / 280, 3)
    assert round(lost.cpu_ms) == 10


def test_a_part_that_does_not_exist_is_told():
    done = bench("rce")
    assert done.returncode == 2
    assert "no such part: rce" in done.stderr


def test_the_register_of_the_bench_is_one_that_an_office_could_have():
    people = list(register.entries(0, 5_000)) + list(register.entries(9_990_000, 9_995_000))
    assert len({one.number for one in people}) == len({one.nik for one in people}) == len(people)
    for one in people[::97]:
        assert str(NumberFormat(prefix="MJK").parse(one.number)) == one.number
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
