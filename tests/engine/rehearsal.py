"""Base of the engine's state machine: an office, three residents, and their models."""

import asyncio
import shutil
import tempfile
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine

from bot.channel import Heard
from handlers.engine.screen import Screen
from locales.texts import Texts
from storage.store import Store
from storage.vault import Vault
from tests.engine.desk import Playground, texts_in
from tests.engine.model import Bubble, Talk
from tests.engine.player import Waiting
from tests.engine.playground import playground
from tests.support.clock import Clock
from tests.support.resident import Resident

PEOPLE = (("Sri", "telegram"), ("Budi", "web"), ("Dewi", "whatsapp"))
Button = tuple[Resident, str, Waiting, Any]  # whose it is, its token, what it means
VAULT = Vault([bytes(range(32))])


@cache
def texts() -> Texts:
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


class Rehearsal(RuleBasedStateMachine):
    """Sends messages and compares what comes with what the model says."""

    def __init__(self) -> None:
        super().__init__()
        self._playground = playground()
        self._playground.__enter__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(_template(), self.folder / "loket.db")
        self.clock = Clock()
        self.desk = Playground(self._open(), self.clock, texts())
        self.broken = False
        self.effects: list[str] = []
        self.people = [self.desk.resident(name, channel=channel) for name, channel in PEOPLE]
        self.talks = [self._talk(one) for one in self.people]
        self.bubbles: list[list[list[Button]]] = [[] for _ in PEOPLE]
        self.tapped: list[tuple[int, Button]] = []
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
        return Talk(
            caps=one.phone.caps,
            effects=self.effects,
            broken=self._breaks,
            say=texts().say,
            keeps=timedelta(minutes=15) if one.phone.caps.shared_device else timedelta(hours=24),
            welcome={
                "office": self.desk.office.name,
                "look_up_days": kept.lookups_days,
                "link_days": kept.chat_link_days,
            },
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
        assert screen.text == expected.text, (screen.text, expected.text)
        assert [choice.label for choice in screen.choices] == [label for label, _ in expected.choices]
        assert [choice.number for choice in screen.choices] == [*range(1, len(screen.choices) + 1)]
        assert all(len(choice.token.encode()) <= 64 for choice in screen.choices)
        self.bubbles[who].append(
            [
                (self.people[who], choice.token, *meant)
                for choice, (_, meant) in zip(screen.choices, expected.choices, strict=True)
            ]
        )

    def _acts(self, who: int, act: Any, **details: Any) -> None:
        before = len(self.people[who].screens)
        expected = self.talks[who].turn(self.clock.now, act)
        self._hear(self._message(who, **details))
        assert len(self.people[who].screens) == before + 1, "one message, one answer"
        self._sees(who, self.people[who].screen, expected)
