"""Base of errands and relay, which send to chats outside a turn."""

from collections.abc import Callable, Mapping

from bot.channel import Channel
from bot.setup.loops import Loops
from bot.turns.sittings import scene_of
from bot.turns.turn import Words
from bot.turns.wording import word
from domain import codec
from domain.office.office import Office
from handlers.engine.caps import Caps
from handlers.engine.dialogue import Dialogue
from handlers.engine.playing import Reply
from handlers.engine.scene import Scene
from handlers.engine.screen import Screen
from storage.people import chats
from storage.post import outbox
from storage.session import Reading, Writing
from storage.store import Store


class Speaker:
    """Sends to chats of this process's channels.

    Args:
        channels: those of this process; chats of others wait for their process.
        wake: wakes the courier of a channel.
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
        self._voice = words.voice
        self._office = office
        self._channels = channels
        self._wake = wake

    def _caps(self, chat: chats.Chat) -> Caps:
        return self._channels[chat.channel].caps

    def _scene(self, db: Reading, chat: chats.Chat, dialogue: Dialogue, *, uncalled: bool = False) -> Scene:
        return scene_of(
            db,
            chat,
            dialogue,
            office=self._office,
            caps=self._caps(chat),
            uncalled=uncalled,
            voice=self._voice,
        )

    def _worded(self, scene: Scene, dialogue: Dialogue, reply: Reply) -> Screen:
        return word(
            reply, texts=self._texts, language=scene.language, caps=scene.caps, transcript=dialogue.top
        )

    async def _put(
        self, db: Writing, chat: chats.Chat, screen: Screen, *, priority: int = outbox.REPLY
    ) -> int:
        return await outbox.put(
            db,
            chat=chat.id,
            channel=chat.channel,
            priority=priority,
            screen=codec.dump(screen),
            due_at=db.now,
        )
