"""What the page of a case tells of who wrote: nothing."""

import re

from domain.roles import Role
from storage.people import chats
from storage.satisfaction import cases
from tests.console.conftest import Counter

A_CLOCK = re.compile(r"\d\d\.\d\d")


async def test_when_a_resident_wrote_is_told_by_the_day_alone(counter: Counter):
    """The minute would tell an officer whom they had just served."""

    async def complain(db):
        chat = (await chats.meet(db, channel="web", account="a", address="b", language="id")).id
        today = counter.clock.now.date()
        return await cases.open_case(db, kind="low", word="", chat=chat, on=today, due_days=3)

    opened = await counter.store.write(complain)
    officer = await counter.enter(Role.OFFICER)
    path = f"/staf/kasus/{opened.number}"
    answered = await officer.sends(path, f"{path}/balas", jawaban="Kami menambah loket.")
    history = answered.text.partition("Riwayat")[2]
    by_resident, by_staff = re.findall(r'<span class="soft">(.*?) ·', history)
    assert A_CLOCK.search(by_staff)
    assert not A_CLOCK.search(by_resident)
