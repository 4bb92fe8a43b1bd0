"""From a claimed outbox row to a channel's parcel."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.channel import Channel, Clock, Parcel
from domain import codec
from domain.office.office import Office
from handlers.engine.screen import Screen
from storage.people.addresses import leads_nowhere
from storage.people.sittings import LEFT
from storage.post.outbox import PUSH, REPLY
from storage.post.sending import Outcome, Row


class Parcels:
    """Builds parcels for channels of this process."""

    def __init__(self, clock: Clock, channels: Mapping[str, Channel], office: Office) -> None:
        self._clock = clock
        self._channels = channels
        self._office = office

    def of(self, row: Row) -> Parcel | Outcome:
        """Parcel of a row, or the outcome if there is nothing to send (any more)."""
        if row.screen is None:
            return Outcome(id=row.id, chat=row.chat, state="failed", reason="erased")
        _, account, address = row.address.split("\x1f", 2)
        if leads_nowhere(address):
            return Outcome(id=row.id, chat=row.chat, state="failed", reason="moved")
        screen = self._screen(row, codec.load(Screen, row.screen))
        if screen is None:
            return Outcome(id=row.id, chat=row.chat, state="failed", reason=LEFT)
        return Parcel(
            id=row.id,
            chat=row.chat,
            channel=row.channel,
            account=account,
            address=address,
            priority=row.priority,
            screen=screen,
            attempts=row.attempts,
            due_at=row.due_at,
            heard_at=row.heard_at,
        )

    def _screen(self, row: Row, screen: Screen) -> Screen | None:
        """Screen to show; on a shared device nothing personal and no choices for anybody but the addressee.

        None: a reply to a person who left.
        """
        if not self._channels[row.channel].caps.shared_device:
            return screen
        since = self._sits_since(row)
        if row.priority != REPLY:
            # An announcement's text is fixed at approval, before the current sitting.
            is_theirs = row.priority == PUSH and since is not None and since < row.created_at
            return screen if is_theirs or screen.idle_text is None else screen.veil()
        if since is not None:
            return screen if since <= row.created_at else None
        return None if screen.idle_text is None else screen.veil()

    def _sits_since(self, row: Row) -> datetime | None:
        """Begin of the current sitting on a shared device; None without one."""
        idle = timedelta(minutes=self._office.retention.shared_unfinished_minutes)
        return row.sat_at if self._clock() - row.heard_at < idle else None
