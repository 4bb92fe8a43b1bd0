"""What a shared device tells of somebody who has left: reminders, news, answers."""

from datetime import date

import pytest

from bot.channel import Heard
from domain.appointments.booking import BookingState, TicketCode
from domain.appointments.closures import Closure
from domain.staff.roles import Role
from handlers.engine.screen import Screen
from storage.appointments import closures
from storage.appointments import counter as counter_steps
from storage.ratings import cases
from storage.staff import staff
from tests.conversations.appointments.steps import FARAH, books, to_record
from tests.conversations.people.shared_device.test_proof import LEAVING, SRIS, complain, follow, leave, since
from tests.support.counter import Counter
from tests.support.people import BUDI, SRI, row
from tests.support.resident import Resident


async def reminded(browser: Resident, leaves: str) -> tuple[str, Screen]:
    """Sri books and leaves, Budi sits down, Sri's reminder comes; give her ticket code and what is shown of the reminder."""
    counter = browser.counter
    await counter.imports(to_record(SRI), row(BUDI, "PRR"))
    code = await books(browser, SRI)
    await leave(browser, leaves)
    counter.clock.move(hours=21, minutes=50)
    await follow(browser, BUDI)
    seen = len(browser.screens)
    await counter.passes(minutes=11)
    [shown] = browser.screens[seen:]
    return code, shown


async def pair(browser: Resident, person: dict[str, str]) -> None:
    await browser.says(person["no_registrasi"])
    await browser.says(person["nik"])


@LEAVING
async def test_a_reminder_of_somebody_gone_names_nobody(browser, leaves):
    code, shown = await reminded(browser, leaves)
    assert "kabar baru" in shown.text
    assert [one.label for one in shown.choices] == ["Buka kabarnya"]
    assert code not in since(browser, len(browser.screens) - 1)


@LEAVING
async def test_the_button_of_a_reminder_asks_for_the_pair(counter, browser, leaves):
    code, shown = await reminded(browser, leaves)
    seen = len(browser.screens)
    for _ in range(2):
        await browser.taps("Buka", of=shown)
        browser.hears("nomor registrasi")
        await pair(browser, BUDI)
        browser.hears("tidak ditemukan")
    assert code not in since(browser, seen)
    await browser.taps("Buka", of=shown)
    await pair(browser, SRI)
    browser.hears(code)
    await browser.taps("Tidak bisa")
    assert await counter.count("bookings", "state = 'cancelled'") == 1


@LEAVING
async def test_a_reminder_that_was_shown_is_not_answered_by_who_comes_next(counter, browser, leaves):
    await counter.imports(to_record(SRI), row(BUDI, "PRR"))
    code = await books(browser, SRI)
    counter.clock.move(hours=21, minutes=50)
    await browser.asks(SRI)
    await counter.passes(minutes=11)
    browser.catch_up()
    browser.hears(code)
    reminder = browser.screen
    await leave(browser, leaves)
    await browser.asks(BUDI)
    await browser.taps("Tidak bisa", of=reminder)
    browser.hears("nomor registrasi")
    browser.hears_not(code)
    await pair(browser, BUDI)
    assert await counter.count("bookings", "state = 'booked'") == 1


async def closed(counter: Counter, code: str) -> None:
    """The office closes the day of an appointment."""
    day = Closure(day=date(2026, 11, 24), point="sooko", reason="Listrik padam")
    zone = counter.office.timezone
    await counter.store.write(lambda db: closures.close(db, closure=day, zone=zone, by="staff:1"))
    await counter.passes(minutes=3)


async def missed(counter: Counter, code: str) -> None:
    """The person of an appointment does not come."""
    step = {"code": TicketCode(code), "state": BookingState.NO_SHOW, "by": "staff:1"}
    await counter.passes(days=1, hours=1)
    await counter.store.write(lambda db: counter_steps.mark(db, **step))
    await counter.passes(minutes=3)


async def seventeen(counter: Counter, code: str) -> None:
    """The person of an appointment comes, and has the seventeenth birthday on 24 December."""
    step = {"code": TicketCode(code), "state": BookingState.SERVED, "by": "staff:1"}
    await counter.passes(days=1)
    await counter.store.write(lambda db: counter_steps.mark(db, **step))
    await counter.passes(days=30)


@pytest.mark.parametrize(
    ("happens", "told"),
    [(closed, "tutup"), (missed, "belum bertemu"), (seventeen, "ulang tahun ke-17")],
)
async def test_news_of_an_appointment_is_told_to_its_person_alone(counter, browser, happens, told):
    await counter.imports(to_record(FARAH, layanan="ktp_rekam_16"), row(BUDI, "PRR"))
    code = await books(browser, FARAH)
    await leave(browser, "finish")
    await browser.says("halo")
    seen = len(browser.screens)
    await happens(counter, code)
    push = browser.screens[-1]
    assert [one.label for one in push.choices] == ["Buka kabarnya"]
    await browser.taps("Buka", of=push)
    await pair(browser, BUDI)
    browser.hears("tidak ditemukan")
    assert told not in since(browser, seen)
    assert code not in since(browser, seen)
    await browser.taps("Buka", of=push)
    await pair(browser, FARAH)
    browser.hears(told)


@LEAVING
async def test_news_of_a_card_names_nobody_to_who_did_not_prove_it(counter, browser, leaves):
    await counter.imports(row(SRI, "PRR"), row(BUDI, "PRR"))
    await follow(browser, SRI)
    await leave(browser, leaves)
    await browser.asks(BUDI)
    seen = len(browser.screens)
    await counter.imports(row(SRI, "CARD_SHIPPED", tanggal="2026-11-23"))
    await counter.passes(minutes=6)
    assert "kabar baru" in since(browser, seen)
    assert not any(word in since(browser, seen) for word in SRIS)


@LEAVING
async def test_a_complaints_answer_is_told_only_to_who_knows_its_number(counter, browser, leaves):
    await browser.says("halo")
    number = await complain(browser, "Petugas loket tiga marah-marah")
    await leave(browser, leaves)
    await browser.says("halo")
    seen = len(browser.screens)
    await counter.store.write(lambda db: staff.invite(db, name="Wulan", role=Role.ADMIN, actor="system"))
    member = await counter.store.read(lambda db: staff.find(db, name="Wulan"))
    word = "Maaf, petugas itu sudah kami tegur."
    await counter.store.write(lambda db: cases.reply(db, number=number, word=word, staff_id=member.id))
    await counter.passes(minutes=3)
    assert word not in since(browser, seen)
    assert number not in since(browser, seen)
    await browser.taps("Buka")
    browser.hears("nomor kasus")
    await browser.says("ABC234")
    assert word not in since(browser, seen)
    await browser.taps("Buka", of=browser.screens[seen])
    await browser.says(number)
    browser.hears(word)


async def test_a_reply_that_waits_is_not_told_after_its_reader_left(counter, browser):
    await counter.imports(row(SRI, "PRR"))
    await browser.says("halo")
    counter.phones["web"].absent = True
    await counter.hear(Heard(**browser._from(), kind="text", text=f"{SRI['no_registrasi']} {SRI['nik']}"))
    await counter.courier.rest(0.2)
    seen = len(browser.screens)
    await counter.hear(Heard(**browser._from(), kind="left"))
    counter.phones["web"].absent = False
    await counter.passes(seconds=3)
    assert "menu" in since(browser, seen)
    assert not any(word in since(browser, seen) for word in SRIS)


async def test_news_that_somebody_else_stopped_are_offered_again(counter, browser):
    await counter.imports(row(SRI, "PRR"), row(BUDI, "PRR"))
    await browser.asks(SRI)
    await browser.taps("Kabari saya")
    await leave(browser, "finish")
    await browser.asks(BUDI)
    await browser.says("/berhenti")
    await leave(browser, "finish")
    await browser.asks(SRI)
    browser.hears("sedang dihentikan")
    await browser.taps("Kabari saya")
    browser.hears("kami kabari")
