"""Whether the resident whom a chat, or something that belongs to it, is linked to is the one who asks: a pair shows it."""

from handlers.engine.chat import Chat
from handlers.shared.look_up import look_up
from handlers.shared.pair import ask_pair
from storage.keeping import own_data
from storage.people import sittings
from storage.session import Reading


async def is_known(chat: Chat, *, why: str, always: bool = False) -> bool:
    """Tell whether it is them; a chat that is linked to nobody needs no pair, nor does one at a device of one's own.

    `why` is the sentence before the questions; `always` asks also where nobody else may be at the device.
    """
    asks = always or chat.others_may_read
    linked = await chat.learn("linked", linked_now, chat=chat.id, asks=asks)
    return not linked or await _shows_pair(chat, linked, why)


async def linked_now(db: Reading, *, chat: int, asks: bool) -> list[int]:
    """Give the applications of the chat, any of whose pairs will do; none where it is not asked."""
    return await own_data.linked_ids(db, chat=chat) if asks else []


async def _shows_pair(chat: Chat, linked: list[int], why: str) -> bool:
    """Ask for a pair, and tell when it is none of the chat's."""
    await chat.say(why)
    number, proof = await ask_pair(chat)
    application = await look_up(chat, number, proof)
    if application is not None and application.id in linked:
        return True
    await chat.say("status-not-found")
    return False


async def is_theirs(chat: Chat, applicant: int) -> bool:
    """Tell whether whoever sits at a shared device has shown the pair of this person, and ask for it where they have not.

    On a device of one's own nothing is asked. A push that begins here says no more than that there is news.
    """
    if chat.covered is None or await chat.learn("theirs", _covers, applicant=applicant, covered=chat.covered):
        return True
    await show_pair(chat)
    if await chat.learn("theirs-now", _covers, applicant=applicant, covered=chat.covered or ()):
        return True
    await chat.say("status-not-found")
    return False


async def show_pair(chat: Chat) -> None:
    """Ask whoever sits at a shared device for a pair; a right one counts until they leave."""
    chat.veil()
    await chat.say("push-asks-pair")
    number, proof = await ask_pair(chat)
    await look_up(chat, number, proof)
    chat.unveil()


async def _covers(db: Reading, *, applicant: int, covered: tuple[int, ...]) -> bool:
    return await sittings.covers(db, applicant=applicant, covered=covered)
