"""Templates: kept by approvers of the whole office, used in replies to cases and talks, and in announcements."""

import re
from functools import partial

from domain.staff.roles import Role
from storage.ratings import cases
from storage.staff import staff, templates
from tests.console.conftest import ConsoleCounter
from tests.console.things import asked_for
from tests.support.officers import Officer

HOME = "/staf/templat"


async def keeps(approver: Officer, **fields: str):
    told = {"jenis": "reply", "nama": "Maaf", "teks": "Mohon maaf, loket kami tambah.", **fields}
    return await approver.sends(HOME, HOME, **told)


def chosen(page: str) -> str:
    """Address that the first template's link leads to."""
    return re.search(r'href="([^"]+\?templat=\d+)"', page)[1]


async def test_a_template_fills_a_reply_to_a_case_and_a_talk(counter: ConsoleCounter):
    approver = await counter.enter(Role.APPROVER)
    await keeps(approver, teks="Mohon maaf, <b>loket</b> kami tambah.")
    told = {"kind": "complaint", "word": "", "chat": None, "on": counter.clock.now.date(), "due_days": 3}
    number = (await counter.store.write(lambda db: cases.open_case(db, **told))).number
    officer = await counter.enter(Role.OFFICER, name="Endang Lestari")
    me = await counter.store.read(lambda db: staff.find(db, name="Endang Lestari"))
    talk, _ = await counter.store.write(lambda db: asked_for(db, point="sooko", held_by=me.id))
    for path in (f"/staf/kasus/{number}", f"/staf/permintaan/{talk}"):
        page = (await officer.opens(path)).text
        assert "Mohon maaf" not in page
        assert "Atur templat" not in page, "officers use them"
        filled = (await officer.opens(chosen(page))).text
        assert "Mohon maaf, &lt;b&gt;loket&lt;/b&gt; kami tambah.</textarea>" in filled


async def test_a_template_fills_an_announcement(counter: ConsoleCounter):
    approver = await counter.enter(Role.APPROVER)
    wrong = await keeps(approver, jenis="announcement", teks="Kartu {nomer} sudah jadi.")
    assert (wrong.status_code, "{nomer}" in wrong.text) == (422, True)
    await keeps(approver, jenis="announcement", nama="Siap", teks="Kartu {nomor} siap {hari} {jam}.")
    page = (await approver.opens("/staf/pengumuman/baru")).text
    assert "Kartu {nomor} siap {hari} {jam}.</textarea>" in (await approver.opens(chosen(page))).text


async def test_a_template_is_changed_and_removed_and_its_name_is_its_own(counter: ConsoleCounter):
    approver = await counter.enter(Role.APPROVER)
    await keeps(approver)
    assert (await keeps(approver, teks="Lain")).status_code == 409
    for fields in ({"nama": ""}, {"nama": "x" * 61}, {"teks": ""}, {"teks": "x" * 1001}):
        assert (await keeps(approver, **fields)).status_code == 422
    (kept,) = await counter.store.read(partial(templates.templates_of, kind="reply"))
    assert f'value="{kept.id}"' in (await approver.opens(f"{HOME}?ubah={kept.id}")).text
    await keeps(approver, ubah=str(kept.id), nama="Maaf sekali")
    (changed,) = await counter.store.read(partial(templates.templates_of, kind="reply"))
    assert (changed.id, changed.name) == (kept.id, "Maaf sekali")
    await approver.sends(HOME, f"{HOME}/{kept.id}/hapus")
    assert await counter.store.read(partial(templates.templates_of, kind="reply")) == []


async def test_there_is_an_end_to_templates(counter: ConsoleCounter):
    await counter.enter(Role.APPROVER, name="Ayu")
    me = await counter.store.read(lambda db: staff.find(db, name="Ayu"))

    async def fill(db) -> list[int | None]:
        every = {"kind": "reply", "text": "x", "member": me.id}
        return [await templates.keep(db, name=f"n{place}", **every) for place in range(templates.MOST + 1)]

    kept = await counter.store.write(fill)
    assert kept[-1] is None
    assert all(kept[:-1])
