"""What is no errand: thanks, chit-chat, anger, and what other offices do. Each is answered with dignity."""

from handlers.engine.chat import Chat, Choice
from handlers.engine.registry import conversation


@conversation("thanks", words="thanks-words", examples="thanks-examples", aside=True)
async def take_thanks(chat: Chat) -> None:
    """Answer a thank-you."""
    await chat.say("thanks-text")


@conversation("chit-chat", examples="chit-chat-examples", aside=True)
async def talk_a_little(chat: Chat) -> None:
    """Answer chit-chat: who speaks here, and what it is good for."""
    await chat.say("chit-chat-text", office=chat.office.name)
    await _offer_the_menu(chat)


@conversation("elsewhere", examples="elsewhere-examples", aside=True)
async def point_elsewhere(chat: Chat) -> None:
    """Tell whoever wants what this counter does not do that they are at the wrong one."""
    await chat.say("elsewhere-text", phone=chat.office.contact.phone)
    await _offer_the_menu(chat)


@conversation("anger", examples="anger-examples", aside=True)
async def calm(chat: Chat) -> None:
    """Answer anger with dignity, and offer a person."""
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
    """Show what can be done here, unless a question waits."""
    if not chat.interrupts:
        await chat.open("menu")
