"""The real dispatcher and courier over a real database, with nothing running beside a test: everything is awaited.

The residents are those of tests/support/resident.py.
"""

import itertools
import shutil
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from bot.channel import Parcel
from bot.sending.courier import Courier, Judge
from bot.setup.holidays import holiday_names
from bot.setup.metrics import Metrics
from bot.setup.office_file import load_office
from bot.turns.dispatcher import Dispatcher
from bot.turns.message import remembered
from bot.turns.phrases import phrasebook
from bot.turns.turn import Words
from bot.turns.wording import word
from domain.office.office import Office
from handlers.engine import playing
from handlers.engine.caps import Caps
from handlers.engine.scene import Member, Scene
from handlers.engine.screen import Screen
from locales.texts import FOLDER, LANGUAGES, Texts
from storage import audit
from storage.people import chats
from storage.post.sending import Outcome
from storage.session import Writing
from storage.store import Store
from tests.engine import playground
from tests.support.clock import Clock
from tests.support.resident import Phone, Resident
from tests.support.texts import WIB

CAPS = {
    "telegram": Caps(channel="telegram", buttons=10, label=40, text=4096, edit=True, deletes=True),
    "web": Caps(channel="web", buttons=5, label=80, hint=72, text=4096, shared_device=True),
    "whatsapp": Caps(channel="whatsapp", buttons=3, label=20, text=1024, full_nik=False),
}


class Postman(Courier):
    """A courier whose channel has no way to go: a parcel is there as soon as it is carried."""

    phones: dict[str, Phone]

    def carry(self, parcel: Parcel, *, after_seconds: float = 0.0, judge: Judge | None = None) -> None:
        self.phones[parcel.channel].screens.setdefault(parcel.address, []).append(parcel.screen)
        outcome = Outcome(id=parcel.id, chat=parcel.chat, state="sent")
        self.note(judge(outcome) if judge else [outcome])


class Person(Resident):
    """A resident who may also hear an apology: here faults are made on purpose."""

    async def _listen(self) -> None:
        await self.counter.settle()
        self.catch_up()


class Desk:
    """An office; `restart` is what remains of it after kill -9 between two messages."""

    def __init__(self, store: Store, clock: Clock, texts: Texts, office: Office | None = None) -> None:
        self.store, self.clock, self.texts = store, clock, texts
        self.office = office or load_office(None)
        self.phones = {name: Phone(caps) for name, caps in CAPS.items()}
        self.transcript: list[str] = []
        self.padded: list[float] = []
        self.photos = 0
        self._message_ids = itertools.count(1)
        self.restart()

    def restart(self) -> None:
        metrics = Metrics()
        self.courier = Postman(store=self.store, channels=self.phones, metrics=metrics, office=self.office)
        self.courier.phones = self.phones
        self.hear = Dispatcher(
            store=self.store,
            words=Words(self.texts, phrasebook(self.texts)),
            office=self.office,
            channels=self.phones,
            courier=self.courier,
            metrics=metrics,
            on_photo=self._photo,
            sleep=self._pad,
        )

    def resident(self, name: str = "Sri", *, channel: str = "telegram") -> Resident:
        return Person(self, name, self.phones[channel], None)

    async def settle(self) -> None:
        await self.courier.rest(5)

    async def effects(self) -> list[str]:
        """What the steps of the test conversations did, in order."""
        lines = await self.store.read(lambda db: audit.entries(db, action=playground.EFFECT, limit=10_000))
        return [line.details for line in reversed(lines)]

    def says(self, language: str, key: str, **variables: object) -> str:
        return self.texts.say(language, key, **variables)

    def next_message(self) -> str:
        return f"in-{next(self._message_ids)}"

    def _photo(self) -> None:
        self.photos += 1

    async def _pad(self, seconds: float) -> None:
        self.padded.append(seconds)


def texts_in(folder: Path, languages: Sequence[str] = LANGUAGES) -> Texts:
    """The office's sentences and those of the playground."""
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for language in languages:
        (folder / language / "playground.ftl").write_text(
            playground.TEXTS.replace("{lang}", language), "utf-8"
        )
    return Texts(zone=WIB, strict=True, folder=folder)


async def push(desk: Desk, resident: Resident, conversation: str, argument: str = "") -> Screen:
    """Let the office open a conversation with a resident who has been here, as a reminder will."""
    caps = resident.phone.caps

    async def work(db: Writing) -> Screen:
        chat = await chats.meet(
            db, channel=caps.channel, account=resident.phone.account, address=resident.name, language="id"
        )
        dialogue = remembered(chat)
        transcript = playing.open_by_push(dialogue, conversation, argument)
        scene = Scene.of(
            chat,
            db=db,
            office=desk.office,
            caps=caps,
            holidays=holiday_names,
            staff=Member.of(chat.staff),
            dialogue=dialogue,
        )
        reply = await playing.play(scene, dialogue)
        screen = word(reply, texts=desk.texts, language=chat.language, caps=caps, transcript=transcript)
        until = timedelta(minutes=15) if caps.shared_device else timedelta(hours=24)
        await chats.keep(
            db, chat=chat.id, dialogue=dialogue.to_json(), until=until, language=chat.language, welcomed=1
        )
        return screen

    resident.screens.append(await desk.store.write(work))
    return resident.screen
