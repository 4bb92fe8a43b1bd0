"""Two people use one browser in random order, and neither sees anything of the other.

Whoever sits there knows their own pair alone. What belongs to the other (masked name, number, ticket code, complaint and its
number, words with an officer) is said in no bubble and no file while they sit there.
"""

import asyncio
import re
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sqlalchemy import text as sql

from domain.staff.roles import Role
from handlers.engine.screen import Screen
from storage.ratings import cases
from storage.staff import staff
from storage.store import Store
from tests.conversations.appointments.steps import CODE, to_record
from tests.engine.rehearsal import VAULT, _template
from tests.support.clock import Clock
from tests.support.counter import Counter, counter_of
from tests.support.exploring import examples
from tests.support.people import BUDI, SRI, number

# Not the number that every question for a number gives as its example.
PEOPLE = ({**SRI, "no_registrasi": number("00S1")}, {**BUDI, "nama": "Wahyu Hidayat"})
MASKED = ("S*** A***", "W*** H***")
WORDS = ("kursinya patah terus", "lampunya mati terus")
COMMANDS = (
    *(
        "status",
        "/jadwal",
        "/nilai",
        "/datasaya",
        "/hapusdata",
        "/izin",
        "/tukar",
        "/bantuan",
        "menu",
        "kembali",
    ),
    *(
        "batal",
        "halo",
        "petugas",
        "kembali ke bot",
        "/berhenti",
        "/start",
        "1",
        "2",
        "3",
        "ya",
        "sooko",
        "besok",
    ),
    *("/pengaduan", "/perbaikan", "09.00", "Kirim", "Konfirmasi", "keluar", "/bahasa en", "/bahasa id"),
)
CASE = re.compile(r"\b[2-9A-Z]{6}\b")


class Browser(RuleBasedStateMachine):
    """A real office on a real SQLite file, one browser, two people."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(_template(), self.folder / "loket.db")
        self.clock = Clock()
        self.sitting = 0
        self.owned: tuple[set[str], set[str]] = tuple(
            {person["no_registrasi"], person["no_registrasi"][-6:], mask, word}
            for person, mask, word in zip(PEOPLE, MASKED, WORDS, strict=True)
        )
        self.seen = 0
        self.loop.run_until_complete(self._open())

    async def _open(self) -> None:
        url = f"sqlite+aiosqlite:///{self.folder / 'loket.db'}"
        self.store = await Store.open(url, vault=VAULT, clock=self.clock)
        self.counter: Counter = counter_of(self.store, self.clock, self.folder)
        await self.counter.open()
        await self.counter.imports(*map(to_record, PEOPLE))
        self.browser = self.counter.resident("browser", channel="web")
        await self.counter.store.write(
            lambda db: staff.invite(db, name="Wulan", role=Role.ADMIN, actor="system")
        )
        self.wulan = await self.counter.store.read(lambda db: staff.find(db, name="Wulan"))

    def teardown(self) -> None:
        self.loop.run_until_complete(self.counter.close())
        self.loop.run_until_complete(self.store.close())
        self.loop.close()
        shutil.rmtree(self.folder)

    def _do(self, deed) -> None:
        self.loop.run_until_complete(deed)
        self._look()

    def _look(self) -> None:
        """Record the current person's data on the screen, and find none of the other person's."""
        for screen in self.browser.screens[self.seen :]:
            said = _everything(screen)
            for word in self.owned[1 - self.sitting]:
                assert word not in said, f"{word!r} is said to the other one:\n{said}"
            self.owned[self.sitting].update(CODE.findall(screen.text))
            if "nomor kasus" in said or "pengaduan" in said.casefold():
                self.owned[self.sitting].update(CASE.findall(screen.text))
        self.seen = len(self.browser.screens)

    @initialize(commands=st.lists(st.sampled_from(COMMANDS), max_size=3))
    def begins(self, commands: list[str]) -> None:
        for one in commands:
            self.says(one)

    @rule(text=st.sampled_from(COMMANDS))
    def says(self, text: str) -> None:
        self._do(self.browser.says(text))

    @rule()
    def shows_their_pair(self) -> None:
        self._do(self.browser.asks(PEOPLE[self.sitting]))

    @rule()
    def gives_number_and_nik_in_turn(self) -> None:
        self._do(self.browser.says(PEOPLE[self.sitting]["no_registrasi"]))
        self._do(self.browser.says(PEOPLE[self.sitting]["nik"]))

    @rule()
    def follows(self) -> None:
        self.shows_their_pair()
        self.taps_the_newest(0)

    @rule(leaves=st.booleans())
    def follows_and_makes_room(self, leaves: bool) -> None:
        self.follows()
        self.the_other_one_sits_down(leaves)
        self.shows_their_pair()

    @rule()
    def books(self) -> None:
        for text in ("menu", "/jadwal"):
            self.says(text)
        self.gives_number_and_nik_in_turn()
        for text in ("sooko", "besok", "09.00", "1"):
            self.says(text)

    @rule()
    def complains(self) -> None:
        self.says("/pengaduan")
        self._do(self.browser.says(WORDS[self.sitting]))
        self.says("Kirim")

    @rule()
    def reads_their_file(self) -> None:
        self.says("/datasaya")
        self.gives_number_and_nik_in_turn()

    @rule()
    def erases(self) -> None:
        self.says("/hapusdata")
        self.gives_number_and_nik_in_turn()
        self.says("1")

    @rule()
    def talks_to_an_officer(self) -> None:
        self.says("petugas")
        self._do(self.browser.says(WORDS[self.sitting]))

    @rule(place=st.integers(0, 9))
    def taps_the_newest(self, place: int) -> None:
        choices = self.browser.screens[-1].choices if self.browser.screens else ()
        if choices:
            self._do(self.browser.sends(kind="choice", choice=choices[place % len(choices)].token))

    @rule(back=st.integers(0, 40), place=st.integers(0, 9))
    def taps_an_old_bubble(self, back: int, place: int) -> None:
        bubbles = [one for one in self.browser.screens if one.choices]
        if bubbles:
            choices = bubbles[-1 - back % len(bubbles)].choices
            self._do(self.browser.sends(kind="choice", choice=choices[place % len(choices)].token))

    @rule(leaves=st.booleans())
    def the_other_one_sits_down(self, leaves: bool) -> None:
        if leaves:
            self._do(self.browser.sends(kind="left"))
            self.clock.move(seconds=1)  # nobody sits down in the same microsecond
        else:
            self.clock.move(minutes=16)
        self._look()
        self.sitting = 1 - self.sitting

    @rule()
    def the_browser_comes_back(self) -> None:
        shown = self.loop.run_until_complete(self.counter.shown_again("browser"))
        assert not any(word in shown for word in self.owned[1 - self.sitting])

    @rule(minutes=st.sampled_from([1, 6, 14, 20, 60, 22 * 60, 25 * 60]))
    def time_passes(self, minutes: int) -> None:
        """News, reminders and answers come by themselves; nobody sits there who was idle."""
        self._do(self.counter.passes(minutes=minutes))

    @rule(stage=st.sampled_from(["PRR", "WAITING_BLANK", "CARD_SHIPPED"]), who=st.integers(0, 1))
    def a_card_moves_on(self, stage: str, who: int) -> None:
        day = f"{self.clock.now:%Y-%m-%d}"
        self._do(self.counter.imports(to_record(PEOPLE[who], status=stage, tanggal=day)))
        self._do(self.counter.passes(minutes=6))

    @rule()
    def the_office_answers_its_cases(self) -> None:
        async def answer() -> None:
            query = sql("SELECT number FROM cases WHERE state = 'open'")
            for row in await self.store.read(lambda db: db.rows(query)):
                await self.store.write(
                    lambda db, number=row.number: cases.reply(
                        db, number=number, word=f"Sudah kami perbaiki ({number}).", staff_id=self.wulan.id
                    )
                )
            await self.counter.passes(minutes=3)

        self._do(answer())


def _everything(screen: Screen) -> str:
    """All that a person reads of a bubble."""
    said = [screen.text, *(f"{one.label} {one.hint or ''}" for one in screen.choices)]
    said += [one.data.decode("utf-8-sig", "ignore") for one in screen.files if one.mime.startswith("text/")]
    said += [one.name for one in screen.files]
    return "\n".join(said)


TestBrowser = Browser.TestCase
TestBrowser.pytestmark = [pytest.mark.timeout(max(600, examples(600)))]
TestBrowser.settings = settings(
    max_examples=examples(25),
    stateful_step_count=30,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
