"""Photos wait sealed in the store: whichever process reads them, and whatever was killed meanwhile."""

from storage.people import chats
from storage.post import media
from storage.store import Store, Writing
from tests.support.clock import Clock

HEARD = {"channel": "web", "message_id": "p-1"}


async def chat_of(db: Writing, channel: str) -> int:
    return (await chats.meet(db, channel=channel, account="a", address="sri", language="id")).id


async def kept(store: Store, *, channel: str = "web", data: bytes | None = None) -> int:
    async def keep(db: Writing) -> int:
        return await media.put(db, chat=await chat_of(db, channel), heard=HEARD, data=data)

    return await store.write(keep)


def claim(store: Store, owner: str = "me", channels: tuple[str, ...] = ("web",)):
    return store.write(lambda db: media.claim(db, owner=owner, limit=5, channels=channels))


async def test_a_photo_that_came_with_its_message_is_read_by_any_process(store: Store):
    await kept(store, data=b"\x89PNG of a receipt")
    [waiting] = await claim(store, owner="another process")
    assert (waiting.data, waiting.heard) == (b"\x89PNG of a receipt", HEARD)


async def test_a_photo_is_read_by_one_process_at_a_time_and_again_after_its_lease(store: Store, clock: Clock):
    row = await kept(store)
    assert [one.id for one in await claim(store)] == [row]
    assert await claim(store, owner="another process") == []
    clock.move(seconds=media.LEASE.total_seconds() + 1)
    assert [one.id for one in await claim(store, owner="another process")] == [row]
    await store.write(lambda db: media.done(db, row=row))
    clock.move(seconds=media.LEASE.total_seconds() + 1)
    assert await claim(store) == []


async def test_what_a_dead_worker_had_is_read_at_once(store: Store):
    row = await kept(store)
    await claim(store, owner="dead")
    await store.write(lambda db: media.let_go(db, alive=lambda _owner: True))
    assert await claim(store) == []
    await store.write(lambda db: media.let_go(db, alive=lambda owner: owner != "dead"))
    assert [one.id for one in await claim(store)] == [row]


async def test_a_photo_of_another_channel_is_left_alone(store: Store):
    await kept(store, channel="telegram")
    assert await claim(store, channels=("web",)) == []
    assert len(await claim(store, channels=("telegram",))) == 1
