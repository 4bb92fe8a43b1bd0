"""The relay: passes messages and files between residents and officers, and tells both when a handover ends.

A turn only stores a line. Here it becomes a screen for the other side, in one transaction with the mark that
it was passed on, so that a crash does not repeat it. Both chats are locked before the handover, as in turns.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby

from bot.setup.loops import Bell
from bot.turns.message import remembered
from bot.turns.relay_words import RelayTexts
from bot.turns.sittings import is_over, member_of, unfinished
from bot.turns.speaker import Speaker
from handlers.engine import playing
from handlers.engine.dialogue import Dialogue
from handlers.engine.scene import Said
from handlers.engine.screen import Screen
from storage.handovers import post as handover_post
from storage.handovers.lines import TalkLine
from storage.handovers.post import Post
from storage.people import chats
from storage.session import Reading, Writing

LOOK_SECONDS = 1.0
_TALK = ("handover", "officer")
_UNTOLD = frozenset({"resident", "left", "erased", "merged"})  # the resident ended it, or nobody is there
_ENDS = {"time": "handover-timed-out", "idle": "handover-idle"}


class Relay(Speaker):
    """Relays for channels of this process; each line once, even with several processes on one database."""

    @cached_property
    def _relayed(self) -> RelayTexts:
        return RelayTexts(self._texts, self._office)

    @cached_property
    def _news(self) -> Bell:
        return self._loops.bell("relay", "relay", "relay-ends", "relay-outcomes")

    def hurry(self) -> None:
        """Look for messages now."""
        self._news.set()

    async def run(self) -> None:
        """Run until cancelled."""
        await self._loops.keep("relay", self.carry_due, rest=self._news.every(LOOK_SECONDS))

    async def carry_due(self) -> None:
        """Pass on all waiting lines, and check the delivery of earlier ones."""
        if await self._store.read(handover_post.has_news):
            await self._store.write(handover_post.watch)
        for post in await self._store.read(_due):
            woken = await self._store.write(lambda db, post=post: self._carry(db, post))  # type: ignore[misc]
            for channel in woken:
                self._wake(channel)

    async def _carry(self, db: Writing, post: Post) -> list[str]:
        """Pass on lines of one handover in both directions; return the channels with new messages."""
        resident, officer = await self._met(db, post.resident), await self._met(db, post.officer)
        busy = (post.resident is not None and resident is None) or (
            post.officer is not None and officer is None
        )
        if busy or not await handover_post.lock(db, post=post):
            return []  # a turn has the lock, or the handover changed; tried again in a second
        if resident is not None:
            await self._answer(db, post, resident)
        if officer is not None and self._is_of(officer, post):
            await self._report(db, post, officer)
        if post.ended_by is not None:
            await self._close(db, post, resident, officer)
        return [one.channel for one in (resident, officer) if one is not None]

    def _is_of(self, officer: chats.Chat, post: Post) -> bool:
        """Whether the chat that took the handover is still the officer's staff chat."""
        caps = self._caps(officer)
        member = member_of(officer, self._office, caps, self._store.clock())
        return member is not None and member.id == post.taken_by

    async def _met(self, db: Writing, chat: int | None) -> chats.Chat | None:
        return None if chat is None else await chats.meet_again(db, chat=chat)

    async def _answer(self, db: Writing, post: Post, resident: chats.Chat) -> None:
        """Pass the officer's messages to the resident."""
        for line in await handover_post.to_carry(db, handover=post.handover, for_resident=True):
            name = post.officer_name if self._office.handover.show_name else None
            screen = self._relayed.for_resident(line, resident.language, name=name)
            row = await self._put(db, resident, screen)
            await handover_post.passed(db, lines=[line], outbox_id=row)
            await handover_post.spoken(db, resident=resident.id)

    async def _report(self, db: Writing, post: Post, officer: chats.Chat) -> None:
        """Pass the resident's messages and files to the officer; consecutive texts share a bubble."""
        waiting = await handover_post.to_carry(db, handover=post.handover, for_resident=False)
        for lines in _together(waiting):
            screen = self._relayed.for_officer(lines, officer.language, handover=post.handover)
            await self._put(db, officer, screen)
            await handover_post.passed(db, lines=lines)

    async def _close(
        self, db: Writing, post: Post, resident: chats.Chat | None, officer: chats.Chat | None
    ) -> None:
        """Tell both sides the end, except the one who ended it."""
        if resident is not None and post.ended_by not in _UNTOLD:
            await self._give_back(db, post, resident)
        if officer is not None and post.ended_by != f"staff:{post.taken_by}":
            await self._put(
                db, officer, self._relayed.over(post.ended_by or "", officer.language, handover=post.handover)
            )
        await handover_post.told(db, handover=post.handover)

    async def _give_back(self, db: Writing, post: Post, resident: chats.Chat) -> None:
        """Return the chat to the bot: tell the end, then show the open question or the menu.

        If the sitting is over, only the end is told.
        """
        caps = self._caps(resident)
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
        scene = self._scene(db, resident, dialogue)
        reply = await playing.show_again(scene, dialogue, said)
        return self._worded(scene, dialogue, reply)


async def _due(db: Reading) -> list[Post]:
    return await handover_post.due(db)


def _together(lines: Sequence[TalkLine]) -> Iterator[list[TalkLine]]:
    """Group consecutive texts; a file stays alone."""
    for alone, group in groupby(enumerate(lines), key=lambda one: one[1].file and one[0]):
        found = [line for _, line in group]
        if alone is None:
            yield found
        else:
            yield from ([line] for line in found)
