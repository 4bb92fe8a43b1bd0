from datetime import timedelta

from domain.people.budget import Budget
from storage.people import budgets
from storage.people.budgets import Wrong
from storage.store import Store

SRI, BUDI = b"sri", b"budi"
ABOUT, OTHER = b"nik", b"another nik"
THREE = Budget(most=3, window=timedelta(minutes=15))


async def wrong(store: Store, *askers: bytes, about: bytes = ABOUT) -> None:
    await store.write(lambda db: budgets.record_wrong(db, askers=askers or [SRI], about=about))


async def waits(store: Store, asker: bytes = SRI, budget: Budget = THREE):
    return await store.read(lambda db: budgets.refused_until_when(db, asker=asker, budget=budget))


async def counted(store: Store, *about: bytes) -> Wrong:
    return await store.read(lambda db: budgets.count_wrong(db, about=about or [ABOUT]))


async def test_too_many_wrong_pairs_block_until_the_first_is_old(store, clock):
    begun = clock.now
    for _ in range(3):
        assert await waits(store) is None
        await wrong(store)
        clock.move(minutes=1)
    assert await waits(store) == begun + THREE.window
    assert await waits(store, BUDI) is None
    clock.move(minutes=12)
    assert await waits(store) is None


async def test_an_address_that_many_share_has_a_larger_budget(store):
    for _ in range(3):
        await wrong(store, SRI, BUDI)
    assert await waits(store, SRI) is not None
    assert await waits(store, BUDI, THREE.times(20)) is None


async def test_a_wrong_pair_counts_once_however_many_asked(store, clock):
    await wrong(store, SRI, BUDI)
    await wrong(store, about=OTHER)
    assert await counted(store) == Wrong(about=1, total=2)
    clock.move(minutes=61)
    assert await counted(store) == Wrong(about=1, total=0)
    clock.move(hours=23)
    assert await counted(store) == Wrong(about=0, total=0)


async def test_while_a_key_is_rotated_both_indexes_count(store):
    await wrong(store, about=ABOUT)
    await wrong(store, about=OTHER)
    assert (await counted(store, ABOUT, OTHER)).about == 2
