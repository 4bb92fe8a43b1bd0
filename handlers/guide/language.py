"""Which language the office speaks to this chat."""

from domain.office.office import Office
from domain.text.typed import fold
from handlers.engine.chat import Chat, Choice
from handlers.engine.registry import conversation

# Names as people type them, in any language.
_NAMES = {
    "id": ("id", "indonesia", "bahasa indonesia", "indonesian"),
    "jv": ("jv", "jawa", "basa jawa", "bahasa jawa", "jowo", "krama", "javanese"),
    "en": ("en", "english", "inggris", "bahasa inggris"),
}


def named_language(text: str, office: Office) -> dict[str, str]:
    """Find a language of the office that is named by itself ("English", "/bahasa jawa")."""
    named = fold(text).removeprefix("/")
    return {"language-ask": named} if _meant(named, office) else {}


def _meant(named: str, office: Office) -> str | None:
    return next((language for language in office.languages if named in _NAMES[language]), None)


@conversation(
    "language",
    command="bahasa",
    label="menu-language",
    words="language-words",
    examples="language-examples",
    spot=named_language,
    aside=True,
)
async def choose_language(chat: Chat) -> None:
    """Go on in another language; `/bahasa en` names it at once, and an interrupted question comes back in it."""
    named = fold(chat.given.get("language-ask", chat.argument))
    language = _meant(named, chat.office) or await chat.choose(
        "language-ask", [Choice(one, f"language-{one}") for one in chat.office.languages]
    )
    chat.speak(language)
    await chat.say("language-set")
    if not chat.interrupts:
        await chat.open("menu")
