"""The page of the API: the OpenAPI document as plain HTML, without script, pictures, or anything from elsewhere."""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;"
    "background:#fff;overflow-wrap:anywhere}"
    "code,pre{font:.9rem ui-monospace,monospace;background:#f3f3f3;padding:.1rem .3rem;border-radius:.2rem}"
    "pre{padding:.8rem;white-space:pre-wrap}h2{margin-top:2.5rem;border-top:1px solid #ccc;padding-top:1rem}"
    "ul{list-style:none;padding:0}li{padding:.3rem 0;border-bottom:1px solid #ddd}nav li{border:0}"
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
    operations = [
        (f"{method.upper()} {path}", operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    yield f"<p>{_coded(document['info']['description'])}</p>"
    yield '<p>The same for programs: <a href="openapi.json">openapi.json</a> (OpenAPI 3.1).</p>'
    links = [(one["operationId"], route) for route, one in operations] + [("models", "Models")]
    yield (
        "<nav>" + _list([f'<a href="#{escape(name)}">{escape(said)}</a>' for name, said in links]) + "</nav>"
    )
    for route, operation in operations:
        yield from _operation(document, route, operation)
    yield '<h2 id="models">Models</h2>'
    for name, schema in document["components"]["schemas"].items():
        yield f'<h3 id="{escape(name)}">{escape(name)}</h3><p>{_coded(schema.get("description", ""))}</p>'
        yield _list(_fields(schema))


def _operation(document: Mapping[str, Any], route: str, operation: Mapping[str, Any]) -> Iterator[str]:
    yield f'<h2 id="{escape(operation["operationId"])}"><code>{escape(route)}</code></h2>'
    yield f"<p>{escape(operation['summary'])} {_coded(operation['description'])}</p>"
    yield _list(
        [
            _field(
                one["name"],
                one["schema"],
                one.get("description", ""),
                one["in"],
                required=one.get("required", False),
            )
            for one in operation["parameters"]
        ]
    )
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        yield f"<p>Body: <code>{escape(kind)}</code>, {_type(content['schema'])}</p>"
        schema = document["components"]["schemas"].get(
            content["schema"].get("$ref", "").rpartition("/")[2], {}
        )
        for example in schema.get("examples", [])[:1]:
            yield f"<pre>{escape(json.dumps(example, indent=2, ensure_ascii=False))}</pre>"
    yield "<p>Answers:</p>"
    yield _list([_answer(status, one) for status, one in operation["responses"].items()])


def _answer(status: str, answer: Mapping[str, Any]) -> str:
    models = (_type(content["schema"]) for content in answer.get("content", {}).values())
    headers = (f"<code>{escape(name)}</code>" for name in answer.get("headers", {}))
    return ", ".join([f"{escape(status)} {escape(answer['description'])}", *models, *headers])


def _fields(schema: Mapping[str, Any]) -> list[str]:
    required = schema.get("required", [])
    fields = [
        _field(name, value, value.get("description", ""), required=name in required)
        for name, value in schema.get("properties", {}).items()
    ]
    return fields or [f"<code>{escape(str(one))}</code>" for one in schema.get("enum", [])]


def _field(name: str, schema: Mapping[str, Any], said: str, *facts: str, required: bool) -> str:
    """One field: its name and type in a line, what it means in another."""
    told = [*facts, _type(schema), *_limits(schema), *(["required"] if required else [])]
    return f"<code>{escape(name)}</code> {', '.join(told)}{f'<br>{_coded(said)}' if said else ''}"


def _type(schema: Mapping[str, Any]) -> str:
    """The type of a field in a few words; a model is a link."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    if "anyOf" in schema:
        return " or ".join(", ".join([_type(one), *_limits(one)]) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    return escape(str(schema.get("format") or schema.get("type") or "any"))


def _limits(schema: Mapping[str, Any]) -> Iterator[str]:
    for kind, unit in (("imum", ""), ("Items", " items"), ("Length", " characters")):
        least, most = schema.get(f"min{kind}"), schema.get(f"max{kind}")
        if most is not None:
            yield f"{least:,} to {most:,}{unit}" if least is not None else f"at most {most:,}{unit}"
    default = schema.get("default")
    if isinstance(default, bool | int | str) and default != "":
        yield f"default {escape(json.dumps(default))}"


def _coded(text: str) -> str:
    """The text with `…` as code."""
    parts = escape(text).split("`")
    return "".join(f"<code>{part}</code>" if place % 2 else part for place, part in enumerate(parts))


def _list(items: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{one}</li>' for one in items)}</ul>" if items else ""
