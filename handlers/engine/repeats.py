"""A resident who gets no further: equal replies in a row, and messages that the open question does not take."""

import zlib

from handlers.engine import playing
from handlers.engine.choosing import page_of
from handlers.engine.dialogue import Dialogue, OpenQuestion, Transcript
from handlers.engine.hearing import STUCK
from handlers.engine.playing import Reply
from handlers.engine.registry import CONVERSATIONS
from handlers.engine.scene import Said, Scene
from handlers.engine.screen import Screen

_AT_MOST = 3  # equal replies in a row, or messages that a question did not take: the third leads to a person
_CHOOSE_AGAIN = "engine-choose-again"
_NO_ANSWERS = frozenset(
    {
        _CHOOSE_AGAIN,
        "engine-unsupported",
        "engine-contact",
        "engine-photo-unreadable",
        "engine-old-button",
        "engine-nothing-to-go-back",
    }
)
_PERSON = frozenset({"officer", "handover", "back-to-bot"})
"""Values of the choices that lead to a person."""


async def help_on(scene: Scene, dialogue: Dialogue, reply: Reply, screen: Screen) -> Reply | None:
    """The reply with the way to a person if it is the reply before, or the third without progress; None: as it is.

    An equal reply gets a sentence that alternates, so that no two in a row are the same. The third message that
    the open question does not take, and the third equal reply, offer a person by a choice, unless the question
    does: then another reply is given, whose screen counts as shown on purpose. A repeated tap and a turned page show
    what was there on purpose, and officers are not offered an officer. `screen` is the reply in words: equal are
    replies whose words are, also where two languages or variables differ.
    """
    if reply.repeats is not None or reply.redraws or scene.staff is not None:
        note_shown(dialogue, screen)
        return None
    copies = _count_copies(dialogue, screen)
    question = None if scene.handed or dialogue.top is None else dialogue.top.question
    if question is not None and STUCK in CONVERSATIONS and _is_stuck(scene, question, reply, copies):
        question.missed = 0
        return await _offer_a_person(scene, dialogue, reply)
    if copies == 1:
        return None
    way = "second" if copies % 2 else "first"
    reply.said.append(Said("engine-same-again", {"way": f"handed-{way}" if scene.handed else way}))
    return reply


def note_shown(dialogue: Dialogue, screen: Screen) -> None:
    """Keep what was shown on purpose as the last reply, so that it is not given again right after."""
    dialogue.again = []
    _count_copies(dialogue, screen)


def _count_copies(dialogue: Dialogue, screen: Screen) -> int:
    """How often in a row this reply was given, with this time."""
    digest = zlib.crc32("\0".join([screen.text, *(choice.label for choice in screen.choices)]).encode())
    before, times = dialogue.again or (None, 0)
    dialogue.again = [digest, times + 1 if digest == before else 1]
    return dialogue.again[1]


def _is_stuck(scene: Scene, question: OpenQuestion, reply: Reply, copies: int) -> bool:
    """Count a message that the open question did not take; whether it is time to offer a person."""
    if reply.question is None:
        return False
    if not reply.refused and any(one.key in _NO_ANSWERS for one in reply.said):
        question.missed += 1  # a refused text is counted where it is refused
    if "again" in reply.question.said.variables:
        return False  # a question that shortens names the way to a person itself
    shown = page_of(len(reply.question.choices), question.page, scene.caps.page)
    values = {reply.question.choices[int(one)].value for one in shown if one.isdecimal()}
    return max(question.missed, copies) >= _AT_MOST and values.isdisjoint(_PERSON)


async def _offer_a_person(scene: Scene, dialogue: Dialogue, reply: Reply) -> Reply:
    """Ask whether a person shall help, above the open question, which waits."""
    dialogue.stack.append(Transcript.new(STUCK))
    offer = await playing.play(scene, dialogue)
    offer.said[:0] = [one for one in reply.said if one.key != _CHOOSE_AGAIN]
    offer.enclosed.add(reply.enclosed)
    offer.padding_seconds = max(offer.padding_seconds, reply.padding_seconds)
    offer.taken, offer.refused = reply.taken, reply.refused
    return offer
