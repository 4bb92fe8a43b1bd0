"""Thanks, chit-chat, anger, and matters of other offices."""

from handlers.engine.chat import Chat, Choice
from handlers.engine.registry import conversation


@conversation("thanks", words="thanks-words", examples="thanks-examples", aside=True)
async def take_thanks(chat: Chat) -> None:
    """Answer a thank-you."""
    await chat.say("thanks-text")


@conversation("chit-chat", examples="chit-chat-examples", aside=True)
async def talk_a_little(chat: Chat) -> None:
    """Answer chit-chat: explain who speaks here and what it can do."""
    await chat.say("chit-chat-text", office=chat.office.name)
    await _offer_the_menu(chat)


@conversation("elsewhere", examples="elsewhere-examples", aside=True)
async def point_elsewhere(chat: Chat) -> None:
    """Tell a resident that this office does not handle their matter."""
    await chat.say("elsewhere-text", phone=chat.office.contact.phone)
    await _offer_the_menu(chat)


@conversation("anger", examples="anger-examples", aside=True)
async def calm(chat: Chat) -> None:
    """Answer anger calmly, and offer an officer."""
    chosen = await chat.choose(
        "anger-text",
        [
            Choice("handover", "officer-talk"),
            Choice("complaint", "meant-complaint"),
            Choice("status", "menu-status", hint="menu-status-hint"),
        ],
    )
    await chat.open(chosen, "anger:" if chosen == "handover" else "")


async def _offer_the_menu(chat: Chat) -> None:
    """Offer the menu, unless a question is open."""
    if not chat.interrupts:
        await chat.open("menu")
