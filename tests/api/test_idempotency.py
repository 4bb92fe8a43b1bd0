"""Idempotency-Key: a request counts once, and its answer is repeated for a day."""

import asyncio

import pytest
from sqlalchemy import select

from storage.keeping.purge import steps
from storage.schema import api_answers
from tests.api.conftest import ROW, ApiCounter, of_problem

CLOSURE = {"date": "2026-12-01", "point": "sooko", "reason": "Rapat Bupati"}
KEY = {"Idempotency-Key": "closing-1"}


async def test_a_repeated_request_gets_the_first_answer(counter: ApiCounter):
    system = await counter.system()
    batch = {"rows": [ROW]}
    for path, body in (("/closures", CLOSURE), ("/applications:batch", batch)):
        key = {"Idempotency-Key": f"of {path}".replace(" ", "-")}
        first = await system.post(path, json=body, headers=key)
        again = await system.post(path, json=body, headers=key)
        assert (again.status_code, again.content) == (first.status_code, first.content)
        assert "idempotent-replayed" not in first.headers
        assert again.headers["idempotent-replayed"] == "true"
    assert (await counter.count("closures"), await counter.count("imports")) == (1, 1)


async def test_a_key_belongs_to_one_request_of_one_token(counter: ApiCounter):
    system, other = await counter.system(), await counter.system(name="Lain")
    await system.post("/closures", json=CLOSURE, headers=KEY)
    for path, body in (("/closures", {**CLOSURE, "reason": "Lain"}), ("/announcements", {})):
        answer = await system.post(path, json=body, headers=KEY)
        assert of_problem(answer) in [(422, "idempotency-other"), (422, "missing")]
    assert (await other.post("/closures", json=CLOSURE, headers=KEY)).headers.get(
        "idempotent-replayed"
    ) is None


async def test_of_simultaneous_requests_with_a_key_one_counts(counter: ApiCounter):
    system = await counter.system()
    sent = {"name": "Siap", "text": "Sudah jadi.", "status": "PRINTED"}
    answers = await asyncio.gather(*(system.post("/announcements", json=sent, headers=KEY) for _ in range(5)))
    assert {one.status_code for one in answers} <= {201, 409}
    assert await counter.count("announcements") == 1
    assert (await system.post("/announcements", json=sent, headers=KEY)).status_code == 201
    assert await counter.count("announcements") == 1


async def test_a_refused_request_may_be_corrected_with_its_key(counter: ApiCounter):
    system = await counter.system()
    refused = await system.post("/closures", json={**CLOSURE, "point": "mars"}, headers=KEY)
    assert refused.status_code == 422
    assert (await system.post("/closures", json=CLOSURE, headers=KEY)).status_code == 201
    many = {"rows": [{**ROW, "status": "?", "no_registrasi": f"MJK-{n}"} for n in range(12)]}
    key = {"Idempotency-Key": "batch"}
    assert (await system.post("/applications:batch", json={**many, "x": 1}, headers=key)).status_code == 422
    assert (await system.post("/applications:batch", json=many, headers=key)).status_code == 200


async def test_an_answer_is_sealed_and_forgotten_after_a_day(counter: ApiCounter):
    system = await counter.system()
    await system.post("/closures", json=CLOSURE, headers=KEY)
    (row,) = await counter.store.read(lambda db: db.rows(select(api_answers)))
    assert b"sooko" not in row.answer
    assert b"closing" not in bytes(row.key_index)
    counter.clock.move(hours=25)
    step = steps(counter.clock.now, counter.office.retention)["answers of the API"]
    assert await counter.store.write(step) == 1


@pytest.mark.parametrize("key", ["", "a b", "x" * 256])
async def test_an_odd_key_is_refused(counter: ApiCounter, key: str):
    system = await counter.system()
    answer = await system.post("/closures", json=CLOSURE, headers={"Idempotency-Key": key})
    assert of_problem(answer) == (400, "idempotency-key")
