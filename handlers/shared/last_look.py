"""Confirmation of a text before the office gets it."""

from collections.abc import Callable
from datetime import timedelta

from domain.people.nik import hide_niks
from domain.text.case_questions import asked_about_case
from handlers.engine.chat import Chat, Choice
from handlers.shared.calendar import calendar_source, days_to_answer

WORD_AT_MOST = 1500
_SHOWN_AT_MOST = (
    300  # of the end, which shows the latest addition; the choices stay visible on a small screen
)
_SEND, DROP = "yes", "no"
_MORE, _ASKED = "more:", "asked:"
_WRITTEN = frozenset({"complaint-ask", "visit-ask", "correct-ask", "look-ask"})


def asked_meanwhile(question: str, text: str) -> str | None:
    """The answer `asked:<topic>` that a short question is where a text for the office is asked for, or None."""
    topic = asked_about_case(text) if question in _WRITTEN else None
    return f"{_ASKED}{topic}" if topic else None


def without_spaces(text: str) -> str:
    """Read a text as written, without spaces around it."""
    return text.strip()


async def written(chat: Chat, kind: str, parse: Callable[[str], str], days: int | None = None) -> str:
    """Ask for the text of a complaint, a visit or a correction (`kind`); questions about that are answered meanwhile.

    `days`: it is answered within so many; else within those that cases have.
    """
    word = await chat.ask(f"{kind}-ask", parse)
    while word.startswith(_ASKED):
        await _answer(chat, kind, word, days)
        word = await chat.ask(f"{kind}-ask", parse)
    return word


async def _answer(chat: Chat, kind: str, asked: str, days: int | None) -> None:
    today = chat.office.today(chat.now)
    if days is None:
        days = await chat.read(days_to_answer, source=calendar_source(chat), after=today)
    due = today + timedelta(days=days)
    await chat.say(f"{kind}-asked", what=asked.removeprefix(_ASKED), due=due)


async def looked_at(chat: Chat, word: str, kind: str, days: int | None = None) -> str | None:
    """Show the text with [Kirim] [Batal]; anything else typed is appended. None: do not send it.

    Any sentence may have led here, and any text answers a question for text, so nothing is filed unseen.
    """
    while True:
        said = await chat.ask("look-ask", _added, choices=_ways, word=shown(word))
        if said == DROP:
            await chat.say("look-dropped")
            return None
        if said == _SEND:
            return word
        if said.startswith(_ASKED):
            await _answer(chat, kind, said, days)
            continue
        word = f"{word}\n{said.removeprefix(_MORE)}"[:WORD_AT_MOST]


def _added(text: str) -> str:
    return _MORE + text.strip()


def shown(word: str) -> str:
    """A text in one line, without NIKs; of a long one the end."""
    line = " ".join(hide_niks(word).split())
    return line if len(line) <= _SHOWN_AT_MOST else f"… {line[-_SHOWN_AT_MOST:]}"


async def _ways() -> list[Choice]:
    return [Choice(_SEND, "look-send"), Choice(DROP, "look-drop")]
