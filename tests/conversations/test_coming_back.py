"""A reopened page shows the open question, without writing anything."""

import pytest

from bot.channel import Sent
from domain.staff.roles import Role
from storage import audit
from storage.people import chats
from storage.staff import staff
from tests.support.people import SRI, row


async def shown_again(counter, resident, monkeypatch):
    async def refused(_work):
        raise AssertionError("written")

    with monkeypatch.context() as reading:
        reading.setattr(counter.store, "write", refused)
        return await counter.hear.resume(channel="web", account="loket", address=resident.name)


@pytest.fixture
async def ayu(counter):
    code = await counter.store.write(
        lambda db: staff.invite(db, name="Ayu", role=Role.APPROVER, point=None, actor=audit.SYSTEM)
    )
    ayu = counter.resident("Ayu", channel="web")
    await ayu.says(f"/staf {code}")
    return ayu


async def test_a_staff_chat_is_shown_its_own_choices(counter, ayu, monkeypatch):
    await ayu.says("/umumkan")
    await ayu.taps("Siap diambil")
    await ayu.says("Kartu {nama} sudah jadi.")
    assert "Pilih tempat" in " ".join(ayu.labels)
    shown = await shown_again(counter, ayu, monkeypatch)
    assert shown.choices == ayu.screen.choices


@pytest.mark.parametrize(
    "answers", [["Kantor Dispendukcapil, Sooko"], ["Kantor Dispendukcapil, Sooko", "lusa"]]
)
@pytest.mark.first_office
async def test_a_resident_who_books_is_shown_the_same_calendar(counter, answers, monkeypatch):
    """24 and 25 December are holidays: the calendar that is shown again knows them, too."""
    sri = counter.resident("Sri", channel="web")
    await counter.imports(row(SRI, "BELUM_REKAM"))
    counter.clock.move(days=29)
    await sri.says("/jadwal")
    await sri.asks(SRI)
    for answer in answers:
        await sri.says(answer)
    shown = await shown_again(counter, sri, monkeypatch)
    assert shown is not None
    assert shown.choices == sri.screen.choices
    assert sri.screen.text.endswith(shown.text)


async def the_last_answer(counter, name):
    found = await counter.hear.last_answer(channel="web", account="loket", address=name)
    return found and found[1]


async def last_answer(counter):
    return await the_last_answer(counter, "Sri")


@pytest.mark.first_office
async def test_a_reloaded_page_shows_the_whole_last_answer(counter):
    sri = counter.resident("Sri", channel="web")
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.asks(SRI)
    shown = await last_answer(counter)
    assert shown == sri.screen
    assert "siap diambil" in shown.text


async def test_a_reload_shows_an_answer_that_asked_nothing(counter):
    sri = counter.resident("Sri", channel="web")
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.asks(SRI)
    await sri.taps("Kabari saya")
    assert (await last_answer(counter)).text == sri.screen.text


@pytest.mark.parametrize("minutes", [None, 16])
async def test_a_reload_shows_nothing_of_a_sitting_that_is_over(counter, minutes):
    sri = counter.resident("Sri", channel="web")
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.asks(SRI)
    if minutes is None:
        await sri.sends(kind="left")
    else:
        counter.clock.move(minutes=minutes)
    assert await last_answer(counter) is None


async def test_a_reload_does_not_reveal_an_answer_before_it_is_sent(counter, monkeypatch):
    """Right and wrong pairs are answered equally late; a reload in between must not tell them apart."""
    sri = counter.resident("Sri", channel="web")
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    seen = []

    async def send(_parcel):
        seen.append(await last_answer(counter))
        return Sent()

    with monkeypatch.context() as sending:
        sending.setattr(sri.phone, "send", send)
        await sri.asks(SRI)
    assert seen == [None]
    assert await last_answer(counter) is not None


async def test_a_reload_shows_a_staff_chat_nothing_after_its_time(counter, ayu):
    await ayu.says("/hariini")
    counter.clock.move(minutes=16)

    assert await the_last_answer(counter, "Ayu") is None
    await ayu.says("menu")
    assert "berakhir" in (await the_last_answer(counter, "Ayu")).text


async def test_a_phone_stores_no_last_answer(counter, sri):
    await sri.says("menu")
    chat = await counter.store.read(
        lambda db: chats.peek(db, channel="telegram", account="loket", address="Sri")
    )
    assert "last" not in chat.dialogue
