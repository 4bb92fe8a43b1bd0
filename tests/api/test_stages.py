"""The stage: changed only over the one that the client saw."""

import asyncio

from tests.api.conftest import NUMBER, ROW, ApiCounter, of_problem

STAGE = f"/applications/{NUMBER}/stage"
READY = {"stage": "READY_FOR_PICKUP", "date": "2026-11-22"}


async def test_a_stage_is_changed_over_the_one_that_was_seen(counter: ApiCounter):
    await counter.imports(ROW)
    system = await counter.system("applications:read", "applications:write")
    seen = (await system.get(STAGE)).headers["etag"]
    done = await system.put(STAGE, json=READY, headers={"If-Match": seen})
    assert (done.status_code, done.json()["stage"]) == (200, "READY_FOR_PICKUP")
    assert done.headers["etag"] == (await system.get(STAGE)).headers["etag"] != seen
    late = await system.put(STAGE, json={"stage": "PICKED_UP"}, headers={"If-Match": seen})
    assert of_problem(late) == (412, "if-match-failed")
    assert late.headers["etag"] == done.headers["etag"]
    (line,) = await counter.audited("stage-changed")
    assert line.actor.startswith("staff:")


async def test_without_if_match_nothing_is_changed(counter: ApiCounter):
    await counter.imports(ROW)
    system = await counter.system("applications:read", "applications:write")
    assert of_problem(await system.put(STAGE, json=READY)) == (428, "if-match-missing")
    weak = await system.put(
        STAGE, json=READY, headers={"If-Match": f"W/{(await system.get(STAGE)).headers['etag']}"}
    )
    assert of_problem(weak) == (412, "if-match-failed")
    assert (await system.put(STAGE, json=READY, headers={"If-Match": "*"})).status_code == 200


async def test_an_unreadable_if_match_is_told_from_a_lost_race(counter: ApiCounter):
    await counter.imports(ROW)
    system = await counter.system("applications:read", "applications:write")
    for odd in ("2Z", "W/2Z", "", '"a" b', '*, "a"'):
        answer = await system.put(STAGE, json=READY, headers={"If-Match": odd})
        assert of_problem(answer) == (422, "invalid"), odd
        assert answer.json()["field"] == "If-Match"
    seen = (await system.get(STAGE)).headers["etag"]
    # Some proxies join headers with empty elements, which count as nothing (RFC 9110, 5.6.1).
    for several in (f",{seen},", f'"other" ,, {seen}'):
        answer = await system.put(STAGE, json={"stage": "PRINT_READY"}, headers={"If-Match": several})
        assert answer.status_code == 200, several


async def test_of_two_changes_at_once_one_is_told_to_look_again(counter: ApiCounter):
    await counter.imports(ROW)
    system = await counter.system("applications:read", "applications:write")
    seen = {"If-Match": (await system.get(STAGE)).headers["etag"]}
    stages = ("READY_FOR_PICKUP", "WAITING_BLANK")
    answers = await asyncio.gather(*(system.put(STAGE, json={"stage": one}, headers=seen) for one in stages))
    assert sorted(one.status_code for one in answers) == [200, 412]


async def test_an_older_or_future_day_needs_a_reason(counter: ApiCounter):
    await counter.imports(ROW)
    system = await counter.system("applications:write")
    every = {"If-Match": "*"}
    older = await system.put(STAGE, json={"stage": "PRINTED", "date": "2026-11-01"}, headers=every)
    assert of_problem(older) == (409, "day-older")
    ahead = await system.put(STAGE, json={"stage": "PRINTED", "date": "2027-01-01"}, headers=every)
    assert of_problem(ahead) == (422, "day-ahead")
    sure = await system.put(
        STAGE, json={"stage": "PRINTED", "date": "2026-11-01", "sure": True}, headers=every
    )
    assert sure.json()["since"] == "2026-11-01"


async def test_followers_are_told_of_a_stage_set_by_a_program(counter: ApiCounter):
    await counter.open()
    await counter.imports(ROW)
    sri = counter.resident("Sri")
    await sri.says(f"{NUMBER} {ROW['nik']}")
    await sri.taps("Kabari saya")
    system = await counter.system("applications:write")
    await system.put(STAGE, json=READY, headers={"If-Match": "*"})
    await counter.passes(seconds=counter.office.push.hold_seconds + 1)
    sri.hears("siap diambil")
    await counter.close()
