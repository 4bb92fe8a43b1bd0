import pytest
from sqlalchemy import func, select

from domain import codec
from storage.people import chats, follows
from storage.schema import chats as chat_rows
from storage.schema import consents
from storage.schema import follows as follow_rows
from storage.store import Store
from tests.storage.rows import application


@pytest.fixture
async def chat(store: Store) -> int:
    met = await store.write(
        lambda db: chats.meet(db, channel="web", account="loket", address="sri", language="id")
    )
    return met.id


async def count(store: Store, table, *conditions) -> int:
    query = select(func.count()).select_from(table).where(*conditions)
    return await store.read(lambda db: db.scalar(query))


async def follow(store: Store, chat: int, row: int, told: str = "PRINT_READY") -> bool:
    return await store.write(
        lambda db: follows.follow(db, chat=chat, application=row, told=told, channel="web")
    )


async def test_following_twice_changes_nothing(store, chat):
    row = await store.write(application)
    assert await follow(store, chat, row) is False
    assert await follow(store, chat, row, told="PRINTED") is False
    assert await count(store, follow_rows) == await count(store, consents) == 1
    told = await store.read(lambda db: db.scalar(select(follow_rows.c.told)))
    assert told == "PRINT_READY"


async def test_the_list_stands_in_the_order_it_was_made(store, chat, clock):
    made = []
    for number in range(3):
        row = await store.write(
            lambda db, n=number: application(db, number=f"N-{n}", nik=f"351699410790010{n}")
        )
        made.insert(0, row)
    for row in made:
        clock.move(seconds=1)
        await follow(store, chat, row)
    listed = await store.read(lambda db: follows.followed_by(db, chat=chat))
    assert [one.application for one in listed] == made
    assert listed[0].name == "S*** A***"
    assert codec.load(type(listed[0]), codec.dump(listed[0])) == listed[0]


async def test_unfollow_removes_the_application_from_the_list(store, chat):
    row = await store.write(application)
    await follow(store, chat, row)
    await store.write(lambda db: follows.unfollow(db, chat=chat, application=row))
    assert await store.read(lambda db: follows.followed_by(db, chat=chat)) == []


async def test_stopping_withdraws_the_consent_and_following_gives_it_again(store, chat, clock):
    row = await store.write(application)
    await follow(store, chat, row)
    await store.write(lambda db: follows.stop(db, chat=chat))
    assert await count(store, chat_rows, chat_rows.c.stopped_why == "resident") == 1
    assert await count(store, consents, consents.c.withdrawn_at.is_(None)) == 0
    assert await follow(store, chat, row) is True
    assert await count(store, chat_rows, chat_rows.c.stopped_at.is_not(None)) == 0
    assert await count(store, consents, consents.c.kind == "updates") == 2
    assert await count(store, consents, consents.c.kind == "ratings") == 1, "that no stands for good"


async def started(store: Store, chat: int) -> str:
    return await store.write(lambda db: follows.start_again(db, chat=chat, channel="web"))


async def test_a_first_start_a_later_one_and_one_after_stopping(store, chat, clock):
    assert await started(store, chat) == "new"
    clock.move(seconds=1)
    assert await started(store, chat) == "known"
    await store.write(lambda db: follows.stop(db, chat=chat))
    assert await started(store, chat) == "known", "there is no news to send"
    await follow(store, chat, await store.write(application))
    await store.write(lambda db: follows.stop(db, chat=chat))
    assert await started(store, chat) == "resumed"
    assert await count(store, consents, consents.c.withdrawn_at.is_(None)) == 1


async def test_a_start_of_a_chat_that_is_gone_is_a_first_one(store):
    assert await started(store, 12) == "new"
