"""The queue of updates: numbering, confirmation by offset, redelivery, duplicates."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from demo.whatsapp_emulator.bell import Bell

Json = dict[str, Any]

NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
FAR_AHEAD = 10
FAR_BEHIND = 2_000_000


@dataclass(slots=True, kw_only=True)
class Waiting:
    """One update on its way. Copies of a duplicate share the update_id; a `copy` is handed out at least once."""

    update: Json
    lane: str
    copy: bool = False
    handed: int = 0
    attempts: int = 0
    not_before: float = 0.0
    in_flight: bool = False
    confirmed: bool = False
    statuses: list[int] = field(default_factory=list)

    @property
    def id(self) -> int:
        return int(self.update["update_id"])


class UpdateQueue:
    """`waiting`: updates that the bot has not confirmed yet, oldest first. `all`: every delivery there ever was."""

    def __init__(self, bell: Bell, *, first_id: int) -> None:
        self.bell = bell
        self.next_id = first_id
        self.allowed: list[str] = []
        self.waiting: list[Waiting] = []
        self.all: list[Waiting] = []

    def add(
        self, kind: str, body: Any, *, lane: str, copies: int = 1, at_once: bool = False
    ) -> list[Waiting]:
        """Queue an update (`copies` times under the same id); nothing when the bot did not ask for this kind."""
        if not self._wanted(kind):
            return []
        update = {"update_id": self.next_id, kind: body}
        self.next_id += 1
        return self.add_raw(update, lane=lane, copies=copies, at_once=at_once)

    def add_raw(self, update: Json, *, lane: str, copies: int = 1, at_once: bool = False) -> list[Waiting]:
        """Queue an update as it is, whatever it is."""
        lanes = [f"{lane}/{number}" if at_once else lane for number in range(copies)]
        added = [Waiting(update=update, lane=own, copy=number > 0) for number, own in enumerate(lanes)]
        self.queue_up(added)
        return added

    def queue_up(self, added: list[Waiting]) -> None:
        """Let these be delivered, whatever they are."""
        self.waiting += added
        self.all += added
        self.bell.ring()

    def allow(self, kinds: Iterable[str]) -> None:
        self.allowed = list(kinds)

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def take(self, offset: int, limit: int) -> list[Json]:
        """Confirm what lies below `offset` and hand out the next `limit` updates, as getUpdates does.

        An offset far from the queue's ids (random again after an idle week) confirms nothing. Below 0 it counts from
        the end and forgets what lies before.
        """
        if offset < 0:
            self.confirm(self.waiting[:offset])
        elif offset and self.next_id - FAR_BEHIND <= offset <= self.next_id + FAR_AHEAD:
            self.confirm(
                one for one in list(self.waiting) if one.id < offset and (one.handed or not one.copy)
            )
        batch = self.waiting[:limit]
        for one in batch:
            one.handed += 1
        return [one.update for one in batch]

    def confirm(self, done: Iterable[Waiting]) -> None:
        for one in list(done):
            one.confirmed = True
            one.in_flight = False
            self.waiting.remove(one)
        self.bell.ring()

    def forget_all(self) -> None:
        self.confirm(self.waiting)

    def ready(self, now: float, *, at_most: int) -> list[Waiting]:
        """What a webhook may deliver now: the oldest of each lane (a lane is one chat), none twice."""
        busy: set[str] = set()
        ready: list[Waiting] = []
        flying = sum(one.in_flight for one in self.waiting)
        for one in self.waiting:
            if one.lane not in busy and not one.in_flight and one.not_before <= now:
                ready.append(one)
            busy.add(one.lane)
        return ready[: max(0, at_most - flying)]
