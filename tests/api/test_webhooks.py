"""Targets of webhooks are managed over the API: the secret is shown once, and each token manages its own."""

from datetime import timedelta

import pytest

from domain.webhooks.webhook import EventType
from storage.ratings import cases
from storage.staff import tokens
from storage.webhooks import deliveries, targets
from tests.api.conftest import ROW, ApiCounter, of_problem
from tests.webhooks.receiver import receiving

URL = "https://antrian.example.go.id/loket?kunci=1"


async def listed(counter: ApiCounter) -> list[targets.Target]:
    return await counter.store.read(targets.listed)


async def test_a_target_is_made_listed_rotated_and_removed(counter: ApiCounter):
    system = await counter.system("webhooks:write")
    made = await system.post("/webhooks", json={"url": URL, "events": ["case.closed", "appointment.booked"]})
    assert made.status_code == 201
    target, secret = made.json()["id"], made.json()["secret"]
    assert secret.startswith("whsec_")
    answer = await system.get("/webhooks")
    assert secret not in answer.text
    assert answer.json()["webhooks"] == [
        {
            "id": target, "url": URL, "events": ["appointment.booked", "case.closed"], "numbers": False,
            "made_at": "2026-11-23T09:00:00+07:00", "succeeded_at": None, "failing_since": None,
            "disabled_at": None, "waiting": 0, "given_up": 0,
        }
    ]  # fmt: skip
    rotated = await system.post(f"/webhooks/{target}:rotate")
    assert rotated.json()["secret"] != secret
    removed = await system.delete(f"/webhooks/{target}")
    assert (removed.status_code, {"content-type", "content-length"} & {*removed.headers}) == (204, set())
    assert of_problem(await system.delete(f"/webhooks/{target}")) == (404, "not-found")
    assert of_problem(await system.post(f"/webhooks/{target}:rotate")) == (404, "not-found")
    for action in ("webhook-added", "webhook-rotated", "webhook-removed"):
        (line,) = await counter.audited(action)
        assert line.subject == f"webhook:{target}"
        assert line.actor.startswith("staff:")


async def test_a_repeated_request_makes_one_target(counter: ApiCounter):
    system = await counter.system("webhooks:write")
    key = {"Idempotency-Key": "a"}
    answers = [await system.post("/webhooks", json={"url": URL}, headers=key) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    (target,) = await listed(counter)
    assert target.events == (*EventType,)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({}, (422, "missing")),
        ({"url": URL, "events": []}, (422, "invalid")),
        ({"url": URL, "events": ["case.burnt"]}, (422, "invalid")),
        ({"url": URL, "secret": "whsec_AAAA"}, (422, "unknown-field")),
        ({"url": "ftp://a.example"}, (422, "webhook-form")),
        ({"url": "https://user:word@a.example"}, (422, "webhook-form")),
        ({"url": "http://a.example"}, (422, "webhook-https")),
        ({"url": "https://169.254.169.254/latest"}, (422, "webhook-private")),
        ({"url": URL, "numbers": True}, (403, "scope-missing")),
    ],
)
async def test_an_unusable_order_is_a_problem_with_its_reason(counter: ApiCounter, sent, expected):
    system = await counter.system("webhooks:write")
    assert of_problem(await system.post("/webhooks", json=sent)) == expected
    assert await listed(counter) == []


async def test_an_office_has_a_limited_number_of_targets(counter: ApiCounter):
    system = await counter.system("webhooks:write")
    made = [await system.post("/webhooks", json={"url": URL}) for _ in range(targets.MOST + 1)]
    assert {one.status_code for one in made[:-1]} == {201}
    assert of_problem(made[-1]) == (409, "webhooks-full")


async def test_a_token_manages_only_its_own_targets(counter: ApiCounter):
    queue = await counter.system("webhooks:write", name="Antrian")
    village = await counter.system("webhooks:write", name="Desa")
    target = (await queue.post("/webhooks", json={"url": URL})).json()["id"]
    assert (await village.get("/webhooks")).json() == {"webhooks": []}
    assert of_problem(await village.delete(f"/webhooks/{target}")) == (404, "not-found")
    assert of_problem(await village.post(f"/webhooks/{target}:rotate")) == (404, "not-found")
    assert len(await listed(counter)) == 1


@pytest.mark.parametrize(
    ("method", "path"), [("GET", ""), ("POST", ""), ("DELETE", "/1"), ("POST", "/1:rotate")]
)
async def test_other_tokens_have_no_webhooks(counter: ApiCounter, method, path):
    reader = await counter.system("index:read")
    here = await counter.system("webhooks:write", name="Sooko", point="sooko")
    sent = {"json": {"url": URL}} if (method, path) == ("POST", "") else {}
    assert of_problem(await reader.request(method, f"/webhooks{path}", **sent)) == (403, "scope-missing")
    assert of_problem(await here.request(method, f"/webhooks{path}", **sent)) == (403, "not-allowed")


async def test_a_revoked_token_ends_its_targets(counter: ApiCounter):
    queue = await counter.system("webhooks:write", name="Antrian")
    await queue.post("/webhooks", json={"url": URL})
    await counter.store.write(lambda db: tokens.revoke(db, name="Antrian", actor="system"))
    (target,) = await listed(counter)
    assert (target.outcome, target.disabled_at) == ("token-ended", counter.clock.now)


async def test_targets_of_a_token_end_with_it_and_stay_off(counter: ApiCounter):
    day = timedelta(days=1)
    for name, url in (("Antrian", URL), ("Desa", "https://desa.example/")):
        expires = {"expires_at": counter.clock.now + day} if name == "Antrian" else {}
        system = await counter.system("webhooks:write", name=name, **expires)
        await system.post("/webhooks", json={"url": url})
    await counter.passes(hours=23)
    assert [one.outcome for one in await listed(counter)] == ["", ""]
    await counter.passes(hours=2)
    ended, other = await listed(counter)
    assert (ended.outcome, other.outcome) == ("token-ended", "")
    assert await counter.store.write(lambda db: targets.enable(db, target=ended.id, actor="staff:1"))
    await counter.passes(minutes=1)
    assert (await listed(counter))[0].disabled_at is not None


async def test_numbers_go_to_a_target_whose_token_may_read_the_register(counter: ApiCounter):
    system = await counter.system("webhooks:write", "register:read")
    await system.post("/webhooks", json={"url": URL, "numbers": True})
    await counter.imports(ROW)
    (target,) = await listed(counter)
    (event,) = await counter.store.read(lambda db: deliveries.due(db, target=target.id, limit=9))
    assert ROW["no_registrasi"] in event.body
    assert ROW["nik"] not in event.body
    (line,) = await counter.audited("webhook-added")
    assert line.details.endswith(" numbers")


@pytest.fixture
def own_network(monkeypatch):
    monkeypatch.setenv("LOKET_WEBHOOK_NETWORKS", "127.0.0.0/8")


@pytest.mark.usefixtures("own_network")
async def test_what_happens_in_the_office_arrives_at_the_target(counter: ApiCounter):
    async with receiving() as receiver:
        system = await counter.system("webhooks:write")
        made = await system.post("/webhooks", json={"url": receiver.url})
        about = {"word": "", "chat": None, "on": counter.clock.now.date(), "due_days": 5}
        opened = await counter.store.write(lambda db: cases.open_case(db, kind="complaint", **about))
        await counter.store.write(lambda db: cases.close(db, number=opened.number, by="staff:1"))
        assert "webhooks" in await counter.assembled.agenda.look()
        await counter.assembled.webhooks.send_due()
        await counter.assembled.webhooks.rest()
        (call,) = receiver.calls
        assert call.verified(made.json()["secret"])["data"] == {"case": opened.number}
