"""Keys of requests that may come again, on both databases."""

import asyncio

import pytest

from bot.setup.office_file import load_office
from domain.staff.scopes import TokenScope
from storage.keeping.purge import steps
from storage.post import idempotency
from storage.post.idempotency import LEASE, ClaimLost
from storage.staff import tokens

ANSWER = {"status": 201, "body": "{}", "headers": {}}


@pytest.fixture
async def claims(store):
    """Claims a key for a token's request; the attempt is named."""
    made = {"name": "SIAK", "scopes": {TokenScope.INDEX_READ}, "actor": "system"}
    token = await store.write(lambda db: tokens.create(db, **made))
    staff = (await store.read(lambda db: tokens.find(db, token=token))).member.id

    async def claim(owner, *, key="k", request="r", answer=None):
        async def work(db):
            claimed = await idempotency.claim(db, staff=staff, key=key, request=request, owner=owner)
            if claimed.row and answer:
                await idempotency.keep(db, row=claimed.row, owner=owner, answer=answer)
            return claimed

        return await store.write(work)

    return claim


async def test_of_simultaneous_claims_one_works_and_the_others_get_its_answer(claims):
    found = await asyncio.gather(*(claims(f"attempt {place}", answer=ANSWER) for place in range(6)))
    assert [one.answer for one in found if one.row is None] == [ANSWER] * 5


async def test_a_claim_without_an_answer_keeps_others_busy_until_its_lease_ends(store, clock, claims):
    first = await claims("first")
    assert (await claims("second")).refused == "busy"
    assert (await claims("second", request="other")).refused == "other"
    clock.move(seconds=LEASE.total_seconds())
    assert (await claims("second")).row == first.row
    late = {"row": first.row, "owner": "first"}
    with pytest.raises(ClaimLost):
        await store.write(lambda db: idempotency.keep(db, **late, answer=ANSWER))
    await store.write(lambda db: idempotency.let_go(db, **late))
    assert (await claims("third")).refused == "busy"


async def test_a_key_given_back_is_free_but_a_kept_answer_stays(store, claims):
    first = await claims("first")
    await store.write(lambda db: idempotency.let_go(db, row=first.row, owner="first"))
    second = await claims("second", request="corrected", answer=ANSWER)
    await store.write(lambda db: idempotency.let_go(db, row=second.row, owner="second"))
    assert (await claims("third", request="corrected")).answer == ANSWER


async def test_an_answer_is_repeated_for_a_day(store, clock, claims):
    await claims("first", answer=ANSWER)
    clock.move(hours=23)
    assert (await claims("second")).answer == ANSWER
    clock.move(hours=2)
    assert (await claims("third", request="other")).row
    clock.move(hours=25)
    step = steps(clock.now, load_office(None).retention)["answers of the API"]
    assert await store.write(step) == 1
