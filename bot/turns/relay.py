"""The relay: carries words and files between residents and the officers they talk with, and tells both when it is over.

A turn keeps a line and nothing else; here it becomes a screen for the other side, in one transaction with the note that
it was carried: after a crash it is carried once. Both chats are locked before the hand-over, as turns lock theirs.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from bot.channel import Channel
from bot.channels import CAPS
from bot.setup.holidays import holiday_names
from bot.setup.loops import Loops, until_woken
from bot.turns.message import remembered
from bot.turns.relay_words import RelayTexts
from bot.turns.sittings import is_over, member_of, unfinished
from bot.turns.turn import Words
from bot.turns.wording import word
from domain.office.office import Office
from handlers.engine import playing
from handlers.engine.dialogue import Dialogue
from handlers.engine.scene import Said, Scene
from handlers.engine.screen import Screen
from storage.handovers import post as handover_post
from storage.handovers.lines import Line
from storage.handovers.post import Post
from storage.people import chats
from storage.post import outbox
from storage.session import Reading, Writing
from storage.store import Store

LOOK_SECONDS = 1.0
_TALK = ("handover", "officer")
_UNTOLD = frozenset({"resident", "left", "erased", "merged"})  # the resident knows, or nobody is there
_ENDS = {"time": "handover-timed-out", "idle": "handover-idle"}


class Relay:
    """Carries for the channels of this process; several processes on one database carry each line once.

    Args:
        wake: tells the courier that a channel has something new.
    """

    def __init__(
        self,
        *,
        store: Store,
        words: Words,
        office: Office,
        channels: Mapping[str, Channel],
        wake: Callable[[str], None],
        loops: Loops | None = None,
    ) -> None:
        self._store = store
        self._loops = loops or Loops()
        self._texts = words.texts
        self._relayed = RelayTexts(words.texts, office)
        self._office = office
        self._channels = channels
        self._wake = wake
        self._news = asyncio.Event()

    def hurry(self) -> None:
        """Look for words now."""
        self._news.set()

    async def run(self) -> None:
        """Carry until cancelled."""
        await self._loops.keep("relay", self.carry_due, rest=until_woken(self._news, LOOK_SECONDS))

    async def carry_due(self) -> None:
        """Carry whatever waits, and look what became of what was carried."""
        if await self._store.read(handover_post.has_news):
            await self._store.write(handover_post.watch)
        for post in await self._store.read(_due):
            woken = await self._store.write(lambda db, post=post: self._carry(db, post))  # type: ignore[misc]
            for channel in woken:
                self._wake(channel)

    async def _carry(self, db: Writing, post: Post) -> list[str]:
        """Carry the lines of one hand-over, both ways; give the channels that have something new."""
        resident, officer = await self._met(db, post.resident), await self._met(db, post.officer)
        busy = (post.resident is not None and resident is None) or (
            post.officer is not None and officer is None
        )
        if busy or not await handover_post.lock(db, post=post):
            return []  # somebody speaks at this moment, or it changed hands: looked at again in a second
        if resident is not None:
            await self._answer(db, post, resident)
        if officer is not None and self._is_of(officer, post):
            await self._report(db, post, officer)
        if post.ended_by is not None:
            await self._close(db, post, resident, officer)
        return [one.channel for one in (resident, officer) if one is not None]

    def _is_of(self, officer: chats.Chat, post: Post) -> bool:
        """Tell whether the chat in which a hand-over was taken still is that officer's staff chat."""
        caps = self._channels[officer.channel].caps
        member = member_of(officer, self._office, caps, self._store.clock())
        return member is not None and member.id == post.taken_by

    async def _met(self, db: Writing, chat: int | None) -> chats.Chat | None:
        return None if chat is None else await chats.meet_again(db, chat=chat)

    async def _answer(self, db: Writing, post: Post, resident: chats.Chat) -> None:
        """Carry the officer's words to the resident."""
        for line in await handover_post.to_carry(db, handover=post.handover, for_resident=True):
            name = post.officer_name if self._office.handover.show_name else None
            screen = self._relayed.for_resident(line, resident.language, name=name)
            row = await self._put(db, resident, screen)
            await handover_post.passed(db, lines=[line], outbox_id=row)
            await handover_post.spoken(db, resident=resident.id)

    async def _report(self, db: Writing, post: Post, officer: chats.Chat) -> None:
        """Carry the resident's words and files to the officer: words that came together, in one bubble."""
        waiting = await handover_post.to_carry(db, handover=post.handover, for_resident=False)
        for lines in _together(waiting):
            screen = self._relayed.for_officer(lines, officer.language, handover=post.handover)
            await self._put(db, officer, screen)
            await handover_post.passed(db, lines=lines)

    async def _close(
        self, db: Writing, post: Post, resident: chats.Chat | None, officer: chats.Chat | None
    ) -> None:
        """Tell both sides that it is over, but for the one who ended it."""
        if resident is not None and post.ended_by not in _UNTOLD:
            await self._give_back(db, post, resident)
        if officer is not None and post.ended_by != f"staff:{post.taken_by}":
            await self._put(
                db, officer, self._relayed.over(post.ended_by or "", officer.language, handover=post.handover)
            )
        await handover_post.told(db, handover=post.handover)

    async def _give_back(self, db: Writing, post: Post, resident: chats.Chat) -> None:
        """Let the bot speak again: in one sentence, and with the question that was open, or the menu.

        Where somebody else may sit by now, in that sentence alone.
        """
        caps = self._channels[resident.channel].caps
        key = _ENDS.get(post.ended_by or "", "handover-given-back")
        if post.ended_by == "time" and not post.was_taken:
            key = "handover-nobody-came"
        if is_over(resident, self._office, caps, db.now):
            told = self._texts.say(resident.language, key)
            await self._put(db, resident, Screen(text=told, idle_text=told, language=resident.language))
            return
        dialogue = remembered(resident)
        dialogue.stack = [one for one in dialogue.stack if one.conversation not in _TALK]
        had_open = bool(dialogue.stack)
        screen = await self._shown_again(db, dialogue, resident, Said(key))
        until = unfinished(self._office, caps)
        await chats.keep_begun(
            db, chat=resident.id, dialogue=dialogue.to_json(), until=until, had_open=had_open
        )
        await self._put(db, resident, screen)

    async def _shown_again(self, db: Writing, dialogue: Dialogue, resident: chats.Chat, said: Said) -> Screen:
        caps = self._channels[resident.channel].caps
        scene = Scene.of(
            resident,
            db=db,
            office=self._office,
            caps=caps,
            channels=CAPS,
            holidays=holiday_names,
            staff=member_of(resident, self._office, caps, db.now),
            dialogue=dialogue,
        )
        reply = await playing.show_again(scene, dialogue, said)
        return word(reply, texts=self._texts, language=scene.language, caps=caps, transcript=dialogue.top)

    async def _put(self, db: Writing, chat: chats.Chat, screen: Screen) -> int:
        return await outbox.put(
            db,
            chat=chat.id,
            channel=chat.channel,
            priority=outbox.REPLY,
            screen=screen.to_json(),
            due_at=db.now,
        )


async def _due(db: Reading) -> list[Post]:
    return await handover_post.due(db)


def _together(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Group words that follow each other; a file goes by itself."""
    for alone, group in groupby(enumerate(lines), key=lambda one: one[1].file and one[0]):
        found = [line for _, line in group]
        if alone is None:
            yield found
        else:
            yield from ([line] for line in found)
