"""Confirmation of a text before the office gets it."""

from domain.people.nik import hide_niks
from handlers.engine.chat import Chat, Choice

WORD_AT_MOST = 1500
_SHOWN_AT_MOST = (
    300  # of the end, which shows the latest addition; the choices stay visible on a small screen
)
_SEND, _DROP = "yes", "no"
_MORE = "more:"


async def looked_at(chat: Chat, word: str) -> str | None:
    """Show the text with [Kirim] [Batal]; anything else typed is appended. None: do not send it.

    Any sentence may have led here, and any text answers a question for text, so nothing is filed unseen.
    """
    while True:
        said = await chat.ask("look-ask", _added, choices=_ways, word=_shown(word))
        if said == _DROP:
            await chat.say("look-dropped")
            return None
        if said == _SEND:
            return word
        word = f"{word}\n{said.removeprefix(_MORE)}"[:WORD_AT_MOST]


def _added(text: str) -> str:
    return _MORE + text.strip()


def _shown(word: str) -> str:
    line = " ".join(hide_niks(word).split())
    return line if len(line) <= _SHOWN_AT_MOST else f"… {line[-_SHOWN_AT_MOST:]}"


async def _ways() -> list[Choice]:
    return [Choice(_SEND, "look-send"), Choice(_DROP, "look-drop")]
