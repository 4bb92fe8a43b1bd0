"""The door: no token no API; tokens, scopes and limits."""

import gzip
import time
from datetime import timedelta

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from structlog.testing import capture_logs

from bot.http.rates import Buckets, Rate
from bot.importing.rows import check
from storage.session import StoreDown
from storage.staff import staff, tokens
from tests.api.conftest import NUMBER, ROW, ApiCounter, of_problem

ONE = f"/applications/{NUMBER}"


async def test_without_a_token_there_is_no_api(counter: ApiCounter):
    stranger = counter.client()
    for path in (ONE, "/openapi.json", "/docs", "/nonsense"):
        assert of_problem(await stranger.get(path)) == (404, "not-found")


async def test_a_token_opens_the_door_and_its_revocation_closes_it(counter: ApiCounter):
    await counter.imports(ROW)
    system = await counter.system("applications:read")
    assert (await system.get(ONE)).status_code == 200
    assert of_problem(await counter.client().get(ONE)) == (401, "unauthorized")
    assert of_problem(await counter.client("loket_wrong").get(ONE)) == (401, "unauthorized")
    assert await counter.store.write(lambda db: tokens.revoke(db, name="SIAK", actor="system"))
    assert of_problem(await system.get(ONE)) == (404, "not-found")


async def test_a_token_revoked_during_its_batch_changes_nothing(counter: ApiCounter, monkeypatch):
    await counter.token(name="Lain")
    system = await counter.system("applications:write")

    async def revoked_meanwhile(*args: object, **named: object) -> object:
        await counter.store.write(lambda db: tokens.revoke(db, name="SIAK", actor="system"))
        return await check(*args, **named)

    monkeypatch.setattr("bot.api.views.applications.check", revoked_meanwhile)
    answer = await system.post("/applications:batch", json={"rows": [ROW]})
    assert of_problem(answer) == (401, "unauthorized")
    assert await counter.count("applications") == 0


async def test_an_expired_token_is_refused(counter: ApiCounter):
    system = await counter.system(expires_at=counter.clock.now + timedelta(days=1))
    assert (await system.get(ONE)).status_code == 404
    counter.clock.move(days=2)
    assert of_problem(await system.get(ONE)) == (401, "unauthorized")


async def test_a_missing_scope_is_refused_and_audited(counter: ApiCounter):
    system = await counter.system("index:read")
    answer = await system.get(ONE)
    assert of_problem(answer) == (403, "scope-missing")
    assert "applications:read" in answer.json()["title"]
    (line,) = await counter.audited("refused")
    assert line.subject == "action:see-register"


async def test_a_token_is_stored_only_as_its_digest(counter: ApiCounter):
    token = await counter.token("index:read")
    file = (counter._folder / "loket.db").read_bytes() + (counter._folder / "loket.db-wal").read_bytes()
    assert token.encode() not in file
    (line,) = await counter.audited("token-created")
    assert line.details == "index:read"


async def test_nobody_can_be_invited_as_a_token_or_act_as_one(counter: ApiCounter):
    await counter.token("applications:write", name="Endang")
    assert await counter.store.read(staff.list_staff) == []
    assert await counter.store.read(lambda db: staff.find(db, name="Endang")) is None
    assert await counter.store.write(lambda db: staff.revoke(db, name="Endang", actor="system")) is False


async def test_requests_of_a_token_are_limited(counter: ApiCounter):
    system = await counter.system("applications:read", per_minute=12)
    answers = [await system.get(ONE) for _ in range(4)]
    assert [one.status_code for one in answers] == [404, 404, 429, 429]
    assert answers[-1].headers["retry-after"] == "5"


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/nonsense", (404, "not-found")),
        ("DELETE", ONE, (405, "method-not-allowed")),
        ("GET", "/applications/a%00b", (404, "not-found")),
    ],
)
async def test_odd_requests_get_a_problem(counter: ApiCounter, method, path, expected):
    system = await counter.system()
    assert of_problem(await system.request(method, path)) == expected


@pytest.mark.parametrize("path", ["/imports", "/applications:batch"])
async def test_a_compressed_body_is_refused_before_it_is_read(counter: ApiCounter, path: str):
    system = await counter.system()
    sent = b"no_registrasi,nik\n" if path == "/imports" else b'{"rows": [{}]}'
    kind = {"content-type": "text/csv" if path == "/imports" else "application/json"}
    for coding in ("gzip", "br", "identity, gzip"):
        answer = await system.post(
            path, content=gzip.compress(sent), headers={**kind, "content-encoding": coding}
        )
        assert of_problem(answer) == (415, "content-encoding")
        assert answer.headers["accept-encoding"] == "identity"
    plain = await system.post(path, content=sent, headers={**kind, "content-encoding": "Identity"})
    assert plain.is_success
    assert await counter.count("jobs") == (path == "/imports")


async def test_only_a_body_that_may_come_again_is_told_when(counter: ApiCounter):
    """Retry-After would tell a client to send the same large body again."""
    system = await counter.system()
    for path, size in (("/applications:batch", 3 * 1024 * 1024), ("/closures", 300 * 1024)):
        json = {"content-type": "application/json"}
        answer = await system.post(path, content=b" " * size, headers=json)
        assert of_problem(answer) == (413, "too-large")
        assert "retry-after" not in answer.headers


async def test_of_two_headers_where_one_belongs_neither_counts(counter: ApiCounter):
    token, client = await counter.token(), counter.client()
    own = ("Authorization", f"Bearer {token}")
    for headers in ([own, ("Authorization", "Bearer x")], [("Authorization", "Bearer x"), own]):
        assert of_problem(await client.get(ONE, headers=headers)) == (401, "unauthorized")
    keys = [own, ("Idempotency-Key", "a"), ("Idempotency-Key", "b")]
    closure = {"date": "2026-12-01", "point": "sooko"}
    answer = await client.post("/closures", json=closure, headers=keys)
    assert of_problem(answer) == (400, "idempotency-key")


async def test_problems_speak_the_language_of_the_request(counter: ApiCounter):
    await counter.token()
    indonesian = await counter.client(**{"Accept-Language": "fr, id;q=0.5"}).get(ONE)
    english = await counter.client(**{"Accept-Language": "en-GB"}).get(ONE)
    assert "Token tidak dikenal" in indonesian.json()["title"]
    assert "The token is unknown" in english.json()["title"]


async def test_a_fault_is_told_without_a_word_of_the_request(counter: ApiCounter, monkeypatch):
    async def broken(*_: object, **__: object) -> None:
        raise ValueError(ROW["nik"])

    monkeypatch.setattr("bot.api.views.applications.check", broken)
    system = await counter.system("applications:write")
    with capture_logs() as logs:
        answer = await system.post("/applications:batch", json={"rows": [ROW]})
    assert of_problem(answer) == (500, "fault")
    assert [(one["event"], one["fault"]) for one in logs] == [("api.request_failed", "ValueError")]
    assert ROW["nik"] not in f"{logs}{answer.text}"


async def test_without_the_store_a_client_is_asked_to_come_again(counter: ApiCounter, monkeypatch):
    async def down(*_: object, **__: object) -> None:
        raise StoreDown

    system = await counter.system("applications:read", "applications:write")
    assert (await system.get(ONE)).status_code == 404
    monkeypatch.setattr(counter.store, "write", down)
    monkeypatch.setattr(counter.store, "read", down)
    for path in (ONE, "/docs"):
        answer = await system.get(path)
        assert of_problem(answer) == (503, "unavailable")
        assert answer.headers["retry-after"]


async def test_a_source_without_a_valid_token_is_slowed(counter: ApiCounter, monkeypatch):
    await counter.token()
    monkeypatch.setattr(counter.assembled.app._api.app, "strangers", Rate(per_minute=1, burst=1))
    monkeypatch.setattr(counter.assembled.app._api.app, "factor", 2)
    stranger = counter.client("loket_wrong")
    answers = [(await stranger.get(ONE)).status_code for _ in range(4)]
    assert answers == [401, 401, 429, 429]


async def test_what_needs_no_token_counts_against_its_source(counter: ApiCounter, monkeypatch):
    """The document has 80 KB, and every answer costs a look into the database."""
    monkeypatch.setattr(counter.assembled.app._api.app, "strangers", Rate(per_minute=1, burst=2))
    monkeypatch.setattr(counter.assembled.app._api.app, "factor", 1)
    stranger = counter.client()
    assert [(await stranger.get("/docs")).status_code for _ in range(3)] == [404, 404, 429]
    program = await counter.system("applications:read")
    for path in ("/openapi.json", "/docs", "/nonsense"):
        counter.assembled.app._api.app.buckets = Buckets(time.monotonic)
        answers = [await stranger.get(path) for _ in range(3)]
        assert of_problem(answers[2]) == (429, "too-many-requests")
        assert {one.status_code for one in answers[:2]} == {404 if path == "/nonsense" else 200}
        assert (await program.get(ONE)).status_code == 404
    assert (await stranger.patch(ONE)).status_code == 429


async def test_programs_beside_one_with_a_wrong_token_are_served(counter: ApiCounter, monkeypatch):
    system = await counter.system("applications:read")
    assert (await system.get(ONE)).status_code == 404
    monkeypatch.setattr(counter.assembled.app._api.app, "strangers", Rate(per_minute=1, burst=1))
    monkeypatch.setattr(counter.assembled.app._api.app, "factor", 1)
    stranger = counter.client("loket_wrong")
    assert [(await stranger.get(ONE)).status_code for _ in range(2)] == [401, 429]
    assert (await system.get(ONE)).status_code == 404
    await counter.token(name="Lain")
    await counter.store.write(lambda db: tokens.revoke(db, name="SIAK", actor="system"))
    assert [(await system.get(ONE)).status_code for _ in range(2)] == [401, 429]


async def test_requests_are_counted_by_their_route_and_never_by_their_address(counter: ApiCounter):
    system = await counter.system("applications:read")
    async with httpx.AsyncClient(base_url=counter.url) as operator:
        await system.get(ONE)
        await system.get(f"/applications/{ROW['nik']}")
        await system.get(f"/{ROW['nik']}")
        await counter.client("loket_wrong").get("/overview")
        await system.get("/openapi.json")
        await system.post("/applications:batch", content=b" " * (3 * 1024 * 1024))
        told = (await operator.get("/metrics")).text
    counted = {
        (one.labels["route"], one.labels["status"]): one.value
        for family in text_string_to_metric_families(told)
        for one in family.samples
        if one.name == "loket_api_requests_total"
    }
    assert counted == {
        ("GET /applications/{number}", "4xx"): 2,
        ("other", "4xx"): 2,
        ("GET /overview", "4xx"): 1,
        ("GET /openapi.json", "2xx"): 1,
    }
    assert 'loket_api_seconds_count{office="' in told
    assert NUMBER not in told
    assert ROW["nik"] not in told
