"""A lost registration number: why it is not told here, and how to get it."""

from handlers.engine.chat import Chat, Choice
from handlers.engine.registry import conversation
from handlers.shared.calendar import tell_open_now


@conversation("lost-number", words="lost-number-words", examples="lost-number-examples")
async def find_number(chat: Chat) -> None:
    """Explain that a counter can find the number, where and when, and offer an officer.

    A chat never returns a number for a name or NIK: anybody who knows a person's NIK could see their card.
    """
    office = chat.office
    await chat.say("lost-number-text")
    await chat.say("lost-number-where", address=office.contact.address, hours=office.hours)
    await tell_open_now(chat)
    ways = [
        Choice("officer", "officer-talk"),
        Choice("status", "lost-number-found"),
        Choice("menu", "meant-menu"),
    ]
    await chat.open(await chat.choose("lost-number-more", ways))
