"""The real dispatcher and courier on a real database; background work runs only when a test awaits it.

The residents are those of tests/support/resident.py.
"""

import shutil
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from bot.channel import Parcel
from bot.sending.courier import Judge
from bot.setup.holidays import holiday_names
from bot.turns.message import remembered
from bot.turns.phrases import phrasebook
from bot.turns.wording import word
from handlers.engine import playing
from handlers.engine.caps import Caps
from handlers.engine.scene import Scene
from handlers.engine.screen import Screen
from locales.texts import FOLDER, LANGUAGES, Texts
from storage import audit
from storage.people import chats
from storage.post.sending import Outcome
from storage.session import Writing
from storage.store import Store
from tests.engine import playground
from tests.support.clock import Clock
from tests.support.counter import Counter
from tests.support.resident import Resident
from tests.support.texts import THE_OFFICE, WIB

CAPS = {
    "telegram": Caps(
        channel="telegram", title="Telegram", buttons=10, label=40, text=4096, edit=True, deletes=True
    ),
    "web": Caps(channel="web", title="Web", buttons=5, label=80, hint=72, text=4096, shared_device=True),
    "whatsapp": Caps(channel="whatsapp", title="WhatsApp", buttons=3, label=20, text=1024, full_nik=False),
}


class Person(Resident):
    """A resident of tests that cause faults; apologies are allowed."""

    async def _listen(self) -> None:
        await self.counter.settle()
        self.catch_up()


class Playground(Counter):
    """An office with the playground's sentences, whose channels have no way to go: a parcel is there as soon as it is carried."""

    def __init__(self, store: Store, clock: Clock, texts: Texts) -> None:
        super().__init__(store, clock, THE_OFFICE, FOLDER, texts=texts, caps=CAPS)

    def restart(self) -> None:
        phrasebook.cache_clear()  # tests add conversations
        super().restart()
        self.courier.carry = self._carry

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

    def _carry(self, parcel: Parcel, *, after_seconds: float = 0.0, judge: Judge | None = None) -> None:
        self.phones[parcel.channel].screens.setdefault(parcel.address, []).append(parcel.screen)
        outcome = Outcome(id=parcel.id, chat=parcel.chat, state="sent")
        self.courier.note(judge(outcome) if judge else [outcome])


def texts_in(folder: Path, languages: Sequence[str] = LANGUAGES) -> Texts:
    """The office's sentences and those of the playground."""
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for language in languages:
        (folder / language / "playground.ftl").write_text(
            playground.TEXTS.replace("{lang}", language), "utf-8"
        )
    return Texts(zone=WIB, strict=True, folder=folder)


async def push(desk: Playground, resident: Resident, conversation: str, argument: str = "") -> Screen:
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
            channels=CAPS,
            holidays=holiday_names,
            staff=chat.staff,
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
