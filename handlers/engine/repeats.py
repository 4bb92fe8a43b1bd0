"""Replies that are the reply before word for word: varied by an offer of help, or left out within a burst."""

import zlib

from handlers.engine.dialogue import Dialogue
from handlers.engine.playing import Reply
from handlers.engine.scene import Said, Scene

_PLAIN_AT_MOST = 2  # in a row; a menu that is asked for again is simply shown


def vary(scene: Scene, dialogue: Dialogue, reply: Reply, *, burst: bool) -> bool:
    """Add how to reach a person to a reply that is given a third time in a row; return whether to leave it out.

    A copy is left out within a burst of messages: one thought that was sent in pieces gets one answer. The sentence
    alternates, so that no two replies in a row are the same. A repeated tap and a turned page show what was
    there on purpose, and officers are not offered an officer.
    """
    if reply.repeats is not None or reply.redraws or scene.staff is not None:
        dialogue.again = []
        return False
    digest = _digest(scene, reply)
    before, times = dialogue.again or (None, 0)
    if digest != before:
        dialogue.again = [digest, 1]
        return False
    if burst and not reply.padding_seconds and not reply.enclosed.files:
        return True
    dialogue.again = [digest, times + 1]
    if times < _PLAIN_AT_MOST:
        return False
    way = "first" if times % 2 else "second"
    reply.said.append(Said("engine-same-again", {"way": f"handed-{way}" if scene.handed else way}))
    return False


def _digest(scene: Scene, reply: Reply) -> int:
    """A checksum of what the reply says and offers."""
    said = [(one.key, one.variables) for one in reply.said]
    question = reply.question
    asked = question and (question.said, [one.value for one in question.choices])
    return zlib.crc32(repr((scene.language, said, asked)).encode())
