"""Which choice is meant: a tapped button, a typed number, a typed label; or the page to turn to."""

from domain.typed import plain
from handlers import engine
from handlers.dialogue import Dialogue, OpenQuestion
from handlers.engine import Reply
from handlers.paging import MORE, PREVIOUS, page_of, pages
from handlers.registry import is_aside
from handlers.scene import Answer, Said, Scene

_DIGITS_AT_MOST = 3  # of a typed choice or a page; longer digits are somebody's number


async def hear_tap(scene: Scene, dialogue: Dialogue, token: str) -> Reply:
    """Answer the question that the button stood under, show its result again, or tell that it is old."""
    opening, _, rest = token.partition(".")
    number, _, answer = rest.partition(".")
    for transcript in dialogue.stack:
        question = transcript.question
        if question is None or (transcript.opening, str(question.number)) != (opening, number):
            continue
        dialogue.stack = [
            one for one in dialogue.stack if one is transcript or not is_aside(one.conversation)
        ]
        dialogue.lift(transcript)
        return await _press(scene, dialogue, question, answer)
    tap = dialogue.tap_of(token, now=scene.db.now)
    if tap is None:
        return await engine.show_again(scene, dialogue, Said("engine-old-button"))
    reply = Reply() if dialogue.top is None else await engine.play(scene, dialogue)
    reply.repeats = tap.answered_by
    return reply


async def _press(scene: Scene, dialogue: Dialogue, question: OpenQuestion, answer: str) -> Reply:
    """Take the choice that a button of the open question names, or turn to the page that it names."""
    page = _digits(answer[1:]) if answer[:1] in (MORE, PREVIOUS) else None
    if page is not None:
        return await _turn_to(scene, dialogue, question, page)
    for index, offered in enumerate(question.offered):
        if offered.name == answer:
            return await _choose(scene, dialogue, question, index)
    return await engine.show_again(scene, dialogue, Said("engine-old-button"))


async def choose_typed(scene: Scene, dialogue: Dialogue, typed: str) -> Reply | None:
    """Take the choice that a digit or a label names; a digit may turn the page."""
    question = dialogue.top.question if dialogue.top else None
    if question is None or not question.offered:
        return None
    shown = page_of(len(question.offered), question.page, scene.caps.page)
    place = _digits(typed) or 0
    if 1 <= place <= len(shown):
        answer = shown[place - 1]
        if answer in (MORE, PREVIOUS):
            step = 1 if answer == MORE else -1
            return await _turn_to(scene, dialogue, question, question.page + step)
        return await _choose(scene, dialogue, question, int(answer))
    for index, offered in enumerate(question.offered):
        if fold(offered.label) == typed:
            return await _choose(scene, dialogue, question, index)
    return None


async def _choose(scene: Scene, dialogue: Dialogue, question: OpenQuestion, index: int) -> Reply:
    offered, transcript = question.offered[index], dialogue.stack[-1]
    token = transcript.token(question, offered.name)
    return await engine.play(scene, dialogue, Answer(value=offered.value, token=token))


async def _turn_to(scene: Scene, dialogue: Dialogue, question: OpenQuestion, page: int) -> Reply:
    question.page = min(page, pages(len(question.offered), scene.caps.page) - 1)
    reply = await engine.play(scene, dialogue)
    reply.redraws = True
    return reply


def _digits(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= _DIGITS_AT_MOST else None


def fold(text: str) -> str:
    """A text as words are compared: lower case, single spaces, no punctuation at its ends (a slash stays)."""
    return " ".join(plain(text).casefold().split()).strip(" .,!?:;*\"'")
