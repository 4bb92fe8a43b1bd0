"""A list is read like a register; a preview names a recipient only to who may see recipients: its owner, those who oversee lists, and never another point."""

import csv
import io
from functools import partial

import pytest
from sqlalchemy import select, update

from domain.announcements.announcement import Audience, Order, Wording
from domain.cards.stages import Stage
from domain.staff.roles import Role
from storage.announcements import drafts
from storage.cards import import_words
from storage.schema import applications
from storage.schema import staff as staff_table
from storage.staff import staff
from tests.announcements.hall import person
from tests.console.conftest import NAMES, ConsoleCounter
from tests.console.test_imports import over
from tests.console.town import a_register, followed_by

NEW = "/staf/pengumuman/baru"
TEXT = "Kartu {nama}, nomor {nomor}, sudah jadi."


async def somebody_at(counter: ConsoleCounter, point: str, place: int = 1) -> str:
    """Registration number of a person whose card is at this point."""
    number = person(place)["no_registrasi"]
    there = update(applications).where(applications.c.number == number).values(point=point)
    assert await counter.store.write(lambda db: db.run(there)) == 1
    return number


@pytest.mark.parametrize(
    ("role", "point", "sees"),
    [
        (Role.OFFICER, None, False),
        (Role.APPROVER, "sooko", False),
        (Role.ADMIN, "sooko", False),
        (Role.APPROVER, None, True),
    ],
)
async def test_a_draft_names_a_recipient_only_to_who_may_see_recipients(
    counter: ConsoleCounter, role: Role, point: str | None, sees: bool
):
    await counter.import_register(a_register(1).mended)
    await followed_by(counter, 1)
    number = await somebody_at(counter, "sooko")
    await counter.code("Ratna Dewi", Role.OFFICER, "sooko")
    owner = await counter.store.read(partial(staff.find, name="Ratna Dewi"))
    audience = Audience(stage=Stage.READY_FOR_PICKUP, point="sooko")
    order = Order(name="Kabar", wording=Wording({"id": TEXT}), audience=audience)
    made = partial(drafts.draft, order=order, by=owner)
    draft = await counter.store.write(made)
    visitor = await counter.enter(role, point, NAMES[role])
    page = (await visitor.opens(f"/staf/pengumuman/{draft}")).text
    assert "Bunyinya" in page
    assert (number in page) == sees
    assert (f'<p class="bubble">Kartu S*** A***, nomor {counter.office.number.example}' in page) != sees


async def test_a_list_with_numbers_of_another_point_refuses_them_and_names_nobody(counter: ConsoleCounter):
    await counter.import_register(a_register(2).mended)
    await followed_by(counter, 2)
    theirs = await somebody_at(counter, "mojosari", 1)
    mine = await somebody_at(counter, "sooko", 2)
    officer = await counter.enter(Role.OFFICER, "sooko")
    for numbers, recipients in (([theirs], 0), ([theirs, mine], 1)):
        file = io.StringIO()
        csv.writer(file).writerows([["no_registrasi"], *([one] for one in numbers)])
        fields = {"nama": "Kabar", "sumber": "berkas", "titik": "sooko", "teks_id": TEXT}
        files = {"berkas": ("daftar.csv", file.getvalue().encode())}
        sent = await officer.sends(NEW, NEW, **fields, files=files)
        page = await over(officer, sent.url.path)
        assert f"<h2>{recipients} penerima</h2>" in page
        assert "Permohonan ini di titik layanan lain" in page
        assert theirs not in page
        assert (mine in page) == bool(recipients)


async def test_a_list_of_recipients_is_read_like_a_register(counter: ConsoleCounter):
    """Title lines above the heading, and a heading that staff explained at an import."""
    await counter.import_register(a_register(1).mended)
    await followed_by(counter, 1)
    officer = await counter.enter(Role.OFFICER)
    (member,) = await counter.store.read(lambda db: db.rows(select(staff_table)))
    meaning = {"Kode Berkas": "no_registrasi"}
    await counter.store.write(
        lambda db: import_words.remember(db, kind=import_words.COLUMN, meanings=meaning, staff=member.id)
    )
    unknown = "MJK-261102-ZZZZ-Z"
    body = f"DAFTAR UNDANGAN\n\nNo,Kode Berkas\n1,{person(1)['no_registrasi']}\n2,{unknown}\n"
    fields = {"nama": "Kabar", "sumber": "berkas", "titik": "sooko", "teks_id": TEXT}
    sent = await officer.sends(NEW, NEW, **fields, files={"berkas": ("daftar.csv", body.encode())})
    page = await over(officer, sent.url.path)
    assert "<h2>1 penerima</h2>" in page
    refused = await officer.opens(f"{sent.url.path}/ditolak")
    assert refused.content.decode("utf-8-sig").splitlines()[0].startswith("No,Kode Berkas,")
    assert unknown in refused.text
