"""Several processes share one account's pace: one holds the lease, another takes over when it dies."""

import os

import pytest

from bot.channels import CAPS
from bot.sending.leases import Paces
from bot.sending.pacer import Pacer
from bot.setup.processes import may_live
from storage.post import paces
from tests.support.resident import Phone

HOLD = {"channel": "telegram", "account": "7000000001", "replies_per_second": 0.0}


async def holds(store, holder, *, replies=0.0, **how):
    asked = HOLD | {"replies_per_second": replies}
    return await store.write(lambda db: paces.hold(db, holder=holder, **asked, **how))


async def test_one_process_speaks_first_and_knows_what_the_others_reply(store):
    assert await holds(store, "a") == 0
    assert await holds(store, "b", replies=3.5) is None
    assert await holds(store, "c", replies=1.5) is None
    assert await holds(store, "a") == 5.0


async def test_each_account_has_a_pace_of_its_own(store):
    assert await holds(store, "a") == 0
    other = HOLD | {"account": "7000000002"}
    assert await store.write(lambda db: paces.hold(db, holder="b", **other)) == 0


async def test_a_holder_that_dies_is_followed_within_thirty_seconds(store, clock):
    assert await holds(store, "a") == 0
    waited = 0
    while await holds(store, "b") is None:
        clock.move(seconds=paces.RENEW_SECONDS)
        waited += paces.RENEW_SECONDS
    assert waited <= 30
    assert await holds(store, "a") is None


async def test_a_holder_that_is_known_to_be_dead_is_followed_at_once(store):
    assert await holds(store, "a") == 0
    assert await holds(store, "b", alive=lambda holder: holder != "a") == 0


async def test_a_process_that_ends_in_order_is_followed_at_once(store):
    assert await holds(store, "a") == 0
    await store.write(lambda db: paces.let_go(db, holder="a"))
    assert await holds(store, "b") == 0


async def test_what_a_dead_process_replied_is_forgotten(store, clock):
    assert await holds(store, "a") == 0
    assert await holds(store, "b", replies=9.0) is None
    clock.move(seconds=10)
    assert await holds(store, "a") == 9.0
    clock.move(seconds=6)
    assert await holds(store, "a") == 0


class Paced(Phone):
    """A channel with a pacer, whose clock a test moves."""

    account = "7000000001"

    def __init__(self, seconds) -> None:
        super().__init__(CAPS["telegram"])
        self.pacer = Pacer(rate=28, clock=seconds)


@pytest.fixture
def seconds(clock):
    return lambda: clock.now.timestamp()  # noqa: PLW0108 (the moment moves)


async def test_a_process_uses_its_pace_only_while_it_can_renew_its_lease(store, clock, seconds):
    mine, other = (
        Paces(store=store, channels={"telegram": Paced(seconds)}, monotonic=seconds, holder=name)
        for name in ("elsewhere/1/a", "elsewhere/2/b")
    )
    assert not mine.ours("telegram")
    assert mine.ours("web")
    await mine.renew()
    await other.renew()
    assert (mine.ours("telegram"), other.ours("telegram")) == (True, False)
    clock.move(seconds=14.5)  # as if the database had been away
    assert not mine.ours("telegram")
    clock.move(seconds=1)
    await other.renew()
    await mine.renew()
    assert (mine.ours("telegram"), other.ours("telegram")) == (False, True)
    await other.let_go()
    await mine.renew()
    assert mine.ours("telegram")


async def test_the_holder_leaves_room_for_the_others_replies(store, clock, seconds):
    phones = Paced(seconds), Paced(seconds)
    mine, other = (
        Paces(store=store, channels={"telegram": phone}, monotonic=seconds, holder=f"elsewhere/{n}/x")
        for n, phone in enumerate(phones)
    )
    await mine.renew()
    await other.renew()
    phones[1].pacer.replies += 40
    clock.move(seconds=4)
    await other.renew()
    await mine.renew()
    assert 1 / phones[0].pacer._every == pytest.approx((28 - 10) * 0.996)


def test_only_processes_of_this_machine_can_be_known_to_be_dead():
    mine = Paces(store=None, channels={}).holder
    machine = mine.split("/")[0]
    assert may_live("elsewhere/1/abcd")
    assert may_live(f"{machine}/{os.getppid()}/abcd")
    assert not may_live(f"{machine}/{os.getpid()}/abcd")  # it died, and we got its number after it
    assert not may_live(f"{machine}/4194304/abcd")  # no process has such a number
