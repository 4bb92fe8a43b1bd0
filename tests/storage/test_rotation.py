"""Key rotation during operation: no data lost or doubled, and the old key becomes useless."""

import asyncio
from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from domain.cards.register import RegisterRow
from domain.office.registration import RegistrationNumber
from domain.people.nik import Nik
from storage import keyring
from storage.cards import applications
from storage.cards.register import Conditions, begin, carry_out, prepare
from storage.ids import new_id
from storage.keeping import erasure, processes, rotation
from storage.keeping.holdings import HELD
from storage.keeping.holdings.base import Sealed
from storage.keeping.overview import key_fits
from storage.people import chats
from storage.people.identities import Account, note_names, settle
from storage.post import media, outbox, sending
from storage.post.receipts import Receipt, record
from storage.post.sending import Outcome
from storage.ratings import cases
from storage.schema import applicants, bookings, identities, metadata, waiting, writing_key
from storage.schema import applications as application_rows
from storage.schema import chats as chat_rows
from storage.session import WrongKey
from storage.store import Store
from storage.vault import Unreadable, Vault
from tests.storage.rows import application

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
NIK = "3516994107900001"
NUMBER = RegistrationNumber("MJK-261102-0007-Z")
PHONE = "+6281234567890"
AT = Account(channel="whatsapp", account="1")


@pytest.fixture
async def opened(database_url, clock):
    stores = []

    async def opened(*keys):
        stores.append(await Store.open(database_url, vault=Vault(keys), clock=clock))
        return stores[-1]

    yield opened
    for store in stores:
        await store.close()


async def pause():
    await asyncio.sleep(0)


async def meet(store, address=PHONE):
    where = {"channel": "whatsapp", "account": "1", "address": address, "language": "id"}
    return (await store.write(lambda db: chats.meet(db, **where))).id


async def life(store):
    """A row with something sealed in most tables that have it."""
    await store.write(lambda db: application(db, nik=NIK, note="fotokopi KK"))
    chat = await meet(store)
    await store.write(lambda db: note_names(db, at=AT, chat=chat, given=[("phone", PHONE)]))
    kept = {"dialogue": {"v": 9}, "until": store.clock() - store.clock(), "language": "id", "welcomed": 1}
    await store.write(lambda db: chats.keep(db, chat=chat, **kept))
    row, said = new_id(), {"chat": chat, "channel": "whatsapp", "due_at": store.clock()}
    told = {"screen": {"text": "Sri"}, "owner": "me", "row": row}
    assert await store.write(lambda db: outbox.put_reply(db, **said, **told))
    sent = Outcome(id=row, chat=chat, state="sent", provider_id="wamid.1")
    await store.write(lambda db: sending.record(db, [sent]))
    await store.write(lambda db: media.put(db, chat=chat, heard={"a": 1}, data=b"\x00\xff picture"))
    today = store.clock().date()
    await store.write(
        lambda db: cases.open_case(db, kind="complaint", word="lama", chat=chat, on=today, due_days=3)
    )
    return chat, row


async def keys_in_use(store):
    """How many sealed values each key has, over every table of the list."""
    found = Counter()
    for name, held in HELD.items():
        for column in (column for column, one in held.columns.items() if isinstance(one, Sealed)):
            values = await store.read(lambda db, c=metadata.tables[name].c[column]: db.rows(select(c)))
            found.update(bytes(value[0][:4]) for value in values if value[0] is not None)
    return found


async def rotated(store, **more):
    return await rotation.rotate(store, kept_days=8, pause=pause, **more)


async def test_everything_is_written_with_the_new_key_and_found_with_it_alone(opened):
    chat, row = await life(await opened(OLD))
    both = await opened(NEW, OLD)
    assert len(await keys_in_use(both)) == 1
    done = await rotated(both)
    assert done.rows >= 7
    assert done.unreadable == 0
    (only,) = await keys_in_use(both)
    assert only == Vault([NEW]).key_ids[0]
    new = await opened(NEW)
    assert await meet(new) == chat
    assert await new.write(lambda db: settle(db, at=AT, given=[("phone", PHONE)])) == chat
    found = await new.write(lambda db: applications.find(db, number=NUMBER, proof=Nik(NIK), chat=chat))
    assert found.note == "fotokopi KK"
    assert await new.read(lambda db: outbox.body_of(db, row=row, chat=chat)) == {"text": "Sri"}
    seen = Receipt(channel="whatsapp", id="wamid.1", state="read")
    await new.write(lambda db: record(db, [seen]))
    assert await new.read(outbox.count_by_state) == {("whatsapp", "read"): 1}


async def test_the_old_key_alone_opens_nothing_any_more(opened):
    await life(await opened(OLD))
    await rotated(await opened(NEW, OLD))
    old = await opened(OLD)
    sealed, place = await old.read(lambda db: db.one(select(applicants.c.nik, applicants.c.id)))
    with pytest.raises(Unreadable):
        old.vault.open(sealed, at=f"applicants.nik:{place}")


async def test_until_the_switch_everybody_writes_with_the_old_key(opened):
    both = await opened(NEW, OLD)
    await meet(both)
    assert set(await keys_in_use(both)) == {Vault([OLD]).key_ids[0]}


async def test_a_run_that_was_killed_is_run_again(opened, monkeypatch):
    monkeypatch.setattr(rotation, "CHUNK", 2)
    old = await opened(OLD)
    for n in range(7):
        await meet(old, f"+62812{n:07}")
    both = await opened(NEW, OLD)

    async def killed():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await rotation.rotate(both, kept_days=8, pause=killed)
    assert len(await keys_in_use(both)) == 2, "it is half done"
    for n in range(7):
        await meet(both, f"+62812{n:07}")
    assert await both.read(lambda db: db.scalar(select(func.count()).select_from(chat_rows))) == 7
    await rotated(both)
    assert set(await keys_in_use(both)) == {Vault([NEW]).key_ids[0]}
    assert (await rotated(both)).rows == 0, "what is done is passed over"


async def test_residents_who_write_meanwhile_are_neither_lost_nor_doubled(opened, monkeypatch):
    monkeypatch.setattr(rotation, "CHUNK", 5)
    old = await opened(OLD)
    addresses = [f"+62812{n:07}" for n in range(60)]
    for address in addresses[:30]:
        await meet(old, address)
    running, rotating = await opened(NEW, OLD), await opened(NEW, OLD)

    async def residents():
        for address in addresses * 2:
            await meet(running, address)
            await asyncio.sleep(0)

    await asyncio.gather(residents(), residents(), rotated(rotating))
    await rotated(rotating)
    assert set(await keys_in_use(rotating)) == {Vault([NEW]).key_ids[0]}
    assert await rotating.read(lambda db: db.scalar(select(func.count()).select_from(chat_rows))) == 60


async def test_rows_read_before_the_switch_are_written_with_the_new_key(opened):
    both = await opened(NEW, OLD)
    row = RegisterRow(
        row=2,
        number=NUMBER,
        nik=Nik(NIK),
        name="Sri Aminah",
        service="ktp_baru",
        raw_code="X",
        stage=None,
        stage_on=date(2026, 11, 20),
        told=frozenset(),
    )
    await both.write(lambda db: begin(db, file_digest="x", rows=1))
    conditions = Conditions(import_id=1, hold=timedelta(0))
    plan = await both.read(lambda db: prepare(db, rows=[row], conditions=conditions))
    await both.write(lambda db: keyring.switch(db, key_id=both.vault.key_ids[0]))
    await both.write(lambda db: carry_out(db, plan=plan, conditions=conditions))
    assert set(await keys_in_use(both)) == {Vault([NEW]).key_ids[0]}


async def test_an_erased_chat_stays_erased_under_the_new_key(opened):
    chat, _row = await life(await opened(OLD))
    both = await opened(NEW, OLD)
    await both.write(lambda db: erasure.erase(db, chat=chat))
    again = await meet(both)
    assert again != chat
    await rotated(both)
    assert await meet(await opened(NEW)) == again


async def test_unreadable_values_are_counted_and_skipped(opened):
    old = await opened(OLD)
    await life(old)
    await old.write(lambda db: db.run(chat_rows.update().values(dialogue=b"rubbish")))
    done = await rotated(await opened(NEW, OLD))
    assert done.unreadable == 1
    assert done.rows >= 5


async def tells(store, name="elsewhere/1/x", doing="run"):
    await store.write(lambda db: processes.tell(db, name=name, doing=doing, version="1"))


async def listed(store):
    return [one.name for one in await store.read(lambda db: processes.living(db, alive=lambda _name: True))]


async def lives(store, name, *keys):
    """Somebody else's process is in the list, with these keys."""
    row = {"name": name, "doing": "import", "version": "1", "key_ids": Vault(keys).key_ids[0].hex()}
    await store.write(
        lambda db: db.run(processes.processes.insert().values(**row, started_at=db.now, seen_at=db.now))
    )


@pytest.mark.parametrize("key", [OLD, NEW], ids=["old", "new"])
async def test_nothing_is_switched_while_a_process_lacks_a_key(opened, key):
    await life(await opened(OLD))
    both = await opened(NEW, OLD)
    await tells(both)
    await lives(both, "elsewhere/2/y", key)
    with pytest.raises(rotation.Lacking) as told:
        await rotated(both)
    assert [one.name for one in told.value.processes] == ["elsewhere/2/y"]
    assert set(await keys_in_use(both)) == {Vault([OLD]).key_ids[0]}
    await both.write(lambda db: processes.leave(db, name="elsewhere/2/y"))
    await rotated(both)
    assert set(await keys_in_use(both)) == {Vault([NEW]).key_ids[0]}


async def test_silent_or_dead_processes_do_not_block_the_rotation(opened, clock):
    old, both = await opened(OLD), await opened(NEW, OLD)
    await tells(old, "here/1/x")
    with pytest.raises(rotation.Lacking):
        await rotated(both, alive=lambda name: True)
    await rotated(both, alive=lambda name: not name.startswith("here/"))
    again = await opened(bytes(32), NEW)
    await tells(await opened(NEW), "elsewhere/1/x")
    with pytest.raises(rotation.Lacking):
        await rotated(again)
    clock.move(seconds=processes.SILENT.total_seconds() + 1)
    await rotated(again)


async def test_a_process_with_only_the_old_key_does_not_start_afterwards(opened):
    await life(await opened(OLD))
    both = await opened(NEW, OLD)
    await both.write(lambda db: keyring.switch(db, key_id=both.vault.key_ids[0]))
    late = await opened(OLD)
    assert not await late.read(key_fits)
    with pytest.raises(WrongKey, match="LOKET_SECRET_KEY_OLD"):
        await tells(late)
    with pytest.raises(WrongKey):
        await meet(late)
    assert await meet(both)


async def test_a_process_with_only_the_new_key_starts_when_all_is_written(opened):
    chat, _row = await life(await opened(OLD))
    both = await opened(NEW, OLD)
    await tells(both)
    early = await opened(NEW)
    with pytest.raises(WrongKey):
        await meet(early)
    await both.write(lambda db: keyring.switch(db, key_id=both.vault.key_ids[0]))
    with pytest.raises(WrongKey):
        await meet(early)
    await rotated(both)
    assert await meet(early) == chat


async def test_a_process_with_one_key_asks_again_soon_whether_it_may_write(opened, monkeypatch):
    seconds = [1000.0]
    monkeypatch.setattr("storage.store.monotonic", lambda: seconds[0])
    old, both = await opened(OLD), await opened(NEW, OLD)
    await meet(old)
    await rotated(both)
    seconds[0] += keyring.SURE_SECONDS + 1
    with pytest.raises(WrongKey):
        await meet(old)
    assert processes.SILENT.total_seconds() > keyring.SURE_SECONDS


async def test_the_list_of_processes_holds_ids_of_keys_and_nobody_who_ended(opened, clock):
    both = await opened(NEW, OLD)
    await tells(both)
    await tells(both)
    assert await listed(both) == ["elsewhere/1/x"]
    row = await both.read(lambda db: db.one(select(processes.processes)))
    assert row.key_ids.split() == [key.hex() for key in both.vault.key_ids]
    await both.write(lambda db: processes.leave(db, name="elsewhere/1/x"))
    assert await listed(both) == []


async def damaged(opened):
    """A switch beside a process that held the old key alone, as it was possible: people and cards stand twice."""
    old, both = await opened(OLD), await opened(NEW, OLD)
    await meet(old, "+6281200000001")
    await both.write(lambda db: application(db, nik=NIK, note="fotokopi KK"))
    chat = await meet(both)
    await both.write(lambda db: note_names(db, at=AT, chat=chat, given=[("phone", PHONE)]))
    new = both.vault.key_ids[0]
    await both.write(lambda db: keyring.switch(db, key_id=new))
    for job in rotation._jobs():
        await rotation._work_off(both, job, new, pause)
    await both.write(lambda db: db.run(writing_key.delete()))  # what nobody looked at then
    late = await meet(old)
    assert late != chat
    await old.write(lambda db: note_names(db, at=AT, chat=late, given=[("phone", PHONE)]))
    await old.write(lambda db: application(db, nik=NIK, number="MJK-261102-0008-Y"))
    await both.write(lambda db: keyring.switch(db, key_id=new))
    return both, chat, late


async def counted(store, table):
    return await store.read(lambda db: db.scalar(select(func.count()).select_from(table)))


async def test_what_a_process_wrote_with_a_dead_key_is_found_and_mended(opened):
    both, chat, late = await damaged(opened)
    assert len(await keys_in_use(both)) == 2
    before = await counted(both, chat_rows), await counted(both, applicants)
    await rotated(both)
    assert set(await keys_in_use(both)) == {Vault([NEW]).key_ids[0]}
    assert (await counted(both, chat_rows), await counted(both, applicants)) == (before[0] - 1, before[1] - 1)
    assert await counted(both, application_rows) == 2
    assert await counted(both, identities) == 1
    new = await opened(NEW)
    assert await meet(new) in (chat, late)
    for number in (NUMBER, RegistrationNumber("MJK-261102-0008-Y")):
        assert await new.write(
            lambda db, n=number: applications.find(db, number=n, proof=Nik(NIK), chat=chat)
        )
    assert (await rotated(both)).rows == 0


async def test_merged_applicants_keep_both_tickets_and_one_place(opened):
    both, chat, late = await damaged(opened)
    people = [row.id for row in await both.read(lambda db: db.rows(select(applicants.c.id)))]
    assert len(people) == 2

    async def booked(db):
        for place, (person, talk) in enumerate(zip(people, (chat, late), strict=True), start=1):
            at = {"applicant_id": person, "chat_id": talk, "service": "ktp_baru", "point": "kantor"}
            times = {"starts_at": db.now, "ends_at": db.now, "booked_at": db.now, "changed_at": db.now}
            ticket = {
                "id": place,
                "code": f"T{place}",
                "seat_no": place,
                "state": "booked",
                "walked_in": False,
            }
            await db.run(bookings.insert().values(**at, **times, **ticket))
            span = {"wanted_from": db.now, "wanted_until": db.now}
            line = {"id": place, "state": "waiting", "joined_at": db.now, "queued_at": db.now, **span}
            await db.run(waiting.insert().values(**at, **line))

    await both.write(booked)
    await rotated(both)
    tickets = await both.read(lambda db: db.rows(select(bookings.c.code).where(bookings.c.state == "booked")))
    assert sorted(row.code for row in tickets) == ["T1", "T2"]
    states = await both.read(lambda db: db.rows(select(waiting.c.state)))
    assert sorted(row.state for row in states) == ["left", "waiting"]
    assert await counted(both, applicants) == 1


def test_the_same_key_twice_is_one_key():
    key = Vault.new_key()
    vault = Vault.from_base64(key, key)
    assert len(vault.key_ids) == len(vault.indexes("a", of="message")) == 1


async def test_of_two_first_processes_with_different_keys_one_starts(opened):
    stores = [await opened(OLD), await opened(NEW)]
    begun = await asyncio.gather(*(store.write(keyring.claim) for store in stores), return_exceptions=True)
    assert begun.count(None) == 1
    assert sum(isinstance(one, WrongKey) for one in begun) == 1
    (winner,) = [store for store, one in zip(stores, begun, strict=True) if one is None]
    assert await winner.read(key_fits)
