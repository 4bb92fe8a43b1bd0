"""Plays scripts: from the open transcript to the next question, over hand-overs, endings and changed scripts."""

from dataclasses import dataclass, field

from domain.refusals import Refusal
from handlers.chat import Answer, Chat, Diverged, Left, Question, Said, Scene, Unwind
from handlers.dialogue import Dialogue, OpenQuestion, Transcript
from handlers.registry import CONVERSATIONS, Script

MENU = "menu"
_HOPS = 8  # a chain of hand-overs that is longer than this is a circle


@dataclass(slots=True)
class Reply:
    """What the office answers: thoughts, and the question that is open afterwards.

    `taken` is the token of the choice that this message took. `repeats` is the outbox row to show again (a repeated
    tap). `redraws` tells that the answer shows the same question anew and may take the place of the tapped message.
    """

    said: list[Said] = field(default_factory=list)
    question: Question | None = None
    padding_seconds: float = 0.0
    taken: str | None = None
    repeats: int | None = None
    redraws: bool = False


async def play(scene: Scene, dialogue: Dialogue, answer: Answer | None = None) -> Reply:
    """Play the innermost open conversation; an ended one gives way to the one that it interrupted."""
    reply = Reply()
    for _ in range(_HOPS):
        if dialogue.top is None:
            return reply
        if await _play_top(scene, dialogue, answer, reply):
            return reply
        answer = None
    raise RecursionError("conversations hand over to each other in a circle")


async def show_menu(scene: Scene, dialogue: Dialogue, *first: Said) -> Reply:
    """Say something, then open the menu in place of everything else."""
    dialogue.stack = [Transcript.new(MENU)]
    reply = await play(scene, dialogue)
    reply.said[:0] = first
    return reply


async def show_again(scene: Scene, dialogue: Dialogue, *first: Said) -> Reply:
    """Say something, then ask the open question again, or open the menu where none is open."""
    if dialogue.top is None:
        return await show_menu(scene, dialogue, *first)
    reply = await play(scene, dialogue)
    reply.said[:0] = first
    return reply


async def _play_top(scene: Scene, dialogue: Dialogue, answer: Answer | None, reply: Reply) -> bool:
    """Play the top of the stack; True when it asks and waits."""
    transcript = dialogue.stack[-1]
    chat = Chat(scene, transcript, answer)
    waits = False
    try:
        await _script_of(transcript)(chat)
        dialogue.stack.pop()
    except Left as left:
        dialogue.stack[-1] = _handed_over(scene, left)
    except Diverged:
        dialogue.stack = [Transcript.new(MENU)]
        chat.said = [Said("engine-started-over")]
    except Unwind:
        waits = True
    except Refusal as refusal:
        chat.refuse(refusal)
        dialogue.stack.pop()
    scene.language = chat.language
    reply.said += chat.said
    reply.padding_seconds = max(reply.padding_seconds, chat.padding_seconds)
    if waits and chat.question is not None:
        reply.question = chat.question
        _keep_open(transcript, chat.question)
    return waits


def _handed_over(scene: Scene, left: Left) -> Transcript:
    """Open the next conversation; what its argument already holds is not asked again."""
    following = CONVERSATIONS.get(left.conversation)
    given = following.spot(left.argument, scene.office) if following else {}
    return Transcript.new(left.conversation, argument=left.argument, given=given)


def _script_of(transcript: Transcript) -> Script:
    conversation = CONVERSATIONS.get(transcript.conversation)
    if conversation is None:
        raise Diverged
    return conversation.script


def _keep_open(transcript: Transcript, question: Question) -> None:
    position = len(transcript.entries)
    open_question = transcript.question
    if open_question is None or (open_question.key, open_question.position) != (question.said.key, position):
        transcript.question = OpenQuestion(question.said.key, position)
