"""A resident who gets no further: equal replies in a row, and messages that the open question does not take."""

import zlib

from domain.office.week import Week
from handlers.engine import playing
from handlers.engine.choosing import page_of
from handlers.engine.dialogue import Dialogue, Transcript
from handlers.engine.hearing import STUCK
from handlers.engine.playing import Reply
from handlers.engine.registry import CONVERSATIONS
from handlers.engine.scene import Said, Scene

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


async def help_on(scene: Scene, dialogue: Dialogue, reply: Reply) -> Reply:
    """The reply, with the way to a person if it is the reply before, or the third without progress.

    An equal reply gets a sentence that alternates, so that no two in a row are the same. The third message that
    the open question does not take, and the third equal reply, offer a person by a choice, unless the question
    does. A repeated tap and a turned page show what was there on purpose, and officers are not offered an officer.
    """
    if reply.repeats is not None or reply.redraws or scene.staff is not None:
        dialogue.again = []
        return reply
    copies = _count_copies(scene, dialogue, reply)
    if not scene.handed and STUCK in CONVERSATIONS and _is_stuck(scene, dialogue, reply, copies):
        return await _offer_a_person(scene, dialogue, reply)
    if copies > 1:
        way = "second" if copies % 2 else "first"
        reply.said.append(Said("engine-same-again", {"way": f"handed-{way}" if scene.handed else way}))
    return reply


def _count_copies(scene: Scene, dialogue: Dialogue, reply: Reply) -> int:
    """How often in a row this reply was given, with this time."""
    digest = _digest(scene, reply)
    before, times = dialogue.again or (None, 0)
    dialogue.again = [digest, times + 1 if digest == before else 1]
    return dialogue.again[1]


def _is_stuck(scene: Scene, dialogue: Dialogue, reply: Reply, copies: int) -> bool:
    """Count a message that the open question did not take; whether it is time to offer a person."""
    question = dialogue.top.question if dialogue.top is not None else None
    if question is None or reply.question is None:
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
    if dialogue.top is not None and dialogue.top.question is not None:
        dialogue.top.question.missed = 0
    dialogue.again = []
    dialogue.stack.append(Transcript.new(STUCK))
    offer = await playing.play(scene, dialogue)
    offer.said[:0] = [one for one in reply.said if one.key != _CHOOSE_AGAIN]
    offer.enclosed.add(reply.enclosed)
    offer.padding_seconds = max(offer.padding_seconds, reply.padding_seconds)
    offer.taken, offer.refused = reply.taken, reply.refused
    return offer


def _digest(scene: Scene, reply: Reply) -> int:
    """A checksum of what the reply says and offers.

    Opening hours are left out: they are long to write, and the place that they belong to is told beside them.
    """
    asked, question = list(reply.said), reply.question
    if question is not None:
        asked.append(question.said)
    said = [
        (one.key, [pair for pair in one.variables.items() if not isinstance(pair[1], Week)]) for one in asked
    ]
    offered = question and [one.value for one in question.choices]
    return zlib.crc32(repr((scene.language, said, offered)).encode())
