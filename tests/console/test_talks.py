"""A resident who asked for a human is taken, answered and handed back in the console; nobody learns whose chat it is."""

import asyncio
import re
from datetime import timedelta
from functools import partial

import pytest

from domain.staff.roles import Role
from storage import audit
from storage.handovers import lines as handover_lines
from storage.handovers import views
from storage.handovers.handovers import living_of, open_handover
from storage.keeping.purge import purge
from storage.people import chats
from tests.console.conftest import ConsoleCounter

ADDRESS = "628123456789"


@pytest.fixture
async def asked(counter: ConsoleCounter) -> int:
    async def ask(db) -> int:
        chat = await chats.meet(db, channel="whatsapp", account="a", address=ADDRESS, language="id")
        await open_handover(db, chat=chat.id, why="asked", point=None, context={"why": "asked"})
        word = "Kartu saya <b>hilang</b>"
        await handover_lines.hear(db, chat=chat.id, word=word, kept=timedelta(hours=24))
        return await living_of(db, chat=chat.id)

    return await counter.store.write(ask)


async def test_an_officer_takes_answers_and_hands_back(counter: ConsoleCounter, asked: int):
    officer = await counter.enter(Role.OFFICER)
    path = f"/staf/permintaan/{asked}"
    assert path in (await officer.opens("/staf/permintaan")).text
    taken = await officer.sends(path, f"{path}/ambil", dari="")
    assert "sekarang Anda pegang" in taken.text
    assert "Kartu saya &lt;b&gt;hilang&lt;/b&gt;" in taken.text
    assert ADDRESS not in taken.text
    empty = await officer.sends(path, f"{path}/balas", jawaban=" ")
    assert empty.status_code == 422
    answered = await officer.sends(path, f"{path}/balas", jawaban="Bawa surat dari kepolisian.")
    assert "Bawa surat dari kepolisian." in answered.text
    lines = await counter.store.read(lambda db: handover_lines.lines(db, handover=asked))
    assert [line.word for line in lines if line.for_resident] == ["Bawa surat dari kepolisian."]
    back = await officer.sends(path, f"{path}/kembalikan")
    assert "Dikembalikan ke bot." in back.text
    assert await counter.store.read(views.living) == []


async def test_a_second_officer_to_take_a_request_is_told_who_has_it(counter: ConsoleCounter, asked: int):
    first, second = await counter.enter(Role.OFFICER), await counter.enter(Role.APPROVER)
    path = f"/staf/permintaan/{asked}"
    stamp = await second.stamp(path, f"{path}/ambil")
    await first.sends(path, f"{path}/ambil", dari="")
    late = await second.http.post(f"{path}/ambil", data={"csrf": stamp, "dari": ""})
    assert "Petugas lain baru saja mengambilnya" in late.text
    assert "Ambil alih dari Endang Lestari" in late.text
    assert f'action="{path}/balas"' not in late.text


SAID = "Kartu saya &lt;b&gt;hilang&lt;/b&gt;"


async def looks(counter: ConsoleCounter) -> list[str]:
    lines = await counter.store.read(lambda db: audit.entries(db, action="handover-read"))
    return [line.actor for line in lines]


async def test_words_are_read_by_who_has_the_talk_and_by_nobody_else(counter: ConsoleCounter, asked: int):
    officer, admin = await counter.enter(Role.OFFICER), await counter.enter(Role.ADMIN)
    path = f"/staf/permintaan/{asked}"
    for page in (path, f"{path}/kata"):
        assert SAID not in (await officer.opens(page)).text
    assert "tampil setelah Anda mengambilnya" in (await officer.opens(path)).text
    assert SAID in (await officer.sends(path, f"{path}/ambil", dari="")).text
    for page in (path, f"{path}/kata"):
        assert SAID not in (await admin.opens(page)).text
    assert "hanya tampil bagi Endang Lestari" in (await admin.opens(path)).text


async def test_views_of_a_talk_are_audited_an_open_page_only_once(counter: ConsoleCounter, asked: int):
    officer = await counter.enter(Role.OFFICER)
    path = f"/staf/permintaan/{asked}"
    await officer.opens(path)
    assert await looks(counter) == []
    await officer.sends(path, f"{path}/ambil", dari="")
    assert len(await looks(counter)) == 1
    for _ in range(3):
        await officer.opens(f"{path}/kata")
    assert len(await looks(counter)) == 1
    await officer.opens(path)
    assert len(await looks(counter)) == 2
    counter.clock.move(minutes=20)
    await officer.opens("/staf")
    counter.clock.move(minutes=20)
    await officer.opens("/staf")
    counter.clock.move(minutes=21)
    await officer.opens(f"{path}/kata")
    assert len(await looks(counter)) == 3


async def test_taking_over_is_asked_first_and_the_audit_tells_from_whom(counter: ConsoleCounter, asked: int):
    first, second = await counter.enter(Role.OFFICER), await counter.enter(Role.APPROVER)
    path = f"/staf/permintaan/{asked}"
    await first.sends(path, f"{path}/ambil", dari="")
    page = await second.opens(path)
    assert "Ya, ambil alih" in page.text
    holder = re.search(r'name="dari" value="(\d+)"', page.text)[1]
    unasked = await second.sends(path, f"{path}/ambil", dari="")
    assert SAID not in unasked.text
    assert SAID in (await second.sends(path, f"{path}/ambil", dari=holder)).text
    assert SAID not in (await first.opens(path)).text
    (line,) = await counter.store.read(lambda db: audit.entries(db, action="handover-taken-over"))
    assert line.details == f"staff:{holder}"
    admin = await counter.enter(Role.ADMIN)
    audited = (await admin.opens("/staf/audit?apa=handover-taken-over")).text
    assert "Percakapan diambil alih" in audited
    assert "Endang Lestari" in audited


async def test_a_finished_talk_stays_visible_only_to_its_officer(counter: ConsoleCounter, asked: int):
    officer, admin = await counter.enter(Role.OFFICER), await counter.enter(Role.ADMIN)
    path = f"/staf/permintaan/{asked}"
    await officer.sends(path, f"{path}/ambil", dari="")
    await officer.sends(path, f"{path}/kembalikan")
    assert SAID in (await officer.opens(path)).text
    page = await admin.opens(path)
    assert SAID not in page.text
    assert "sudah selesai. Isinya hanya untuk petugas yang memegangnya" in page.text


@pytest.mark.parametrize(
    ("mime", "served", "disposition"),
    [
        ("image/png", "image/png", "inline"),
        ("image/svg+xml", "application/octet-stream", "attachment"),
        ("text/html", "application/octet-stream", "attachment"),
        ("application/x-msdownload", "application/octet-stream", "attachment"),
        ("image/png; charset=<script>", "application/octet-stream", "attachment"),
    ],
)
async def test_a_residents_file_never_runs_in_the_officers_browser(
    counter: ConsoleCounter, asked: int, mime: str, served: str, disposition: str
):
    """OWASP ASVS 5.0, V5.4.1-3: the file is neither opened by the console nor by the browser under its own type."""

    async def send(db) -> None:
        chat = await chats.meet(db, channel="whatsapp", account="a", address=ADDRESS, language="id")
        sent = handover_lines.File(name='a"\r\nX: y.html', mime=mime, data=b"<script>alert(1)</script>")
        await handover_lines.hear(
            db, chat=chat.id, file=sent, what=handover_lines.FILE, kept=timedelta(hours=24)
        )

    await counter.store.write(send)
    officer = await counter.enter(Role.OFFICER)
    path = f"/staf/permintaan/{asked}"
    await officer.sends(path, f"{path}/ambil", dari="")
    lines = await counter.store.read(lambda db: handover_lines.lines(db, handover=asked))
    number = next(line.id for line in lines if line.file is not None)
    got = await officer.opens(f"{path}/berkas/{number}")
    assert got.headers["content-type"] == served
    assert got.headers["content-disposition"] == disposition
    assert got.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert got.headers["x-content-type-options"] == "nosniff"


async def test_a_finished_talk_is_listed_and_read_by_who_had_it(counter: ConsoleCounter, asked: int):
    officer, admin = await counter.enter(Role.OFFICER), await counter.enter(Role.ADMIN)
    path = f"/staf/permintaan/{asked}"
    await officer.sends(path, f"{path}/ambil", dari="")
    await officer.sends(path, f"{path}/kembalikan")
    assert path not in (await officer.opens("/staf/permintaan")).text
    before = await looks(counter)
    for who in (officer, admin):
        listed = (await who.opens("/staf/permintaan?lihat=selesai")).text
        assert path in listed
        assert "Endang Lestari" in listed
        assert SAID not in listed
    assert await looks(counter) == before, "a list holds no words"
    assert SAID in (await officer.opens(path)).text
    assert len(await looks(counter)) == len(before) + 1
    assert "Isinya hanya untuk petugas yang memegangnya" in (await admin.opens(path)).text
    counter.clock.move(hours=25)
    await purge(counter.store, counter.office.retention, pause=partial(asyncio.sleep, 0))
    await officer.log_in(await counter.code("Endang Lestari", Role.OFFICER))
    assert "Isinya sudah dihapus" in (await officer.opens(path)).text
    elsewhere = await counter.enter(Role.OFFICER, "mpp")
    assert path in (await elsewhere.opens("/staf/permintaan?lihat=selesai")).text, "it has no point"
