"""A file that a client sends, as the body itself or as a part of a form; above a megabyte it lies on the disk."""

import hashlib
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import Receive, Scope

from bot.api.calls.wire import ApiProblem, header_of
from bot.http.multipart import form_of

KINDS = (
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/octet-stream",
)
FORM = "multipart/form-data"
PART = "file"
"""Name of the form's part with the file."""
_HELD_BYTES = 1024 * 1024
_LONGEST_NAME = 120


@dataclass(slots=True, kw_only=True)
class Upload:
    """The file; `digest` describes its content, whatever form it came in."""

    file: UploadFile = field(repr=False)
    name: str
    digest: str


async def received(scope: Scope, receive: Receive) -> Upload:
    """Read the file of a request.

    Raises:
        ApiProblem: 415, another kind of body; 400, a damaged form; 422, no file in it.
    """
    kind = (header_of(scope, b"content-type") or "").partition(";")[0].strip().lower()
    if kind == FORM:
        file = await _part(scope, receive)
    elif kind in KINDS:
        file = await _body(scope, receive)
    else:
        raise ApiProblem(415, "media-type-file")
    digest = hashlib.sha256()
    while some := await file.read(_HELD_BYTES):
        digest.update(some)
    await file.seek(0)
    name = (file.filename or "").replace("\0", "").rpartition("/")[2][-_LONGEST_NAME:]
    return Upload(file=file, name=name or "register", digest=digest.hexdigest())


async def _body(scope: Scope, receive: Receive) -> UploadFile:
    held: Any = SpooledTemporaryFile(max_size=_HELD_BYTES)  # noqa: SIM115 (closed with the request)
    file = UploadFile(held, size=0)
    try:
        async for some in Request(scope, receive).stream():
            await file.write(some)
    except BaseException:
        await file.close()
        raise
    await file.seek(0)
    return file


async def _part(scope: Scope, receive: Receive) -> UploadFile:
    try:
        form = await form_of(Request(scope, receive), files=1, fields=10)
    except (MultiPartException, HTTPException):
        raise ApiProblem(400, "form") from None
    found = form.get(PART)
    if not isinstance(found, UploadFile):
        await form.close()
        raise ApiProblem(422, "missing", field=PART)
    return found
