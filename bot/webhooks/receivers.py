"""One signed call to a receiver, after the Standard Webhooks scheme (https://www.standardwebhooks.com).

A name is looked up at each connection, every address that it has is checked, and the connection goes to one of
those: a name that leads elsewhere a moment later gains nothing. Redirects are answers like others.
"""

import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from urllib.parse import urlsplit

from standardwebhooks import Webhook

from bot.channel import Outage, Undelivered
from bot.sending.http import Client, Found, Limits, LookUp, look_up
from domain.people.networks import Network, read_address
from domain.webhooks.destinations import may_reach
from storage.webhooks.deliveries import DueEvent, Failed, Leased

LIMITS = Limits(connect=5.0, total=10.0, most_bytes=16_384, cuts=True)
_MOST_CLIENTS = 20
_RECEIVED, _GONE, _BUSY = range(200, 300), 410, (429, 503)


class AddressRefused(Outage):
    """The receiver's name leads to an address that webhooks may not reach."""


class Receivers:
    """Sends events, over kept connections.

    Args:
        allowed: networks besides the public ones, in which plain http is permitted, too.
    """

    def __init__(
        self, *, allowed: Sequence[Network] = (), look_up: LookUp = look_up, limits: Limits = LIMITS
    ) -> None:
        self._allowed, self._look_up, self._limits = tuple(allowed), look_up, limits
        self._clients: dict[tuple[int, str], Client] = {}

    async def send(self, target: Leased, event: DueEvent) -> Failed | None:
        """Send an event; None: the receiver has it."""
        at = urlsplit(target.url)
        path = (at.path or "/") + (f"?{at.query}" if at.query else "")
        client = await self._client(target)
        try:
            answer = await client.post(path, event.body.encode(), headers=_signed(target, event))
        except AddressRefused:
            return Failed(event=event.id, attempts=event.attempts, code="address")
        except Outage:
            return Failed(event=event.id, attempts=event.attempts, code="no-connection")
        except Undelivered:
            return Failed(event=event.id, attempts=event.attempts, code="no-answer")
        if answer.status in _RECEIVED:
            return None
        return Failed(
            event=event.id,
            attempts=event.attempts,
            code=f"http-{answer.status}",
            wished=_wished(answer.retry_after) if answer.status in _BUSY else timedelta(),
            gone=answer.status == _GONE,
        )

    async def close(self) -> None:
        """Close every connection."""
        for client in self._clients.values():
            await client.close()
        self._clients.clear()

    async def _client(self, target: Leased) -> Client:
        key = (target.id, target.url)
        if key not in self._clients:
            if len(self._clients) >= _MOST_CLIENTS:  # of targets that were removed
                await self.close()
            at = urlsplit(target.url)
            self._clients[key] = Client(
                f"{at.scheme}://{at.netloc}",
                headers={"User-Agent": "Loket"},
                limits=self._limits,
                most_connections=1,
                look_up=partial(self._found, secure=at.scheme == "https"),
            )
        return self._clients[key]

    async def _found(self, host: str, port: int, *, secure: bool) -> Found:
        """Addresses of a name, if webhooks may reach every one of them."""
        try:
            found = await self._look_up(host, port)
        except UnicodeError:  # a label that no name can have
            raise Outage from None
        addresses = [read_address(str(one[4][0])) for one in found]
        if not addresses or not all(may_reach(one, self._allowed, secure=secure) for one in addresses):
            raise AddressRefused
        return found


def _signed(target: Leased, event: DueEvent) -> dict[str, str]:
    """Headers of a call. Its time is the world's also in a rehearsal, since receivers compare it with their own."""
    name, now = f"evt_{event.id}", datetime.fromtimestamp(int(time.time()), UTC)
    signatures = [Webhook(secret).sign(name, now, event.body) for secret in target.secrets]
    return {
        "webhook-id": name,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _wished(retry_after: str | None) -> timedelta:
    """Pause that a Retry-After asks for, in seconds or as a date; zero if it cannot be read."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), 10**6))
    with suppress(ValueError, TypeError, OverflowError):
        until = parsedate_to_datetime(text)
        return max(timedelta(), until - datetime.fromtimestamp(time.time(), until.tzinfo))
    return timedelta()
