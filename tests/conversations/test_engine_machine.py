"""Random residents against the real dispatcher on a real SQLite file, and a plain model that says what must happen."""

import asyncio
import shutil
import tempfile
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.channel import Heard
from handlers.screen import Screen
from locales.texts import Texts
from storage.store import Store
from storage.vault import Vault
from tests.conversations.resident import Resident
from tests.engine.desk import Desk, push, texts_in
from tests.engine.model import Bubble, Talk, Waiting
from tests.engine.playground import ITEMS, SEATS, WORLD, playground
from tests.support.clock import Clock

PEOPLE = (("Sri", "telegram"), ("Budi", "web"), ("Dewi", "whatsapp"))
WORDS = {
    "menu": ("menu", ""),
    "/menu": ("menu", ""),
    "batal": ("cancel", ""),
    "kembali": ("back", ""),
    "/kembali": ("back", ""),
    "back": ("back", ""),
    "/shop": ("open", "shop"),
    "seat": ("open", "seat"),
    "/strict": ("open", "strict"),
    "gate": ("open", "gate"),
    "/mood": ("open", "mood"),
    "bantuan": ("open", "help"),
    "/bahasa": ("open", "language"),
    "english": ("open", "language en"),
    "bahasa indonesia": ("open", "language id"),
    "/bahasa jv": ("open", "language jv"),
}
LABELS = [
    *(f"{item} ({language})" for item in ITEMS[:3] + ITEMS[-1:] for language in ("id", "en")),
    *(f"seat {one} (id)" for one in SEATS),
    *("nothing more (id)", "nothing more (en)", "Ya", "Tidak", "Yes", "No", "Lainnya", "FEELING GOOD (ID)"),
]
TEXTS = st.one_of(
    st.sampled_from(sorted(WORDS)),
    st.integers(0, 14).map(str),
    st.sampled_from(LABELS),
    st.sampled_from(["7", "99", "100", "lima", "７", "(tidak)", "sudah jadi belum?"]),
)
PERSON = st.integers(0, len(PEOPLE) - 1)
VAULT = Vault([bytes(range(32))])


@cache
def _texts() -> Texts:
    return texts_in(Path(tempfile.mkdtemp()) / "locales")


@cache
def _template() -> Path:
    file = Path(tempfile.mkdtemp()) / "loket.db"

    async def migrate() -> None:
        store = await Store.open(f"sqlite+aiosqlite:///{file}", vault=VAULT, clock=Clock())
        await store.migrate()
        await store.close()

    asyncio.run(migrate())
    return file


class Residents(RuleBasedStateMachine):
    """Three residents on three channels; each does what people do, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self._playground = playground()
        self._playground.__enter__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(_template(), self.folder / "loket.db")
        self.clock = Clock()
        self.desk = Desk(self._open(), self.clock, _texts())
        self.broken = False
        self.effects: list[str] = []
        self.people = [self.desk.resident(name, channel=channel) for name, channel in PEOPLE]
        self.talks = [self._talk(one) for one in self.people]
        self.buttons: list[tuple[Resident, str, Waiting, Any]] = []
        self.tapped: tuple[int, int] | None = None
        self.heard: list[Heard] = []

    def teardown(self) -> None:
        self.loop.run_until_complete(self.desk.store.close())
        self.loop.close()
        self._playground.__exit__(None, None, None)
        shutil.rmtree(self.folder)

    def _open(self) -> Store:
        url = f"sqlite+aiosqlite:///{self.folder / 'loket.db'}"
        return self.loop.run_until_complete(Store.open(url, vault=VAULT, clock=self.clock))

    def _talk(self, one: Resident) -> Talk:
        kept = self.desk.office.retention
        days = {"look_up_days": kept.lookups_days, "link_days": kept.chat_link_days}
        return Talk(
            caps=one.phone.caps,
            effects=self.effects,
            broken=self._breaks,
            say=_texts().say,
            keeps=timedelta(minutes=15) if one.phone.caps.shared_device else timedelta(hours=24),
            welcome=_texts().say("id", "engine-welcome", office=self.desk.office.name, **days),
        )

    def _breaks(self) -> bool:
        broken, self.broken = self.broken, False
        return broken

    def _message(self, who: int, **details: Any) -> Heard:
        self.heard.append(Heard(**{**self.people[who]._from(), **details}))
        return self.heard[-1]

    def _hear(self, *heard: Heard) -> None:
        async def hear() -> None:
            await asyncio.gather(*(self.desk.hear(one) for one in heard))
            await self.desk.settle()

        self.loop.run_until_complete(hear())

    def _sees(self, who: int, screen: Screen, expected: Bubble) -> None:
        assert screen.text == expected.text
        assert [choice.label for choice in screen.choices] == [label for label, _ in expected.choices]
        assert [choice.number for choice in screen.choices] == [*range(1, len(screen.choices) + 1)]
        for choice, (_, (question, answer)) in zip(screen.choices, expected.choices, strict=True):
            assert len(choice.token.encode()) <= 64
            self.buttons.append((self.people[who], choice.token, question, answer))

    def _acts(self, who: int, act: Any, **details: Any) -> None:
        before = len(self.people[who].screens)
        expected = self.talks[who].turn(self.clock.now, act)
        self._hear(self._message(who, **details))
        assert len(self.people[who].screens) == before + 1, "one message, one answer"
        self._sees(who, self.people[who].screen, expected)

    @rule(who=PERSON, text=TEXTS)
    def says(self, who: int, text: str) -> None:
        self._acts(who, lambda talk: talk.hears_text(text.replace("７", "7"), WORDS), text=text)

    @precondition(lambda self: self.buttons)
    @rule(who=PERSON, back=st.one_of(st.integers(0, 12), st.integers(0, 10**6)))
    def taps(self, who: int, back: int) -> None:
        """Tap a button: a new one, an old one, somebody else's."""
        self.tapped = (who, len(self.buttons) - 1 - back % len(self.buttons))
        self._tap(*self.tapped)

    @precondition(lambda self: self.tapped)
    @rule()
    def taps_the_same_again(self) -> None:
        self._tap(*self.tapped)

    def _tap(self, who: int, which: int) -> None:
        owner, token, question, answer = self.buttons[which]
        mine = question if owner is self.people[who] else None
        self._acts(
            who,
            lambda talk: talk.taps(mine, answer, (mine, answer)),
            kind="choice",
            choice=token,
        )

    @rule(who=PERSON, token=st.sampled_from(["", ".", "abcdefgh.1.0", "a.b.c.d", ">", "x.1.>99", "é" * 9999]))
    def taps_a_forged_button(self, who: int, token: str) -> None:
        self._acts(who, lambda talk: talk.taps(None, None, None), kind="choice", choice=token)

    @rule(who=PERSON, kind=st.sampled_from(["voice", "sticker", "location", "other"]))
    def sends_something_else(self, who: int, kind: str) -> None:
        self._acts(who, lambda talk: talk.sends_something_else("engine-unsupported", kind=kind), kind=kind)

    @precondition(lambda self: self.heard)
    @rule(back=st.integers(0, 3))
    def a_message_is_delivered_again(self, back: int) -> None:
        before = [len(one.screens) for one in self.people]
        self._hear(*[self.heard[-1 - back % len(self.heard)]] * 2)
        assert before == [len(one.screens) for one in self.people]

    @rule(first=PERSON, second=PERSON, texts=st.tuples(TEXTS, TEXTS))
    def two_messages_at_once(self, first: int, second: int, texts: tuple[str, str]) -> None:
        people = (first, second)
        before = [len(one.screens) for one in self.people]
        expected = [
            self.talks[who].turn(
                self.clock.now, lambda talk, text=text: talk.hears_text(text.replace("７", "7"), WORDS)
            )
            for who, text in zip(people, texts, strict=True)
        ]
        self._hear(*[self._message(who, text=text) for who, text in zip(people, texts, strict=True)])
        for who, bubble in zip(people, expected, strict=True):
            self._sees(who, self.people[who].screens[before[who]], bubble)
            before[who] += 1
        assert before == [len(one.screens) for one in self.people]

    @rule()
    def the_process_starts_anew(self) -> None:
        self.loop.run_until_complete(self.desk.store.close())
        self.desk.store = self._open()
        self.desk.restart()

    @rule(minutes=st.sampled_from([1, 14, 16, 600, 23 * 60, 25 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.clock.move(minutes=minutes)

    @rule()
    def the_next_step_breaks(self) -> None:
        self.broken = WORLD.broken = True

    @rule(who=PERSON, name=st.sampled_from(["Sri", "Adi"]))
    def the_office_asks_by_a_push(self, who: int, name: str) -> None:
        if self.talks[who].welcome is None:
            expected = self.talks[who].turn(self.clock.now, lambda talk: talk.pushes("news", name))
            screen = self.loop.run_until_complete(push(self.desk, self.people[who], "news", name))
            self._sees(who, screen, expected)

    @invariant()
    def every_step_had_its_effect_once(self) -> None:
        assert self.loop.run_until_complete(self.desk.effects()) == self.effects

    @invariant()
    def what_is_stored_asks_the_same_question_again(self) -> None:
        for one, talk in zip(self.people, self.talks, strict=True):
            shown = self.loop.run_until_complete(
                self.desk.hear.resume(channel=one.phone.name, account="loket", address=one.name)
            )
            expired = talk.until is None or self.clock.now >= talk.until
            if expired or not talk.stack:
                assert shown is None
            else:
                bubble = talk._play()
                assert shown is not None
                assert (shown.text, [choice.label for choice in shown.choices]) == (
                    bubble.text,
                    [label for label, _ in bubble.choices],
                )


TestResidents = Residents.TestCase
TestResidents.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
