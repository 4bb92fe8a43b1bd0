"""The menu of all conversations with an entry."""

from domain.staff.roles import Action, StaffMember, may
from handlers.engine.chat import Chat, Choice
from handlers.engine.registry import CONVERSATIONS, conversation

_OF_STAFF = (
    ("today", "today", Action.SEE_DAY),
    ("calls", "calls", Action.TALK),
    ("walk_in", "walk-in", Action.SERVE),
    ("announce", "announce", Action.ANNOUNCE),
    ("morning", "morning", Action.ENTER),
)
"""Conversation, texts and right of each command of staff."""


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
        leave = Choice("sign-out", "menu-sign-out", hint="menu-sign-out-hint")
        entries = [*_commands(chat.staff), leave, *entries]
    await chat.open(await chat.choose("menu-ask", entries))


def _commands(member: StaffMember) -> list[Choice]:
    """Commands that this member of staff may use."""
    return [
        Choice(name, f"menu-{label}", hint=f"menu-{label}-hint")
        for name, label, action in _OF_STAFF
        if may(member, action)
    ]
