"""Reading the parameters of a call: query, form, multipart or JSON, as the Bot API takes them all."""

import json
from dataclasses import dataclass, field
from email.message import Message
from typing import Any
from urllib.parse import parse_qsl

from tests.emulators.telegram.refusals import bad_request


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file of a multipart body."""

    name: str
    mime: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Fields:
    """The parameters of one call. Forms carry everything as text, JSON bodies carry types; both read alike."""

    values: dict[str, Any] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        value = self.values.get(name)
        return "" if value is None else str(value)

    def whole(self, name: str, default: int = 0) -> int:
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        return str(self.values.get(name, "")).lower() in {"true", "1", "yes"}

    def tree(self, name: str) -> Any:
        """A nested object or list; None when it was not given."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None


def read_fields(*, content_type: str, body: bytes, query: dict[str, str] | None = None) -> Fields:
    """Read the parameters of a request or of a webhook's answer; what is not understood counts as none."""
    header = Message()
    header["content-type"] = content_type or "application/octet-stream"
    fields = Fields(dict(query or {}))
    kind = header.get_content_type()
    if kind == "application/json" and body:
        fields.values.update(_json_object(body))
    elif kind == "application/x-www-form-urlencoded":
        fields.values.update(parse_qsl(body.decode(), keep_blank_values=True))
    elif kind == "multipart/form-data":
        _read_parts(body, str(header.get_param("boundary")), fields)
    return fields


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    return value if isinstance(value, dict) else {}


def _read_parts(body: bytes, boundary: str, fields: Fields) -> None:
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary.encode())[1:]:
        if part.startswith(b"--"):
            return
        head, _, data = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        header = _part_header(head)
        name = str(header.get_param("name", "", "content-disposition"))
        filename = header.get_filename()
        if filename is None:
            fields.values[name] = data.decode()
        else:
            mime = header.get("content-type", "application/octet-stream")
            fields.uploads[name] = Upload(name=filename, mime=mime, data=data)


def _part_header(head: bytes) -> Message:
    header = Message()
    for line in head.decode().split("\r\n"):
        name, _, value = line.partition(":")
        header[name.strip()] = value.strip()
    return header
