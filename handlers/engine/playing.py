"""Replays the script of the open transcript up to the next question; handles switches and ends."""

from dataclasses import dataclass, field

from domain.refusals import Refusal
from handlers.engine.chat import Asked, Chat, Diverged, Left
from handlers.engine.dialogue import MENU, Dialogue, Transcript
from handlers.engine.registry import CONVERSATIONS, heard_by
from handlers.engine.scene import Answer, Enclosed, Question, Said, Scene
from storage.post import errands

MEANT, NOT_UNDERSTOOD = "meant", "not-understood"
ASKING_WHAT = frozenset({MENU, MEANT, NOT_UNDERSTOOD})
"""These ask what the resident wants; they do not count as open questions."""
PUSH_WAITS_SECONDS = 120
_HOPS = 8  # more switches in a row mean a circle
_PUSHES_KEPT = 5


@dataclass(slots=True)
class Reply:
    """The answer to a message: texts, and the question that is open afterwards.

    `taken` is the token of the choice that was taken. `repeats` is the outbox row to show again (a repeated
    tap). `redraws`: the same question is shown again and may replace the tapped message. `refused`: the open
    question refused the text. `enclosed` are attachments. `veiled`: as a push, it may tell only that there is
    news.
    """

    said: list[Said] = field(default_factory=list)
    enclosed: Enclosed = field(default_factory=Enclosed)
    question: Question | None = None
    padding_seconds: float = 0.0
    taken: str | None = None
    repeats: int | None = None
    redraws: bool = False
    refused: bool = False
    veiled: bool = False


async def play(scene: Scene, dialogue: Dialogue, answer: Answer | None = None) -> Reply:
    """Play the innermost conversation; when one ends, continue the interrupted one."""
    reply = Reply()
    for _ in range(_HOPS):
        if dialogue.top is None:
            if reply.said:
                return reply
            dialogue.open(Transcript.new(MENU))  # every message gets an answer
        await _play_top(scene, dialogue, answer, reply)
        if reply.question is not None:
            return reply
        answer = None
    raise RecursionError("conversations hand over to each other in a circle")


async def show_menu(scene: Scene, dialogue: Dialogue, *first: Said) -> Reply:
    """Say something, then replace all that the resident opened by the menu."""
    dialogue.open(Transcript.new(MENU))
    return await show_again(scene, dialogue, *first)


async def show_again(scene: Scene, dialogue: Dialogue, *first: Said) -> Reply:
    """Say something, then repeat the open question, or show the menu if there is none."""
    if dialogue.top is None:
        dialogue.open(Transcript.new(MENU))
    reply = await play(scene, dialogue)
    reply.said[:0] = first
    return reply


def open_by_push(dialogue: Dialogue, conversation: str, argument: str = "") -> Transcript:
    """Open a conversation that the office begins; `play` then asks the question of the push.

    Typed digits now answer it. Questions below stay open for taps and for texts that are no choice of the
    push, and are asked again after it. Conversations that the resident opens later do not end the push: its
    buttons stay valid. The same push replaces its predecessor.
    """
    transcript = Transcript.new(conversation, argument=argument, pushed=True)
    pushed = [one for one in dialogue.stack if one.pushed]
    over = [one for one in pushed if (one.conversation, one.argument) == (conversation, argument)]
    over = over or pushed[: max(len(pushed) - _PUSHES_KEPT + 1, 0)]
    dialogue.stack = [*(one for one in dialogue.stack if one not in over), transcript]
    return transcript


async def begin(
    scene: Scene, dialogue: Dialogue, conversation: str, argument: str = "", *, opening: str | None = None
) -> Reply:
    """Begin a conversation by a push, up to its first question; an empty reply: nothing to say.

    `opening` is that of an earlier push, whose buttons stay valid.

    Raises:
        KeyError: there is no such conversation (any more).
    """
    if conversation not in CONVERSATIONS:
        raise KeyError(conversation)
    transcript = open_by_push(dialogue, conversation, argument)
    transcript.opening = opening or transcript.opening
    reply, depth = Reply(), len(dialogue.stack)
    for _ in range(_HOPS):
        await _play_top(scene, dialogue, None, reply)
        if reply.question is not None or len(dialogue.stack) < depth:
            return reply
        dialogue.stack[-1].pushed = True
    raise RecursionError("conversations hand over to each other in a circle")


def push_waits(dialogue: Dialogue, *, idle_seconds: float) -> bool:
    """Whether a push with choices must wait because the resident is answering a question."""
    return dialogue.top is not None and idle_seconds < PUSH_WAITS_SECONDS


async def _play_top(scene: Scene, dialogue: Dialogue, answer: Answer | None, reply: Reply) -> None:
    """Play the top of the stack up to its next question or its end."""
    transcript = dialogue.stack[-1]
    given = transcript.answers
    chat = Chat(scene, transcript, answer)
    chat.interrupts, chat.interrupted = bool(_waiting(dialogue)), _interrupted(dialogue)
    try:
        await _play_out(chat, transcript)
        dialogue.close(everything=chat.ends_all, settled=chat.settles)
    except Asked as asked:
        reply.question = asked.question
        transcript.keep_open(asked.question.kind, asked.question.said.key)
    except Left as left:
        # The menu is not repeated after a choice was made.
        dialogue.stack = [*_waiting(dialogue), _handed_over(scene, left)]
    except Diverged:
        dialogue.stack.pop()
        dialogue.open(Transcript.new(MENU))
        chat.said, chat.enclosed = [Said("engine-started-over")], Enclosed()
    except Refusal as refusal:
        chat.refuse(refusal)
        dialogue.stack.pop()
    if transcript.pushed and transcript.answers > max(given, chat.gate_answers):
        await errands.spend(scene.writing, chat=scene.chat, opening=transcript.opening)
    scene.speak(chat.language)
    _add(reply, chat)


def _waiting(dialogue: Dialogue) -> list[Transcript]:
    """Conversations that the innermost one interrupts."""
    return [one for one in dialogue.stack[:-1] if one.conversation not in ASKING_WHAT]


def _interrupted(dialogue: Dialogue) -> tuple[str, str]:
    """Name of the interrupted conversation, and its question."""
    asked = [(one.conversation, one.question.key) for one in dialogue.stack[:-1] if one.question is not None]
    return asked[-1] if asked else ("", "")


def _add(reply: Reply, chat: Chat) -> None:
    """Add the texts of this turn."""
    reply.said += chat.said
    reply.enclosed.add(chat.enclosed)
    reply.refused = chat.refused
    reply.veiled |= chat.veiled
    reply.taken = reply.taken or chat.taken
    reply.padding_seconds = max(reply.padding_seconds, chat.padding_seconds)


async def _play_out(chat: Chat, transcript: Transcript) -> None:
    """Run the script; if it leaves or ends with unused records, it has changed."""
    conversation = CONVERSATIONS.get(transcript.conversation)
    if conversation is None:
        raise Diverged
    if transcript.conversation == MENU:
        transcript.mark(chat.id)
    try:
        await conversation.script(chat)
    except (Left, Refusal):
        chat.require_played_out()
        raise
    chat.require_played_out()


def _handed_over(scene: Scene, left: Left) -> Transcript:
    """Transcript of the next conversation, with the values that its argument has for its questions."""
    following = CONVERSATIONS.get(left.conversation)
    given = following.spot(left.argument, scene.office) if following else {}
    given |= heard_by(left.conversation, left.argument)
    return Transcript.new(left.conversation, argument=left.argument, given=given)
