"""The watch beside Patroni: what it kills or gives up, and what it leaves alone."""

import base64
import importlib.util
import json
import os
import shutil
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

HA = Path(__file__).parents[2] / "deploy" / "ha"
yaml = pytest.importorskip("yaml")
PROGRAMS = max(
    Path("/usr/lib/postgresql").glob("*/bin/pg_isready"), default=Path("/nowhere/pg_isready")
).parent
# What a server says that recovers from a crash.
STARTING = b"SFATAL\0C57P03\0Mthe database system is starting up\0\0"
LEASE = "7587893"
needs_server = pytest.mark.skipif(not PROGRAMS.is_dir(), reason="PostgreSQL's programs are not installed")


def _module():
    spec = importlib.util.spec_from_file_location("patroni_watch", HA / "patroni_watch.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def watch(monkeypatch):
    """The module, with waits as short as pg_isready can be told."""
    module = _module()
    monkeypatch.setattr(module, "ANSWER_SECONDS", 1)
    monkeypatch.setattr(module, "LOOKS", 1)
    monkeypatch.setattr(module, "HUNG_SECONDS", 0.5)
    monkeypatch.setattr(module, "SILENT_SECONDS", 0.0)
    return module


@pytest.fixture
def postgres(tmp_path) -> Iterator[subprocess.Popen]:
    """A process with a child that a data folder names as its server."""
    command = ["sh", "-c", "sleep 600 & echo; wait", "postgres"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    process.stdout.readline()  # now it has its child
    (tmp_path / "postmaster.pid").write_text(f"{process.pid}\n")
    children = _children(process.pid)
    yield process
    process.stdout.close()
    for one in (process.pid, *children):
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
    process.wait()


def _children(number: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{number}/task/{number}/children").read_text().split()]


@pytest.fixture
def server(watch, postgres, tmp_path):
    """The server behind the port of `line`."""
    line = socket.create_server(("127.0.0.1", 0))
    place = f"127.0.0.1:{line.getsockname()[1]}"
    line.close()
    found = watch.Server(
        {"data_dir": str(tmp_path), "bin_dir": str(PROGRAMS), "connect_address": place, "name": "pg1"}
    )
    found.place = ("127.0.0.1", int(place.rpartition(":")[2]))
    return found


@contextmanager
def refusing(place) -> Iterator[None]:
    """A server that answers every connection that it starts up."""
    line = socket.create_server(place)

    def answer() -> None:
        while True:
            try:
                connection, _ = line.accept()
            except OSError:
                return
            with connection:
                connection.recv(1024)
                connection.sendall(b"E" + (len(STARTING) + 4).to_bytes(4) + STARTING)

    threading.Thread(target=answer, daemon=True).start()
    try:
        yield
    finally:
        line.shutdown(socket.SHUT_RDWR)
        line.close()


@needs_server
def test_a_server_that_stops_answering_is_killed_with_its_children(server, postgres):
    assert not server.is_hung()  # nobody listens, which Patroni sees itself
    with socket.create_server(server.place):  # takes connections, as the kernel does for a stopped process
        assert server.is_hung()
        server.kill()
    assert postgres.wait() == -signal.SIGKILL
    postgres.stdout.read()  # ends with the last process that could write there


@needs_server
def test_a_server_that_starts_or_recovers_is_left_alone(server, postgres):
    with refusing(server.place):
        assert [server.is_hung() for _ in range(3)] == [False] * 3
    assert postgres.poll() is None


@needs_server
def test_a_server_that_never_answered_is_left_to_patroni(server):
    with socket.create_server(server.place):
        assert [server.is_hung() for _ in range(3)] == [False] * 3


class Cluster(ThreadingHTTPServer):
    """etcd of this machine, and Patroni of the machine pg2."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.seconds_left, self.answers, self.majority, self.paused = 5, False, True, False
        self.revoked: list[str] = []

    @property
    def keys(self) -> list[dict[str, str]]:
        address = f"http://127.0.0.1:{self.server_port}/patroni"
        found = {
            "config": json.dumps({"ttl": 20, "pause": self.paused}),
            "leader": "pg2",
            "members/pg1": json.dumps({"api_url": "http://127.0.0.1:1/patroni"}),
            "members/pg2": json.dumps({"api_url": address}),
        }
        leases = {"members/pg1": "11", "members/pg2": LEASE, "leader": LEASE}
        return [
            {"key": _coded(f"/service/loket/{key}"), "value": _coded(value), "lease": leases.get(key, "0")}
            for key, value in found.items()
        ]


class Answers(BaseHTTPRequestHandler):
    server: Cluster

    def do_GET(self) -> None:
        self._answer({}, 200 if self.path == "/liveness" and self.server.answers else 503)

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/v3/lease/revoke":
            self.server.revoked.append(asked["ID"])
        told = {
            "/v3/kv/range": {"kvs": self.server.keys},
            "/v3/lease/timetolive": {"TTL": str(self.server.seconds_left), "grantedTTL": "20"},
            "/v3/lease/revoke": {},
        }
        self._answer(told[self.path], 200 if self.server.majority else 503)

    def _answer(self, told: object, code: int) -> None:
        self.send_response(code)
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *_: object) -> None:
        pass


def _coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    server = Cluster()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def looking(watch, cluster, tmp_path):
    """The watch of machine pg1, whose own server needs nothing."""
    (tmp_path / "pg_isready").symlink_to(shutil.which("true"))
    text = (HA / "patroni.yml").read_text().replace("SELF_NAME", "pg1").replace("SELF_ADDRESS", "127.0.0.1")
    config = yaml.safe_load(text.replace("10.0.0.11:2379", f"127.0.0.1:{cluster.server_port}"))
    config["postgresql"] |= {"data_dir": str(tmp_path), "bin_dir": str(tmp_path)}
    return watch.Watch(config)


def test_a_silent_machine_that_renews_nothing_loses_its_lease(looking, cluster, capsys):
    looking.look()
    assert cluster.revoked == [LEASE]
    assert "pg2" in capsys.readouterr().out


def test_a_watch_that_stood_still_itself_gives_nobody_up_at_once(looking, cluster, watch, monkeypatch):
    """Its etcd stood still, too, and tells old figures for a moment."""
    monkeypatch.setattr(watch, "LOOKS", 2)
    looking.look()
    assert cluster.revoked == []
    cluster.answers = True
    looking.look()
    cluster.answers = False
    looking.look()
    assert cluster.revoked == []
    looking.look()
    assert cluster.revoked == [LEASE]


def test_a_machine_that_etcd_hears_keeps_its_lease(looking, cluster):
    cluster.seconds_left = 19
    looking.look()
    assert cluster.revoked == []


def test_a_machine_that_answers_keeps_its_lease(looking, cluster, watch, monkeypatch):
    monkeypatch.setattr(watch, "SILENT_SECONDS", 60.0)
    looking.look()
    cluster.answers = True
    looking.look()
    assert cluster.revoked == []


def test_without_the_majority_of_etcd_nobody_is_given_up(looking, cluster):
    cluster.majority = False
    looking.look()
    assert cluster.revoked == []


def test_a_paused_cluster_is_left_alone(looking, cluster):
    cluster.paused = True
    looking.look()
    assert cluster.revoked == []


def test_nobody_is_given_up_before_it_has_stopped_itself():
    """Patroni's own rule for `ttl`, which the watch shortens."""
    watch, config = _module(), yaml.safe_load((HA / "patroni.yml").read_text())
    rules = config["bootstrap"]["dcs"]
    stopped = rules["loop_wait"] + 2 * rules["retry_timeout"]
    assert stopped <= watch.SILENT_SECONDS < rules["ttl"]
    assert 2 * rules["loop_wait"] == watch.RENEWED_SECONDS
    restarted = rules["ttl"] - config["watchdog"]["safety_margin"]
    assert rules["loop_wait"] + rules["retry_timeout"] < restarted < watch.SILENT_SECONDS
