"""Typed text: an answer to the open question, values that a question asks for, or a free sentence."""

import re

from domain.text.grievance import is_grievance
from domain.text.scam import looks_like_scam
from handlers.engine import playing
from handlers.engine.dialogue import Dialogue, OpenQuestion, Transcript
from handlers.engine.playing import ASKING_WHAT, MEANT, NOT_UNDERSTOOD, Reply
from handlers.engine.registry import CONVERSATIONS, LONGEST_TEXT, asks_pair, heard_by, is_aside, is_private
from handlers.engine.scene import Answer, Said, Scene
from handlers.engine.understanding import Matcher

COMPLAINT, SCAM = "complaint", "scam"
_NO_ERRAND = frozenset({"chit-chat", "elsewhere"})  # answered, but no help
_FEELINGS = frozenset({"anger", "thanks"})  # clear from one word
_DIGIT = re.compile(r"(?<![A-Za-z])\d|\d\d")  # not that of a word said twice: "muter2"
_MISSED_AT_MOST = 2
_WORDS_OF_A_SENTENCE, _WORDS_OF_A_TOPIC = 3, 2


async def open_conversation(
    scene: Scene, dialogue: Dialogue, name: str, *, argument: str = "", given: dict[str, str] | None = None
) -> Reply:
    """Open a conversation: an aside keeps what it interrupts, any other replaces it.

    A private one that was begun continues instead.
    """
    if is_private(name) and not argument:
        begun = [one for one in dialogue.stack if one.conversation == name]
        answered = [one for one in begun if one.answers]
        if answered:
            dialogue.resume(answered[-1])
            return await playing.play(scene, dialogue)
        dialogue.stack = [one for one in dialogue.stack if one not in begun]
    transcript = Transcript.new(name, argument=argument, given=given)
    if name == COMPLAINT and given:
        # A complaint begins in the middle of a survey, which then continues.
        surveys = [one for one in dialogue.stack if is_private(one.conversation)]
        dialogue.open(transcript)
        dialogue.stack = [*(one for one in surveys if one not in dialogue.stack), *dialogue.stack]
    elif is_aside(name):
        over = {MEANT, NOT_UNDERSTOOD}  # answered by what the resident says now
        kept = [
            one for one in dialogue.stack if not is_aside(one.conversation) and one.conversation not in over
        ]
        dialogue.stack = [*kept, transcript]
    else:
        dialogue.open(transcript)
    return await playing.play(scene, dialogue)


async def hear_answer(scene: Scene, dialogue: Dialogue, text: str, matcher: Matcher) -> Reply:
    """Handle a text without opening words: an answer, values for a question, or a free sentence."""
    asked = _interrupted_that_wants(scene, dialogue, text) or question_for_text(dialogue)
    if asked is not None:
        dialogue.lift(asked[0])
        return await _answer_question(scene, dialogue, *asked, text, matcher)
    found = _spotted(scene, text, first=dialogue.top.conversation if dialogue.top else "")
    if found is not None:
        return await open_conversation(scene, dialogue, found[0], given=found[1])
    return await _hear_sentence(scene, dialogue, text, matcher)


async def hear_follow_up(scene: Scene, dialogue: Dialogue, text: str) -> Reply | None:
    """Answer an errand of its own, or a question about the open choices or about what was told before."""
    top = dialogue.top
    if scene.handed or scene.staff is not None:
        return None
    asked = top.question if top is not None else None
    conversation = CONVERSATIONS.get(top.conversation) if top is not None else None
    if asked is not None and conversation is not None:
        value = conversation.corrects(asked.key, text)
        if value is not None:
            return await playing.play(scene, dialogue, Answer(text=text, follows=True, value=value))
    found = _spotted(scene, text, only_first=True) if question_for_text(dialogue) is None else None
    if found is not None:
        return await open_conversation(scene, dialogue, found[0], given=found[1])
    if asked is not None and asked.kind == "choose" and conversation is not None:
        value = conversation.follow_up(asked.key, text)
        if value is not None:
            return await playing.play(scene, dialogue, Answer(text=text, follows=True, value=value))
    return await _hear_recalled(scene, dialogue, text)


async def _hear_recalled(scene: Scene, dialogue: Dialogue, text: str) -> Reply | None:
    """Answer a question about what was told before: while nothing is open, or in an aside.

    A push that asks for a proof is not interrupted: a case number is an answer there.
    """
    idle = dialogue.top is None or dialogue.top.conversation in ASKING_WHAT
    proves = dialogue.top is not None and asks_pair(dialogue.top.conversation)
    for one in CONVERSATIONS.values():
        if not idle and (proves or not one.aside):
            continue
        covered = tuple(scene.proven) if scene.caps.shared_device else None
        argument = await one.recall(scene.db, scene.chat, covered, text) if one.recall else None
        if argument is not None:
            return await open_conversation(scene, dialogue, one.name, argument=argument)
    return None


async def _hear_sentence(scene: Scene, dialogue: Dialogue, text: str, matcher: Matcher) -> Reply:
    """Interpret a free sentence; ask if it is ambiguous; offer an officer the second time."""
    meant = _meant(text, matcher)
    if meant in _NO_ERRAND and dialogue.top is not None and is_private(dialogue.top.conversation):
        meant = None  # there, "tidak tahu" answers the question and is no small talk
    if meant in _NO_ERRAND:
        dialogue.missed += 1
        if dialogue.missed >= _MISSED_AT_MOST:
            return await _offer_a_person(scene, dialogue)
    value = _likely(dialogue, meant, text, matcher)
    if value is not None:
        return await playing.play(scene, dialogue, Answer(text=text, follows=True, value=value))
    if meant is not None:
        return await _open_meant(scene, dialogue, meant, text, matcher)
    if dialogue.top is not None and dialogue.top.conversation not in ASKING_WHAT:
        return await playing.play(scene, dialogue, Answer(text=text))
    return await _ask_what_is_meant(scene, dialogue, text, matcher)


async def _ask_what_is_meant(scene: Scene, dialogue: Dialogue, text: str, matcher: Matcher) -> Reply:
    """Open what a sentence likely means, or offer what it may mean; the second time that it means nothing, an officer."""
    for one in CONVERSATIONS.values():
        if likely := one.likely_spot(text, scene.office):
            return await open_conversation(scene, dialogue, one.name, given=likely)
    names = [name for name in matcher.guess(text).names if name in CONVERSATIONS]
    if names and MEANT in CONVERSATIONS:
        asked = ",".join(f"{name}={_topic(scene, matcher, name, text)}" for name in names)
        heard = {name: text for name in names if heard_by(name, text)}
        return await open_conversation(scene, dialogue, MEANT, argument=asked, given=heard)
    dialogue.missed += 1
    if dialogue.missed >= _MISSED_AT_MOST and NOT_UNDERSTOOD in CONVERSATIONS:
        return await _offer_a_person(scene, dialogue)
    return await playing.show_menu(scene, dialogue, Said("engine-not-understood"))


def _likely(dialogue: Dialogue, meant: str | None, text: str, matcher: Matcher) -> str | None:
    """The answer that a sentence most likely is to the open choices, if it means no other conversation."""
    top = dialogue.top
    if top is None or top.question is None or meant not in (None, top.conversation):
        return None
    conversation = CONVERSATIONS.get(top.conversation)
    if conversation is None:
        return None
    again = top.conversation in matcher.guess(text).names[:1]
    return conversation.likely(top.question.key, text, again)


async def _open_meant(scene: Scene, dialogue: Dialogue, meant: str, text: str, matcher: Matcher) -> Reply:
    """Open the conversation that a sentence means, with the values or the topic in it."""
    given = CONVERSATIONS[meant].spot(text, scene.office) | heard_by(meant, text)
    argument = "" if given else _topic(scene, matcher, meant, text)
    return await open_conversation(scene, dialogue, meant, argument=argument, given=given)


async def _offer_a_person(scene: Scene, dialogue: Dialogue) -> Reply:
    dialogue.missed = 0
    return await open_conversation(scene, dialogue, NOT_UNDERSTOOD)


def _topic(scene: Scene, matcher: Matcher, name: str, text: str) -> str:
    return matcher.topic(text, CONVERSATIONS[name].topics(scene.office))


def _meant(text: str, matcher: Matcher) -> str | None:
    """Conversation that a sentence certainly means; None for digits alone."""
    if not any(character.isalpha() for character in text):
        return None
    if COMPLAINT in CONVERSATIONS and is_grievance(text):
        return COMPLAINT
    if SCAM in CONVERSATIONS and looks_like_scam(text):
        return SCAM
    guess = matcher.guess(text)
    return guess.names[0] if guess.sure and guess.names[0] in CONVERSATIONS else None


def question_for_text(dialogue: Dialogue) -> tuple[Transcript, OpenQuestion] | None:
    """The innermost question that waits for a text; an older one also below a push with choices."""
    for transcript in reversed(dialogue.stack):
        question = transcript.question
        if question is not None and question.kind == "ask":
            return transcript, question
        if not transcript.pushed:
            return None
    return None


def longest_text(dialogue: Dialogue) -> int:
    """Longest text that the current question, or else an opening text, may have."""
    asked = question_for_text(dialogue)
    conversation = None if asked is None else CONVERSATIONS.get(asked[0].conversation)
    return LONGEST_TEXT if conversation is None else conversation.longest


def lets_choose(dialogue: Dialogue) -> bool:
    """Whether the innermost question expects one of its choices; false for the menu and the like."""
    top = dialogue.top
    if top is None or top.question is None or top.question.kind != "choose":
        return False
    return question_for_text(dialogue) is None and top.conversation not in ASKING_WHAT


def _interrupted_that_wants(
    scene: Scene, dialogue: Dialogue, text: str
) -> tuple[Transcript, OpenQuestion] | None:
    """The interrupted question that the text has a value for; the aside above it is closed."""
    if dialogue.top is None or not is_aside(dialogue.top.conversation):
        return None
    for one in reversed(dialogue.stack[:-1]):
        conversation, question = CONVERSATIONS.get(one.conversation), one.question
        if question is None or question.kind != "ask" or conversation is None:
            continue
        if question.key in conversation.spot(text, scene.office):
            dialogue.stack.pop()
            return one, question
    return None


async def _answer_question(
    scene: Scene,
    dialogue: Dialogue,
    asked: Transcript,
    question: OpenQuestion,
    text: str,
    matcher: Matcher,
) -> Reply:
    conversation = CONVERSATIONS.get(asked.conversation)
    spotted = conversation.spot(text, scene.office) if conversation else {}
    elsewhere_asked = bool(question.offered) and question.key not in spotted
    answered = {entry.key for entry in asked.entries} - {question.key}  # a question asked back is asked again
    if spotted and (elsewhere_asked or not answered.isdisjoint(spotted)):
        # A number typed where its NIK or a choice was expected: the resident means another card.
        return await open_conversation(scene, dialogue, asked.conversation, given=spotted)
    answer = spotted.pop(question.key, None)
    asked.given.update(spotted)
    if answer is not None or not spotted:
        missed = question.missed
        reply = await playing.play(scene, dialogue, Answer(text=text if answer is None else answer))
        if not reply.refused or answer is not None or (conversation and conversation.for_staff):
            return reply  # in an officer's text, words of other conversations mean nothing
        # The question refused the text, but another conversation may accept it.
        question.missed, missed = missed, question.missed
        value = conversation.follow_up(question.key, text) if conversation and not scene.handed else None
        if value is not None:
            return await playing.play(scene, dialogue, Answer(text=text, follows=True, value=value))
        elsewhere = await _answer_interrupted(scene, dialogue, text)
        elsewhere = elsewhere or await _hear_elsewhere(scene, dialogue, asked.conversation, text, matcher)
        if elsewhere is None:
            question.missed = missed
        return elsewhere or reply
    return await playing.play(scene, dialogue)


async def _answer_interrupted(scene: Scene, dialogue: Dialogue, text: str) -> Reply | None:
    """The interrupted question's reply, if an aside refused the text and that question with choices accepts it."""
    *below, top = dialogue.stack
    question = below[-1].question if below and is_aside(top.conversation) else None
    if question is None or question.kind != "ask" or not question.offered:
        return None
    missed, dialogue.stack = question.missed, below
    reply = await playing.play(scene, dialogue, Answer(text=text))
    if not reply.refused:
        return reply
    question.missed, dialogue.stack = missed, [*below, top]
    return None


async def _hear_elsewhere(
    scene: Scene, dialogue: Dialogue, asked: str, text: str, matcher: Matcher
) -> Reply | None:
    """Open the conversation that a refused answer has values for or certainly means.

    Few words are more likely a slip, except a question ("bayar?"), two that name a topic, or in an aside, which is easily left.
    During a handover, a sentence is for the officer.
    """
    found = _spotted(scene, text)
    if found is not None:
        return await open_conversation(scene, dialogue, found[0], given=found[1])
    if scene.handed:
        return None
    topic = _topic(scene, matcher, asked, text)
    if topic:
        return await open_conversation(scene, dialogue, asked, argument=topic)
    meant = _meant(text, matcher)
    if meant is None or (dialogue.top is not None and meant == dialogue.top.conversation):
        return None
    needed = _WORDS_OF_A_TOPIC if _topic(scene, matcher, meant, text) else _WORDS_OF_A_SENTENCE
    if not _DIGIT.search(text):
        needed = (
            1 if meant in _FEELINGS or "?" in text else _WORDS_OF_A_TOPIC
        )  # thanks, anger or a question is no slip
    if len(text.split()) < needed and not is_aside(asked):
        return None
    return await _open_meant(scene, dialogue, meant, text, matcher)


def _spotted(
    scene: Scene, text: str, first: str = "", *, only_first: bool = False
) -> tuple[str, dict[str, str]] | None:
    """Conversation for whose questions the text has values; the open one (`first`) is tried first.

    `only_first`: only those that are asked before follow-ups.
    """
    asked = [one for one in CONVERSATIONS.values() if one.spots_first or not only_first]
    for conversation in sorted(asked, key=lambda one: one.name != first):
        found = conversation.spot(text, scene.office)
        if found and (scene.staff is not None or not conversation.for_staff):
            return conversation.name, found
    return None
