"""Photos are encrypted in the store until any process reads them, also after kills."""

import pytest

from storage.people import chats
from storage.post import media
from storage.session import Writing
from storage.store import Store
from tests.support.clock import Clock

HEARD = {"channel": "web", "message_id": "p-1"}


async def chat_of(db: Writing, channel: str, address: str = "sri") -> int:
    return (await chats.meet(db, channel=channel, account="a", address=address, language="id")).id


async def kept(
    store: Store,
    *,
    channel: str = "web",
    data: bytes | None = None,
    address: str = "sri",
    source: str | None = None,
) -> int:
    async def keep(db: Writing) -> int:
        chat = await chat_of(db, channel, address)
        return await media.put(db, chat=chat, heard=HEARD, data=data, source=source)

    return await store.write(keep)


def claim(store: Store, owner: str = "me", channels: tuple[str, ...] = ("web",)):
    return store.write(lambda db: media.claim(db, owner=owner, limit=5, channels=channels))


async def test_a_photo_that_came_with_its_message_is_read_by_any_process(store: Store):
    await kept(store, data=b"\x89PNG of a receipt")
    [waiting] = await claim(store, owner="another process")
    assert (waiting.data, waiting.heard) == (b"\x89PNG of a receipt", HEARD)


async def test_a_photo_is_leased_to_one_process_until_the_lease_expires(store: Store, clock: Clock):
    row = await kept(store)
    assert [one.id for one in await claim(store)] == [row]
    assert await claim(store, owner="another process") == []
    clock.move(seconds=media.LEASE.total_seconds() + 1)
    assert [one.id for one in await claim(store, owner="another process")] == [row]
    await store.write(lambda db: media.done(db, row=row))
    clock.move(seconds=media.LEASE.total_seconds() + 1)
    assert await claim(store) == []


async def test_files_of_a_dead_worker_are_read_at_once(store: Store):
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


async def test_queued_photos_of_a_chat_are_limited_until_read(store: Store, monkeypatch):
    monkeypatch.setattr(media, "OF_CHAT", media.Room(files=2, size=100))
    first = await kept(store, data=b"1", source="203.0.113.5")
    await kept(store, data=b"2", source="203.0.113.5")
    with pytest.raises(media.NoRoom):
        await kept(store, data=b"3", source="203.0.113.5")
    await kept(store, data=b"3", source="203.0.113.5", address="budi")
    await store.write(lambda db: media.done(db, row=first))
    await kept(store, data=b"4", source="203.0.113.5")


async def test_a_chat_has_so_many_bytes_waiting_and_one_photo_always_may(store: Store, monkeypatch):
    monkeypatch.setattr(media, "OF_CHAT", media.Room(files=9, size=100))
    await kept(store, data=bytes(500), source="203.0.113.5")
    with pytest.raises(media.NoRoom):
        await kept(store, data=bytes(1), source="203.0.113.5")


async def test_quotas_of_an_address_and_of_its_ipv6_networks(store: Store, monkeypatch):
    monkeypatch.setattr(media, "OF_SOURCE", media.Room(files=2, size=100))
    for n in range(8):
        await kept(store, data=b"1", source=f"2001:db8:1:{n}00::/64", address=f"tab {n}")
    with pytest.raises(media.NoRoom):
        await kept(store, data=b"1", source="2001:db8:1:ff00::/64", address="another tab")
    await kept(store, data=b"1", source="2001:db8:2:1::/64", address="neighbour")


async def test_all_photos_that_wait_are_bounded_and_references_are_not_photos(store: Store, monkeypatch):
    monkeypatch.setattr(media, "IN_TOTAL", media.Room(files=2, size=100))
    for n in range(2):
        await kept(store, data=b"1", source=f"203.0.113.{n}", address=f"tab {n}")
    with pytest.raises(media.NoRoom):
        await kept(store, data=b"1", source="203.0.113.9", address="another tab")
    await kept(store, channel="telegram")
