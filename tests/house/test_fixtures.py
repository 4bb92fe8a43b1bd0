"""The fixtures that other tests rely on."""

from sqlalchemy import func, select

from storage.schema import applications
from storage.session import Reading
from storage.store import Store
from tests.support.clock import Clock


async def test_a_store_is_empty_migrated_and_on_the_test_clock(store: Store, clock: Clock):
    async def look(db: Reading) -> tuple[int, object]:
        return await db.scalar(select(func.count()).select_from(applications)), db.now

    assert await store.is_current()
    assert await store.read(look) == (0, clock.now)
