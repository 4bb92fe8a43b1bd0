"""Begins due errands, each as one push in the language of its chat."""

from dataclasses import replace
from datetime import timedelta
from functools import cached_property

import structlog

from bot.setup.logs import what, within_turn
from bot.setup.loops import Bell
from bot.turns.message import remembered
from bot.turns.speaker import Speaker
from bot.turns.wording import unmarked
from handlers.engine import playing
from handlers.engine.dialogue import Dialogue
from handlers.engine.playing import Reply
from handlers.engine.registry import asks_pair
from handlers.engine.scene import Said, Scene
from handlers.engine.screen import Screen, ShownChoice, Template
from handlers.shared.prompts import note_spoken
from storage.appointments import reminders
from storage.people import chats
from storage.post import errands, outbox
from storage.post.errands import Errand
from storage.session import StoreDown, Writing

LOOK_SECONDS = 1.0
AT_ONCE = 20  # per transaction; short enough that waiting turns are not delayed
FAULTS_AT_MOST = 5
_AGAIN = timedelta(minutes=1)
_AT_ONCE = {reminders.CALLED, reminders.NEAR}  # they ask nothing, so they may come before an answer

log = structlog.get_logger(__name__)


class Errands(Speaker):
    """Begins due errands; each once, even with several processes on one database."""

    @cached_property
    def _bell(self) -> Bell:
        return self._loops.bell("errands", "errands")

    async def run(self) -> None:
        """Run until cancelled."""
        await self._loops.keep("errands", self.begin_due, rest=self._bell.every(LOOK_SECONDS))

    async def begin_due(self) -> None:
        """Begin all that is due; nothing in quiet hours."""
        more = True
        while more and not self._office.quiet.covers(self._office.local(self._store.clock()).time()):
            more = await self._store.read(errands.has_due) and await self._store.write(self._begin_some)

    async def _begin_some(self, db: Writing) -> bool:
        """Begin some errands; True: there may be more."""
        found = await errands.due(db, channels=list(self._channels), limit=AT_ONCE)
        for errand in found:
            with within_turn(errand.id):
                await self._see_to(db, errand)
        return len(found) == AT_ONCE

    async def _see_to(self, db: Writing, errand: Errand) -> None:
        # Lock the chat first, as turns do, which then plan or withdraw errands.
        chat = await chats.meet_again(db, chat=errand.chat)
        if chat is None or not await errands.claim(db, errand=errand.id):
            return
        if chat.stopped or errand.until <= db.now:
            outcome = "stopped" if chat.stopped else "late"
            await errands.finish(db, errand=errand.id, outcome=outcome)
            return
        dialogue = remembered(chat)
        idle_seconds = (db.now - chat.heard_at).total_seconds()
        if errand.conversation not in _AT_ONCE and playing.push_waits(dialogue, idle_seconds=idle_seconds):
            rested = chat.heard_at + timedelta(seconds=playing.PUSH_WAITS_SECONDS)
            await errands.postpone(db, errand=errand.id, to=rested)
            return
        try:
            async with db.savepoint():
                await self._begin(db, errand, chat, dialogue)
        except StoreDown:
            raise
        except Exception as fault:  # noqa: BLE001  (one failing errand must not stop the others)
            log.error("errand.fault", conversation=errand.conversation, errand=errand.id, **what(fault))  # noqa: TRY400  (its message may quote a resident)
            await self._try_again(db, errand)

    async def _begin(self, db: Writing, errand: Errand, chat: chats.Chat, dialogue: Dialogue) -> None:
        had_open = bool(dialogue.stack)
        scene = self._scene(db, chat, dialogue, uncalled=True)
        reply = await playing.begin(scene, dialogue, errand.conversation, errand.argument)
        if not reply.said and reply.question is None:
            await errands.finish(db, errand=errand.id, outcome="silent")
            return
        opening = None
        screen = self._screen(scene, dialogue, reply)
        if reply.question is not None and dialogue.top is not None:
            opening = dialogue.top.opening
            screen = self._to_open(screen, scene, errand, opening, veiled=reply.veiled)
            kept = self._kept(scene)
            if kept > timedelta(0) and not reply.veiled:
                note_spoken(scene, dialogue, reply)
                await chats.keep_begun(
                    db, chat=chat.id, dialogue=dialogue.to_json(), until=kept, had_open=had_open
                )
        await self._put(db, chat, screen, priority=outbox.PUSH)
        await errands.finish(db, errand=errand.id, outcome="begun", opening=opening)
        self._wake(chat.channel)

    def _screen(self, scene: Scene, dialogue: Dialogue, reply: Reply) -> Screen:
        return replace(
            self._worded(scene, dialogue, reply),
            idle_text=self._texts.say(scene.language, "push-waits-shared"),
            template=self._template(scene, reply),
        )

    def _to_open(self, screen: Screen, scene: Scene, errand: Errand, opening: str, *, veiled: bool) -> Screen:
        """Add what an idle shared device shows: a notice of news, and a button that asks for the pair."""
        if not scene.caps.shared_device or not asks_pair(errand.conversation):
            return screen
        label = self._texts.say(scene.language, "push-open")
        screen = replace(
            screen, idle_choices=(ShownChoice(token=f"{opening}.1.open", number=1, label=label),)
        )
        return screen.veil() if veiled else screen

    def _template(self, scene: Scene, reply: Reply) -> Template | None:
        approved = reply.enclosed.approved
        if approved is None:
            return None
        gaps = [gap if isinstance(gap, str) else self._say(scene, gap) for gap in approved.gaps]
        return Template(name=approved.name, language=scene.language, variables=tuple(gaps))

    def _say(self, scene: Scene, said: Said) -> str:
        return self._texts.say(scene.language, said.key, **unmarked(said.variables))

    def _kept(self, scene: Scene) -> timedelta:
        """How long the open question is remembered; its buttons stay valid longer (storage/post/errands.py).

        The next person on a shared device must not answer it.
        """
        retention = self._office.retention
        if scene.caps.shared_device:
            return timedelta(minutes=retention.shared_unfinished_minutes, seconds=-scene.idle_seconds)
        return timedelta(hours=retention.unfinished_hours)

    async def _try_again(self, db: Writing, errand: Errand) -> None:
        if errand.attempts + 1 >= FAULTS_AT_MOST:
            await errands.finish(db, errand=errand.id, outcome="fault")
        else:
            later = db.now + _AGAIN * (1 << errand.attempts)
            await errands.postpone(db, errand=errand.id, to=later, failed=True)
