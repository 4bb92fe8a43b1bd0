"""What follows after a number and a proof that were not found: another try, a person, or why."""

from typing import Any

from domain.text.grievance import is_grievance
from domain.text.number_question import wonders_why_unfound
from handlers.engine.chat import Chat, Choice

OTHER = "other"
_WHY = "why"
_QUESTIONS = frozenset({"status-after-not-found", "booking-after-not-found"})


def wonders(question: str, text: str) -> str | None:
    """The answer of a question why nothing was found, or of somebody who insists; or None."""
    if question not in _QUESTIONS or is_grievance(text):
        return None
    return _WHY if wonders_why_unfound(text) else None


async def ask_how_to_go_on(chat: Chat, key: str) -> Any:
    """Offer another try or a person; `OTHER` is another try."""
    ways = [
        Choice(OTHER, "status-retry", hint="status-retry-hint"),
        Choice("officer", "menu-officer", hint="menu-officer-hint"),
    ]
    chosen = await chat.choose(key, ways)
    while chosen == _WHY:
        phone = chat.office.contact.phone
        await chat.say("status-not-found-asked", phone=phone)
        chosen = await chat.choose(key, ways)
    return chosen
