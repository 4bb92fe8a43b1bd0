"""The OpenAPI 3.1 document of the API, made from the routes and their models, and its page."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from importlib.metadata import version
from string import Template
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bot.api.calls.call import Endpoint
from bot.api.calls.upload import FORM, KINDS, PART
from bot.api.calls.wire import IF_MATCH, PREFIX, PROBLEM, ApiAnswer
from bot.api.models.base import ProblemDetails
from bot.api.page import page_of
from domain.office.office import Office
from domain.office.registration import RegistrationNumber

_REF = "#/components/schemas/{model}"
_ALWAYS = (401, 403, 404, 429, 503)
_OF_A_BODY = (400, 413, 415, 422)
_OF_A_KEY = (400, 409, 422)
_WAITING = (429, 503)
_SECONDS = {"required": True, "schema": {"type": "string"}, "description": "Seconds to wait."}
_AGAIN = {"headers": {"Retry-After": _SECONDS}}
_ABOUT = """\
The office's own systems talk to Loket: the register comes in, the counter's steps are recorded, figures go out.
Times are RFC 3339 with offset. Errors are `application/problem+json` with a stable `code`. A repeated POST with the
same `Idempotency-Key` gets the first answer for 24 hours."""


def documents(endpoints: Sequence[Endpoint], office: Office) -> dict[str, ApiAnswer]:
    """The document and its page, by path."""
    document = json.dumps(build(endpoints, name=office.name), ensure_ascii=False)
    own = {
        "number": office.number.example,
        "masked": RegistrationNumber(office.number.example).masked,
        "nik": f"{next((one.code[:4] for one in office.districts), '9999')}994107900001",  # kecamatan 99 is nowhere
        "service": office.services[0].id,
        "point": office.points[0].id,
        "moment": datetime(2026, 11, 28, 9, tzinfo=office.timezone).isoformat(),
    }
    body = Template(document).safe_substitute({name: json.dumps(one)[1:-1] for name, one in own.items()})
    page, policy = page_of(json.loads(body))
    headers = {"content-security-policy": policy}
    return {
        "/openapi.json": ApiAnswer(status=200, body=body.encode()),
        "/docs": ApiAnswer(status=200, body=page.encode(), kind="text/html; charset=utf-8", headers=headers),
    }


def build(endpoints: Sequence[Endpoint], *, name: str) -> dict[str, Any]:
    """The document, with `$names` in its examples."""
    models: list[tuple[type[BaseModel], Any]] = [(ProblemDetails, "serialization")]
    for one in endpoints:
        models += [(model, "validation") for model in (one.query, one.takes) if model]
        models += [(one.gives, "serialization")] if one.gives else []
    refs, schemas = models_json_schema([*dict.fromkeys(models)], ref_template=_REF)
    known: dict[Any, str] = {model: found["$ref"] for (model, _), found in refs.items()}
    queries = {known[one.query].rpartition("/")[2] for one in endpoints if one.query}
    components = {key: value for key, value in schemas.get("$defs", {}).items() if key not in queries}
    paths: dict[str, dict[str, Any]] = {}
    for one in endpoints:
        query = schemas["$defs"][known[one.query].rpartition("/")[2]] if one.query else {}
        operation = _operation(one, known, query)
        paths.setdefault(one.path, {})[one.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": f"Loket, {name}", "version": version("loket"), "description": _ABOUT},
        "servers": [{"url": PREFIX}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(one: Endpoint, known: Mapping[Any, str], query: Mapping[str, Any]) -> dict[str, Any]:
    said = (one.view.__doc__ or "").strip()
    operation: dict[str, Any] = {
        "operationId": "-".join([one.method.lower(), *re.findall(r"[a-z]+", one.path)]),
        "summary": said.partition("\n")[0],
        "description": f"Scope `{one.scope.value}`.",
        "security": [{"token": [one.scope.value]}],
        "parameters": [*_of_path(one), *_of_query(query), *_of_headers(one)],
        "responses": _responses(one, known),
    }
    if one.takes is not None:
        content = {"application/json": {"schema": {"$ref": known[one.takes]}}}
        operation["requestBody"] = {"required": True, "content": content}
    if one.file:
        binary = {"type": "string", "format": "binary"}
        whole: dict[str, Any] = {kind: {"schema": binary} for kind in KINDS}
        part = {"type": "object", "required": [PART], "properties": {PART: binary}}
        operation["requestBody"] = {"required": True, "content": {**whole, FORM: {"schema": part}}}
    return operation


def _of_path(one: Endpoint) -> list[dict[str, Any]]:
    examples, text = {"number": "$number", "code": "ABC234", "id": "1"}, {"type": "string", "minLength": 1}
    return [
        _parameter(name, "path", text, required=True, example=examples[name])
        for name in re.findall(r"\{(\w+)\}", one.path)
    ]


def _of_query(schema: Mapping[str, Any]) -> list[dict[str, Any]]:
    required = schema.get("required", [])
    return [
        _parameter(name, "query", value, required=name in required, description=value.get("description"))
        for name, value in schema.get("properties", {}).items()
    ]


def _of_headers(one: Endpoint) -> list[dict[str, Any]]:
    headers = []
    if one.needs_match:
        text = {"type": "string", "pattern": IF_MATCH}
        said = "The ETag of the stage that the change replaces, several, or `*`."
        headers.append(_parameter("If-Match", "header", text, required=True, description=said))
    if one.method == "POST":
        text = {"type": "string", "pattern": "^[\\x21-\\x7e]{1,255}$"}
        said = "Chosen by the client for this request; a repetition with it has no second effect."
        headers.append(_parameter("Idempotency-Key", "header", text, description=said))
    return headers


def _parameter(name: str, place: str, schema: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    known = {key: value for key, value in more.items() if value is not None}
    return {"name": name, "in": place, "schema": schema, **known}


def _responses(one: Endpoint, known: Mapping[Any, str]) -> dict[str, Any]:
    done: dict[str, Any] = {"description": HTTPStatus(one.status).phrase}
    if one.gives is not None:
        done["content"] = {"application/json": {"schema": {"$ref": known[one.gives]}}}
    headers = [*(["ETag"] if one.etag else []), *(["Location"] if one.file else [])]
    if headers:
        done["headers"] = {name: {"required": True, "schema": {"type": "string"}} for name in headers}
    statuses = {*_ALWAYS, *one.refuses}
    statuses |= {*_OF_A_BODY} if one.takes or one.file else set()
    statuses |= {*_OF_A_KEY} if one.method == "POST" else set()
    statuses |= {422} if one.query else set()
    statuses |= {412, 428} if one.needs_match else set()
    content = {PROBLEM: {"schema": {"$ref": known[ProblemDetails]}}}
    refused = {
        str(status): {
            "description": HTTPStatus(status).phrase,
            "content": content,
            **(_AGAIN if status in _WAITING else {}),
        }
        for status in sorted(statuses)
    }
    return {str(one.status): done, **refused, "default": {"description": "Another error", "content": content}}
