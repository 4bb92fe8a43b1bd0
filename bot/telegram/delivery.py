"""Delivery of a parcel: all calls of its screen in order, continuing after an earlier try."""

import asyncio

from bot.channel import Parcel, Rejected, Sent, Unknown
from bot.telegram.calls import Calls
from bot.telegram.outcomes import GONE, NOT_MODIFIED
from bot.telegram.render import Call, render
from handlers.engine.caps import Caps

WHOLE_SECONDS = 25.0  # for all calls of a parcel; the outbox lease is 30 s
_MANY = 1024


class TelegramDelivery:
    """Remembers the completed calls of a parcel, so that a second try does not repeat them."""

    def __init__(self, caps: Caps) -> None:
        self._caps = caps
        self._begun: dict[int, list[str | None]] = {}

    def calls(self, parcel: Parcel) -> tuple[Call, ...]:
        """Calls of the parcel's screen."""
        return render(parcel.screen, self._caps)

    async def send(self, parcel: Parcel, sender: Calls) -> Sent:
        """Make the calls that were not made yet.

        Raises:
            Undelivered: see bot/channel.py; a later try does not repeat completed calls.
        """
        calls = self.calls(parcel)
        shown = self._begun.pop(parcel.id, [])
        try:
            async with asyncio.timeout(WHOLE_SECONDS):
                for call in calls[len(shown) :]:
                    shown.append(await _shown(call, parcel, sender))
        except TimeoutError:
            raise Unknown from None
        finally:
            self._remember(parcel.id, shown if len(shown) < len(calls) else [])
        return Sent(id=next((one for one in reversed(shown) if one is not None), None))

    def _remember(self, number: int, shown: list[str | None]) -> None:
        if shown:
            self._begun[number] = shown
        if len(self._begun) > _MANY:
            del self._begun[next(iter(self._begun))]


async def _shown(call: Call, parcel: Parcel, sender: Calls) -> str | None:
    """Make one call; an edit of a deleted message becomes a new message."""
    try:
        return await sender.deliver(call, parcel.address, priority=parcel.priority)
    except Rejected as rejected:
        if call.edits is None or rejected.reason not in {NOT_MODIFIED, GONE}:
            raise
        if rejected.reason == NOT_MODIFIED:
            return call.edits
    return await sender.deliver(call.anew(), parcel.address, priority=parcel.priority)
