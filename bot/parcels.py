"""From a claimed row of the outbox to the parcel that a channel gets."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.channel import Channel, Clock, Parcel
from domain.office import Office
from handlers.screen import Screen
from storage.people.addresses import leads_nowhere
from storage.post.sending import Outcome, Row


class Parcels:
    """Packs for the channels of this process."""

    def __init__(self, clock: Clock, channels: Mapping[str, Channel], office: Office) -> None:
        self._clock = clock
        self._channels = channels
        self._office = office

    def of(self, row: Row) -> Parcel | Outcome:
        """Give the parcel of a row, or why there is nothing to send (any more)."""
        if row.screen is None:
            return Outcome(id=row.id, chat=row.chat, state="failed", reason="erased")
        _, account, address = row.address.split("\x1f", 2)
        if leads_nowhere(address):
            return Outcome(id=row.id, chat=row.chat, state="failed", reason="moved")
        return Parcel(
            id=row.id,
            chat=row.chat,
            channel=row.channel,
            account=account,
            address=address,
            priority=row.priority,
            screen=self._screen(row, row.screen),
            attempts=row.attempts,
            due_at=row.due_at,
            heard_at=row.heard_at,
        )

    def _screen(self, row: Row, stored: dict[str, Any]) -> Screen:
        """What is shown: nothing personal where a shared device has been idle, and nothing to decide for another."""
        screen = Screen.from_json(stored)
        shared = self._channels[row.channel].caps.shared_device
        idle = self._clock() - row.heard_at
        if screen.idle_text is None or not shared:
            return screen
        if idle < timedelta(minutes=self._office.retention.shared_unfinished_minutes):
            return screen
        return Screen(text=screen.idle_text, language=screen.language)
