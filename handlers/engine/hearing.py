"""Interprets a message: a tap, an answer, an opening word, or none of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from domain.codec import light_dataclass
from domain.office.services import INDONESIAN
from domain.text.errands import opts_out
from domain.text.grievance import is_grievance
from domain.text.spoken import spoken_language
from domain.text.typed import fold, without_courtesy
from handlers.engine import playing
from handlers.engine.answering import (
    hear_answer,
    hear_follow_up,
    lets_choose,
    open_conversation,
    question_for_text,
)
from handlers.engine.choosing import (
    choose_agreed,
    choose_other_time,
    choose_typed,
    hear_tap,
    leads_elsewhere,
    names_choice,
)
from handlers.engine.dialogue import Dialogue, Transcript
from handlers.engine.playing import Reply
from handlers.engine.registry import CONVERSATIONS, Over, heard_by, is_aside, is_private, is_verbatim, over_of
from handlers.engine.scene import Answer, Said, Scene
from handlers.engine.understanding import Matcher

_DIGITS_OF_A_CHOICE = 2
VOICE_MESSAGE, STUCK = "voice-message", "stuck"
"""The conversations that offer a person: after a voice message, and when a question was not answered."""
STOP, BACK_TO_BOT, _HANDOVER = "stop", "back-to-bot", "handover"
_LONGEST_HEEDED = 60  # characters; in a longer text a clause is part of a story
_CLAUSES = re.compile(r"[,.;!]+\s*|\n+")
_COMMAND_WORDS = 2  # "selesai MJK-…" may lack its slash; a longer sentence needs it


@light_dataclass(frozen=True, slots=True)
class Message:
    """One message, independent of its channel: text, a tapped token, or another `kind`.

    The text of a location is `latitude,longitude`.
    """

    kind: Literal[
        "text", "choice", "voice", "sticker", "location", "contact", "file", "edited", "left", "other"
    ] = "text"
    text: str = field(default="", repr=False)
    token: str = ""


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """Case-folded words of every language that open a conversation (its name) or steer one.

    `heeded` are the words without polite ones that end a handover, opt out or erase. `commands` come first after a slash, `opens` without one: "selesai" ends a talk, `/selesai` is for staff.
    """

    opens: Mapping[str, str]
    back: frozenset[str]
    cancel: frozenset[str]
    menu: frozenset[str]
    later: frozenset[str] = frozenset()
    greetings: frozenset[str] = frozenset()
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    commands: Mapping[str, str] = field(default_factory=dict)
    matcher: Matcher = field(default_factory=lambda: Matcher({}))
    heeded: Mapping[str, str] = field(default_factory=dict)
    markers: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def heeds(self, text: str, *, handed: bool) -> str | None:
        """The conversation that these words open also with polite words around them, and during a handover.

        Then they may also end a short message: "udah ga jadi, balik ke bot".
        """
        whole = self.heeded.get(without_courtesy(text)) or (STOP if opts_out(text) else None)
        if whole is not None or not handed or len(text) > _LONGEST_HEEDED:
            return whole
        return self.heeded.get(without_courtesy(_CLAUSES.split(text)[-1]))

    def greets(self, typed: str) -> bool:
        """Whether folded words only greet, in any order and however often: "assalamualaikum pak", "halo min"."""
        rest = typed.replace(",", " ").replace("!", " ")
        for length in (4, 3, 2, 1):
            rest = _without_runs(rest, length, self.greetings)
        return bool(typed) and not rest

    def cancels(self, text: str) -> bool:
        """Whether these words cancel what is open, with polite words around them or without."""
        return fold(text).removeprefix("/") in self.cancel or without_courtesy(text) in self.cancel

    def puts_off(self, typed: str) -> bool:
        """Whether folded words say "later", with polite words around them or without."""
        return typed in self.later or without_courtesy(typed) in self.later


def _without_runs(text: str, length: int, known: frozenset[str]) -> str:
    """The words without known runs of so many."""
    words, kept, place = text.split(), [], 0
    if len(words) < length:
        return text
    while place < len(words):
        if len(words) - place >= length and " ".join(words[place : place + length]) in known:
            place += length
        else:
            kept.append(words[place])
            place += 1
    return " ".join(kept)


async def hear(scene: Scene, dialogue: Dialogue, message: Message, phrases: Phrasebook) -> Reply:
    """Interpret and answer the message; call `over` of the conversations that it ended."""
    watched = [(one, over) for one in dialogue.stack if (over := over_of(one.conversation))]
    missed = dialogue.missed
    spoken_in = scene.language
    reply = await _hear(scene, dialogue, message, phrases)
    if spoken_in == scene.language:
        _offer_language(scene, dialogue, message, reply, phrases)
    if dialogue.missed == missed:
        dialogue.missed = 0
    for transcript, over in watched:
        if not any(one is transcript for one in dialogue.stack):
            await _end(scene, dialogue, transcript, over, reply)
    return reply


def _offer_language(
    scene: Scene, dialogue: Dialogue, message: Message, reply: Reply, phrases: Phrasebook
) -> None:
    """Offer the language that the message is clearly written in: one line, once in a dialogue."""
    if dialogue.offered or scene.language != INDONESIAN or scene.staff is not None or message.kind != "text":
        return  # whoever chose another language knows how
    language = spoken_language(message.text, phrases.markers)
    if language in scene.office.languages and language != scene.language:
        dialogue.offered = True
        name = scene.office.language_names.get(language, (language,))[0].capitalize()
        reply.said.append(Said("engine-language-offer", {"language": language, "name": name}))


async def _end(scene: Scene, dialogue: Dialogue, transcript: Transcript, over: Over, reply: Reply) -> None:
    """Call `over` of an ended conversation; forget the taps of a private one."""
    _tell_what_is_kept(reply, await over(scene.writing, scene.chat, transcript, scene.office, scene.holidays))
    if not is_private(transcript.conversation):
        return
    dialogue.forget_taps(transcript.opening)
    if reply.taken is not None and reply.taken.startswith(f"{transcript.opening}."):
        reply.taken = None


def _tell_what_is_kept(reply: Reply, kept: Sequence[Said]) -> None:
    """Say first what was kept of an ended conversation, instead of "cancelled"."""
    if kept:
        reply.said = [*kept, *(one for one in reply.said if one.key != "engine-cancelled")]


async def _hear(scene: Scene, dialogue: Dialogue, message: Message, phrases: Phrasebook) -> Reply:
    """Interpret and answer the message."""
    if message.kind == "choice":
        return await hear_tap(scene, dialogue, message.token)
    if message.kind == "left":
        return await _leave(scene, dialogue)
    if message.kind != "text":
        _leave_offer(dialogue)
    if message.kind == "contact":
        return await playing.show_again(scene, dialogue, Said("engine-contact"))
    asked = question_for_text(dialogue) if message.kind == "location" and message.text else None
    if asked is not None:
        dialogue.lift(asked[0])
        return await playing.play(scene, dialogue, Answer(text=message.text, located=True))
    if message.kind == "text":
        return await _hear_text(scene, dialogue, message.text, phrases)
    return await _hear_thing(scene, dialogue, message.kind)


def _leave_offer(dialogue: Dialogue) -> bool:
    """End the offer of a person, if it interrupted a question: that hears what is no choice of the offer."""
    top = dialogue.top
    if top is None or top.conversation not in (VOICE_MESSAGE, STUCK) or len(dialogue.stack) == 1:
        return False
    dialogue.stack.pop()
    return True


async def _hear_thing(scene: Scene, dialogue: Dialogue, kind: str) -> Reply:
    """Answer a message that is no text: a voice message offers an officer, who can listen to it."""
    if kind == "voice" and VOICE_MESSAGE in CONVERSATIONS and scene.staff is None:
        return await open_conversation(scene, dialogue, VOICE_MESSAGE)
    return await playing.show_again(scene, dialogue, Said("engine-unsupported", {"kind": kind}))


async def _hear_text(scene: Scene, dialogue: Dialogue, text: str, phrases: Phrasebook) -> Reply:
    typed = fold(text)
    taken = await _take_verbatim(scene, dialogue, text, typed) or await choose_typed(scene, dialogue, typed)
    if taken is None and typed not in phrases.back and _leave_offer(dialogue):
        taken = await choose_typed(scene, dialogue, typed)
    if taken is not None:
        return taken
    if _is_a_score(typed, dialogue):
        return await playing.play(scene, dialogue, Answer(text=text))
    steered = await _steer(scene, dialogue, typed, phrases)
    opened = None if steered else _opening(text, typed, phrases, handed=scene.handed)
    if steered is None and not (opened and typed.startswith("/")):  # a command asks nothing beside it
        steered = await hear_follow_up(scene, dialogue, text)
    if steered is not None:
        return steered
    if opened is not None:
        name, argument = opened
        given = CONVERSATIONS[name].spot(text, scene.office) | heard_by(name, argument)
        return await open_conversation(scene, dialogue, name, argument=argument, given=given)
    if typed.startswith("/"):
        return await playing.show_again(scene, dialogue, Said("engine-not-understood"))
    agreed = await choose_agreed(scene, dialogue, typed, yes=phrases.yes, no=phrases.no)
    return agreed or await _hear_free_text(scene, dialogue, text, phrases)


async def _hear_free_text(scene: Scene, dialogue: Dialogue, text: str, phrases: Phrasebook) -> Reply:
    typed = fold(text)
    if phrases.greets(typed):
        return await _greet(scene, dialogue, text, phrases.matcher)
    if typed in phrases.yes | phrases.no and lets_choose(
        dialogue
    ):  # said to this, whatever sentence it is like
        return await playing.play(scene, dialogue, Answer(text=text))
    return await hear_answer(scene, dialogue, text, phrases.matcher)


async def _take_verbatim(scene: Scene, dialogue: Dialogue, text: str, typed: str) -> Reply | None:
    """Pass the text unchanged to a verbatim question, unless it names a choice above it."""
    asked = question_for_text(dialogue)
    if asked is None or not is_verbatim(asked[0].conversation) or leads_elsewhere(typed):
        return None
    if dialogue.top is not asked[0] and names_choice(dialogue, typed, scene.caps):
        return None
    dialogue.lift(asked[0])
    return await playing.play(scene, dialogue, Answer(text=text))


async def _greet(scene: Scene, dialogue: Dialogue, text: str, matcher: Matcher) -> Reply:
    """Answer a greeting with the open question or the menu, unless the question accepts it."""
    if question_for_text(dialogue) is None:
        return await playing.show_again(scene, dialogue)
    reply = await hear_answer(scene, dialogue, text, matcher)
    if reply.refused:
        reply.said.clear()
    return reply


async def _steer(scene: Scene, dialogue: Dialogue, typed: str, phrases: Phrasebook) -> Reply | None:
    """Handle the words for back, cancel and menu, and a digit where nothing is open."""
    word = typed.removeprefix("/")
    first_digit = dialogue.top is None and typed.isdecimal() and len(typed) <= _DIGITS_OF_A_CHOICE
    if word in phrases.menu or first_digit:
        return await playing.show_menu(scene, dialogue)
    if phrases.cancels(typed) or (_is_begun(dialogue) and phrases.puts_off(typed)):
        return await _cancel(scene, dialogue)
    return await _go_back(scene, dialogue) if word in phrases.back else None


def _is_begun(dialogue: Dialogue) -> bool:
    """Whether something is open that "nanti saja" puts off: a question for a text, or what has an end of its own, except a survey."""
    top = dialogue.top
    if top is None or top.question is None or is_private(top.conversation):
        return False
    return top.question.kind == "ask" or over_of(top.conversation) is not None


def _is_a_score(typed: str, dialogue: Dialogue) -> bool:
    """Whether a 0 is an angry answer in a survey rather than the way to the menu."""
    return typed == "0" and dialogue.top is not None and is_private(dialogue.top.conversation)


async def _cancel(scene: Scene, dialogue: Dialogue) -> Reply:
    """Drop the innermost conversation; continue the interrupted one, or show the menu.

    If none is open, say that nothing was cancelled: what was done before stands.
    During a handover without another question, the handover is what is cancelled.
    """
    idle = dialogue.top is None or dialogue.top.conversation in playing.ASKING_WHAT
    if scene.handed and (dialogue.top is None or idle or dialogue.top.conversation == _HANDOVER):
        return await open_conversation(scene, dialogue, BACK_TO_BOT)
    if idle:
        return await playing.show_menu(scene, dialogue, Said("engine-nothing-to-cancel"))
    del dialogue.stack[-1:]
    if any(not one.pushed for one in dialogue.stack):
        return await playing.show_again(scene, dialogue, Said("engine-cancelled"))
    return await playing.show_menu(scene, dialogue, Said("engine-cancelled"))


async def _leave(scene: Scene, dialogue: Dialogue) -> Reply:
    """End everything, also what the office opened: the next person may be another one."""
    dialogue.forget()
    return await playing.show_menu(scene, dialogue, Said("engine-cancelled"))


async def _go_back(scene: Scene, dialogue: Dialogue) -> Reply:
    """Remove the last answer; an aside without answers closes."""
    if dialogue.take_back():
        return await playing.play(scene, dialogue)
    undone = await choose_other_time(scene, dialogue)
    if undone is not None:
        return undone
    top = dialogue.top
    if top is not None and not top.entries and is_aside(top.conversation) and len(dialogue.stack) > 1:
        dialogue.stack.pop()
        return await playing.play(scene, dialogue)
    return await playing.show_again(scene, dialogue, Said("engine-nothing-to-go-back"))


def _opening(text: str, typed: str, phrases: Phrasebook, *, handed: bool) -> tuple[str, str] | None:
    """The conversation that a text opens, and the argument of its command."""
    word = typed.removeprefix("/")
    whole = phrases.commands.get(word) if typed.startswith("/") else None
    whole = whole or phrases.opens.get(word) or phrases.heeds(text, handed=handed)
    if whole is not None:
        return whole, ""
    first, *rest = text.split(maxsplit=1) or [""]
    slash = first.startswith("/")
    command = fold(first).removeprefix("/").partition("@")[0]
    name = phrases.commands.get(command)
    if name is None:
        return None
    if slash:
        return name, "".join(rest).strip()
    whole_command = len(text.split()) == _COMMAND_WORDS and not is_grievance(text)  # "petugas kasar"
    return (name, rest[0].strip()) if whole_command else None
