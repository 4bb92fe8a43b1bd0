"""Health checks and metrics."""

import asyncio
import re

import httpx
import pytest

from bot.setup.metrics import Metrics, word
from storage.session import StoreDown
from storage.store import Store
from tests.web.conftest import Site, frame

TOKEN = {"metrics_token": "t0ken"}


async def test_alive_and_ready(site: Site):
    async with site.client() as http:
        assert (await http.get("/healthz")).json() == {"alive": True}
        ready = await http.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"ready": True, "database": True, "schema": True})


async def test_alive_but_not_ready_without_a_database(site: Site, monkeypatch: pytest.MonkeyPatch):
    async def down(self):
        raise StoreDown

    monkeypatch.setattr(Store, "is_current", down)
    async with site.client() as http:
        assert (await http.get("/healthz")).status_code == 200
        ready = await http.get("/readyz")
    assert (ready.status_code, ready.json()) == (503, {"ready": False, "database": False, "schema": False})


async def test_not_ready_with_an_old_schema(site: Site, monkeypatch: pytest.MonkeyPatch):
    async def old(self):
        return False

    monkeypatch.setattr(Store, "is_current", old)
    async with site.client() as http:
        ready = await http.get("/readyz")
    assert (ready.status_code, ready.json()["database"]) == (503, True)


async def test_a_database_that_hangs_is_not_waited_for(site: Site, monkeypatch: pytest.MonkeyPatch):
    async def hang(self):
        await asyncio.Event().wait()

    monkeypatch.setattr(Store, "is_current", hang)
    monkeypatch.setattr("bot.setup.heart.WAIT_SECONDS", 0.05)
    async with site.client() as http:
        assert (await http.get("/readyz")).status_code == 503


async def test_numbers_are_for_this_machine_only(site: Site):
    site.metrics.turn(channel="web", seconds=0.01)
    async with site.client() as http, site.chat("loket=" + "s" * 43) as sri:
        await frame(sri, "ready")
        numbers = await http.get("/metrics")
        forwarded = await http.get("/metrics", headers={"X-Forwarded-For": "198.51.100.1"})
        guess = await http.get(
            "/metrics", headers={"X-Forwarded-For": "1.1.1.1", "Authorization": "Bearer x"}
        )
    assert 'loket_turns_total{channel="web",outcome="answered"} 1.0' in numbers.text
    assert "loket_web_addresses 1.0" in numbers.text
    assert numbers.headers["content-type"].startswith("text/plain")
    assert forwarded.status_code == guess.status_code == 401


@pytest.mark.parametrize(
    "sent",
    [
        {"Host": "loket.example.go.id"},
        {"Host": "192.0.2.7:8080"},
        {"X-Envoy-External-Address": "198.51.100.1"},
        {"Fly-Client-IP": "198.51.100.1"},
        {"X-Forwarded": "for=198.51.100.1"},
    ],
)
async def test_numbers_are_not_for_what_a_proxy_passes_on(site: Site, sent: dict[str, str]):
    async with site.client() as http:
        assert (await http.get("/metrics", headers=sent)).status_code == 401
        assert (await http.get("/metrics", headers={"Host": "localhost:8080"})).status_code == 200


@pytest.mark.parametrize("site", [TOKEN], indirect=True)
@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("Bearer t0ken", 200),
        ("bearer t0ken", 200),
        ("Bearer wrong", 401),
        ("t0ken", 401),
        ("Bearer tökén", 401),
    ],
)
async def test_from_elsewhere_a_token_is_needed(site: Site, sent: str, status: int):
    async with site.client() as http:
        headers = {"Via": "proxy", "Authorization": sent.encode()}
        assert (await http.get("/metrics", headers=headers)).status_code == status


@pytest.mark.parametrize("site", [{**TOKEN, "trusted_proxies": "127.0.0.2"}], indirect=True)
async def test_a_trusted_proxy_needs_the_token_like_anybody_else(site: Site):
    async with site.client(transport=httpx.AsyncHTTPTransport(local_address="127.0.0.2")) as http:
        named = {"X-Forwarded-For": "127.0.0.1"}
        assert (await http.get("/metrics", headers=named)).status_code == 401
        assert (
            await http.get("/metrics", headers={**named, "Authorization": "Bearer t0ken"})
        ).status_code == 200


def test_everything_is_counted_and_no_label_can_hold_a_number():
    metrics = Metrics()
    metrics.turn(channel="telegram", seconds=0.2, outcome="duplicate")
    metrics.refused("too-many-tries")
    metrics.refused("3516010101900001")
    metrics.parked("telegram", 1)
    metrics.alarms({"one-nik": 1, "3516010101900001": 2})
    metrics.outbox({("web", "waiting"): 3, ("web", "0812 3456 7890"): 1})
    metrics.outbox({("web", "waiting"): 2})
    written = metrics.written().decode()
    assert 'loket_refusals_total{code="too-many-tries"} 1.0' in written
    assert 'loket_refusals_total{code="other"} 1.0' in written
    assert 'loket_parked_updates{channel="telegram"} 1.0' in written
    assert 'loket_look_up_alarms{about="one-nik"} 1.0' in written
    assert 'loket_outbox{channel="web",state="waiting"} 2.0' in written
    labels = " ".join(re.findall(r"\{[^}]*\}", written))  # four digits may stand in a moment
    assert "0812" not in labels
    assert "3516" not in labels
    assert word("") == "other"
