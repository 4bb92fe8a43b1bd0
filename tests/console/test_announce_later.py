"""Announcements of the console: sent at a wanted time, with their price, and returned with a note."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.setup.office_file import load_office
from domain.office.office import Office
from domain.staff.roles import Role
from storage.announcements.records import every
from storage.schema import applications, chats
from tests.announcements.hall import person
from tests.console.conftest import ConsoleCounter
from tests.console.test_imports import over
from tests.console.test_urgent import FIELDS, NEW, planned
from tests.console.town import a_register, followed_by, sends_announcements
from tests.support.officers import Officer, officer


@pytest.fixture
def office(request) -> Office:
    """The sample office; a parameter is its price of a WhatsApp template."""
    office = load_office(None)
    price = getattr(request, "param", 0)
    return replace(office, announcements=replace(office.announcements, whatsapp_rupiah=price))


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
        state = (await stocked.store.read(every))[0].state
        assert state in {"sending", "finished"}, "the carriers may be done already"


async def test_quiet_hours_hold_a_wanted_time(stocked: ConsoleCounter):
    bagus = await stocked.enter(Role.APPROVER)
    page = await looks(bagus, kirim_tanggal="2026-11-25", kirim_jam="22:00")
    assert "jam tenang: mulai dikirim 26 Nov 2026 06.00" in " ".join(page.text.split())


async def test_the_form_names_a_kecamatan_and_a_service(stocked: ConsoleCounter):
    there = update(applications).where(applications.c.number == person(2)["no_registrasi"])
    await stocked.store.write(lambda db: db.run(there.values(district="Gondang", service="kia")))
    whom = {"kecamatan": "Gondang", "layanan": "kia"}
    bagus = await stocked.enter(Role.APPROVER)
    page = await looks(bagus, **whom)
    assert "1 penerima" in " ".join(page.text.split())
    assert "Kartu Identitas Anak (KIA), Kecamatan Gondang" in " ".join(page.text.split())
    await plans(bagus, **whom)
    (one,) = await stocked.store.read(every)
    assert (one.audience.district, one.audience.service) == ("Gondang", "kia")
    assert "Kecamatan Gondang" in (await bagus.opens(f"/staf/pengumuman/{one.id}")).text
    for field in whom:
        refused = await bagus.sends(NEW, NEW, **FIELDS, **{field: "Atlantis"})
        assert refused.status_code == 422, "it would be sent to everybody"


async def test_a_time_that_cannot_be_is_refused(counter: ConsoleCounter):
    bagus = await counter.enter(Role.APPROVER)
    for day, clock in (
        ("2026-11-22", "10:00"),
        ("2026-11-25", ""),
        ("", "10:00"),
        ("2027-11-25", "10:00"),
        ("x", "25:00"),
    ):
        refused = await bagus.sends(NEW, NEW, **FIELDS, kirim_tanggal=day, kirim_jam=clock)
        assert refused.status_code == 422, day
        assert "belum lewat" in refused.text, day


async def test_a_draft_is_returned_with_a_note_and_written_anew(stocked: ConsoleCounter):
    async with sends_announcements(stocked):
        endang_chat = await officer(stocked, "Endang Lestari")
        endang = await stocked.enter(Role.OFFICER, name="Endang Lestari")
        bagus = await stocked.enter(Role.APPROVER)
        await plans(endang, "simpan", kirim_tanggal="2026-11-25", kirim_jam="10:30", layanan="ktp_hilang")
        (draft,) = await stocked.store.read(every)
        page = f"/staf/pengumuman/{draft.id}"
        assert "Kembalikan dengan catatan" not in (await endang.opens(page)).text
        assert (await bagus.sends(page, f"{page}/kembalikan", catatan="x" * 301)).status_code == 422
        assert "(1)" in (await bagus.opens("/staf/ikm")).text
        told = await bagus.sends(page, f"{page}/kembalikan", catatan="Sebut <b>jam</b> bukanya.")
        assert "Dikembalikan kepada penulisnya" in told.text
        assert "(1)" not in (await bagus.opens("/staf/ikm")).text, "it waits for its author"
        await stocked.passes(seconds=1)
        endang_chat.catch_up()
        assert "1 pengumuman dikembalikan kepada Anda" in (await endang.opens("/staf/ikm")).text
        endang_chat.hears("Siaga", "dikembalikan dengan catatan")
        endang_chat.hears_not("jam")
        assert "Sebut &lt;b&gt;jam&lt;/b&gt; bukanya." in (await endang.opens(page)).text
        anew = (await endang.opens(f"{NEW}?dari={draft.id}")).text
        for filled in (
            f'name="ganti" value="{draft.id}"',
            'value="Siaga"',
            'value="2026-11-25"',
            'value="10:30"',
            'value="ktp_hilang" selected',
        ):
            assert filled in anew
        assert f'value="{draft.id}"' not in (await bagus.opens(f"{NEW}?dari={draft.id}")).text, (
            "not their own"
        )
        await plans(endang, "simpan", ganti=str(draft.id), teks_id="Kantor tutup, buka lagi Rabu.")
        states = {one.id == draft.id: one.state.value for one in await stocked.store.read(every)}
        assert states == {True: "undone", False: "draft"}


async def test_what_is_not_an_own_returned_draft_is_not_replaced(stocked: ConsoleCounter):
    bagus = await stocked.enter(Role.APPROVER)
    await plans(bagus)
    (one,) = await stocked.store.read(every)
    await plans(bagus, ganti=str(one.id), teks_id="Lain sama sekali.")
    assert {each.state.value for each in await stocked.store.read(every)} == {"planned"}


@pytest.mark.parametrize(("office", "told"), [(411, True), (0, False)], indirect=["office"])
async def test_the_preview_tells_what_whatsapp_costs(stocked: ConsoleCounter, told: bool):
    written = chats.update().values(channel="whatsapp", heard_at=stocked.clock.now - timedelta(days=2))
    await stocked.store.write(lambda db: db.run(written))
    page = (await looks(await stocked.enter(Role.APPROVER))).text
    assert ("Perkiraan biaya: Rp 1.233 (3 × Rp 411)" in page) == told
    assert ("Perkiraan biaya" in page) == told


@pytest.mark.parametrize("office", [411], indirect=True)
async def test_the_price_is_that_of_the_wanted_time(stocked: ConsoleCounter):
    """Who wrote today has not written for a day when the message goes out on Wednesday."""
    written = chats.update().values(channel="whatsapp", heard_at=stocked.clock.now)
    await stocked.store.write(lambda db: db.run(written))
    bagus = await stocked.enter(Role.APPROVER)
    assert "Perkiraan biaya" not in (await looks(bagus)).text
    later = await looks(bagus, kirim_tanggal="2026-11-25", kirim_jam="10:30")
    assert "Perkiraan biaya: Rp 1.233 (3 × Rp 411)" in later.text
