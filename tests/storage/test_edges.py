"""Error cases of the store: another key, a lost database, a lost race."""

import asyncio
import base64
import sqlite3
from datetime import time, timedelta

import asyncpg
import pytest
from sqlalchemy import insert, literal, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, ProgrammingError

from domain.office.rules import Quiet
from storage.engines.line import Gone, lost_connections
from storage.engines.postgres import TRIES, PostgresEngine
from storage.ids import new_id
from storage.keeping import own_data
from storage.keeping.chat_merge import merge
from storage.people import chats
from storage.people.addresses import address_name
from storage.post import media, outbox, sending
from storage.ratings import cases
from storage.schema import cases as case_rows
from storage.schema import chats as chat_rows
from storage.schema import heard
from storage.schema import outbox as rows
from storage.session import Again, StoreDown, Writing
from storage.store import Store
from storage.vault import BadKey, Unreadable, Vault
from tests.support.clock import Clock

OTHER = Vault([b"another key, also of 32 bytes !!"])


async def met(db: Writing, address: str = "sri", channel: str = "telegram") -> chats.Chat:
    return await chats.meet(db, channel=channel, account="a", address=address, language="id")


def put(db: Writing, chat: int, **more):
    plan = {"channel": "telegram", "priority": outbox.PUSH, "screen": {"text": "halo"}, "due_at": db.now}
    return outbox.put(db, chat=chat, **(plan | more))


@pytest.mark.parametrize("key", ["", "no base64!", base64.b64encode(b"too short").decode()])
def test_a_key_that_is_no_key_is_refused(key: str):
    with pytest.raises(BadKey):
        Vault.from_base64(key)


def test_with_two_keys_the_old_one_writes_and_both_are_looked_up():
    new, old = Vault.new_key(), Vault.new_key()
    both, before, after = Vault.from_base64(new, old), Vault.from_base64(old), Vault.from_base64(new)
    sealed = both.seal("3516994107900001", at="applicants.nik:1")
    assert before.open(sealed, at="applicants.nik:1") == "3516994107900001"
    assert both.open(after.seal("halo", at="x:1"), at="x:1") == "halo"
    assert both.indexes("halo", of="nik") == (after.index("halo", of="nik"), before.index("halo", of="nik"))
    assert both.index("halo", of="nik") == before.index("halo", of="nik")
    with pytest.raises(Unreadable):
        after.open(sealed, at="applicants.nik:1")
    with pytest.raises(Unreadable):
        before.open(sealed, at="applicants.nik:2")


async def test_what_another_key_sealed_is_left_out_and_not_guessed(store: Store):
    async def written(db: Writing) -> tuple[int, int, int]:
        chat = (await met(db)).id
        photo = await media.put(db, chat=chat, heard={"channel": "telegram"})
        row = await put(db, chat)
        await chats.keep(
            db, chat=chat, dialogue={"v": 1}, until=timedelta(hours=1), language="id", welcomed=1
        )
        return chat, photo, row

    chat, _, row = await store.write(written)

    async def sealed_by_another(db: Writing) -> None:
        await db.run(update(chat_rows).values(dialogue=OTHER.seal("{}", at=f"chats.dialogue:{chat}")))
        await db.run(
            text("UPDATE media SET heard = :sealed"), {"sealed": OTHER.seal("{}", at="media.heard:1")}
        )
        await db.run(update(rows).values(body=OTHER.seal("{}", at=f"outbox.body:{row}")))

    await store.write(sealed_by_another)

    async def read(db: Writing):
        again = await met(db)
        photos = await media.claim(db, owner="me", limit=5, channels=["telegram"])
        body = await outbox.body_of(db, row=row, chat=chat)
        return again.dialogue, photos, body

    assert await store.write(read) == (None, [], None)


async def test_a_claim_can_be_narrowed_to_the_chats_that_are_there(store: Store):
    async def plan(db: Writing) -> tuple[int, int]:
        sri, budi = (await met(db, "sri", "web")).id, (await met(db, "budi", "web")).id
        for chat in (sri, budi):
            await put(db, chat, channel="web")
        return sri, await db.scalar(text("SELECT count(*) FROM chats"))

    sri, number = await store.write(plan)
    names = [address_name("web", "a", "sri"), address_name("web", "a", "nobody")]
    there = await store.read(lambda db: chats.ids_of(db, names=names))
    assert (there, number) == ([sri], 2)
    claimed = await store.write(
        lambda db: sending.claim_due(
            db, channel="web", owner="me", limit=5, priorities=[outbox.PUSH], only=there
        )
    )
    assert [row.chat for row in claimed] == [sri]


async def test_an_outcome_may_be_to_wait(store: Store, clock: Clock):
    async def plan(db: Writing) -> sending.Outcome:
        chat = (await met(db)).id
        await put(db, chat)
        waiting = {"channel": "telegram", "owner": "me", "limit": 1, "priorities": [outbox.PUSH]}
        (row,) = [one.id for one in await sending.claim_due(db, **waiting)]
        later = db.now + timedelta(seconds=17)
        return sending.Outcome(id=row, chat=chat, state="waiting", reason="throttled", due_at=later)

    outcome = await store.write(plan)
    await store.write(lambda db: sending.record(db, [outcome]))

    def due():
        return store.read(lambda db: sending.has_due(db, channel="telegram", priorities=[outbox.PUSH]))

    assert not await due()
    clock.move(seconds=18)
    assert await due()


async def test_a_doubled_row_is_said_as_the_database_says_it(store: Store):
    statement = insert(heard)

    async def twice(db: Writing) -> None:
        for _ in range(3):
            await db.run(statement, {"message_index": b"same", "heard_at": db.now})

    with pytest.raises(IntegrityError):
        await store.write(twice)


async def test_a_statement_that_nobody_understands_loses_only_its_own_transaction(store: Store):
    statement = select(text("nothing FROM nowhere"))

    async def asks(db: Writing) -> None:
        await db.rows(statement)

    for _ in range(3):
        with pytest.raises((StoreDown, DBAPIError)):
            await store.write(asks)
    assert await store.write(lambda db: db.scalar(select(literal(1)))) == 1


class Driver(Exception):
    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (ConnectionRefusedError(), Gone),
        (OperationalError("", None, None), StoreDown),
        (DBAPIError("", None, Driver("57P01")), Gone),
        (DBAPIError("", None, Driver("57P03")), Gone),
        (DBAPIError("", None, Driver("08006")), Gone),
        (DBAPIError("", None, Driver("25006")), Gone),
        (DBAPIError("", None, Driver("53300")), StoreDown),
        (DBAPIError("", None, Driver("57014")), StoreDown),
        (DBAPIError("", None, Driver("XX001")), StoreDown),
        (asyncpg.CannotConnectNowError("the database system is starting up"), Gone),
        (sqlite3.DatabaseError("no code"), sqlite3.DatabaseError),
        (DBAPIError("", None, Driver("40P01")), Again),
        (ProgrammingError("", None, Driver("42601")), ProgrammingError),
    ],
)
def test_driver_errors_are_mapped_to_store_errors(raised, said):
    with pytest.raises(said) as told, lost_connections():
        raise raised
    assert type(told.value) is said


async def test_a_lost_race_is_run_again_and_given_up_after_some_tries(
    postgres_only: str, clock: Clock, vault
):
    store = await Store.open(postgres_only, vault=vault, clock=clock)
    tries = 0

    async def loses(db: Writing) -> int:
        nonlocal tries
        tries += 1
        if tries < TRIES:
            raise Again("lost")
        return tries

    assert await store.write(loses) == TRIES
    tries = -100
    with pytest.raises(StoreDown, match="too many"):
        await store.write(loses)
    assert await store.is_current()
    await store.close()


async def test_a_postgresql_that_is_not_there_is_said_in_one_sentence():
    engine = await PostgresEngine.open("postgresql+asyncpg://loket@127.0.0.1:1/loket")
    for what, said in ((engine.migrate, "cannot be"), (engine.schema, "not there")):
        with pytest.raises(StoreDown, match=said):
            await what()
    with pytest.raises(StoreDown, match="not there"):
        await engine.read(lambda line: line.command("SELECT 1"))
    await engine.close()


@pytest.mark.parametrize(
    ("starts", "ends", "quiet"),
    [
        ("21:00", "06:00", {"23:00", "05:59", "21:00"}),
        ("12:00", "13:00", {"12:00", "12:59"}),
        ("00:00", "00:00", set()),
    ],
)
def test_quiet_hours_may_go_over_midnight_and_may_be_none(starts: str, ends: str, quiet: set[str]):
    hours = Quiet(starts=time.fromisoformat(starts), ends=time.fromisoformat(ends))
    asked = ["23:00", "05:59", "21:00", "06:00", "12:00", "12:59", "13:00", "00:00"]
    expected = quiet | ({"00:00"} if starts == "21:00" else set())
    assert {at for at in asked if hours.covers(time.fromisoformat(at))} == expected


async def test_ids_that_are_drawn_at_once_are_all_different():
    drawn = await asyncio.gather(
        *(asyncio.to_thread(lambda: [new_id() for _ in range(500)]) for _ in range(8))
    )
    assert len({one for some in drawn for one in some}) == 4000


async def test_a_conversation_of_a_lost_key_does_not_stop_a_merge(store: Store, clock: Clock):
    async def begun(db: Writing) -> tuple[int, int]:
        stays, goes = (await met(db, "sri")).id, (await met(db, "sri under another name")).id
        sealed = OTHER.seal("{}", at=f"chats.dialogue:{goes}")
        unreadable = {"dialogue": sealed, "dialogue_until": db.now + timedelta(hours=1)}
        await db.run(update(chat_rows).where(chat_rows.c.id == goes).values(**unreadable))
        return stays, goes

    stays, goes = await store.write(begun)
    await store.write(lambda db: merge(db, stays, goes))
    left = await store.read(lambda db: db.rows(select(chat_rows.c.id, chat_rows.c.dialogue)))
    assert [tuple(row) for row in left] == [(stays, None)]


async def test_an_export_leaves_out_the_words_of_a_lost_key(store: Store):
    async def complained(db: Writing) -> tuple[int, str]:
        chat = (await met(db)).id
        told = {"kind": "complaint", "word": "Loket tutup", "on": db.now.date(), "due_days": 3}
        return chat, (await cases.open_case(db, chat=chat, **told)).number

    chat, number = await store.write(complained)

    async def told() -> list[tuple[str, str]]:
        data = await store.read(lambda db: own_data.everything(db, chat=chat))
        return [(case.number, case.word) for case in data.cases]

    assert await told() == [(number, "Loket tutup")]
    store.vault = OTHER
    with pytest.raises(Unreadable):
        await told()  # the address cannot be read either: nothing is exported
    store.vault = Vault([bytes(range(32))])
    await store.write(lambda db: db.run(update(case_rows).values(word=OTHER.seal("x", at="cases.word:1"))))
    assert await told() == [(number, "")]
