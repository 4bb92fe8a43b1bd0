"""Retention: `loket purge` with LOKET_CLOCK_SHIFT, which pretends that time has passed."""

import asyncio

import pytest

from bot.setup.clock import wall_clock
from storage.cards import applications
from storage.people import chats, follows
from storage.store import Store
from storage.vault import Vault
from tests.storage.rows import application

DAY = 86_400


@pytest.fixture
def used(loket):
    """An office with one resident who looked an application up and follows it; it was fetched today."""
    url = f"sqlite+aiosqlite:///{loket.folder}/var/loket.db"

    async def live():
        vault = Vault.from_base64(loket.environment["LOKET_SECRET_KEY"])
        store = await Store.open(url, vault=vault, clock=wall_clock())
        await store.migrate()
        where = {"channel": "telegram", "account": "1", "address": "77", "language": "id"}
        chat = (await store.write(lambda db: chats.meet(db, **where))).id
        day = store.clock().date()
        row = await store.write(lambda db: application(db, stage="PICKED_UP", stage_on=day))
        told = {"chat": chat, "application": row, "told": "PICKED_UP", "channel": "telegram"}
        await store.write(lambda db: follows.follow(db, **told))
        await store.write(lambda db: applications._note_look_up(db, chat=chat, application=row))
        await store.close()

    asyncio.run(live())
    return loket


@pytest.mark.parametrize(
    ("days", "gone"),
    [
        (0, set()),
        (31, {"look-ups: 1"}),
        (92, {"look-ups: 1", "follows: 1"}),
        (366, {"look-ups: 1", "follows: 1", "audit: 2", "chats that nobody uses: 1"}),
    ],
)
def test_what_is_over_goes_when_the_clock_says_so(used, days, gone):
    done = used("purge", LOKET_CLOCK_SHIFT=str(days * DAY))
    assert done.code == 0
    assert set(done.out.splitlines()) == (gone or {"Nothing was old enough to be deleted."})


def test_an_office_sets_its_own_periods(used):
    (used.folder / "office.toml").write_text("[retention]\nlookups_days = 1\n")
    done = used("purge", LOKET_OFFICE="office.toml", LOKET_CLOCK_SHIFT=str(2 * DAY))
    assert "look-ups: 1" in done.out
