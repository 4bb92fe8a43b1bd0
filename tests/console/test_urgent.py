"""A9 in the console: an announcement that the quiet hours do not hold, by who may send one, and what the audit keeps of it."""

import asyncio

from domain.staff.roles import Role
from storage import audit
from storage.announcements.records import every
from tests.console.conftest import ConsoleCounter
from tests.console.test_imports import over
from tests.console.town import a_register, followed_by
from tests.support.officers import Officer

NEW = "/staf/pengumuman/baru"
FIELDS = {
    "nama": "Siaga",
    "sumber": "status",
    "status": "READY_FOR_PICKUP",
    "teks_id": "Kantor tutup karena banjir.",
}


async def looks(who: Officer) -> str:
    """Have it looked at as urgent, at night; give the address of what was found."""
    sent = await who.sends(NEW, NEW, **FIELDS, mendesak="1")
    await over(who, sent.url.path)
    return sent.url.path


async def planned(who: Officer, path: str) -> None:
    """Wait until it is planned in the background: the page leads to the announcement then."""
    async with asyncio.timeout(60):
        while True:
            if "/periksa/" not in (await who.opens(path)).url.path:
                return
            await asyncio.sleep(0.05)


async def night(counter: ConsoleCounter) -> None:
    await counter.import_register(a_register(3).mended)
    await followed_by(counter, 3)
    counter.clock.move(hours=13)  # 22.00


async def test_a9_an_approvers_urgent_form_begins_at_night_and_is_audited(counter: ConsoleCounter):
    await night(counter)
    bagus = await counter.enter(Role.APPROVER)
    path = await looks(bagus)
    sent = await bagus.sends(path, f"{path}/kirim", cara="kirim")
    await planned(bagus, sent.url.path)
    (one,) = await counter.store.read(every)
    assert one.urgent
    assert one.starts_at is not None
    assert (one.starts_at - counter.clock.now).total_seconds() <= 60
    assert "mendesak" in (await bagus.opens(f"/staf/pengumuman/{one.id}")).text
    lines = await counter.store.read(lambda db: audit.entries(db, action="announcement-released"))
    assert [line.details for line in lines] == ["urgent"]
    admin = await counter.enter(Role.ADMIN)
    assert "mendesak, juga pada jam tenang" in (await admin.opens("/staf/audit")).text


async def test_a9_an_officer_cannot_send_an_urgent_announcement_by_any_way(
    counter: ConsoleCounter,
):
    await night(counter)
    endang = await counter.enter(Role.OFFICER)
    assert "Mendesak" not in (await endang.opens(NEW)).text
    path = await looks(endang)
    told = await over(endang, (await endang.sends(path, f"{path}/kirim", cara="kirim")).url.path)
    assert "tidak berwenang" in told
    assert await counter.store.read(every) == []
    (line,) = await counter.store.read(lambda db: audit.entries(db, action="refused"))
    assert line.details == "not-allowed"
