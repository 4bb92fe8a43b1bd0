"""Console codes, locks and passkeys, on both databases."""

import asyncio

import pytest
from sqlalchemy import select

from domain.staff import pin
from domain.staff.roles import Role
from storage.keeping import rotation
from storage.people import chats
from storage.post import errands
from storage.schema import staff as staff_table
from storage.schema import staff_sessions
from storage.staff import locks, passkeys, sessions, staff
from storage.staff.sessions import Limits
from storage.store import Store
from storage.vault import Vault

LIMITS = Limits()
HASHED = pin.hash_pin("274915", salt=bytes(16))
BROWSER = "a browser"


async def invited(store, name="Ibu Wulan"):
    await store.write(lambda db: staff.invite(db, name=name, role=Role.OFFICER, actor="system"))
    return await store.read(lambda db: staff.find(db, name=name))


@pytest.fixture
async def wulan(store):
    return await invited(store)


async def session_of(store, token):
    return await store.write(lambda db: sessions.session_of(db, token=token, limits=LIMITS))


async def with_pin(store, member):
    token = await store.write(lambda db: sessions.open_session(db, member=member.id, device="Chrome, Linux"))
    await store.write(lambda db: locks.set_pin(db, member=member.id, hashed=HASHED, limits=LIMITS))
    return token


async def add_key(store, member, credential="abc"):
    given = {
        "member": member.id,
        "credential": credential,
        "public_key": "def",
        "name": "HP",
        "limits": LIMITS,
    }
    return await store.write(lambda db: passkeys.add(db, **given))


async def test_the_chat_of_a_console_code_is_told_once_of_its_use(store, wulan):
    meeting = {"channel": "telegram", "account": "bot", "address": "1", "language": "id"}
    chat = (await store.write(lambda db: chats.meet(db, **meeting))).id
    code = await store.write(lambda db: staff.give_console_code(db, member=wulan.id, chat=chat))
    enters = {"code": code, "asker": b"x", "device": "Chrome, Linux"}
    found = await asyncio.gather(*(store.write(lambda db: staff.redeem_code(db, **enters)) for _ in range(3)))
    assert sorted(one is not None for one in found) == [False, False, True]
    (told,) = await store.read(lambda db: errands.due(db, channels=["telegram"], limit=9))
    assert (told.conversation, told.argument.partition(" ")[2]) == (staff.CONSOLE_ENTERED, "Chrome, Linux")


async def test_idling_locks_only_who_can_unlock(store, clock, wulan):
    token = await with_pin(store, wulan)
    other = await invited(store, "Pak Joko")
    plain = await store.write(lambda db: sessions.open_session(db, member=other.id))
    clock.move(minutes=30)
    assert (await session_of(store, token)).locked
    assert await session_of(store, plain) is None
    clock.move(hours=11, minutes=30)
    assert await session_of(store, token) is None


async def test_simultaneous_tries_get_no_more_than_five(store, clock, wulan):
    token = await with_pin(store, wulan)
    clock.move(minutes=31)
    session = await session_of(store, token)
    taken = await asyncio.gather(
        *(store.write(lambda db: locks.take_try(db, session=session)) for _ in range(8))
    )
    assert sorted(one.left for one in taken if one is not None) == [0, 1, 2, 3, 4]
    assert {one.hashed for one in taken if one is not None} == {HASHED}
    assert await store.write(lambda db: locks.unlock(db, session=session, how="pin"))
    assert not (await session_of(store, token)).locked
    assert await store.read(lambda db: locks.tries_left(db, session=session)) == pin.TRIES


async def test_a_session_that_ended_is_not_unlocked(store, clock, wulan):
    token = await with_pin(store, wulan)
    clock.move(minutes=31)
    session = await session_of(store, token)
    (other,) = await store.read(lambda db: sessions.sessions_of(db, member=wulan.id))
    assert (other.device, other.locked) == ("Chrome, Linux", True)
    assert await store.write(lambda db: sessions.close_own(db, member=wulan.id, label=other.label))
    assert not await store.write(lambda db: locks.unlock(db, session=session, how="pin"))
    assert await store.write(lambda db: locks.take_try(db, session=session)) is None


@pytest.mark.parametrize("label", ["", "xyz", "00ff", "é"])
async def test_a_label_of_no_session_ends_nothing(store, wulan, label):
    token = await with_pin(store, wulan)
    assert not await store.write(lambda db: sessions.close_own(db, member=wulan.id, label=label))
    assert await session_of(store, token) is not None


async def test_a_first_key_revives_no_session_that_had_ended(store, clock, wulan):
    token = await store.write(lambda db: sessions.open_session(db, member=wulan.id))
    clock.move(minutes=31)
    assert await add_key(store, wulan)
    assert await session_of(store, token) is None


async def test_a_key_is_its_owners_and_there_are_ten_at_most(store, wulan):
    other = await invited(store, "Pak Joko")
    for number in range(passkeys.MOST):
        assert await add_key(store, wulan, f"key{number}")
    assert not await add_key(store, wulan, "one more")
    assert not await add_key(store, other, "key0")
    found = await store.read(lambda db: passkeys.find(db, credential="key0"))
    assert found.member == wulan.id
    assert not await store.write(lambda db: passkeys.remove(db, member=other.id, passkey=found.id))
    assert await store.write(lambda db: passkeys.remove(db, member=wulan.id, passkey=found.id))
    assert await store.read(lambda db: passkeys.find(db, credential="key0")) is None


async def test_revoking_takes_keys_and_pin(store, wulan):
    await with_pin(store, wulan)
    await add_key(store, wulan)
    await store.write(lambda db: staff.revoke(db, name=wulan.name, actor="system"))
    assert await store.read(lambda db: passkeys.passkeys_of(db, member=wulan.id)) == []
    assert await store.read(lambda db: locks.pin_of(db, member=wulan.id)) is None


async def test_a_challenge_is_bound_and_counts_once_among_simultaneous_uses(store, clock):
    async def ours(given, purpose=passkeys.ENTER, browser=BROWSER):
        async def look(db):
            return await passkeys.is_ours(db, given, purpose=purpose, browser=browser)

        return await store.read(look)

    async def make(db):
        return await passkeys.challenge(db, purpose=passkeys.ENTER, browser=BROWSER)

    given = await store.read(make)
    assert await ours(given)
    assert not await ours(given, purpose=passkeys.UNLOCK)
    assert not await ours(given, browser="another")
    for bent in (
        b"",
        given[:20],
        given[:-1],
        given + b"x",
        bytes(len(given)),
        given[:16] + b"\xff" * 5 + given[21:],
    ):
        assert not await ours(bent)
    used = await asyncio.gather(
        *(store.write(lambda db: passkeys.use_challenge(db, given)) for _ in range(4))
    )
    assert sorted(used) == [False, False, False, True]
    clock.move(seconds=passkeys.CHALLENGE_LASTS.total_seconds())
    assert not await ours(given)


async def test_keys_and_pins_survive_a_rotation(database_url, clock):
    old, new = bytes(range(32)), bytes(range(32, 64))

    async def pause():
        await asyncio.sleep(0)

    first = await Store.open(database_url, vault=Vault([old]), clock=clock)
    member = await invited(first)
    await with_pin(first, member)
    await add_key(first, member)
    await first.close()
    both = await Store.open(database_url, vault=Vault([new, old]), clock=clock)
    await rotation.rotate(both, kept_days=8, pause=pause)
    await both.close()
    after = await Store.open(database_url, vault=Vault([new]), clock=clock)
    found = await after.read(lambda db: passkeys.find(db, credential="abc"))
    assert (found.credential, found.public_key) == ("abc", "def")
    assert await after.read(lambda db: locks.pin_of(db, member=member.id)) == HASHED
    await after.close()


async def test_neither_pin_nor_key_stands_plain_in_the_store(store, wulan):
    await with_pin(store, wulan)
    await add_key(store, wulan, "recognisable-credential")
    rows = await store.read(lambda db: db.rows(select(staff_table.c.pin)))
    assert all(HASHED.encode() not in row.pin for row in rows)
    (line,) = await store.read(lambda db: db.rows(select(staff_sessions.c.device)))
    assert line.device == "Chrome, Linux"
