"""A staff chat at a shared computer ends with its sitting and the console's limits; anywhere it can be signed out."""

import pytest
from sqlalchemy import text as sql

from domain.announcements.announcement import Audience, Order, Wording
from domain.cards.stages import Stage
from domain.staff.roles import Role, StaffMember
from storage.announcements import drafts, progress
from storage.audit import entries
from storage.post import errands
from storage.ratings import cases
from tests.support.counter import Counter
from tests.support.officers import officer
from tests.support.people import BUDI, SRI, row
from tests.support.resident import Resident

ENDS = pytest.mark.parametrize("ends", ["finish", "idle", "late"])


@pytest.fixture
async def wulan(counter: Counter) -> Resident:
    await counter.imports(row(SRI, "CARD_SHIPPED"), row(BUDI, "CARD_SHIPPED"))
    return await officer(counter, role=Role.ADMIN, channel="web")


async def end(wulan: Resident, how: str) -> None:
    if how == "finish":
        await wulan.sends(kind="left")
    elif how == "idle":
        wulan.counter.clock.move(minutes=16)
    else:
        for _ in range(12 * 6 + 1):
            wulan.counter.clock.move(minutes=10)
            await wulan.says("menu")


async def actions(counter: Counter) -> list[tuple[str, str]]:
    found = await counter.store.read(lambda db: entries(db, action="staff-chat-ended", limit=10))
    return [(one.action, one.details) for one in found]


@ENDS
async def test_a_staff_chat_on_the_web_ends(counter, wulan, ends):
    await wulan.says("/umumkan")
    wulan.hears("Siapa")
    await end(wulan, ends)
    await wulan.says("/umumkan")
    wulan.hears("tidak berwenang")
    assert await counter.count("chats", "staff_id IS NOT NULL") == 0
    assert await actions(counter) == [("staff-chat-ended", "left" if ends == "finish" else "time")]


@pytest.mark.parametrize("by_a_chore", [True, False])
async def test_an_announcement_at_its_last_question_is_not_sent_after_the_end(counter, wulan, by_a_chore):
    await wulan.says("/umumkan")
    await wulan.taps("Siap diambil")
    await wulan.says("Kartu Anda sudah jadi. {nama} {nomor}")
    asked = wulan.screen
    counter.clock.move(minutes=16)
    if by_a_chore:
        await counter.timers.do_slow_chores()
        assert await counter.count("chats", "staff_id IS NOT NULL") == 0
    await wulan.taps("Kirim", of=asked)
    wulan.hears("tidak berwenang", "/staf")
    assert await counter.count("announcements") == 0
    await wulan.says("menu")
    wulan.hears_not("tidak berwenang")


async def test_the_console_may_end_it_earlier_than_the_sitting(wulan, counter):
    """Twelve hours at the most, however busy; and the office may choose less."""
    assert counter.office.console.longest_hours == 12
    for _ in range(12 * 6 - 1):
        counter.clock.move(minutes=10)
        await wulan.says("menu")
    await wulan.says("/hariini")
    wulan.hears_not("tidak berwenang")
    counter.clock.move(minutes=10)
    await wulan.says("/hariini")
    wulan.hears("tidak berwenang")


async def test_a_staff_chat_on_a_phone_stays(counter):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    wulan = await officer(counter, role=Role.ADMIN)
    await counter.passes(days=30)
    await wulan.says("/umumkan")
    wulan.hears("Siapa")


@pytest.mark.parametrize("channel", ["telegram", "whatsapp", "web"])
@pytest.mark.parametrize("word", ["keluar", "/keluar"])
async def test_a_staff_chat_can_be_signed_out_anywhere(counter, channel, word):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    wulan = await officer(counter, role=Role.ADMIN, channel=channel)
    await wulan.says(word)
    wulan.hears("bukan chat petugas lagi")
    assert await counter.count("chats", "staff_id IS NOT NULL") == 0
    assert await actions(counter) == [("staff-chat-ended", "signed-out")]
    await wulan.says("/umumkan")
    wulan.hears("tidak berwenang")
    await wulan.says("status")
    wulan.hears("nomor registrasi")


async def test_the_menu_of_a_staff_chat_offers_to_sign_out(counter, wulan, sri):
    await wulan.says("menu")
    await wulan.taps("Keluar petugas")
    wulan.hears("bukan chat petugas lagi")
    await wulan.says("menu")
    assert "Keluar petugas" not in wulan.labels
    await sri.says("menu")
    assert "Keluar petugas" not in sri.labels


async def test_a_resident_who_wants_out_meets_the_menu(sri):
    await sri.says("keluar")
    sri.hears("Ada yang bisa kami bantu")
    sri.hears_not("petugas lagi")


async def test_a_signed_out_chat_loses_what_it_had_open(counter):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    wulan = await officer(counter, role=Role.ADMIN)
    await wulan.says("/umumkan")
    await wulan.taps("Siap diambil")
    await wulan.says("Kartu Anda sudah jadi.")
    asked = wulan.screen
    await wulan.says("/keluar")
    await wulan.taps("Kirim", of=asked)
    assert await counter.count("announcements") == 0


@pytest.mark.parametrize(
    ("conversation", "argument"),
    [
        ("alarm", "guessing:chat:1"),
        ("morning", "2026-11-23"),
        ("call-lost", "1"),
        ("draft-waits", "1"),
        ("draft-returned", "1:1"),
        ("console-entered", "2026-11-23T02:00:00+00:00 Chrome, Windows"),
        ("passkey-added", "2026-11-23T02:00:00+00:00"),
    ],
)
async def test_a_former_staff_chat_hears_nothing_that_is_for_staff(counter, wulan, conversation, argument):
    chat = await counter.store.read(lambda db: db.scalar(sql("SELECT id FROM chats")))
    await wulan.says("keluar")
    seen = len(wulan.screens)
    news = {"chat": chat, "conversation": conversation, "argument": argument}
    await counter.store.write(lambda db: errands.plan(db, **news, due_at=db.now))
    await counter.passes(minutes=3)
    assert wulan.screens[seen:] == []
    assert await counter.count("errands", "outcome IS NULL") == 0, "it was tried"


@ENDS
async def test_an_ended_staff_chat_hears_of_no_case(counter, wulan, ends, sri):
    await sri.says("/pengaduan")
    await sri.says("Petugas loket tiga marah-marah")
    await sri.taps("Kirim")
    assert await counter.count("errands", "conversation = 'case-news'") == 1
    await end(wulan, ends)
    seen = len(wulan.screens)
    await counter.passes(hours=2)
    assert not any("kasus" in one.text.casefold() for one in wulan.screens[seen:])


async def test_residents_who_talk_in_an_ended_staff_chat_wait_for_another_officer(counter, wulan, sri):
    await sri.says("petugas")
    await sri.says("Kartu saya di mana?")
    await counter.passes(seconds=1)
    await wulan.says("/panggilan")
    await wulan.says("1")
    assert await counter.count("handovers", "state = 'taken'") == 1
    await wulan.sends(kind="left")
    assert await counter.count("handovers", "state = 'waiting' AND taken_by IS NULL") == 1
    seen = len(wulan.screens)
    await sri.says("Halo, masih di sana?")
    await counter.passes(seconds=1)
    assert not any("masih di sana" in one.text for one in wulan.screens[seen:])


async def test_an_ended_staff_chat_gets_no_progress_of_announcements(counter, wulan):
    chat = await counter.store.read(lambda db: db.scalar(sql("SELECT id FROM chats")))
    member = await counter.store.read(lambda db: db.scalar(sql("SELECT id FROM staff")))
    by = StaffMember(id=member, name="Wulan", role=Role.ADMIN)

    async def plan(db) -> None:
        order = Order(
            name="Siap",
            wording=Wording.read("Kartu Anda sudah jadi."),
            audience=Audience(stage=Stage.READY_FOR_PICKUP),
        )
        announcement = await drafts.draft(db, order=order, by=by, told_chat=chat)
        await db.run(sql("UPDATE announcements SET state = 'planned' WHERE id = :id"), {"id": announcement})

    await counter.store.write(plan)
    assert len(await counter.store.read(progress.to_tell)) == 1
    await wulan.sends(kind="left")
    assert await counter.store.read(progress.to_tell) == []


async def test_a_case_is_still_answered_from_elsewhere(counter, wulan, sri):
    """Who answers cases at the console needs no staff chat."""
    await sri.says("/pengaduan")
    await sri.says("Petugas loket tiga marah-marah")
    await sri.taps("Kirim")
    await wulan.says("keluar")
    number = await counter.store.read(lambda db: db.scalar(sql("SELECT number FROM cases")))
    member = await counter.store.read(lambda db: db.scalar(sql("SELECT id FROM staff")))
    await counter.store.write(lambda db: cases.reply(db, number=number, word="Maaf", staff_id=member))
    await counter.passes(minutes=3)
    sri.catch_up()
    sri.hears("Maaf")
