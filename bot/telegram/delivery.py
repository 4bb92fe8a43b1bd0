"""Shows a parcel: every call of its screen in order, beginning where an earlier try ended."""

import asyncio
from typing import Protocol

from bot.channel import Parcel, Rejected, Sent, Undelivered, Unknown
from bot.telegram.outcomes import GONE, NOT_MODIFIED
from bot.telegram.render import Call, render
from handlers.caps import Caps

WHOLE_SECONDS = 25.0  # for all calls of one parcel; the outbox lease is 30 s
_MANY = 1024


class Sender(Protocol):
    """Replies (aiogram) or Pushes (python-telegram-bot)."""

    async def deliver(self, call: Call, chat: str, *, priority: int) -> str | None:
        """Send one call in its turn; give the id of the message."""
        ...


class Delivery:
    """Remembers how far a parcel of several calls came, so that a second try repeats nothing."""

    def __init__(self, caps: Caps) -> None:
        self._caps = caps
        self._shown: dict[int, list[str | None]] = {}

    def calls(self, parcel: Parcel) -> tuple[Call, ...]:
        """Draw the parcel's screen."""
        return render(parcel.screen, self._caps)

    def note(self, parcel: Parcel, message_id: str | None) -> None:
        """Take note that the parcel's next call was made."""
        self._shown.setdefault(parcel.id, []).append(message_id)
        if len(self._shown) > _MANY:
            del self._shown[next(iter(self._shown))]

    def forget(self, parcel: Parcel) -> None:
        """The parcel is done with."""
        self._shown.pop(parcel.id, None)

    async def send(self, parcel: Parcel, sender: Sender) -> Sent:
        """Make every call that was not made yet.

        Raises:
            Undelivered: as the tree in bot/channel.py says; the calls made before it are not repeated by a later try.
        """
        calls = self.calls(parcel)
        try:
            async with asyncio.timeout(WHOLE_SECONDS):
                for call in calls[len(self._shown.get(parcel.id, ())) :]:
                    self.note(parcel, await _shown(call, parcel, sender))
        except TimeoutError:
            raise Unknown from None
        ids = [one for one in self._shown.get(parcel.id, ()) if one is not None]
        self.forget(parcel)
        return Sent(id=ids[-1] if ids else None)


async def _shown(call: Call, parcel: Parcel, sender: Sender) -> str | None:
    """Make one call; an edit of a message that is gone becomes a new message."""
    try:
        return await sender.deliver(call, parcel.address, priority=parcel.priority)
    except Rejected as rejected:
        if call.edits is None or rejected.reason not in {NOT_MODIFIED, GONE}:
            raise
        if rejected.reason == NOT_MODIFIED:
            return call.edits
    return await sender.deliver(call.anew(), parcel.address, priority=parcel.priority)


__all__ = ["Delivery", "Sender", "Undelivered"]
