"""`loket run`: starts, says it is ready, ends when it is told to."""

import hmac
import signal
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest
import typer

from bot.__main__ import _plain_run
from bot.cli.commands import app
from bot.cli.run import shown_database
from bot.setup.settings import Settings
from tests.support import forked
from tests.support.ports import free_port


def wait_until_ready(has_ended, port):
    """Ask /readyz until it says yes; the process must not have ended meanwhile."""
    until = time.monotonic() + 90
    while time.monotonic() < until:
        assert not has_ended()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=60) as answer:
                return answer.read()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
    raise AssertionError("not ready within 90 s")


@contextmanager
def started(loket, port):
    """A running `loket run` process."""
    process = subprocess.Popen(
        loket.command("run", "--listen", f"127.0.0.1:{port}"),
        cwd=loket.folder, env=loket.environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        wait_until_ready(lambda: process.poll() is not None, port)
        yield process
    finally:
        process.kill()
        process.communicate(timeout=30)


@contextmanager
def running(loket, port, **settings):
    """Loket while something else happens."""
    with (loket.folder / "run.log").open("wb") as log:
        process = forked.start(
            "run", "--listen", f"127.0.0.1:{port}",
            folder=loket.folder, environment={**loket.environment, **settings}, out=log, told=log,
        )  # fmt: skip
        try:
            wait_until_ready(lambda: process.returncode is not None, port)
            yield process
        finally:
            process.kill()
            process.join(30)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_a_signal_ends_it_in_good_order(loket, number):
    port, loket.environment["LOKET_LOG_LEVEL"] = free_port(), {2: "WARNING", 15: "info"}[number]
    loket.environment["LOKET_OFICE"] = "office.toml"
    with started(loket, port) as process:
        process.send_signal(number)
        out, told = process.communicate(timeout=30)
    assert "LOKET_OFICE is set, but there is no such setting. Do you mean LOKET_OFFICE?" in told
    assert "The office is the shipped sample" in told
    assert process.returncode == 0
    assert "Traceback" not in out + told
    assert out.splitlines() == [
        f"Listening at http://127.0.0.1:{port}/", "Channels: web", "Database: SQLite, var/loket.db",
    ]  # fmt: skip
    assert ("app.stopping" in told) == (number == signal.SIGTERM)


def test_a_taken_port_is_one_sentence(loket):
    port = free_port()
    with running(loket, port):
        ended = loket("run", "--listen", f"127.0.0.1:{port}")
    assert ended.code == 1
    assert ended.is_one_sentence(), ended.told
    assert str(port) in ended.told


def test_it_runs_on_either_database_and_migrates_only_the_file(new_folder, database_url):
    with running(new_folder, free_port(), LOKET_DATABASE_URL=database_url):
        assert new_folder("staff", "list", LOKET_DATABASE_URL=database_url).code == 0


def test_the_address_of_the_database_is_shown_without_account_and_password():
    query = "host=a:5432&host=b:5433&target_session_attrs=primary"
    shown = {
        url: shown_database(Settings(_env_file=None, database_url=f"postgresql+asyncpg://{url}"))
        for url in ("ali:rahasia@db:5433/loket", f"ali:rahasia@/loket?{query}", "/loket")
    }
    assert [*shown.values()] == [
        "PostgreSQL, loket at db:5433",
        "PostgreSQL, loket at a:5432, b:5433",
        "PostgreSQL, loket at the local socket",
    ]


@pytest.mark.postgres
def test_an_old_schema_on_postgresql_is_told_with_the_way_out(loket, postgres_server):
    url = postgres_server.url(postgres_server.create())
    for words in (["run"], ["staff", "list"]):
        ended = loket(*words, LOKET_DATABASE_URL=url)
        assert ended.code == 1
        assert ended.is_one_sentence(), ended.told
        assert "loket migrate" in ended.told
    assert "loket migrate" in loket("check", LOKET_DATABASE_URL=url).out
    assert loket("migrate", LOKET_DATABASE_URL=url).code == 0
    assert loket("staff", "list", LOKET_DATABASE_URL=url).code == 0


def test_commands_work_beside_it_on_the_same_file(loket):
    with running(loket, free_port()):
        assert loket("staff", "invite", "Ibu Wulan", "--role", "admin").code == 0
        assert loket("purge").code == 0
        assert "Ibu Wulan" in loket("staff", "list").out


WHATSAPP = {
    "LOKET_WHATSAPP_TOKEN": "a",
    "LOKET_WHATSAPP_PHONE_NUMBER_ID": "1065403522",
    "LOKET_WHATSAPP_APP_SECRET": "b",
    "LOKET_WHATSAPP_VERIFY_TOKEN": "c",
    "LOKET_WHATSAPP_API_BASE": "http://127.0.0.1:9",
}


def test_whatsapp_s_webhook_is_served_beside_the_pages(loket):
    port = free_port()
    asked = "hub.mode=subscribe&hub.verify_token=c&hub.challenge=4711"
    with running(loket, port, **WHATSAPP):
        assert "Channels: web, whatsapp (webhook)\n" in (loket.folder / "run.log").read_text()
        address = f"http://127.0.0.1:{port}/whatsapp/webhook"
        with urllib.request.urlopen(f"{address}?{asked}", timeout=60) as answer:
            assert answer.read() == b"4711"
        with pytest.raises(urllib.error.HTTPError) as forged:
            urllib.request.urlopen(address, data=b"{}", timeout=60)
        assert forged.value.code == 401
        batch = b'{"entry": [%s]}' % (b" " * 3_000_000)  # Meta's bodies have up to 3 MB
        signature = "sha256=" + hmac.digest(b"b", batch, "sha256").hex()
        signed = urllib.request.Request(address, batch, {"X-Hub-Signature-256": signature})
        with urllib.request.urlopen(signed, timeout=60) as answer:
            assert answer.status == 200


@pytest.mark.parametrize("name", ["LOKET_WHATSAPP_PHONE_NUMBER_ID", "LOKET_WHATSAPP_APP_SECRET"])
def test_whatsapp_does_not_start_without_what_it_needs(loket, name):
    ended = loket("run", "--listen", f"127.0.0.1:{free_port()}", **{**WHATSAPP, name: None})
    assert ended.code == 1
    assert ended.is_one_sentence(), ended.told
    assert name in ended.told


def test_run_is_read_without_the_command_lines_parser_exactly_as_with_it():
    parameters = {name for one in typer.main.get_command(app).commands["run"].params for name in one.opts}
    for option in parameters:
        assert _plain_run(["run", option, "x"]) == {option: "x"}
    assert _plain_run(["run"]) == {}
    for words in (
        ["run", "--help"],
        ["run", "--only"],
        ["run", "--only", "--listen"],
        ["check"],
        ["--help"],
        [],
    ):
        assert _plain_run(words) is None, words
