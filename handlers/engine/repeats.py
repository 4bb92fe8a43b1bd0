"""Replies that are the reply before word for word get an offer of help."""

import zlib

from domain.office.week import Week
from handlers.engine.dialogue import Dialogue
from handlers.engine.playing import Reply
from handlers.engine.scene import Said, Scene

_PLAIN_AT_MOST = 2  # in a row; a menu that is asked for again is simply shown


def vary(scene: Scene, dialogue: Dialogue, reply: Reply) -> None:
    """Add how to reach a person to a reply that is given a third time in a row.

    The sentence alternates, so that no further replies in a row are the same. A repeated tap and a turned page
    show what was there on purpose, and officers are not offered an officer.
    """
    if reply.repeats is not None or reply.redraws or scene.staff is not None:
        dialogue.again = []
        return
    digest = _digest(scene, reply)
    before, times = dialogue.again or (None, 0)
    if digest != before:
        dialogue.again = [digest, 1]
        return
    dialogue.again = [digest, times + 1]
    if times < _PLAIN_AT_MOST:
        return
    way = "first" if times % 2 else "second"
    reply.said.append(Said("engine-same-again", {"way": f"handed-{way}" if scene.handed else way}))


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
