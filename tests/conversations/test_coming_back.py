"""A web page that is opened again shows the question that the last answer left open, and writes nothing for it."""

import pytest

from domain.staff.roles import Role
from storage import audit
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
