from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.dialects import sqlite

from domain import codec
from domain.cards.application import MOST_AHEAD, Application, Passed
from domain.cards.proof import LastFour
from domain.cards.stages import Stage
from domain.office.registration import RegistrationNumber
from domain.people.nik import Nik
from storage.cards import applications, chat_applications
from storage.people import chats, follows
from storage.schema import applications as rows
from storage.schema import audit, imports, looked_up
from storage.store import Store
from storage.vault import Vault
from tests.storage.rows import application, passed

NUMBER = RegistrationNumber("MJK-261102-0007-Z")
UNKNOWN = RegistrationNumber("MJK-261102-0008-X")
HERS = Nik("3516994107900001")
SOMEBODY_ELSES = Nik("3516990101850002")


@pytest.fixture
async def chat(store: Store) -> int:
    met = await store.write(
        lambda db: chats.meet(db, channel="web", account="loket", address="sri", language="id")
    )
    return met.id


async def found(store: Store, chat: int, number=NUMBER, proof=HERS) -> Application | None:
    return await store.write(lambda db: applications.find(db, number=number, proof=proof, chat=chat))


async def test_a_right_pair_opens_the_door_with_the_name_masked(store, chat):
    made = await store.write(lambda db: application(db, note="Fotokopi KK", point="sooko"))
    told = await found(store, chat)
    assert told is not None
    assert (told.id, told.number, told.name, told.note) == (made, str(NUMBER), "S*** A***", "Fotokopi KK")
    assert told.stage is Stage.READY_FOR_PICKUP
    assert not told.followed
    assert codec.load(Application, codec.dump(told)) == told


@pytest.mark.parametrize("proof", [HERS, LastFour("0001")])
async def test_unknown_not_yours_and_withdrawn_are_alike(store, chat, proof):
    await store.write(lambda db: application(db, withdrawn_at=db.now))
    await store.write(lambda db: application(db, number="MJK-261102-0009-V", nik=SOMEBODY_ELSES.digits))
    assert await found(store, chat, NUMBER, proof) is None
    assert await found(store, chat, UNKNOWN, proof) is None
    assert await found(store, chat, RegistrationNumber("MJK-261102-0009-V"), proof) is None
    audited = await store.read(lambda db: db.rows(select(audit.c.subject).where(audit.c.action == "look-up")))
    assert [row.subject for row in audited] == ["unknown"] * 3


async def test_four_digits_cost_one_decryption_whether_or_not_the_number_exists(
    store, chat, vault, monkeypatch
):
    await store.write(application)
    opened = []
    wrong = LastFour("7777")
    await found(store, chat, UNKNOWN, wrong)
    real = Vault.open
    monkeypatch.setattr(
        Vault, "open", lambda self, sealed, *, at: opened.append(at) or real(self, sealed, at=at)
    )
    await found(store, chat, NUMBER, wrong)
    of_a_real_one = len(opened)
    await found(store, chat, UNKNOWN, wrong)
    assert of_a_real_one == len(opened) - of_a_real_one == 1


async def test_the_right_four_digits_open_the_door(store, chat):
    await store.write(application)
    assert await found(store, chat, NUMBER, LastFour("0001")) is not None


async def test_a_look_up_is_remembered_once_per_chat_and_application(store, chat, clock):
    await store.write(application)
    await found(store, chat)
    clock.move(minutes=1)
    await found(store, chat)
    seen = await store.read(lambda db: db.rows(select(looked_up.c.at)))
    assert [row.at for row in seen] == [clock.now]


async def test_the_answer_is_as_fresh_as_the_last_finished_import(store, chat, clock):
    await store.write(application)
    told = await found(store, chat)
    assert told.data_at == clock.now, "without any import, the row itself"
    begun = clock.now
    for number, (hours, finished) in enumerate([(1, True), (2, True), (3, False)], start=1):
        line = {
            "id": number,
            "started_at": begun,
            "finished_at": begun + timedelta(hours=hours) if finished else None,
            "file_digest": b"",
            "rows": 1,
        }
        await store.write(lambda db, line=line: db.run(insert(imports), line))
    assert (await found(store, chat)).data_at == begun + timedelta(hours=2)


async def waiting(db, count: int, *, complete_on: date | None, **more) -> None:
    for number in range(count):
        day = complete_on.isoformat() if complete_on else "none"
        await application(
            db,
            number=f"W-{day}-{number}-{len(more)}",
            nik=f"3516994107{number:02}{len(more)}{complete_on.day if complete_on else 0:03}",
            stage=Stage.WAITING_BLANK if number % 2 else Stage.PRINT_READY,
            complete_on=complete_on,
            **more,
        )


async def test_ahead_are_those_whose_documents_were_complete_before(store, chat):
    await store.write(lambda db: waiting(db, 3, complete_on=date(2026, 11, 1)))
    await store.write(lambda db: waiting(db, 2, complete_on=date(2026, 11, 2)))
    await store.write(lambda db: waiting(db, 2, complete_on=date(2026, 11, 3)))
    await store.write(lambda db: waiting(db, 1, complete_on=None))
    withdrawn = date(2026, 10, 30)
    await store.write(lambda db: waiting(db, 1, complete_on=withdrawn, withdrawn_at=db.now))
    await store.write(lambda db: application(db, stage=Stage.WAITING_BLANK, complete_on=date(2026, 11, 2)))
    assert (await found(store, chat)).ahead == 3


@pytest.mark.parametrize(
    ("stage", "complete_on"),
    [(Stage.WAITING_BLANK, None), (Stage.READY_FOR_PICKUP, date(2026, 11, 2)), (None, None)],
)
async def test_nobody_is_ahead_where_no_order_is_known(store, chat, stage, complete_on):
    await store.write(lambda db: application(db, stage=stage, complete_on=complete_on))
    assert (await found(store, chat)).ahead is None


async def test_the_print_order_is_counted_along_an_index_up_to_a_limit(store):
    counting = applications._count_ahead.compile(dialect=sqlite.dialect())
    assert MOST_AHEAD + 1 in counting.params.values()
    if store.dialect == "sqlite":
        plan = str(counting).replace("?", "'2026-11-02'", 1).replace("?", "1001")
        steps = await store.read(lambda db: db.rows(text(f"EXPLAIN QUERY PLAN {plan}")))
        assert any("ix_applications_print_order" in step[-1] for step in steps)


async def test_the_way_so_far_is_told_while_the_24_hours_count(store, chat):
    async def made(db):
        row = await application(db, stage=Stage.PRINTED, complete_on=date(2026, 11, 1))
        await passed(db, application=row, stage=Stage.SUBMITTED, on=date(2026, 11, 1))
        await passed(db, application=row, stage=Stage.PRINTED, on=date(2026, 11, 9))
        await passed(db, application=row, stage=None, on=date(2026, 11, 4))
        await passed(db, application=row, stage=Stage.REJECTED, on=date(2026, 11, 5), won=False)

    await store.write(made)
    told = await found(store, chat)
    assert told.passed == (
        Passed(stage=Stage.SUBMITTED, since=date(2026, 11, 1)),
        Passed(stage=None, since=date(2026, 11, 4)),
        Passed(stage=Stage.PRINTED, since=date(2026, 11, 9)),
    )
    assert codec.load(Application, codec.dump(told)) == told


async def test_only_a_follower_sees_an_application_without_its_pair(store, chat):
    row = await store.write(application)
    assert await store.write(lambda db: applications.of_follower(db, application=row, chat=chat)) is None
    assert await store.write(lambda db: applications.of_follower(db, application=12, chat=chat)) is None
    assert await store.read(lambda db: applications.for_push(db, application=row, chat=chat)) is None
    await store.write(
        lambda db: follows.follow(db, chat=chat, application=row, told="PRINTED", channel="web")
    )
    told = await store.write(lambda db: applications.of_follower(db, application=row, chat=chat))
    assert told.followed
    assert await store.read(lambda db: applications.for_push(db, application=row, chat=chat)) == told


async def test_followers_are_told_the_stage_or_the_raw_code(store, chat):
    await store.write(lambda db: application(db, stage=None, raw_code="KODE_BARU"))
    told = await found(store, chat)
    assert (told.standing, told.final) == ("KODE_BARU", False)


async def test_while_a_key_is_rotated_both_indexes_find(store, chat, vault):
    """The row was written under the old key; the process knows both."""
    await store.write(application)
    store.vault = Vault([bytes(reversed(range(32))), bytes(range(32))])
    assert await found(store, chat) is not None
    assert await found(store, chat, NUMBER, SOMEBODY_ELSES) is None


async def test_no_nik_stands_in_the_open(store):
    await store.write(application)
    stored = await store.read(lambda db: db.rows(select(rows)))
    assert HERS.digits.encode() not in repr(stored).encode()


async def test_a_chat_whose_proof_has_run_out_knows_the_card_no_more(store, chat, clock):
    row = await store.write(application)
    await found(store, chat)

    async def known():
        since = clock.now - timedelta(days=30)
        asked = {"application": row, "chat": chat, "since": since, "booked_since": since}
        return await store.read(lambda db: chat_applications.of_known(db, **asked))

    assert (await known()).id == row
    clock.move(days=31)
    assert await known() is None


async def test_only_a_card_of_the_register_has_a_person(store):
    row = await store.write(application)
    person = await store.read(lambda db: applications.of_application(db, application=row))
    assert person.nik == HERS
    with pytest.raises(LookupError):
        await store.read(lambda db: applications.of_application(db, application=row + 1))
