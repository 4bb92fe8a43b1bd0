"""Media: upload, look-up, authorised download, deletion; parser of multipart uploads."""

import hashlib
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

from demo.whatsapp_emulator.refusals import RefusedCall, bad_parameter, missing

# https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
_MEGABYTE = 1024 * 1024
_KINDS: dict[str, tuple[str, int]] = {
    "image/jpeg": ("image", 5 * _MEGABYTE),
    "image/png": ("image", 5 * _MEGABYTE),
    "image/webp": ("sticker", 500 * 1024),
    "audio/ogg": ("audio", 16 * _MEGABYTE),
    "audio/mpeg": ("audio", 16 * _MEGABYTE),
    "video/mp4": ("video", 16 * _MEGABYTE),
    "application/pdf": ("document", 100 * _MEGABYTE),
    "application/msword": ("document", 100 * _MEGABYTE),
    "application/vnd.ms-excel": ("document", 100 * _MEGABYTE),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("document", 100 * _MEGABYTE),
    "text/plain": ("document", 100 * _MEGABYTE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A file on the emulated servers."""

    id: str
    name: str
    mime: str
    data: bytes = field(repr=False)

    @property
    def kind(self) -> str:
        """Type of message for this file."""
        return kind_of(self.mime)

    @property
    def sha256(self) -> str:
        """Hash in webhooks and look-ups."""
        return hashlib.sha256(self.data).hexdigest()

    def about(self, url: str) -> dict[str, Any]:
        """Answer to a look-up of its id."""
        return {
            "messaging_product": "whatsapp",
            "url": url,
            "mime_type": self.mime,
            "sha256": self.sha256,
            "file_size": len(self.data),
            "id": self.id,
        }


def kind_of(mime: str) -> str:
    """Type of message for a file type; empty if there is none."""
    return _KINDS.get(mime.partition(";")[0].strip().lower(), ("", 0))[0]


def read_upload(*, content_type: str, body: bytes, new_id: str) -> Stored:
    """Parse the form of an upload.

    Raises:
        Refused: 100, 131008 or 131053, like the platform.
    """
    fields, file = _read_form(content_type, body)
    if fields.get("messaging_product") != "whatsapp":
        raise bad_parameter("The parameter messaging_product is required.")
    if file is None:
        raise missing("file")
    name, mime, data = file
    mime = fields.get("type") or mime
    kind, most = _KINDS.get(mime.partition(";")[0].lower(), ("", 0))
    if not kind:
        raise bad_parameter(f"Param file must be a file with one of the supported types. Received {mime}.")
    if not 0 < len(data) <= most:
        raise RefusedCall(131053, f"A file of {len(data)} bytes is not between 1 and {most}.")
    return Stored(id=new_id, name=name, mime=mime, data=data)


_File = tuple[str, str, bytes]


def _read_form(content_type: str, body: bytes) -> tuple[dict[str, str], _File | None]:
    header = Message()
    header["content-type"] = content_type or "text/plain"
    fields: dict[str, str] = {}
    file: _File | None = None
    if header.get_content_type() != "multipart/form-data":
        return fields, None
    boundary = str(header.get_param("boundary")).encode()
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary)[1:]:
        if part.startswith(b"--"):
            break
        head, _, data = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        about = _headers(head)
        filename = about.get_filename()
        if filename is None:
            fields[str(about.get_param("name", "", "content-disposition"))] = data.decode()
        else:
            file = filename, str(about.get("content-type", "application/octet-stream")), data
    return fields, file


def _headers(head: bytes) -> Message:
    header = Message()
    for line in head.decode().split("\r\n"):
        name, _, value = line.partition(":")
        header[name.strip()] = value.strip()
    return header
