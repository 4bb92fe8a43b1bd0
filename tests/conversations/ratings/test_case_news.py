"""The owner of a case is told in their staff chat: once, by day, without the complaint's words."""

from domain.staff.roles import Role
from storage.ratings import case_files, cases
from tests.support.officers import officer
from tests.support.people import SRI

WORDS = "Loket tutup padahal masih jam kerja"


async def complains(counter, name="Sri"):
    sri = counter.resident(name)
    await sri.says("pengaduan")
    await sri.says(WORDS)
    await sri.says("1")
    return (await counter.store.read(case_files.listed))[0]


def told(who) -> list[str]:
    return [screen.text for screen in who.screens if "asus" in screen.text]


async def test_a_new_case_is_told_to_its_owner_alone_and_once(counter):
    bima = await officer(counter, "Bima", role=Role.APPROVER)
    wulan = await officer(counter, "Wulan")
    case = await complains(counter)
    await counter.passes(hours=1)
    (text,) = told(bima)
    assert case.number in text
    assert "Kasus baru" in text
    assert "30 November" in text
    assert WORDS not in text
    assert "Sri" not in text
    await counter.passes(hours=3)
    assert len(told(bima)) == 1
    assert not told(wulan)


async def test_while_nobody_owns_cases_everybody_who_handles_them_hears(counter):
    wulan = await officer(counter, "Wulan")
    viewer = await officer(counter, "Nina", role=Role.VIEWER)
    case = await complains(counter)
    await counter.passes(hours=1)
    (text,) = told(wulan)
    assert case.number in text
    assert not told(viewer)


async def test_the_minute_in_which_somebody_complained_is_not_told(counter):
    """The exact time would identify a resident whom the officer has just served."""
    bima = await officer(counter, "Bima", role=Role.APPROVER)
    counter.clock.move(minutes=7)
    await complains(counter)
    await counter.passes(minutes=50)
    assert not told(bima)
    await counter.passes(minutes=4)
    assert len(told(bima)) == 1


async def test_at_night_it_waits_for_the_morning(counter):
    bima = await officer(counter, "Bima", role=Role.APPROVER)
    counter.clock.move(hours=11, minutes=30)  # 20.30
    await complains(counter)
    await counter.passes(hours=1)
    assert not told(bima)
    await counter.passes(hours=9)  # 06.30
    assert len(told(bima)) == 1


async def test_an_escalated_case_is_told_to_who_has_it_then(counter):
    bima = await officer(counter, "Bima", role=Role.APPROVER)
    case = await complains(counter)
    await counter.passes(hours=1)
    rini = await officer(counter, "Rini", role=Role.ADMIN)
    assert len(told(bima)) == 1
    await counter.passes(days=8)
    await counter.passes(hours=1)
    await counter.passes(hours=1)
    (text,) = told(rini)
    assert case.number in text
    assert "dinaikkan" in text
    assert len(told(bima)) == 1


async def test_closed_cases_and_revoked_members_get_no_news(counter):
    bima = await officer(counter, "Bima", role=Role.APPROVER)
    case = await complains(counter)
    await counter.store.write(lambda db: cases.close(db, number=case.number, by="staff:1"))
    await counter.passes(hours=1)
    assert not told(bima)
    assert SRI["nik"] not in str(bima.screens)
