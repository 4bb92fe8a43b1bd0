"""Rows that retention deletes and keeps."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from domain.office.rules import Retention
from storage.ids import new_id
from storage.keeping import processes as living
from storage.keeping.purge import CHUNK, last_before_gap, purge
from storage.schema import (
    applicants,
    applications,
    audit,
    booking_history,
    bookings,
    cases,
    chats,
    follows,
    free_words,
    heard,
    looked_up,
    media,
    offers,
    outbox,
    staff,
    staff_codes,
    staff_sessions,
    tries,
    waiting,
)
from tests.storage.keeping.test_erasing import put

KEPT = Retention(
    lookups_days=30,
    chat_link_days=90,
    unfinished_hours=24,
    shared_unfinished_minutes=15,
    message_ids_days=8,
    audit_days=365,
    idle_chats_days=365,
    bookings_days=365,
    words_days=365,
)


class Rows:
    """Puts rows in, one per moment of interest, and counts what is left."""

    def __init__(self, store) -> None:
        self.store = store
        self.now = store.clock()

    async def put(self, table, **values):
        if table.primary_key.columns.keys() == ["id"]:
            values = {"id": new_id(), **values}
        await self.store.write(lambda db: db.run(table.insert(), values))
        return values.get("id")

    async def left(self, table):
        return await self.store.read(lambda db: db.scalar(select(func.count()).select_from(table)))

    async def chat(self, **more):
        values = {"channel": "web", "account": "a", "address": b"-", "address_index": new_id().to_bytes(8)}
        return await self.put(chats, **values, created_at=self.now, heard_at=self.now, **more)

    async def application(self, stage, stage_on):
        nik = new_id().to_bytes(8)
        person = await self.put(applicants, nik=nik, nik_index=nik, created_at=self.now)
        values = {"number": str(new_id()), "applicant_id": person, "name": b"-", "service": "ktp_baru"}
        values |= {
            "stage": stage,
            "raw_code": stage,
            "stage_on": stage_on,
            "stage_by": "import",
            "digest": b"-",
        }
        return await self.put(applications, **values, updated_at=self.now)


@pytest.fixture
def rows(store):
    return Rows(store)


@pytest.fixture
def purged(store):
    async def pause():
        pass

    async def purged():
        return {what: gone for what, gone in (await purge(store, KEPT, pause=pause)).items() if gone}

    return purged


async def test_an_empty_store_has_nothing_to_lose(purged):
    assert await purged() == {}


async def test_message_ids_go_after_eight_days_however_many_there_are(rows, purged, clock, store):
    many = [{"message_index": f"old {n}".encode(), "heard_at": clock.now} for n in range(CHUNK + 1)]
    await store.write(lambda db: db.run(heard.insert(), many))
    clock.move(days=8, seconds=1)
    await rows.put(heard, message_index=b"new", heard_at=clock.now)
    assert await purged() == {"message ids": CHUNK + 1}
    assert await rows.left(heard) == 1


async def test_a_purge_lets_others_in_between_its_chunks(store, clock):
    many = [{"message_index": f"{n}".encode(), "heard_at": clock.now} for n in range(2 * CHUNK)]
    await store.write(lambda db: db.run(heard.insert(), many))
    clock.move(days=9)
    pauses = []

    async def pause():
        pauses.append(await store.read(lambda db: db.scalar(select(func.count()).select_from(heard))))

    await purge(store, KEPT, pause=pause)
    assert pauses == [CHUNK, 0]


async def test_an_unfinished_conversation_is_forgotten_and_its_chat_stays(rows, purged, clock, store):
    await rows.chat(dialogue=b"sealed", dialogue_until=clock.now + timedelta(hours=24))
    assert await purged() == {}
    clock.move(hours=24, seconds=1)
    assert await purged() == {"conversations": 1}
    assert await store.read(lambda db: db.rows(select(chats.c.dialogue))) == [(None,)]


async def test_look_ups_go_after_thirty_days(rows, purged, clock):
    chat, application = await rows.chat(), await rows.application("PRINTED", date(2026, 11, 1))
    await rows.put(looked_up, chat_id=chat, application_id=application, at=clock.now)
    clock.move(days=30)
    assert await purged() == {}
    clock.move(seconds=1)
    assert await purged() == {"look-ups": 1}


@pytest.mark.parametrize("stage", ["PICKED_UP", "DELIVERED"])
async def test_a_chat_is_linked_to_a_card_until_ninety_days_after_pickup(rows, purged, clock, stage):
    chat = await rows.chat()
    waiting, fetched = (
        await rows.application("READY_FOR_PICKUP", date(2026, 1, 1)),
        await rows.application(stage, clock.now.date()),
    )
    for application in (waiting, fetched):
        await rows.put(follows, chat_id=chat, application_id=application, since=clock.now, told="PRINTED")
    clock.move(days=90)
    assert await purged() == {}
    clock.move(days=1)
    assert await purged() == {"follows": 1}
    assert await rows.left(follows) == 1


async def test_sent_texts_are_blanked_after_a_day_and_deleted_after_thirty(rows, purged, clock, store):
    chat = await rows.chat()
    values = {"chat_id": chat, "channel": "web", "priority": 0, "body": b"sealed", "due_at": clock.now}
    await rows.put(outbox, **values, state="sent", created_at=clock.now)
    clock.move(days=1, seconds=1)
    assert await purged() == {"texts of messages sent": 1}
    assert await store.read(lambda db: db.rows(select(outbox.c.state, outbox.c.body))) == [("sent", None)]
    clock.move(days=29)
    assert await purged() == {"messages sent": 1}


async def test_photos_tries_codes_sessions_and_the_audit_go_when_their_time_comes(rows, purged, clock):
    chat = await rows.chat()
    member = await rows.put(staff, name="Ibu Wulan", role="viewer", invited_at=clock.now)
    await rows.put(media, chat_id=chat, heard=b"sealed", due_at=clock.now)
    await rows.put(tries, asker=b"a", at=clock.now)
    await rows.put(staff_codes, code_index=b"c", staff_id=member, expires_at=clock.now)
    opened = {"staff_id": member, "csrf": "-", "opened_at": clock.now, "seen_at": clock.now}
    await rows.put(staff_sessions, token_index=b"open", **opened)
    await rows.put(staff_sessions, token_index=b"closed", **opened, closed_at=clock.now)
    await rows.put(audit, at=clock.now, actor="system", action="test", subject="test")
    clock.move(seconds=1)
    assert await purged() == {"staff codes": 1, "staff sessions": 1}
    clock.move(days=1)
    assert await purged() == {"photos": 1, "staff sessions": 1}
    clock.move(days=1, hours=12)
    assert await purged() == {"tries": 1}
    clock.move(days=363)
    assert await purged() == {"audit": 1, "chats that nobody uses": 1}
    assert await rows.left(staff) == 1


async def test_idle_chats_are_deleted_after_a_year_unless_they_wait(rows, purged, clock):
    member = await rows.put(staff, name="Ibu Wulan", role="viewer", invited_at=clock.now)
    follower, _idle, _colleague = await rows.chat(), await rows.chat(), await rows.chat(staff_id=member)
    card = await rows.application("PRINTED", clock.now.date())
    await rows.put(follows, chat_id=follower, application_id=card, since=clock.now, told="PRINTED")
    clock.move(days=365)
    assert await purged() == {}
    clock.move(seconds=1)
    assert await purged() == {"chats that nobody uses": 1}
    assert await rows.left(chats) == 2


async def test_appointments_cases_and_free_words_go_a_year_after_they_are_over(rows, purged, clock, store):
    card = await rows.application("PRINTED", clock.now.date())
    person = await store.read(lambda db: db.scalar(select(applicants.c.id)))
    booked = {"code": "ABC234", "applicant_id": person, "service": "ktp_baru", "application_id": card}
    booking = await put(store, bookings, **booked, starts_at=clock.now, state="served")
    await put(store, booking_history, booking_id=booking)
    line = await put(store, waiting, applicant_id=person, state="left", joined_at=clock.now)
    await put(store, offers, waiting_id=line, state="lapsed")
    for number, state in (("A", "closed"), ("B", "open")):
        await put(store, cases, number=number, kind="low", state=state, due_on=clock.now.date())
    await put(store, free_words, word=b"sealed", written_on=clock.now.date())
    clock.move(days=365)
    assert await purged() == {}
    clock.move(days=1)
    assert await purged() == {
        "history of bookings": 1,
        "bookings": 1,
        "offers of seats": 1,
        "waiting lists": 1,
        "cases": 1,
        "free words": 1,
    }
    assert await rows.left(cases) == 1, "what is open stays"


async def test_a_clock_is_doubted_for_a_day_after_a_long_silence(store, clock):
    async def hears(word: str) -> None:
        row = {"message_index": word.encode(), "heard_at": clock.now}
        await store.write(lambda db: db.run(heard.insert(), row))

    assert await store.read(last_before_gap) is None  # a new office
    before = clock.now
    await hears("of last autumn")
    clock.move(days=14)
    assert await store.read(last_before_gap) is None
    clock.move(days=200)
    await hears("of today")
    clock.move(hours=23)
    assert await store.read(last_before_gap) == before
    clock.move(hours=2)
    assert await store.read(last_before_gap) is None
    clock.now = before + timedelta(days=30)  # set right: what is dated later says nothing
    assert await store.read(last_before_gap) == before


async def test_a_process_that_ran_for_a_day_makes_the_clock_believed(store, clock):
    async def begins(name: str) -> None:
        await store.write(lambda db: living.tell(db, name=name, doing="run", version=""))

    await begins("of last autumn")
    clock.move(days=200)
    await begins("of today")
    assert await store.read(last_before_gap) is not None
    clock.move(days=1)
    assert await store.read(last_before_gap) is None
