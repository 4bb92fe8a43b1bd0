"""Message templates: those of the account, submission of new ones, and checks of sent ones."""

import json
import re
from typing import Any

from demo.whatsapp_emulator.http import Answer
from demo.whatsapp_emulator.lint_parts import Json, string
from demo.whatsapp_emulator.refusals import RefusedCall, bad_parameter, missing
from demo.whatsapp_emulator.world import Choice, World

CATEGORIES = frozenset({"UTILITY", "MARKETING", "AUTHENTICATION"})
_NAME = re.compile(r"[a-z0-9_]{1,512}")
_GAP = re.compile(r"\{\{(\d+)\}\}")
_BODY = 1024
_EXISTS_ALREADY = 2388024


def listed(world: World, query: dict[str, str]) -> Answer:
    """Answer GET …/message_templates, page by page."""
    wanted = [
        one
        for one in world.templates
        if query.get("name") in {None, one["name"]} and query.get("status") in {None, one["status"]}
    ]
    start, limit = int(query.get("after") or 0), int(query.get("limit") or 25)
    page = wanted[start : start + limit]
    fields = {*(query.get("fields") or "name,components,language,status,category,id").split(","), "id"}
    paging: Json = {"cursors": {"before": str(start), "after": str(start + len(page))}}
    if start + limit < len(wanted):
        paging["next"] = f"?after={start + limit}"
    data = [{key: value for key, value in one.items() if key in fields} for one in page]
    return Answer(body=json.dumps({"data": data, "paging": paging}).encode())


def created(world: World, body: Json, *, status: str = "PENDING") -> Json:
    """Submit a template for approval; return its entry.

    Raises:
        Refused: 100 or 131008.
    """
    name, language = string(body, "name", most=512, code=100), string(body, "language", most=10, code=100)
    if _NAME.fullmatch(name) is None:
        raise bad_parameter("A template's name consists of small letters, digits and _.")
    category = str(body.get("category", "")).upper()
    if category not in CATEGORIES:
        raise bad_parameter(f"Param category must be one of {sorted(CATEGORIES)}.")
    if any(one["name"] == name and one["language"] == language for one in world.templates):
        raise RefusedCall(100, "There is already content in this language.", subcode=_EXISTS_ALREADY)
    components = body.get("components")
    _check_body(components if isinstance(components, list) else [])
    entry = {
        "name": name,
        "components": components,
        "language": language,
        "status": status,
        "category": category,
        "id": f"{next(world.ids):016}",
    }
    world.templates.append(entry)
    return entry


def _check_body(components: list[Any]) -> None:
    body = next((one for one in components if isinstance(one, dict) and one.get("type") == "BODY"), None)
    if body is None:
        raise missing("components of type BODY")
    text = string(body, "text", most=_BODY, code=100)
    gaps = [int(gap) for gap in _GAP.findall(text)]
    if sorted(set(gaps)) != list(range(1, len(set(gaps)) + 1)):
        raise bad_parameter("The gaps of a template are {{1}}, {{2}} and so on, without a hole.")
    if re.match(r"\s*\{\{", text) or re.search(r"\}\}\s*$", text):
        raise bad_parameter("A template neither begins nor ends with a gap.")
    samples = body.get("example", {}).get("body_text", [[]])
    if gaps and len(samples[0]) != len(set(gaps)):
        raise bad_parameter("Each gap of a template needs a sample.")


def said(world: World, content: Json) -> tuple[str, str, tuple[Choice, ...]]:
    """Text of a template on the phone, its category and its buttons.

    Raises:
        Refused: 132000, 132001, 132015, 132016.
    """
    name, language = content["name"], content["language"]["code"]
    entry = next((one for one in world.templates if (one["name"], one["language"]) == (name, language)), None)
    if entry is None or entry["status"] in {"PENDING", "REJECTED"}:
        raise RefusedCall(132001, f"Template {name} does not exist in {language}.")
    if entry["status"] != "APPROVED":
        raise RefusedCall(
            132015 if entry["status"] == "PAUSED" else 132016, f"Template {name} may not be used."
        )
    components = content.get("components", [])
    gaps = _parameters(components, "body")
    body = next(one["text"] for one in entry["components"] if one["type"] == "BODY")
    wanted = len(set(_GAP.findall(body)))
    if len(gaps) != wanted:
        raise RefusedCall(132000, f"Template {name} has {wanted} gaps, not {len(gaps)}.")
    text = _GAP.sub(lambda gap: gaps[int(gap[1]) - 1], body)
    return text, entry["category"].lower(), _buttons(entry, components)


def _parameters(components: list[Json], kind: str) -> list[str]:
    return [
        str(parameter.get("text", ""))
        for component in components
        if str(component.get("type", "")).lower() == kind
        for parameter in component.get("parameters", [])
    ]


def _buttons(entry: Json, components: list[Json]) -> tuple[Choice, ...]:
    buttons: list[Json] = next(
        (one["buttons"] for one in entry["components"] if one["type"] == "BUTTONS"), []
    )
    payloads = {
        int(one.get("index", 0)): str(one["parameters"][0].get("payload", ""))
        for one in components
        if str(one.get("type", "")).lower() == "button" and one.get("parameters")
    }
    return tuple(
        Choice(kind="button", id=payloads.get(place) or str(one["text"]), label=str(one["text"]))
        for place, one in enumerate(buttons)
        if one.get("type") == "QUICK_REPLY"
    )
