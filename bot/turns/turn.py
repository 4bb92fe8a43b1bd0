"""One message = one turn = one transaction: claim, load, play, write. No network inside."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

import structlog

from bot.channel import Busy, Heard
from bot.setup.logs import turn_name, what, within_turn
from bot.turns.handover import HandoverMessages, MeantForOfficer, is_to_fetch
from bot.turns.message import bounded, longest_accepted, message_of, remembered, searched_part, where
from bot.turns.photos import caption_as_text, to_fetch
from bot.turns.sittings import LEFT, get_up, scene_of, sit_down, unfinished
from bot.turns.small_screens import with_notice
from bot.turns.wording import PARAGRAPH, finished, shown_again, word
from domain import codec
from domain.office.office import Office
from domain.people.networks import tiers_of
from handlers.engine import hearing, playing
from handlers.engine.answering import longest_text
from handlers.engine.caps import Caps
from handlers.engine.dialogue import Dialogue
from handlers.engine.hearing import Phrasebook
from handlers.engine.playing import Reply
from handlers.engine.repeats import help_on, note_shown
from handlers.engine.scene import AskerName, Said, Scene, Voice
from handlers.engine.screen import Screen
from handlers.people.consents import NOTICE_VERSION, notice
from handlers.shared.prompts import note_spoken
from locales.texts import DEFAULT, Texts
from storage.ids import new_id
from storage.people import chats, consents
from storage.people.addresses import address_name
from storage.people.sittings import leave
from storage.post import media, outbox
from storage.post.outbox import claim
from storage.session import StoreDown, Writing

REFUSAL = "refusal-"
_TALKS = ("talk", "handover")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Words:
    """Texts of the office, the words that it understands, and its recordings, if any."""

    texts: Texts
    phrases: Phrasebook
    voice: Voice | None = None


@dataclass(slots=True)
class Planned:
    """Result of a turn: its outbox row, delays, and whether a handover has a new message (`talked`)."""

    duplicate: bool = False
    chat: int = 0
    row: int = 0
    leased: bool = False
    screen: Screen | None = field(default=None, repr=False)
    padding_seconds: float = 0.0
    outcome: str = "answered"
    refusals: tuple[str, ...] = ()
    photo: bool = False
    talked: bool = False


class Turn:
    """Processes one message in a transaction.

    Args:
        owner: name of this process in leases of rows that it sends itself.
        expect: called with a chat whose reply must wait for an earlier one.
    """

    def __init__(self, *, words: Words, office: Office, owner: str, expect: Callable[[int], None]) -> None:
        self._texts = words.texts
        self._phrases = words.phrases
        self._voice = words.voice
        self._office = office
        self._owner = owner
        self._expect = expect
        self._handed = HandoverMessages(words.texts, office, words.phrases)

    async def take(self, db: Writing, heard: Heard, caps: Caps, named: Callable[[int], object]) -> Planned:
        """Claim the message, play the script, store its effects and the answer.

        `named` is called with the turn's id, which becomes that of the answer's row.

        Raises:
            Busy: it is a file, and too many are waiting.
        """
        if not await claim(db, channel=heard.channel, account=heard.account, message_id=heard.message_id):
            return Planned(duplicate=True, outcome="duplicate")
        chat = await chats.meet(
            db,
            channel=heard.channel,
            account=heard.account,
            address=heard.address,
            language=DEFAULT,
            identities=heard.identities,
        )
        # Only here, where the chat is locked: replies of a chat leave in the order of their ids.
        turn = new_id()
        named(turn)
        with within_turn(turn):
            return await self._begun(db, heard, caps, chat, turn)

    async def _begun(self, db: Writing, heard: Heard, caps: Caps, chat: chats.Chat, turn: int) -> Planned:
        if heard.kind == "blocked":
            await chats.stop(db, chat=chat.id, why="blocked")
            return Planned(outcome="blocked")
        if heard.group and chat.welcomed and not heard.text.startswith("/"):
            return Planned(
                outcome="group"
            )  # the group was told at its first message; since then only commands are answered
        chat = await sit_down(db, chat, self._office, caps)
        if heard.kind == LEFT:
            chat = await get_up(db, chat)
        return await self._hear(db, bounded(heard), caps, chat, turn)

    async def _hear(self, db: Writing, heard: Heard, caps: Caps, chat: chats.Chat, turn: int) -> Planned:
        """Refuse the length, store a file or a message for an officer, or answer."""
        dialogue = remembered(chat)
        handed = chat.human_until is not None and chat.human_until > db.now
        asked, length = longest_text(dialogue), 0 if heard.group else len(heard.text)
        most = longest_accepted(asked=asked, handed=handed)
        if length > most:
            return await self._refuse_length(db, heard, caps, chat, dialogue, turn, most)
        if is_to_fetch(heard, handed=handed):
            kept = to_fetch(heard, for_human=handed)
            try:
                await media.put(db, chat=chat.id, heard=kept, data=heard.data, source=heard.source)
            except media.NoRoom:
                raise Busy("photos-full") from None
            return Planned(outcome="media", photo=True)
        if handed and (
            length > asked or await self._handed.is_for_the_human(db, heard, dialogue, caps, chat.id)
        ):
            return await self._hand_on(db, heard, caps, chat, turn)
        return await self._answer(db, caption_as_text(heard, self._office), caps, chat, dialogue, turn)

    async def _refuse_length(
        self,
        db: Writing,
        heard: Heard,
        caps: Caps,
        chat: chats.Chat,
        dialogue: Dialogue,
        turn: int,
        most: int,
    ) -> Planned:
        """Tell in one sentence that a text is too long; all else stays unchanged."""
        screen = Screen(
            text=self._texts.say(chat.language, "engine-too-long", most=most), language=chat.language
        )
        planned = await self._plan(db, heard, chat, turn, finished(screen, searched_part(heard), caps))
        scene = self._scene(db, heard, caps, chat, dialogue)
        await self._keep(scene, dialogue, Reply(), planned.row, welcomed=chat.welcomed)
        planned.outcome = "too_long"
        return planned

    async def _hand_on(self, db: Writing, heard: Heard, caps: Caps, chat: chats.Chat, turn: int) -> Planned:
        """Store a message for the officer; usually without an answer."""
        screen = await self._handed.pass_on(db, heard, caps, chat)
        planned = Planned() if screen is None else await self._plan(db, heard, chat, turn, screen)
        planned.outcome, planned.talked = "human", True
        return planned

    async def _answer(
        self, db: Writing, heard: Heard, caps: Caps, chat: chats.Chat, dialogue: Dialogue, turn: int
    ) -> Planned:
        scene = self._scene(db, heard, caps, chat, dialogue)
        try:
            async with db.savepoint():
                reply, screen = await self._play(scene, heard, dialogue, chat)
                planned = await self._plan(db, heard, chat, turn, screen, reply.padding_seconds)
                left = heard.kind == LEFT
                await self._keep(scene, dialogue, reply, planned.row, welcomed=NOTICE_VERSION, left=left)
                planned.refusals = refusals_in(reply)
                planned.talked = any(one.conversation in _TALKS for one in dialogue.stack)
        except StoreDown:
            raise
        except MeantForOfficer:
            planned = await self._hand_on(db, heard, caps, chat, turn)
        except Exception as fault:  # noqa: BLE001  (the resident gets an answer in any case)
            # The message stays claimed and is answered; the script's effects are undone.
            log.error("turn.fault", turn=turn_name(turn), **where(dialogue), **what(fault))  # noqa: TRY400  (its message may quote a resident)
            apology = Screen(text=self._texts.say(chat.language, "engine-fault"), language=chat.language)
            planned = await self._plan(db, heard, chat, turn, finished(apology, heard, caps))
            planned.outcome = "fault"
        return planned

    async def _plan(
        self,
        db: Writing,
        heard: Heard,
        chat: chats.Chat,
        turn: int,
        screen: Screen,
        padding_seconds: float = 0.0,
    ) -> Planned:
        """Put the answer into the outbox; this process sends it at once unless an earlier one is pending."""
        leased = await outbox.put_reply(
            db,
            row=turn,
            chat=chat.id,
            channel=heard.channel,
            screen=codec.dump(screen),
            due_at=db.now + timedelta(seconds=padding_seconds),
            owner=self._owner,
        )
        if not leased:
            self._expect(chat.id)
        return Planned(
            chat=chat.id,
            row=turn,
            leased=leased,
            screen=screen,
            padding_seconds=padding_seconds,
        )

    async def _play(
        self, scene: Scene, heard: Heard, dialogue: Dialogue, chat: chats.Chat
    ) -> tuple[Reply, Screen]:
        reply = await self._reply(scene, heard, dialogue)
        if scene.handed and reply.refused and not heard.text.startswith("/"):
            raise MeantForOfficer
        earlier = await self._shown_before(scene, reply)
        if earlier is None and reply.repeats is not None:
            reply = await playing.show_again(scene, dialogue, Said("engine-old-button"))
        screen = self._worded(reply, scene, dialogue)
        better = await help_on(scene, dialogue, reply, screen)
        if better is not None:
            screen = self._worded(better, scene, dialogue)
            if better is not reply:
                note_shown(dialogue, screen)
            reply = better
        if not heard.group:
            screen = await self._put_first(reply, screen, scene, dialogue, chat)
        if earlier is not None:
            screen = shown_again(earlier, screen)
            note_shown(dialogue, screen)
            return reply, screen
        if heard.kind == LEFT:  # shown to the next person, too
            screen = replace(screen, idle_text=screen.text, idle_choices=screen.choices)
        return reply, finished(screen, heard, scene.caps, redraws=reply.redraws)

    async def _reply(self, scene: Scene, heard: Heard, dialogue: Dialogue) -> Reply:
        if heard.group:
            return Reply(said=[Said("engine-group")])
        if heard.kind == "photo":
            return await playing.show_again(scene, dialogue, Said("engine-photo-unreadable"))
        return await hearing.hear(scene, dialogue, message_of(heard), self._phrases)

    async def _put_first(
        self, reply: Reply, screen: Screen, scene: Scene, dialogue: Dialogue, chat: chats.Chat
    ) -> Screen:
        """The screen with one-time texts above it: the end of the staff chat, and the privacy notice (UU 27/2022)."""

        def worded(said: list[Said]) -> Screen:
            reply.said = said
            return self._worded(reply, scene, dialogue)

        if chat.staff_ended:
            screen = worded([Said("staff-ended"), *reply.said])
        if chat.welcomed >= NOTICE_VERSION:
            return screen
        channel = scene.caps.channel
        await consents.note_notice(scene.writing, chat=chat.id, version=NOTICE_VERSION, channel=channel)
        whole, brief = notice(self._office, again=chat.welcomed > 0)
        above = self._worded(Reply(said=whole), scene, dialogue).text
        first = replace(screen, text=PARAGRAPH.join(filter(None, (above, screen.text))))
        left, reply.said = [*brief, *reply.said], [*whole, *reply.said]
        return with_notice(first, left, word=worded, caps=scene.caps)

    def _worded(self, reply: Reply, scene: Scene, dialogue: Dialogue) -> Screen:
        return word(
            reply, texts=self._texts, language=scene.language, caps=scene.caps, transcript=dialogue.top
        )

    async def _shown_before(self, scene: Scene, reply: Reply) -> Screen | None:
        """Screen of an earlier tap on the same choice."""
        if reply.repeats is None:
            return None
        body = await outbox.body_of(scene.db, row=reply.repeats, chat=scene.chat)
        return None if body is None else codec.load(Screen, body)

    async def _keep(
        self,
        scene: Scene,
        dialogue: Dialogue,
        reply: Reply,
        row: int,
        *,
        welcomed: int,
        left: bool = False,
    ) -> None:
        if reply.taken is not None:
            dialogue.remember_tap(reply.taken, at=scene.db.now, answered_by=row)
        if scene.caps.shared_device and not left:
            dialogue.last = row
        note_spoken(scene, dialogue, reply)
        kept = unfinished(self._office, scene.caps)
        await chats.keep(
            scene.writing,
            chat=scene.chat,
            dialogue=dialogue.to_json() if dialogue else None,
            until=kept,
            language=scene.language,
            welcomed=welcomed,
        )
        if left:
            # Treated like an idle chat: the next person is another one.
            await leave(scene.writing, chat=scene.chat, silent=kept)

    def _scene(self, db: Writing, heard: Heard, caps: Caps, chat: chats.Chat, dialogue: Dialogue) -> Scene:
        names = [
            AskerName(name=address_name(heard.channel, heard.account, address)) for address in heard.addresses
        ]
        factor = self._office.status.web_address_factor
        shared = tiers_of(heard.source) if heard.source is not None else ()
        names += [AskerName(name=name, of="source", allowance=factor * room) for name, room in shared]
        return scene_of(
            db, chat, dialogue, office=self._office, caps=caps, asker_names=names, voice=self._voice
        )


def refusals_in(reply: Reply) -> tuple[str, ...]:
    """Codes of the refusals in a reply."""
    return tuple(one.key.removeprefix(REFUSAL) for one in reply.said if one.key.startswith(REFUSAL))
