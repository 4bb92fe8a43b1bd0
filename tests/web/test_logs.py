"""Logs hold what an operator needs and nothing that belongs to a person."""

import asyncio
import io
import json
import logging

import pytest
import structlog

from bot.setup.logs import LogLimit, mask, masked, set_up_logs
from bot.setup.office_file import load_office

NIK = "3516010101900001"


@pytest.fixture
def written():
    root = logging.getLogger()
    before = (root.handlers, root.level)
    stream = io.StringIO()
    set_up_logs(level="DEBUG", stream=stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers, root.level = before
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


@pytest.mark.parametrize(
    "secret",
    [
        NIK,
        "3516 0101 0190 0001",
        "3516.010101.900001",
        "35-16-01-010190-0001",
        "３５１６０１０１０１９００００１",
        "351601010190001",
        "nik_3516010101900001",
        "KTP3516010101900001.jpg",
        "+62 812-3456-7890",
        "0812.3456.7890",
        "(0812) 3456-7890",
        "+62 (812) 3456 7890",
        "081234567890",
        "6281234567890",
        "MJK-261102-0007-Z",
        "mjk2611020007z",
        "GOWA-261102-0007-Z",
        "123456789:AAF-abcdefghijklmnopqrstuvwxyz0123456",
        "https://api.telegram.org/bot123456789:AAF-abcdefghijklmnopqrstuvwxyz0123456/sendMessage",
        "Authorization: Bearer EAAGm0PX4ZCpsBA",
        "https://x.invalid/?access_token=EAAGm0PX4&x=1",
        "hub.verify_token=rahasia",
    ],
)
def test_what_belongs_to_somebody_is_masked(secret: str):
    told = mask(f"before {secret} after")
    assert told.startswith("before ")
    assert told.endswith(" after")
    for part in ("0001", "0007", "7890", "AAF", "EAAG", "rahasia", "０００１"):
        assert part not in told


@pytest.mark.parametrize(
    "harmless",
    [
        "turn 4f2a9c status=200",
        "2026-11-23T02:00:00.123456Z",
        "127.0.0.1:8080",
        "100000 rows in 9.81 s",
    ],
)
def test_what_belongs_to_nobody_stays(harmless: str):
    assert mask(harmless) == harmless


def test_the_numbers_of_the_office_file_are_masked(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.setup.logs._numbers", [])
    harmless = "127.0.0.1:8080 100000 rows, 0042/KK/2026, gowa"
    own = 'prefix = "GOWA"\npattern = "[0-9]{4}/KTP/[0-9]{4}"\nexample = "0042/KTP/2026"'
    (tmp_path / "office.toml").write_text(f"[number]\n{own}\n")
    load_office(tmp_path / "office.toml")
    load_office(None)  # the sample that commands look into
    for number in (
        "GOWA-261102-0007-Z",
        "gowa 261102 0007 z",
        "gowa2611020007z",
        "0042/KTP/2026",
        "0042/ktp/2026",
    ):
        assert mask(f"no {number} here") == "no [registration number] here"
    assert mask(harmless) == harmless
    (tmp_path / "office.toml").write_text('[number]\npattern = "[0-9]*"\nexample = "1"\n')
    load_office(tmp_path / "office.toml")
    assert mask(harmless) == harmless  # an expression for anything would leave nothing to read


def test_values_are_masked_however_deep():
    assert masked({"a": [NIK, (NIK,)], NIK: {"b": int(NIK)}}) == {
        "a": ["[digits]", ["[digits]"]],
        "[digits]": {"b": "[digits]"},
    }
    assert masked([None, True, 1.5, 7302458812345678912]) == [None, True, 1.5, 7302458812345678912]

    class Odd:
        def __repr__(self) -> str:
            return f"Odd({NIK})"

    assert masked(Odd()) == "Odd([digits])"


def test_a_traceback_is_masked_after_it_became_text(written):
    log = structlog.get_logger("bot.telegram")
    try:
        raise RuntimeError(  # noqa: TRY301 (a traceback is what the test is about)
            f"POST https://api.telegram.org/bot1234567:{'A' * 35}/send for {NIK}"
        )
    except RuntimeError:
        log.exception("telegram.failed", turn="4f2a9c", text=f"cek {NIK}")
    (line,) = written()
    assert line["event"] == "telegram.failed"
    assert line["level"] == "error"
    assert line["logger"] == "bot.telegram"
    assert line["turn"] == "4f2a9c"
    assert "Traceback" in line["exception"]
    assert NIK not in json.dumps(line)
    assert "A" * 35 not in json.dumps(line)


def test_the_standard_librarys_loggers_are_masked_as_well(written):
    logging.getLogger("sqlalchemy").warning("row %s", NIK, extra={"nik": NIK})
    logging.getLogger("sqlalchemy").error("broken", exc_info=ValueError(NIK))
    assert NIK not in json.dumps(written())
    assert [line["level"] for line in written()] == ["warning", "error"]


def test_addresses_that_hold_a_token_are_not_even_written(written):
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot1:x/getMe")
    logging.getLogger("httpx").warning("slow")
    assert [line["event"] for line in written()] == ["slow"]


def test_times_are_utc_and_ids_keep_their_form(written):
    structlog.get_logger("bot").info("started", row=7302458812345678912, listen="127.0.0.1:8080")
    (line,) = written()
    assert line["timestamp"].endswith("Z")
    assert (line["row"], line["listen"]) == (7302458812345678912, "127.0.0.1:8080")


def test_libraries_log_no_details_at_the_finest_level(written):
    # aiosqlite logs each statement with its values.
    logging.getLogger("aiosqlite").debug("executing %s with %s", "SELECT …", "Ibu Wulan")
    logging.getLogger("another.package").debug("Ibu Wulan")
    structlog.get_logger("bot.web").debug("web.detail")
    logging.getLogger("another.package").info("started")
    assert [line["event"] for line in written()] == ["web.detail", "started"]


async def test_a_flood_is_one_line_at_once_and_its_count_later():
    told, late = [], asyncio.Event()

    def tell(*kind: str, count: int) -> None:
        told.append((*kind, count))
        if len(told) > 2:
            late.set()

    limit = LogLimit(tell, seconds=0.2)
    for _ in range(1000):
        limit("often")
    limit("once")
    assert told == [("often", 1), ("once", 1)]
    async with asyncio.timeout(60):
        await late.wait()
    assert told[2:] == [("often", 999)]
    limit("often")
    assert len(told) == 3, "a minute after the count, not sooner"
