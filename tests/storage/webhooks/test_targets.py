"""Targets end with the token that made them; addresses and secrets are sealed."""

from datetime import timedelta

from sqlalchemy import select

from domain.staff.scopes import TokenScope
from domain.webhooks.webhook import EventType
from storage.schema import staff, webhook_targets
from storage.staff import tokens
from storage.webhooks import targets

URL = "https://hooks.example/in?kunci=RAHASIA"


async def made(store, *, by: str = "system") -> tuple[int, str]:
    return await store.write(
        lambda db: targets.add(db, url=URL, events=[*EventType], numbers=False, actor=by)
    )


async def test_targets_of_an_expired_token_are_disabled_and_no_others(store, clock):
    expires = {"scopes": [TokenScope.WEBHOOKS_WRITE], "expires_at": clock.now + timedelta(days=1)}
    await store.write(lambda db: tokens.create(db, name="Antrian", actor="system", **expires))
    token = await store.read(lambda db: db.scalar(select(staff.c.id)))
    ended, _ = await made(store, by=f"staff:{token}")
    await made(store)
    await made(store, by="staff:1")
    for _ in range(2):
        await store.write(targets.disable_of_ended)
        assert [one.disabled_at for one in await store.read(targets.listed)] == [None] * 3
        clock.move(hours=11)
    clock.move(days=1)
    await store.write(targets.disable_of_ended)
    assert [one.id for one in await store.read(targets.listed) if one.disabled_at] == [ended]


async def test_neither_address_nor_secret_is_stored_readably(store):
    target, secret = await made(store)
    await store.write(lambda db: targets.rotate(db, target=target, actor="system"))
    row = await store.read(lambda db: db.one(select(webhook_targets)))
    stored = b" ".join(bytes(value) for value in (row.url, row.secret, row.secret_before))
    assert b"RAHASIA" not in stored
    assert secret.encode() not in stored
    (shown,) = await store.read(targets.listed)
    assert shown.url == URL
    assert "RAHASIA" not in repr(shown)
