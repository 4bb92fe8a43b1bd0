"""Messages during a handover: what goes to the officer, and what the resident is told."""

from dataclasses import dataclass, replace

from bot.channel import Heard
from bot.turns.message import remembered
from bot.turns.sittings import unfinished
from bot.turns.wording import finished
from domain.office.office import Office
from domain.people.nik import hide_niks
from domain.text.typed import fold
from handlers.engine.caps import Caps
from handlers.engine.choosing import leads_elsewhere, names_choice
from handlers.engine.dialogue import Dialogue
from handlers.engine.hearing import Phrasebook
from handlers.engine.screen import Screen
from locales.texts import Texts
from storage.handovers import lines
from storage.handovers.lines import FILE, LOST, WORD, File
from storage.people import chats
from storage.session import Reading, Writing

_HANDOVER = "handover"
_DONE = "jadi"  # "tidak jadi" also answers "jadi datang besok?"
_MENU_DIGIT = "0"  # leads to the menu everywhere (P6)
_MEDIA = frozenset({"photo", "file", "voice"})
_ANSWERED = frozenset({"choice", "contact", "blocked", "left"})  # handled by the bot also during a handover
_TYPES = {"photo": ("foto.jpg", "image/jpeg"), "voice": ("suara.ogg", "audio/ogg")}
_DOCUMENT = ("berkas", "application/octet-stream")


class MeantForOfficer(Exception):
    """The text answers no question of the bot, so it is for the officer."""


@dataclass(frozen=True, slots=True)
class HandoverMessages:
    """Passes messages to the officer during a handover."""

    texts: Texts
    office: Office
    phrases: Phrasebook

    async def is_for_the_human(
        self, db: Reading, heard: Heard, dialogue: Dialogue, caps: Caps, chat: int
    ) -> bool:
        """Whether a message during a handover is for the officer.

        Not for the officer: taps, slash commands, "menu", a 0 alone, words that end or cancel the handover, opt
        out or erase, and answers to questions that the bot asked since.
        """
        if heard.group or heard.kind in _ANSWERED:
            return False
        top = dialogue.top
        asks = top is not None and top.question is not None and top.conversation != _HANDOVER
        wanted = asks and top is not None and top.question is not None and top.question.kind == "ask"
        if heard.kind != "text":
            return not (wanted and heard.kind == "location")
        typed = fold(heard.text)
        if leads_elsewhere(typed) or typed == _MENU_DIGIT or self.phrases.heeds(heard.text, handed=True):
            return False
        if self.phrases.cancels(heard.text):
            return not asks and await self._answers(db, typed, chat)
        if wanted or (asks and names_choice(dialogue, typed, caps)):
            return False
        return asks or not await self._leaves(db, dialogue, typed, caps, chat)

    async def _leaves(self, db: Reading, dialogue: Dialogue, typed: str, caps: Caps, chat: int) -> bool:
        """Whether a text chooses a way out of the handover; a digit answers the officer who spoke last."""
        return names_choice(dialogue, typed, caps) and not await self._answers(db, typed, chat)

    async def _answers(self, db: Reading, typed: str, chat: int) -> bool:
        """Whether a digit or "tidak jadi" answers an officer, who has spoken."""
        return (typed.isdecimal() or _DONE in typed.split()) and await lines.has_answer(db, chat=chat)

    async def pass_on(self, db: Writing, heard: Heard, caps: Caps, chat: chats.Chat) -> Screen | None:
        """Store the text or file for the officer; return the answer to the resident, if any."""
        lost = heard.kind in _MEDIA and heard.data is None
        what = LOST if lost else FILE if heard.data is not None else WORD
        kept = unfinished(self.office, caps)
        await lines.hear(db, chat=chat.id, word=_words(heard), file=_file(heard), what=what, kept=kept)
        hidden = hide_niks(heard.text) != heard.text
        digit = _is_choice(heard, chat, caps) or (heard.kind == "text" and self.phrases.cancels(heard.text))
        if not lost and not caps.answers_each and not (hidden and caps.deletes) and not digit:
            return None
        key = "handover-digit-passed-on" if digit else "handover-passed-on"
        if lost or hidden:
            key = "handover-file-lost" if lost else "handover-nik-hidden"
        screen = Screen(text=self.texts.say(chat.language, key), language=chat.language)
        screen = finished(screen, heard, caps)
        return replace(screen, deletes=heard.said_in) if hidden and caps.deletes else screen


def is_to_fetch(heard: Heard, *, handed: bool) -> bool:
    """Whether a worker must download it first: photos and files, in a handover also voice notes."""
    if heard.group or heard.fetched or not (heard.media or heard.data):
        return False
    return heard.kind in ("photo", "file") or (handed and heard.kind == "voice")


def _is_choice(heard: Heard, chat: chats.Chat, caps: Caps) -> bool:
    """Whether a text is the number of one of the handover's choices."""
    typed = fold(heard.text)
    return heard.kind == "text" and typed.isdecimal() and names_choice(remembered(chat), typed, caps)


def _words(heard: Heard) -> str:
    if heard.kind in ("text", "photo", "file", "voice"):
        return heard.text
    return f"[{heard.kind}] {heard.text}".strip()


def _file(heard: Heard) -> File | None:
    if heard.data is None:
        return None
    name, mime = _TYPES.get(heard.kind, _DOCUMENT)
    return File(name=heard.file_name or name, mime=heard.mime or mime, data=heard.data)
