"""The page of the API: the OpenAPI document as plain HTML, without script, pictures, or anything from elsewhere."""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}"
    "code,pre{font:.9rem ui-monospace,monospace;background:#f3f3f3;padding:.1rem .3rem;border-radius:.2rem}"
    "pre{padding:.8rem;overflow-x:auto}h2{margin-top:2.5rem;border-top:1px solid #ccc;padding-top:1rem}"
    "table{border-collapse:collapse;display:block;overflow-x:auto}td,th{text-align:left;padding:.3rem .8rem .3rem 0;"
    "vertical-align:top;border-bottom:1px solid #ddd}"
)


def page_of(document: Mapping[str, Any]) -> tuple[str, str]:
    """The page, and the content policy that permits its one style sheet."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'; base-uri 'none'"
    title = escape(document["info"]["title"])
    body = "\n".join(_parts(document))
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><main><h1>{title}</h1>{body}</main></body></html>"
    )
    return page, policy


def _parts(document: Mapping[str, Any]) -> Iterator[str]:
    yield f"<p>{escape(document['info']['description'])}</p>"
    yield '<p>The same for programs: <a href="openapi.json">openapi.json</a> (OpenAPI 3.1).</p>'
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield from _operation(document, f"{method.upper()} {path}", operation)
    yield "<h2>Models</h2>"
    for name, schema in document["components"]["schemas"].items():
        yield f'<h3 id="{escape(name)}">{escape(name)}</h3><p>{escape(schema.get("description", ""))}</p>'
        yield _table(_fields(schema))


def _operation(document: Mapping[str, Any], route: str, operation: Mapping[str, Any]) -> Iterator[str]:
    yield f'<h2 id="{escape(operation["operationId"])}"><code>{escape(route)}</code></h2>'
    yield f"<p>{escape(operation['summary'])} {_coded(operation['description'])}</p>"
    rows = [
        (one["name"], one["in"], _type(one["schema"]), one.get("description", ""))
        for one in operation["parameters"]
    ]
    if rows:
        yield _table(rows)
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        yield f"<p>Body: <code>{escape(kind)}</code>, {_type(content['schema'])}</p>"
        schema = document["components"]["schemas"].get(
            content["schema"].get("$ref", "").rpartition("/")[2], {}
        )
        for example in schema.get("examples", [])[:1]:
            yield f"<pre>{escape(json.dumps(example, indent=2, ensure_ascii=False))}</pre>"
    answers = [
        (
            status,
            one["description"],
            *(_type(content["schema"]) for content in one.get("content", {}).values()),
        )
        for status, one in operation["responses"].items()
    ]
    yield _table([(*one, "")[:3] for one in answers])


def _fields(schema: Mapping[str, Any]) -> Sequence[tuple[str, ...]]:
    required = schema.get("required", [])
    fields = [
        (name, _type(value), "required" if name in required else "", value.get("description", ""))
        for name, value in schema.get("properties", {}).items()
    ]
    return fields or [("one of", ", ".join(map(str, schema.get("enum", []))), "", "")]


def _type(schema: Mapping[str, Any]) -> str:
    """The type of a field in a few words; a model is a link."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    return escape(str(schema.get("format") or schema.get("type") or "any"))


def _coded(text: str) -> str:
    """The text with `…` as code."""
    parts = escape(text).split("`")
    return "".join(f"<code>{part}</code>" if place % 2 else part for place, part in enumerate(parts))


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    """A table; cells that are links stay as they are."""
    cells = (
        "".join(f"<td>{one if one.startswith('<a ') else _coded(one)}</td>" for one in row) for row in rows
    )
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
