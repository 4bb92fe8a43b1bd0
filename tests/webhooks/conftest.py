"""A sender as `loket run` assembles it, with a clock that a test moves and a receiver on 127.0.0.1."""

from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any

import pytest

from bot.setup.loops import Loops
from bot.webhooks.receivers import Receivers
from bot.webhooks.sender import WebhookSender
from domain.people.networks import read_networks
from domain.webhooks.webhook import EventType
from storage import agenda
from storage.audit import SYSTEM
from storage.store import Store
from storage.webhooks import targets
from storage.webhooks.events import Message, tell
from tests.support.clock import Clock

OWN = read_networks("127.0.0.0/8")


class Targets:
    """Makes targets and events, and lets them be sent as the agenda says."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store, self.clock = store, clock
        self.senders: list[WebhookSender] = []
        self.sender = self.process()
        self._query = agenda.query(["web"])

    def process(self, *, owner: str = "a", receivers: Receivers | None = None) -> WebhookSender:
        """A sender of a process of its own."""
        receivers = receivers or Receivers(allowed=OWN)
        self.senders.append(
            WebhookSender(store=self.store, receivers=receivers, loops=Loops(quiet=True), owner=owner)
        )
        return self.senders[-1]

    async def target(self, url: str, *kinds: EventType) -> tuple[int, str]:
        make = partial(targets.add, url=url, events=kinds or (*EventType,), numbers=False, actor=SYSTEM)
        return await self.store.write(make)

    async def happens(self, count: int = 1, kind: EventType = EventType.CASE_CLOSED) -> None:
        messages = [Message({"case": f"{number:06}"}) for number in range(count)]
        await self.store.write(lambda db: tell(db, kind, lambda: messages))

    async def sends(self, sender: WebhookSender | None = None, **later: float) -> bool:
        """Move the clock and send what is due, if the agenda rings for it; whether it did."""
        self.clock.move(**later)
        due, _ = await self.store.read(lambda db: agenda.due(db, self._query))
        if "webhooks" not in due:
            return False
        sender = sender or self.sender
        await sender.send_due()
        await sender.rest()
        return True

    async def listed(self) -> list[targets.Target]:
        return await self.store.read(targets.listed)


@pytest.fixture
async def desk(store: Store, clock: Clock) -> AsyncIterator[Targets]:
    opened = Targets(store, clock)
    yield opened
    for sender in opened.senders:
        await sender._receivers.close()


@pytest.fixture
def looked_up() -> Callable[..., Any]:
    """A name server that answers each question in turn with these addresses, and the last ones from then on."""

    def made(*answers: list[str]) -> Any:
        left = [*answers]

        async def look_up(_host: str, port: int) -> Any:
            addresses = left.pop(0) if len(left) > 1 else left[0]
            return [(10 if ":" in one else 2, 1, 6, "", (one, port)) for one in addresses]

        return look_up

    return made
