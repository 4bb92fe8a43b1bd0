"""A release is sealed with notes, checksums and a signature.

`make audit` asks about every locked library and fails on a known vulnerability. The database is a stand-in on 127.0.0.1.
"""

import json
import os
import re
import shutil
import subprocess
import threading
import tomllib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / ".venv-release" / "release.lock"
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-release.lock")


class Osv(ThreadingHTTPServer):
    """A database of known vulnerabilities that speaks OSV's query interface (google.github.io/osv.dev/post-v1-query)."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Query)
        self.asked: set[tuple[str, str]] = set()
        self.vulnerable: str | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1/query"


class _Query(BaseHTTPRequestHandler):
    server: Osv

    def do_POST(self) -> None:
        query = json.loads(self.rfile.read(int(self.headers["content-length"])))
        name, version = query["package"]["name"], query["version"]
        self.server.asked.add((name, version))
        found = {
            "vulns": [
                {
                    "id": "OSV-2026-1",
                    "summary": "An invented hole.",
                    "affected": [{"package": query["package"], "versions": [version]}],
                }
            ]
        }
        body = json.dumps(found if name == self.server.vulnerable else {}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Print nothing."""


@pytest.fixture
def osv():
    with Osv() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def make(*words: str) -> subprocess.CompletedProcess[str]:
    # What was handed to the outer make (options, ARGS=…) is not for this one.
    outer = ("MAKE", "ARGS", "MINISIGN")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(outer)}
    return subprocess.run(
        ["make", *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def audit(url: str) -> subprocess.CompletedProcess[str]:
    if not TOOLS.exists():
        assert "CI" not in os.environ, "in CI the tools of `make release` must be there"
        pytest.skip("the tools are not installed: make release")
    return make("audit", f"OSV_URL={url}")


def locked() -> set[tuple[str, str]]:
    text = "\n".join((ROOT / name).read_text() for name in LOCKS)
    return set(re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE))


def test_the_audit_asks_about_every_locked_library(osv):
    done = audit(osv.url)
    assert done.returncode == 0, done.stderr
    missing = locked() - osv.asked
    assert {name for name, _ in missing} <= {"colorama", "pywin32", "winloop"}  # for Windows alone


def test_the_audit_fails_and_names_a_library_with_a_known_hole(osv):
    osv.vulnerable = "aiohttp"
    done = audit(osv.url)
    assert done.returncode != 0
    assert "aiohttp" in done.stdout
    assert "make lock" in done.stderr


def test_the_audit_says_so_when_the_database_is_not_reached():
    done = audit("http://127.0.0.1:9/v1/query")
    assert done.returncode != 0
    assert "was not reached" in done.stderr


@pytest.fixture
def built(tmp_path):
    """A folder with what `make release` has built."""
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "loket.whl").write_text("a wheel")
    return tmp_path / "dist"


def test_a_release_without_a_key_has_notes_and_checksums(built):
    done = make("seal", f"DIST={built}")
    assert done.returncode == 0, done.stderr
    assert "Not signed: name a secret key with MINISIGN_KEY=FILE" in done.stdout
    notes = (built / "RELEASE_NOTES.md").read_text()
    assert notes.startswith("## ")
    assert notes.count("\n## ") == 0
    assert "### Added" in notes
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=built, capture_output=True, check=False)
    assert checked.returncode == 0
    assert b"loket.whl" in checked.stdout
    assert b"RELEASE_NOTES.md" in checked.stdout


def test_a_release_is_signed_with_the_key_that_is_named(built, tmp_path):
    if shutil.which("minisign") is None:
        assert "CI" not in os.environ, "CI needs minisign; .ci/run installs it"
        pytest.skip("minisign is not installed")
    key, public = tmp_path / "loket.key", tmp_path / "loket.pub"
    subprocess.run(["minisign", "-G", "-W", "-s", key, "-p", public], check=True, capture_output=True)
    done = make("seal", f"DIST={built}", f"MINISIGN_KEY={key}")
    assert done.returncode == 0, done.stderr
    assert "Not signed" not in done.stdout
    verify = ["minisign", "-V", "-p", public, "-m", built / "SHA256SUMS"]
    assert b"Loket" in subprocess.run(verify, check=True, capture_output=True).stdout
    (built / "SHA256SUMS").write_text("other")
    assert subprocess.run(verify, check=False, capture_output=True).returncode != 0


def test_a_key_that_is_not_there_fails_the_release(built):
    assert make("seal", f"DIST={built}", "MINISIGN_KEY=/no/such.key").returncode != 0


def test_every_distribution_has_the_same_version():
    own, demo = (
        tomllib.loads((ROOT / name).read_text())["project"]
        for name in ("pyproject.toml", "demo/pyproject.toml")
    )
    assert demo["version"] == own["version"]
    assert demo["dependencies"] == [f"loket=={own['version']}"]
    assert own["optional-dependencies"]["demo"] == [f"loket-demo=={own['version']}"]
