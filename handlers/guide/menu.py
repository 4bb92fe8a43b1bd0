"""The menu of all conversations with an entry."""

from handlers.engine.chat import Chat, Choice
from handlers.engine.registry import CONVERSATIONS, conversation


@conversation("menu", command="menu", words="engine-menu-words")
async def show_menu(chat: Chat) -> None:
    """Show the menu and open the chosen conversation."""
    entries = [
        Choice("back-to-bot", "handover-back", hint="handover-back-hint")
        if chat.handed and entry.name == "officer"
        else Choice(entry.name, entry.label, hint=f"{entry.label}-hint")
        for entry in CONVERSATIONS.values()
        if entry.label is not None
    ]
    if chat.staff is not None:
        entries.append(Choice("sign-out", "menu-sign-out", hint="menu-sign-out-hint"))
    await chat.open(await chat.choose("menu-ask", entries))
