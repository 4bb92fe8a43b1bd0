"""Who has no registration number any more: why it is not told here, and the ways to it."""

from handlers.engine.chat import Chat, Choice, Said
from handlers.engine.registry import conversation
from handlers.shared.calendar import desk_of
from handlers.shared.report import open_now


@conversation("lost-number", words="lost-number-words", examples="lost-number-examples")
async def find_number(chat: Chat) -> None:
    """Tell that a counter finds the number again, where and when, and offer a person.

    A number beside a name or NIK is never told in a chat: whoever knows the NIK of somebody would see their card.
    """
    office = chat.office
    await chat.say("lost-number-text")
    await chat.say("lost-number-where", address=office.contact.address, hours=office.hours)
    await chat.tell(lambda: _open_now(chat))
    ways = [
        Choice("officer", "officer-talk"),
        Choice("status", "lost-number-found"),
        Choice("menu", "meant-menu"),
    ]
    await chat.open(await chat.choose("lost-number-more", ways))


async def _open_now(chat: Chat) -> list[Said]:
    return list(open_now(await chat.read(desk_of(chat).calendar), chat.office.points, chat.now))
