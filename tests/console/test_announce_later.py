"""Announcements of the console: sent at a wanted time, with their price, and returned with a note."""

import pytest

from domain.staff.roles import Role
from storage.announcements.records import every
from tests.console.conftest import ConsoleCounter
from tests.console.test_imports import over
from tests.console.test_urgent import FIELDS, NEW, planned
from tests.console.town import a_register, followed_by, sends_announcements
from tests.support.officers import Officer


@pytest.fixture
async def stocked(counter: ConsoleCounter) -> ConsoleCounter:
    await counter.import_register(a_register(3).mended)
    await followed_by(counter, 3)
    return counter


async def looks(who: Officer, **fields: str):
    """Have an announcement looked at; the page of what was found."""
    sent = await who.sends(NEW, NEW, **FIELDS | fields)
    assert sent.status_code == 200, sent.text
    await over(who, sent.url.path)
    return await who.opens(sent.url.path)


async def plans(who: Officer, way: str = "kirim", **fields: str):
    page = await looks(who, **fields)
    sent = await who.sends(page.url.path, f"{page.url.path}/kirim", cara=way)
    await planned(who, sent.url.path)


async def test_an_announcement_begins_at_the_wanted_time(stocked: ConsoleCounter):
    bagus = await stocked.enter(Role.APPROVER)
    page = await looks(bagus, kirim_tanggal="2026-11-25", kirim_jam="10:30")
    assert "mulai dikirim 25 Nov 2026 10.30" in " ".join(page.text.split())
    await plans(bagus, kirim_tanggal="2026-11-25", kirim_jam="10:30")
    (one,) = await stocked.store.read(every)
    assert stocked.office.local(one.starts_at).isoformat() == "2026-11-25T10:30:00+07:00"
    shown = (await bagus.opens(f"/staf/pengumuman/{one.id}")).text
    assert "Mulai 25 Nov 2026 10.30" in shown
    assert "Batalkan" in shown
    async with sends_announcements(stocked) as phones:
        stocked.clock.move(hours=24)
        await stocked.assembled.announcing.timers.move_on()
        assert not phones["telegram"].screens
        stocked.clock.now = one.starts_at
        await stocked.assembled.announcing.timers.move_on()
        assert (await stocked.store.read(every))[0].state == "sending"


async def test_quiet_hours_hold_a_wanted_time(stocked: ConsoleCounter):
    bagus = await stocked.enter(Role.APPROVER)
    page = await looks(bagus, kirim_tanggal="2026-11-25", kirim_jam="22:00")
    assert "jam tenang: mulai dikirim 26 Nov 2026 06.00" in " ".join(page.text.split())


@pytest.mark.parametrize(
    "wanted",
    [("2026-11-22", "10:00"), ("2026-11-25", ""), ("", "10:00"), ("2027-11-25", "10:00"), ("x", "25:00")],
)
async def test_a_time_that_cannot_be_is_refused(counter: ConsoleCounter, wanted: tuple[str, str]):
    bagus = await counter.enter(Role.APPROVER)
    day, clock = wanted
    refused = await bagus.sends(NEW, NEW, **FIELDS, kirim_tanggal=day, kirim_jam=clock)
    assert refused.status_code == 422
    assert "belum lewat" in refused.text
