"""Proof by a pair that the present person is the one a chat, or its data, belongs to."""

from domain.staff.roles import Action
from handlers.engine.chat import Chat
from handlers.shared.look_up import look_up
from handlers.shared.pair import ask_pair
from storage.keeping import own_data
from storage.people import sittings
from storage.session import Reading
from storage.staff.rights import allowed


async def is_known(chat: Chat, *, why: str, always: bool = False) -> bool:
    """Whether it is the same person; no proof is needed for an unlinked chat or a personal device.

    `why` is the sentence before the questions; `always` requires proof on a personal device, too.
    """
    asks = always or chat.others_may_read
    linked = await chat.learn("linked", linked_now, chat=chat.id, asks=asks)
    return not linked or await _shows_pair(chat, linked, why)


async def linked_now(db: Reading, *, chat: int, asks: bool) -> list[int]:
    """Applications of the chat, any of whose pairs is accepted; empty if no proof is needed."""
    return await own_data.linked_ids(db, chat=chat) if asks else []


async def _shows_pair(chat: Chat, linked: list[int], why: str) -> bool:
    """Ask for a pair; say so if it is none of the chat's."""
    await chat.say(why)
    number, proof = await ask_pair(chat)
    application = await look_up(chat, number, proof)
    if application is not None and application.id in linked:
        return True
    await chat.say("status-not-found")
    return False


async def is_theirs(chat: Chat, applicant: int) -> bool:
    """At a shared device: whether this person's pair was shown; if not, ask for it.

    On a personal device nothing is asked. A push on a shared device says only that there is news.
    """
    if chat.covered is None or await chat.learn(
        "theirs", sittings.covers, applicant=applicant, covered=chat.covered
    ):
        return True
    await show_pair(chat)
    if await chat.learn("theirs-now", sittings.covers, applicant=applicant, covered=chat.covered or ()):
        return True
    await chat.say("status-not-found")
    return False


async def show_pair(chat: Chat) -> None:
    """At a shared device, ask for a pair; it counts until the sitting ends."""
    chat.veil()
    await chat.say("push-asks-pair")
    number, proof = await ask_pair(chat)
    await look_up(chat, number, proof)
    chat.unveil()


async def may_enter(chat: Chat, action: Action) -> bool:
    """Whether this chat may do it at any point; a refusal is audited."""
    return await chat.once("counter-allowed", allowed, member=chat.staff, action=action, chat=chat.id)
