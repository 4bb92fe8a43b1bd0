"""Two people, one browser: each sees, changes, exports and erases only what they proved since they sat down."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy import text as sql

from bot.channel import Heard
from domain.staff.roles import Role
from handlers.engine.dialogue import Dialogue
from handlers.engine.screen import Screen
from storage.handovers import lines
from storage.keeping import re_erasure
from storage.ratings import cases
from storage.schema import follows
from storage.staff import staff
from storage.store import Store
from tests.conversations.appointments.steps import books, to_record
from tests.support.clock import Clock
from tests.support.counter import Counter, counter_of
from tests.support.people import BUDI, SRI, row
from tests.support.resident import Resident, receipt

LEAVING = pytest.mark.parametrize("leaves", ["finish", "idle"])
SRIS = ("S*** A***", SRI["no_registrasi"], SRI["no_registrasi"][-6:])


@pytest.fixture
async def counter(store: Store, clock: Clock, tmp_path: Path) -> AsyncIterator[Counter]:
    """An office on SQLite, and one on PostgreSQL."""
    opened = counter_of(store, clock, tmp_path)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
def browser(counter: Counter) -> Resident:
    return counter.resident("browser", channel="web")


async def leave(browser: Resident, how: str) -> None:
    """The person at the browser presses [Selesai], or walks away."""
    if how == "finish":
        await browser.sends(kind="left")
    else:
        browser.counter.clock.move(minutes=16)


def since(browser: Resident, seen: int) -> str:
    """Everything that was said after the first `seen` bubbles."""
    said = []
    for screen in browser.screens[seen:]:
        said += [screen.text, *(choice.label for choice in screen.choices)]
        said += [file.data.decode("utf-8-sig", "ignore") for file in screen.files]
    return "\n".join(said)


async def follow(browser: Resident, person: dict[str, str]) -> None:
    await browser.asks(person)
    await browser.taps("Kabari saya")


async def the_file(browser: Resident, person: dict[str, str]) -> str:
    """What /datasaya gives to whoever shows this pair."""
    await browser.says("/datasaya")
    await browser.asks(person)
    [file] = browser.screen.files
    return file.data.decode("utf-8-sig")


async def complain(browser: Resident, words: str) -> str:
    """Complain; give the number of the case."""
    await browser.says("/pengaduan")
    await browser.says(words)
    await browser.taps("Kirim")
    found = re.search(r"\b[2-9A-Z]{6}\b", browser.screen.text)
    assert found, browser.screen.text
    return found.group()


@LEAVING
async def test_the_list_of_followed_cards_holds_only_what_was_proven(counter, browser, leaves):
    await counter.imports(row(SRI, "PRR"), row(BUDI, "PRR"))
    await follow(browser, SRI)
    await leave(browser, leaves)
    seen = len(browser.screens)
    await follow(browser, BUDI)
    await browser.says("status")
    browser.hears("Status siapa")
    assert not any(word in since(browser, seen) for word in SRIS)


@LEAVING
async def test_an_appointment_is_shown_and_cancelled_only_by_who_proved_its_person(counter, browser, leaves):
    await counter.imports(to_record(SRI), to_record(BUDI))
    code = await books(browser, SRI)
    await leave(browser, leaves)
    seen = len(browser.screens)
    await browser.asks(BUDI)
    await browser.says("/jadwal")
    assert code not in since(browser, seen)
    assert not any(word in since(browser, seen) for word in SRIS)
    assert await counter.count("bookings", "state = 'booked'") == 1
    await browser.says("menu")
    await browser.asks(SRI)
    await browser.says("/jadwal")
    browser.hears(code)


@LEAVING
async def test_the_export_holds_only_what_was_proven_and_no_words(counter, browser, leaves):
    await counter.imports(to_record(SRI), row(BUDI, "PRR"))
    code = await books(browser, SRI)
    case = await complain(browser, "Petugas loket tiga marah-marah")
    await leave(browser, leaves)
    await follow(browser, BUDI)
    told = await the_file(browser, BUDI)
    assert BUDI["no_registrasi"] in told
    for word in (*SRIS, code, case, "marah"):
        assert word not in told
    await leave(browser, leaves)
    told = await the_file(browser, SRI)
    assert SRI["no_registrasi"] in told
    assert code in told
    assert "marah" not in told
    assert BUDI["no_registrasi"] not in told


@LEAVING
async def test_an_erasure_takes_only_what_was_proven(counter, browser, leaves):
    await counter.imports(to_record(SRI), row(BUDI, "PRR"))
    await books(browser, SRI)
    await follow(browser, SRI)
    await leave(browser, leaves)
    await follow(browser, BUDI)
    await browser.says("/hapusdata")
    await browser.says("1")
    browser.hears("sudah dihapus", "HPS-")
    await counter.passes(seconds=2)
    assert await counter.count("chats", "erased_at IS NULL") == 1
    assert await counter.count("follows") == 1
    assert await counter.count("looked_up") == 1
    assert await counter.count("bookings", "state = 'booked' AND chat_id IS NOT NULL") == 1
    await leave(browser, leaves)
    await browser.asks(SRI)
    await browser.says("/hapusdata")
    await browser.taps("batalkan")
    browser.hears("sudah dihapus")
    await counter.passes(seconds=2)
    assert await counter.count("chats") == 0
    assert await counter.count("bookings", "state = 'booked'") == 0


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


@LEAVING
async def test_a_hand_over_ends_with_who_asked_for_it(counter, browser, leaves):
    await counter.imports(row(SRI, "PRR"), row(BUDI, "PRR"))
    await browser.asks(SRI)
    await browser.says("petugas")
    await browser.says("Nama saya Sri, kartu saya di mana?")
    await leave(browser, leaves)
    seen = len(browser.screens)
    await browser.says("halo")
    browser.hears_not("diteruskan")
    assert await counter.count("handovers", "state <> 'over'") == 0
    assert not any(word in since(browser, seen) for word in SRIS)


@LEAVING
async def test_an_officer_is_told_of_the_cards_of_who_sits_there_only(counter, browser, leaves):
    await counter.imports(row(SRI, "PRR"), row(BUDI, "PRR"))
    await follow(browser, SRI)
    await leave(browser, leaves)
    await browser.asks(BUDI)
    await browser.says("petugas")

    handover = await counter.store.read(lambda db: db.scalar(sql("SELECT id FROM handovers")))
    said = await counter.store.read(lambda db: lines.lines(db, handover=handover))
    about = [number for line in said for number, _owner in line.codes.get("about", ())]
    assert about == [BUDI["no_registrasi"]]


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
async def test_the_answer_to_a_complaint_is_told_only_to_who_knows_its_number(counter, browser, leaves):
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


async def test_leaving_in_one_tab_leaves_in_all(counter, browser):
    other = counter.resident("browser", channel="web")
    await counter.imports(row(SRI, "PRR"), row(BUDI, "PRR"))
    await follow(browser, SRI)
    await other.sends(kind="left")
    await browser.says("status")
    browser.hears("nomor registrasi")


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


@LEAVING
async def test_a_client_that_comes_back_is_asked_nothing_of_who_left(counter, browser, leaves):
    await counter.imports(row(SRI, "PRR"))
    await browser.asks(SRI)
    await browser.says("petugas")
    await browser.says("tolong")
    await leave(browser, leaves)
    shown = await counter.hear.resume(channel="web", account="loket", address="browser")
    assert shown is None or not any(word in shown.text for word in SRIS)


def test_stored_dialogues_of_the_version_before_prove_nothing():
    old = {"v": 2, "stack": [], "taps": [], "missed": 0, "proven": True}
    assert Dialogue.from_json(old).proven == []


async def test_what_was_proven_elsewhere_of_the_same_person_is_not_exported_on_a_phone(counter, sri):
    """A chat that booked for one application does not get the others of that person."""
    other = {**SRI, "no_registrasi": BUDI["no_registrasi"]}
    await counter.imports(to_record(SRI), row(other, "PRR", layanan="ktp_hilang"))
    await books(sri, SRI)
    told = await the_file(sri, SRI)
    assert SRI["no_registrasi"] in told
    assert other["no_registrasi"] not in told


async def test_a_photo_is_not_answered_after_its_sender_left(counter, browser, monkeypatch):
    """Its code would say whose card it is."""
    await counter.imports(row(SRI, "PRR"))
    await browser.says("halo")
    gate = asyncio.Event()

    async def fetch(_media: str) -> bytes:
        await gate.wait()
        return receipt(SRI["no_registrasi"])

    monkeypatch.setattr(counter.phones["web"], "fetch", fetch)
    await counter.hear(Heard(**browser._from(), kind="photo", media="m"))
    counter.photos.wake()
    await browser.sends(kind="left")
    seen = len(browser.screens)
    gate.set()
    await browser.says("halo")
    assert await counter.count("media") == 0
    await browser.says("menu")
    assert not any(word in since(browser, seen) for word in SRIS)


async def test_a_restored_backup_forgets_again_what_was_erased_at_a_shared_device(counter, browser):
    await counter.imports(row(SRI, "PRR"), row(BUDI, "PRR"))
    await follow(browser, SRI)
    await leave(browser, "finish")
    await follow(browser, BUDI)
    before = await followed(counter)
    await browser.says("/hapusdata")
    await browser.says("1")
    kept = await counter.store.read(re_erasure.marks)
    [stays] = await followed(counter)
    [gone] = [one for one in before if one != stays]
    await counter.store.write(lambda db: db.run(follows.insert(), gone))
    assert await re_erasure.forget_again(counter.store, kept) == 1
    assert await followed(counter) == [stays]


async def followed(counter: Counter) -> list[dict[str, Any]]:
    rows = await counter.store.read(lambda db: db.rows(select(follows)))
    return [row._asdict() for row in rows]


async def test_a_rating_of_somebody_else_does_not_exist_for_who_proved_their_own_card(counter, browser):
    await counter.imports(row(SRI, "CARD_SHIPPED"), row(BUDI, "PRR"))
    await browser.asks(SRI)
    await counter.imports(row(SRI, "CARD_ISSUED", tanggal="2026-11-23"))
    await leave(browser, "finish")
    await browser.asks(BUDI)
    await counter.passes(minutes=5)
    await counter.passes(minutes=5)
    await browser.says("/nilai")
    browser.hears("Belum ada layanan yang menunggu penilaian")


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
