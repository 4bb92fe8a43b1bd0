"""HTTP for webhooks; Starlette's request and response objects would cost more than the webhook's work."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus

from starlette.types import Message, Receive, Scope, Send

_RESET, _ON_RESET = "loket.reset", "loket.on_reset"


def at_hand(receive: Receive) -> Message | None:
    """What has arrived, by one step of `receive`; None if that would wait."""
    told = receive()
    if not asyncio.iscoroutine(told):
        return None
    try:
        told.send(None)
    except StopIteration as end:
        message: Message = end.value
        return message
    told.close()
    return None


async def body_of(receive: Receive, *, largest: int) -> bytes | None:
    """Body of a request; None if it is larger than `largest` or incomplete."""
    body: bytes = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if len(body) > largest:
            return None
        if not message.get("more_body"):
            return body


async def answer(send: Send, status: int, body: bytes = b"", *, kind: bytes = b"application/json") -> None:
    """Send a complete response; 401 ends the connection, so that each forged call costs its sender another one."""
    length = str(len(body)).encode()
    headers = [(b"content-type", kind), (b"content-length", length)]
    if status == HTTPStatus.UNAUTHORIZED:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def on_reset(scope: Scope, call: Callable[[], None]) -> None:
    """Call once if the connection breaks before its next request: the client may not have read the answer."""
    if scope.pop(_RESET, False):
        call()
    else:
        scope[_ON_RESET] = call


def tell_reset(scope: Scope) -> None:
    """Note that the connection of this request, the last one, broke."""
    scope[_RESET] = True
    call = scope.pop(_ON_RESET, None)
    if call is not None:
        call()
