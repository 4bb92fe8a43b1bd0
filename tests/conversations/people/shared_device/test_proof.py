"""Two people, one browser: each sees, changes, exports and erases only what they proved since they sat down."""

import asyncio
import re
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy import text as sql

from bot.channel import Heard
from handlers.engine.dialogue import Dialogue
from storage.handovers import lines
from storage.keeping import re_erasure
from storage.schema import follows
from tests.conversations.appointments.steps import books, to_record
from tests.support.counter import Counter
from tests.support.people import BUDI, SRI, row
from tests.support.resident import Resident, receipt

LEAVING = pytest.mark.parametrize("leaves", ["finish", "idle"])
SRIS = ("S*** A***", SRI["no_registrasi"], SRI["no_registrasi"][-6:])


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


async def test_leaving_in_one_tab_leaves_in_all(counter, browser):
    other = counter.resident("browser", channel="web")
    await counter.imports(row(SRI, "PRR"), row(BUDI, "PRR"))
    await follow(browser, SRI)
    await other.sends(kind="left")
    await browser.says("status")
    browser.hears("nomor registrasi")


@LEAVING
async def test_a_client_that_comes_back_is_asked_nothing_of_who_left(counter, browser, leaves):
    await counter.imports(row(SRI, "PRR"))
    await browser.asks(SRI)
    await browser.says("petugas")
    await browser.says("tolong")
    await leave(browser, leaves)
    shown = await counter.shown_again("browser")
    assert not any(word in shown for word in SRIS)


def test_stored_dialogues_of_the_version_before_prove_nothing():
    old = {"v": 2, "stack": [], "taps": [], "missed": 0, "proven": True}
    assert Dialogue.from_json(old).proven == []


async def test_another_chats_proof_of_the_same_person_is_not_exported(counter, sri):
    """A chat that booked for one application does not get the others of that person."""
    other = {**SRI, "no_registrasi": BUDI["no_registrasi"]}
    await counter.imports(to_record(SRI), row(other, "PRR", layanan="ktp_hilang"))
    await books(sri, SRI)
    told = await the_file(sri, SRI)
    assert SRI["no_registrasi"] in told
    assert other["no_registrasi"] not in told


async def test_a_photo_is_not_answered_after_its_sender_left(counter, browser, monkeypatch):
    """The code in the photo would identify the card."""
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


async def test_another_persons_rating_cannot_be_seen_after_proving_ones_own_card(counter, browser):
    await counter.imports(row(SRI, "CARD_SHIPPED"), row(BUDI, "PRR"))
    await browser.asks(SRI)
    await counter.imports(row(SRI, "CARD_ISSUED", tanggal="2026-11-23"))
    await leave(browser, "finish")
    await browser.asks(BUDI)
    await counter.passes(minutes=5)
    await counter.passes(minutes=5)
    await browser.says("/nilai")
    browser.hears("Belum ada layanan yang menunggu penilaian")


@LEAVING
async def test_an_erasure_that_keeps_the_ticket_takes_its_reminder_and_complaint(counter, browser, leaves):
    await counter.imports(to_record(SRI), row(BUDI, "PRR"))
    await follow(browser, BUDI)
    await leave(browser, leaves)
    await books(browser, SRI)
    await complain(browser, "Petugas loket tiga marah-marah")
    await browser.says("/hapusdata")
    await browser.taps("Hapus, jadwal tetap")
    browser.hears("sudah dihapus")
    await counter.passes(seconds=2)
    assert await counter.count("bookings", "state = 'booked' AND chat_id IS NULL") == 1
    assert await counter.count("cases", "chat_id IS NULL AND word IS NULL") == 1
    assert await counter.count("errands", "conversation IN ('reminder', 'case')") == 0
    assert await counter.count("follows") == 1  # Budi's
    seen = len(browser.screens)
    await counter.passes(days=30)
    assert not any(word in since(browser, seen) for word in SRIS)
