"""Choice of the chat's language."""

from domain.office.office import Office
from domain.text.typed import fold
from handlers.engine.chat import Chat, Choice
from handlers.engine.registry import conversation


def named_language(text: str, office: Office) -> dict[str, str]:
    """Language of the office named by a text alone ("English", "/bahasa jawa")."""
    named = fold(text).removeprefix("/")
    return {"language-ask": named} if _meant(named, office) else {}


def _meant(named: str, office: Office) -> str | None:
    names = {one: (one, *office.language_names.get(one, ())) for one in office.languages}
    return next((language for language, known in names.items() if named in known), None)


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
    """Switch the language; `/bahasa en` does it at once, and an interrupted question is repeated in it."""
    named = fold(chat.given.get("language-ask", chat.argument))
    language = _meant(named, chat.office) or await chat.choose(
        "language-ask", [Choice(one, f"language-{one}") for one in chat.office.languages]
    )
    chat.speak(language)
    await chat.say("language-set")
    if not chat.interrupts:
        await chat.open("menu")
