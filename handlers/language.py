"""Which language the office speaks to this chat."""

from domain.office import Office
from handlers.chat import Chat, Choice
from handlers.registry import conversation

# Names as people type them, in any language.
_NAMES = {
    "id": ("id", "indonesia", "bahasa indonesia", "indonesian"),
    "jv": ("jv", "jawa", "basa jawa", "bahasa jawa", "jowo", "krama", "javanese"),
    "en": ("en", "english", "inggris", "bahasa inggris"),
}
_LANGUAGES = {name: language for language, names in _NAMES.items() for name in names}


def named_language(text: str, _office: Office) -> dict[str, str]:
    """Find a language that is named by itself ("English", "/bahasa jawa")."""
    named = text.strip().removeprefix("/").casefold()
    return {"language-ask": named} if named in _LANGUAGES else {}


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
    named = chat.given.get("language-ask", chat.argument).strip().casefold()
    language = _LANGUAGES.get(named) or await chat.choose(
        "language-ask", [Choice(one, f"language-{one}") for one in _NAMES]
    )
    chat.speak(language)
    await chat.say("language-set")
    if not chat.interrupts:
        await chat.open("menu")
