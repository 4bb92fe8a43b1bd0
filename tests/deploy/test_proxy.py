"""deploy/proxy/ as it is installed: nginx with TLS in front of two processes, and both web servers' own checks."""

import json
import os
import re
import shutil
import subprocess
import threading
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from websockets.asyncio.client import connect

from bot.api.door import ApiDoor
from bot.console.site import Console
from storage.vault import Vault
from tests.cli.test_run import wait_until_ready
from tests.deploy.web_server import NGINX, PROXY, make_certificate, nginx
from tests.support import forked
from tests.support.ports import free_port

CADDY = shutil.which("caddy")
NAME, OTHER = "konawe.example.go.id", "bombana.example.go.id"
NIK = "7402015708900001"  # invented
NUMBER = "MJK-261102-0007-Z"
KEY = Vault.new_key()
SMALL_BYTES = 4 * 2**20  # what both web servers permit everywhere
FILES = [
    path for path, most in {**Console.larger_bodies, **ApiDoor.larger_bodies}.items() if most > SMALL_BYTES
]


class Echo(BaseHTTPRequestHandler):
    """Stands for an office: answers with the headers that it got."""

    def do_GET(self):
        body = json.dumps(dict(self.headers)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Keep the test's output quiet."""


@contextmanager
def echo():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@contextmanager
def office(folder, database_url, port):
    folder.mkdir()
    environment = {
        "PATH": os.environ["PATH"], "LOKET_DATABASE_URL": database_url, "LOKET_SECRET_KEY": KEY,
        "LOKET_PUBLIC_URL": f"https://{NAME}",
    }  # fmt: skip
    with (folder / "log").open("wb") as log:
        process = forked.start(
            "run", "--listen", f"127.0.0.1:{port}", folder=folder, environment=environment, out=log, told=log
        )
    try:
        wait_until_ready(lambda: process.returncode is not None, port)
        yield process
    finally:
        process.kill()
        process.join(30)


class Outside:
    """A client who knows the names and the certificate, and reaches nginx on its test ports."""

    def __init__(self, fronts, trust):
        self.https, self.http = fronts
        self.trust = trust
        self._client = httpx.AsyncClient(verify=trust, trust_env=False, timeout=60)

    async def asks(self, method, path, *, name=NAME, **more):
        headers = {"Host": name, **more.pop("headers", {})}
        return await self._client.request(
            method, f"https://127.0.0.1:{self.https}{path}",
            headers=headers, extensions={"sni_hostname": name}, **more,
        )  # fmt: skip

    async def asks_plainly(self, path):
        return await self._client.get(f"http://127.0.0.1:{self.http}{path}", headers={"Host": NAME})

    def chat(self):
        return connect(
            f"wss://{NAME}/chat", host="127.0.0.1", port=self.https, ssl=self.trust,
            server_hostname=NAME, origin=f"https://{NAME}", proxy=None,
        )  # fmt: skip

    async def says(self, text):
        async with self.chat() as chat:
            await chat.send(json.dumps({"id": f"proxy-{text}", "text": text}))
            while (got := json.loads(await chat.recv()))["op"] != "say":
                pass
            return got["text"]


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
async def test_nginx_serves_two_processes_and_survives_the_loss_of_one(tmp_path, postgres_only):
    ports, fronts = (free_port(), free_port()), (free_port(), free_port())
    trust = make_certificate(tmp_path, NAME, OTHER)
    with ExitStack() as stack:
        first, _ = (stack.enter_context(office(tmp_path / str(port), postgres_only, port)) for port in ports)
        told = stack.enter_context(echo())
        stack.enter_context(nginx(tmp_path, fronts, {"konawe": ports, "bombana": (told,)}))
        outside = Outside(fronts, trust)
        await _passes_what_it_should(outside)
        await _tells_who_asks(outside)
        first.kill()
        first.join(30)
        pages = [(await outside.asks("GET", "/kepuasan")).status_code for _ in range(20)]
        assert pages == [200] * 20
        assert await outside.says("/menu")
    log = (tmp_path / "var/log/nginx/loket.log").read_text()
    assert "GET /staf/register" in log
    assert "GET /api/v1/applications/-/stage" in log
    assert NIK not in log
    assert NUMBER not in log


async def _passes_what_it_should(outside):
    plain = await outside.asks_plainly("/kepuasan?x=1")
    assert (plain.status_code, plain.headers["location"]) == (301, f"https://{NAME}/kepuasan?x=1")
    page = await outside.asks("GET", "/")
    assert page.status_code == 200
    assert await outside.says("/menu")
    assert (await outside.asks("GET", "/metrics")).status_code == 404
    assert (await outside.asks("GET", f"/staf/register?q={NIK}", follow_redirects=False)).status_code < 500
    for number in (NUMBER, NIK, f"{NUMBER.replace('-', '%2F')}/x"):
        await outside.asks("GET", f"/api/v1/applications/{number}")
        await outside.asks("GET", f"/api/v1/applications/{number}/stage")
    large = {"content": b"x" * (5 * 2**20), "headers": {"Content-Type": "application/octet-stream"}}
    assert (await outside.asks("POST", "/whatsapp/webhook", **large)).status_code == 413
    # Here nginx lets it pass, and Loket refuses what comes without a session or token.
    for path in FILES:
        refused = await outside.asks("POST", path, **large)
        assert refused.status_code != 413, path
        assert "nginx" not in refused.text


async def _tells_who_asks(outside):
    forged = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "gopher"}
    seen = (await outside.asks("GET", "/", name=OTHER, headers=forged)).json()
    assert seen["X-Forwarded-For"].split(", ") == ["203.0.113.9", "127.0.0.1"]  # Loket believes the last one
    assert (seen["X-Forwarded-Proto"], seen["Host"]) == ("https", OTHER)


@pytest.mark.skipif(CADDY is None, reason="caddy is not installed")
def test_caddy_finds_no_fault_in_its_file(tmp_path):
    (passed,) = re.findall(r"@files path (.*)", (PROXY / "Caddyfile").read_text())
    assert sorted(passed.split()) == sorted(FILES)
    done = subprocess.run(
        [CADDY, "validate", "--adapter", "caddyfile", "--config", str(PROXY / "Caddyfile")],
        env={**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr
