"""The little of HTTP that a webhook needs; Starlette's request and response objects would cost more than its work."""

from starlette.types import Receive, Send


async def body_of(receive: Receive, *, largest: int) -> bytes | None:
    """Read a request's body; None when it is larger than that or was cut off."""
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
    """Write a whole answer."""
    length = str(len(body)).encode()
    headers = [(b"content-type", kind), (b"content-length", length)]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
