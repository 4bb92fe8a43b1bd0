"""What a message means: a tap, an answer, an opening word, or nothing that we understand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from handlers import engine
from handlers.choosing import choose_typed, fold, hear_tap
from handlers.dialogue import Dialogue, OpenQuestion, Transcript
from handlers.engine import Reply
from handlers.registry import CONVERSATIONS, is_aside, told_when_over
from handlers.scene import Answer, Said, Scene

_COMMAND_WORDS = 2  # "selesai MJK-…" may go without its slash, a sentence that begins so may not


@dataclass(frozen=True, slots=True)
class Message:
    """One message, free of its channel: typed text, a tapped token, or something else (`kind`).

    The text of a location is `latitude,longitude`.
    """

    kind: Literal["text", "choice", "voice", "sticker", "location", "contact", "file", "other"] = "text"
    text: str = field(default="", repr=False)
    token: str = ""


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """Folded words that open a conversation (its name) or steer one, in every language."""

    opens: Mapping[str, str]
    back: frozenset[str]
    cancel: frozenset[str]
    menu: frozenset[str]
    greetings: frozenset[str] = frozenset()


async def hear(scene: Scene, dialogue: Dialogue, message: Message, phrases: Phrasebook) -> Reply:
    """Find out what the message means, and play on; conversations that end by it and want to know are told."""
    watched = [one for one in dialogue.stack if told_when_over(one.conversation)]
    reply = await _hear(scene, dialogue, message, phrases)
    for transcript in watched:
        if not any(one is transcript for one in dialogue.stack):
            await _end(scene, dialogue, transcript, reply)
    return reply


async def _end(scene: Scene, dialogue: Dialogue, transcript: Transcript, reply: Reply) -> None:
    """Tell a conversation that it is over, and forget which choices were taken in it."""
    over = CONVERSATIONS[transcript.conversation].over
    if over is not None:
        await over(scene.db, scene.chat, transcript, scene.office)
    dialogue.forget_taps(transcript.opening)
    if reply.taken is not None and reply.taken.startswith(f"{transcript.opening}."):
        reply.taken = None


async def _hear(scene: Scene, dialogue: Dialogue, message: Message, phrases: Phrasebook) -> Reply:
    """Find out what the message means, and play on."""
    if message.kind == "choice":
        return await hear_tap(scene, dialogue, message.token)
    if message.kind == "contact":
        return await engine.show_again(scene, dialogue, Said("engine-contact"))
    asked = _question_for_text(dialogue) if message.kind == "location" and message.text else None
    if asked is not None:
        dialogue.lift(asked[0])
        return await engine.play(scene, dialogue, Answer(text=message.text, located=True))
    if message.kind != "text":
        return await engine.show_again(scene, dialogue, Said("engine-unsupported", {"kind": message.kind}))
    return await _hear_text(scene, dialogue, message.text, phrases)


async def open_conversation(
    scene: Scene, dialogue: Dialogue, name: str, *, argument: str = "", given: dict[str, str] | None = None
) -> Reply:
    """Open a conversation from anywhere: an aside keeps what it interrupts, any other takes its place."""
    transcript = Transcript.new(name, argument=argument, given=given)
    if is_aside(name):
        kept = [one for one in dialogue.stack if not is_aside(one.conversation)]
        dialogue.stack = [*kept, transcript]
    else:
        dialogue.open(transcript)
    return await engine.play(scene, dialogue)


async def _hear_text(scene: Scene, dialogue: Dialogue, text: str, phrases: Phrasebook) -> Reply:
    typed = fold(text)
    chosen = await choose_typed(scene, dialogue, typed)
    if chosen is not None:
        return chosen
    steered = await _steer(scene, dialogue, typed, phrases)
    if steered is not None:
        return steered
    opened = _opening(text, typed, phrases)
    if opened is not None:
        given = CONVERSATIONS[opened[0]].spot(text, scene.office)
        return await open_conversation(scene, dialogue, opened[0], argument=opened[1], given=given)
    if typed.startswith("/"):
        return await engine.show_again(scene, dialogue, Said("engine-not-understood"))
    if typed in phrases.greetings:
        return await _greet(scene, dialogue, text)
    return await _hear_answer(scene, dialogue, text)


async def _greet(scene: Scene, dialogue: Dialogue, text: str) -> Reply:
    """Answer a greeting with what is open, or with the menu; a question that takes it as its answer gets it."""
    if _question_for_text(dialogue) is None:
        return await engine.show_again(scene, dialogue)
    reply = await _hear_answer(scene, dialogue, text)
    if reply.refused:
        reply.said.clear()
    return reply


async def _steer(scene: Scene, dialogue: Dialogue, typed: str, phrases: Phrasebook) -> Reply | None:
    """Back, cancel, menu."""
    word = typed.removeprefix("/")
    if word in phrases.menu:
        return await engine.show_menu(scene, dialogue)
    if word in phrases.cancel:
        return await _cancel(scene, dialogue)
    return await _go_back(scene, dialogue) if word in phrases.back else None


async def _cancel(scene: Scene, dialogue: Dialogue) -> Reply:
    """Drop the innermost conversation; what it interrupted goes on, else the menu opens."""
    del dialogue.stack[-1:]
    if any(not one.pushed for one in dialogue.stack):
        return await engine.show_again(scene, dialogue, Said("engine-cancelled"))
    return await engine.show_menu(scene, dialogue, Said("engine-cancelled"))


async def _go_back(scene: Scene, dialogue: Dialogue) -> Reply:
    """Take the last answer back; an aside without one gives way to what it interrupted."""
    if dialogue.take_back():
        return await engine.play(scene, dialogue)
    top = dialogue.top
    if top is not None and not top.entries and is_aside(top.conversation) and len(dialogue.stack) > 1:
        dialogue.stack.pop()
        return await engine.play(scene, dialogue)
    return await engine.show_again(scene, dialogue, Said("engine-nothing-to-go-back"))


def _opening(text: str, typed: str, phrases: Phrasebook) -> tuple[str, str] | None:
    """The conversation that the text opens, and what stands behind the command."""
    whole = phrases.opens.get(typed.removeprefix("/"))
    if whole is not None:
        return whole, ""
    first, *rest = text.split(maxsplit=1) or [""]
    slash = first.startswith("/")
    command = fold(first).removeprefix("/").partition("@")[0]
    name = phrases.opens.get(command)
    if name is None or command != CONVERSATIONS[name].command:
        return None
    if slash:
        return name, "".join(rest).strip()
    return (name, rest[0].strip()) if len(text.split()) == _COMMAND_WORDS else None


async def _hear_answer(scene: Scene, dialogue: Dialogue, text: str) -> Reply:
    """A text that opens nothing by its words: an answer, or a message that holds answers (a number, a NIK)."""
    asked = _question_for_text(dialogue)
    if asked is not None:
        dialogue.lift(asked[0])
        return await _answer_question(scene, dialogue, *asked, text)
    found = _spotted(scene, text, first=dialogue.top.conversation if dialogue.top else "")
    if found is not None:
        return await open_conversation(scene, dialogue, found[0], given=found[1])
    if dialogue.top is not None:
        return await engine.play(scene, dialogue, Answer(text=text))
    return await engine.show_menu(scene, dialogue, Said("engine-not-understood"))


def _question_for_text(dialogue: Dialogue) -> tuple[Transcript, OpenQuestion] | None:
    """The innermost question that waits for a text; a push with choices does not keep texts from an older one."""
    for transcript in reversed(dialogue.stack):
        question = transcript.question
        if question is not None and question.kind == "ask":
            return transcript, question
        if not transcript.pushed:
            return None
    return None


async def _answer_question(
    scene: Scene, dialogue: Dialogue, asked: Transcript, question: OpenQuestion, text: str
) -> Reply:
    conversation = CONVERSATIONS.get(asked.conversation)
    spotted = conversation.spot(text, scene.office) if conversation else {}
    elsewhere_asked = bool(question.offered) and question.key not in spotted
    if spotted and (elsewhere_asked or any(entry.key in spotted for entry in asked.entries)):
        # A number typed where its NIK, or something to choose, was asked: the resident means another card.
        return await open_conversation(scene, dialogue, asked.conversation, given=spotted)
    answer = spotted.pop(question.key, None)
    asked.given.update(spotted)
    if answer is not None or not spotted:
        reply = await engine.play(scene, dialogue, Answer(text=text if answer is None else answer))
        elsewhere = _spotted(scene, text) if reply.refused and answer is None else None
        if elsewhere is None:
            return reply
        # The question did not take it, but another conversation knows what to do with it.
        return await open_conversation(scene, dialogue, elsewhere[0], given=elsewhere[1])
    return await engine.play(scene, dialogue)


def _spotted(scene: Scene, text: str, first: str = "") -> tuple[str, dict[str, str]] | None:
    """Find a conversation that the text holds answers of; the one that is open (`first`) is looked at first."""
    for conversation in sorted(CONVERSATIONS.values(), key=lambda one: one.name != first):
        found = conversation.spot(text, scene.office)
        if found:
            return conversation.name, found
    return None
