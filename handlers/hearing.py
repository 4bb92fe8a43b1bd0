"""What a message means: a tap, an answer, an opening word, or nothing that we understand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from domain.typed import plain
from handlers import engine
from handlers.chat import Answer, Said, Scene
from handlers.dialogue import Dialogue, Offered, Transcript
from handlers.engine import Reply
from handlers.paging import MORE, PREVIOUS, page_of, pages
from handlers.registry import CONVERSATIONS

_COMMAND_WORDS = 2  # "selesai MJK-…" may go without its slash, a sentence that begins so may not


@dataclass(frozen=True, slots=True)
class Message:
    """One message, free of its channel: typed text, a tapped token, or something else (`kind`)."""

    kind: Literal["text", "choice", "voice", "sticker", "location", "contact", "other"] = "text"
    text: str = field(default="", repr=False)
    token: str = ""


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """Folded words that open a conversation (its name) or steer one, in every language."""

    opens: Mapping[str, str]
    back: frozenset[str]
    cancel: frozenset[str]
    menu: frozenset[str]


async def hear(scene: Scene, dialogue: Dialogue, message: Message, phrases: Phrasebook) -> Reply:
    """Find out what the message means, and play on."""
    if message.kind == "choice":
        return await _hear_tap(scene, dialogue, message.token)
    if message.kind == "contact":
        return await engine.show_again(scene, dialogue, Said("engine-contact"))
    if message.kind != "text":
        return await engine.show_again(scene, dialogue, Said("engine-unsupported", {"kind": message.kind}))
    return await _hear_text(scene, dialogue, message.text, phrases)


async def open_conversation(
    scene: Scene, dialogue: Dialogue, name: str, *, argument: str = "", given: dict[str, str] | None = None
) -> Reply:
    """Open a conversation from anywhere: an aside keeps what it interrupts, any other takes its place."""
    transcript = Transcript.new(name, argument=argument, given=given)
    if CONVERSATIONS[name].aside:
        kept = [one for one in dialogue.stack if not CONVERSATIONS[one.conversation].aside]
        dialogue.stack = [*kept, transcript]
    else:
        dialogue.stack = [transcript]
    return await engine.play(scene, dialogue)


async def _hear_text(scene: Scene, dialogue: Dialogue, text: str, phrases: Phrasebook) -> Reply:
    typed = fold(text)
    chosen = _choice_typed(scene, dialogue, typed)
    if chosen is not None:
        return await _choose(scene, dialogue, chosen)
    steered = await _steer(scene, dialogue, typed, phrases)
    if steered is not None:
        return steered
    opened = _opening(text, typed, phrases)
    if opened is not None:
        given = CONVERSATIONS[opened[0]].spot(text, scene.office)
        return await open_conversation(scene, dialogue, opened[0], argument=opened[1], given=given)
    return await _hear_answer(scene, dialogue, text)


async def _steer(scene: Scene, dialogue: Dialogue, typed: str, phrases: Phrasebook) -> Reply | None:
    """Back, cancel, menu."""
    word = typed.removeprefix("/")
    if word in phrases.menu:
        return await engine.show_menu(scene, dialogue)
    if word in phrases.cancel:
        return await engine.show_menu(scene, dialogue, Said("engine-cancelled"))
    if word not in phrases.back:
        return None
    if dialogue.top is not None and dialogue.top.drop_last_answer():
        return await engine.play(scene, dialogue)
    return await engine.show_again(scene, dialogue, Said("engine-nothing-to-go-back"))


def _opening(text: str, typed: str, phrases: Phrasebook) -> tuple[str, str] | None:
    """The conversation that the text opens, and what stands behind the command."""
    whole = phrases.opens.get(typed.removeprefix("/"))
    if whole is not None:
        return whole, ""
    words = text.strip().split(maxsplit=1)
    if len(words) < _COMMAND_WORDS:
        return None
    command, argument = fold(words[0]), words[1].strip()
    slash = words[0].startswith("/")
    name = phrases.opens.get(command.removeprefix("/").split("@")[0])
    if name is None or not (slash or len(text.split()) == _COMMAND_WORDS):
        return None
    conversation = CONVERSATIONS[name]
    is_command = conversation.command == command.removeprefix("/").split("@")[0]
    return (name, argument) if is_command else None


async def _hear_answer(scene: Scene, dialogue: Dialogue, text: str) -> Reply:
    """A text that opens nothing by its words: an answer, or a message that holds answers (a number, a NIK)."""
    top = dialogue.top
    if top is not None and top.question is not None and not top.question.offered:
        return await _answer_question(scene, dialogue, top, top.question.key, text)
    found = _spotted(scene, text)
    if found is not None:
        return await open_conversation(scene, dialogue, found[0], given=found[1])
    if top is not None:
        return await engine.play(scene, dialogue, Answer(text=text))
    return await engine.show_menu(scene, dialogue, Said("engine-not-understood"))


async def _answer_question(scene: Scene, dialogue: Dialogue, top: Transcript, key: str, text: str) -> Reply:
    spotted = (
        CONVERSATIONS[top.conversation].spot(text, scene.office) if top.conversation in CONVERSATIONS else {}
    )
    if any(entry.key in spotted for entry in top.entries):
        # A number typed where its NIK was asked: the resident means another card.
        return await open_conversation(scene, dialogue, top.conversation, given=spotted)
    answer = spotted.pop(key, None)
    if answer is None and spotted:
        top.given.update(spotted)
        return await engine.play(scene, dialogue)
    top.given.update(spotted)
    return await engine.play(scene, dialogue, Answer(text=text if answer is None else answer))


def _spotted(scene: Scene, text: str) -> tuple[str, dict[str, str]] | None:
    for conversation in CONVERSATIONS.values():
        found = conversation.spot(text, scene.office)
        if found:
            return conversation.name, found
    return None


async def _hear_tap(scene: Scene, dialogue: Dialogue, token: str) -> Reply:
    opening, _, rest = token.partition(".")
    position, _, answer = rest.partition(".")
    for depth, transcript in enumerate(dialogue.stack):
        question = transcript.question
        if transcript.opening == opening and question is not None and str(question.position) == position:
            del dialogue.stack[depth + 1 :]
            return await _choose(scene, dialogue, answer)
    tap = dialogue.tap_of(token)
    if tap is not None:
        return Reply(repeats=tap.answered_by)
    return await engine.show_again(scene, dialogue, Said("engine-old-button"))


async def _choose(scene: Scene, dialogue: Dialogue, answer: str) -> Reply:
    """Take a choice of the top conversation's open question, or turn its page."""
    top = dialogue.stack[-1]
    question = top.question
    if question is None:  # pragma: no cover (both callers looked)
        raise LookupError("no question is open")
    if answer[:1] in (MORE, PREVIOUS):
        question.page = _page_named(answer, question.page, pages(len(question.offered), scene.caps.page))
        reply = await engine.play(scene, dialogue)
        reply.redraws = True
        return reply
    if not answer.isdecimal() or int(answer) >= len(question.offered):
        return await engine.show_again(scene, dialogue, Said("engine-old-button"))
    token = top.token(answer)
    offered: Offered = question.offered[int(answer)]
    reply = await engine.play(scene, dialogue, Answer(chosen=True, value=offered.value))
    reply.taken = token
    return reply


def _page_named(answer: str, page: int, count: int) -> int:
    """The page that a turning button names (`>2`), or the next one from here when it was typed."""
    named = int(answer[1:]) if answer[1:].isdecimal() else page + (1 if answer[0] == MORE else -1)
    return min(max(named, 0), count - 1)


def _choice_typed(scene: Scene, dialogue: Dialogue, typed: str) -> str | None:
    """The choice that a digit or a label names, as `page_of` names it."""
    question = dialogue.top.question if dialogue.top else None
    if question is None or not question.offered:
        return None
    shown = page_of(len(question.offered), question.page, scene.caps.page)
    if typed.isdecimal() and 1 <= int(typed) <= len(shown):
        return shown[int(typed) - 1]
    for index, offered in enumerate(question.offered):
        if fold(offered.label) == typed:
            return str(index)
    return None


def fold(text: str) -> str:
    """A text as words are compared: lower case, single spaces, no punctuation at its ends (a slash stays)."""
    return " ".join(plain(text).casefold().split()).strip(" .,!?:;*\"'")
