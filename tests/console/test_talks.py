"""A resident who asked for a human is taken, answered and handed back in the console; nobody learns whose chat it is."""

import pytest

from domain.roles import Role
from storage.handing_over import handover_lines, handover_views
from storage.handing_over.handovers import living_of, open_handover
from storage.people import chats
from tests.console.conftest import Counter

ADDRESS = "628123456789"


@pytest.fixture
async def asked(counter: Counter) -> int:
    from datetime import timedelta

    async def ask(db) -> int:
        chat = await chats.meet(db, channel="whatsapp", account="a", address=ADDRESS, language="id")
        await open_handover(db, chat=chat.id, why="asked", point=None, context={"why": "asked"})
        word = "Kartu saya <b>hilang</b>"
        await handover_lines.hear(db, chat=chat.id, word=word, kept=timedelta(hours=24))
        return await living_of(db, chat=chat.id)

    return await counter.store.write(ask)


async def test_an_officer_takes_answers_and_hands_back(counter: Counter, asked: int):
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
    assert await counter.store.read(handover_views.living) == []


async def test_of_two_who_take_it_one_has_it_and_the_other_is_told(counter: Counter, asked: int):
    first, second = await counter.enter(Role.OFFICER), await counter.enter(Role.APPROVER)
    path = f"/staf/permintaan/{asked}"
    stamp = await second.stamp(path, f"{path}/ambil")
    await first.sends(path, f"{path}/ambil", dari="")
    late = await second.http.post(f"{path}/ambil", data={"csrf": stamp, "dari": ""})
    assert "Petugas lain baru saja mengambilnya" in late.text
    assert "Ambil alih dari Endang Lestari" in late.text
    assert f'action="{path}/balas"' not in late.text
