"""From what a script said to what a resident reads: sentences in their language, choices by the page."""

from collections.abc import Sequence
from typing import Any

from handlers.caps import Caps
from handlers.chat import Choice, Question, Said
from handlers.dialogue import Offered, OpenQuestion, Transcript
from handlers.engine import Reply
from handlers.paging import MORE, PREVIOUS, page_of, pages
from handlers.screen import Screen, ShownChoice
from locales.texts import Texts

PARAGRAPH = "\n\n"


def word(reply: Reply, *, texts: Texts, language: str, caps: Caps, transcript: Transcript | None) -> Screen:
    """Write one bubble, and note in the open question what was offered, so that a later tap or digit finds it."""
    paragraphs = [texts.say(language, said.key, **said.variables) for said in reply.said]
    choices: tuple[ShownChoice, ...] = ()
    if reply.question is not None and transcript is not None and transcript.question is not None:
        paragraphs.append(_text_of(reply.question.said, texts, language))
        choices = _offer(reply.question, transcript, transcript.question, texts, language, caps)
    return Screen(text=PARAGRAPH.join(paragraphs), choices=choices, language=language)


def label_of(choice: Choice, texts: Texts, language: str) -> str:
    """The words on a choice."""
    return texts.say(language, choice.label, **choice.variables)


def _text_of(said: Said, texts: Texts, language: str) -> str:
    return texts.say(language, said.key, **said.variables)


def _offer(
    question: Question,
    transcript: Transcript,
    open_question: OpenQuestion,
    texts: Texts,
    language: str,
    caps: Caps,
) -> tuple[ShownChoice, ...]:
    open_question.offered = [
        Offered(choice.value, label_of(choice, texts, language)) for choice in question.choices
    ]
    if not question.choices:
        return ()
    open_question.page = min(open_question.page, pages(len(question.choices), caps.page) - 1)
    answers = page_of(len(question.choices), open_question.page, caps.page)
    shown = []
    for number, answer in enumerate(answers, start=1):
        shown.append(_shown(number, answer, question.choices, transcript, open_question, texts, language))
    return tuple(shown)


def _shown(
    number: int,
    answer: str,
    choices: Sequence[Choice],
    transcript: Transcript,
    open_question: OpenQuestion,
    texts: Texts,
    language: str,
) -> ShownChoice:
    if answer == MORE:
        token = transcript.token(f"{MORE}{open_question.page + 1}")
        return ShownChoice(token=token, number=number, label=texts.say(language, "engine-more"))
    if answer == PREVIOUS:
        token = transcript.token(f"{PREVIOUS}{open_question.page - 1}")
        return ShownChoice(token=token, number=number, label=texts.say(language, "engine-previous"))
    choice = choices[int(answer)]
    hint: Any = choice.hint and texts.say(language, choice.hint, **choice.variables)
    label = open_question.offered[int(answer)].label
    return ShownChoice(token=transcript.token(answer), number=number, label=label, hint=hint or None)
