"""Comparison of the template registry with the account: approved, pending, different or missing templates."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote

from bot.whatsapp.errors import Refused
from bot.whatsapp.sending import GraphApi
from bot.whatsapp.templates import Registered, registry

Standing = Literal["approved", "pending", "refused", "differs", "missing", "submitted"]
_PAGES_AT_MOST = 50
_WAITING = frozenset({"PENDING", "IN_APPEAL", "PENDING_REVIEW"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateEntry:
    """One template in one language and its state at the provider; `why` is the provider's reason."""

    template: Registered
    language: str
    standing: Standing
    why: str = ""


def registered() -> Iterator[tuple[Registered, str]]:
    """All templates in all their languages."""
    for template in registry().values():
        for language in template.text:
            yield template, language


async def compare(graph: GraphApi, account: str) -> list[TemplateEntry]:
    """State of each template.

    Raises:
        Refused, Outage, Unknown: the account is unavailable.
    """
    there = {(one.get("name"), one.get("language")): one async for one in _templates(graph, account)}
    return [
        _entry(template, language, there.get((template.name, language)))
        for template, language in registered()
    ]


async def submit(graph: GraphApi, account: str) -> list[TemplateEntry]:
    """Submit missing templates for approval; return the state of each.

    Raises:
        Refused, Outage, Unknown: the account is unavailable.
    """
    entries = await compare(graph, account)
    return [
        await _submitted(graph, account, entry) if entry.standing == "missing" else entry for entry in entries
    ]


async def _submitted(graph: GraphApi, account: str, entry: TemplateEntry) -> TemplateEntry:
    template, language = entry.template, entry.language
    body = {
        "name": template.name,
        "language": language,
        "category": template.category.upper(),
        "components": template.components(language),
    }
    try:
        await graph.post(f"{account}/message_templates", body)
    except Refused as why:
        return TemplateEntry(template=template, language=language, standing="refused", why=str(why))
    return TemplateEntry(template=template, language=language, standing="submitted")


async def _templates(graph: GraphApi, account: str) -> AsyncIterator[dict[str, Any]]:
    """Templates of the account, page by page."""
    asked = f"{account}/message_templates?fields=name,language,status,category,components&limit=100"
    after = ""
    for _ in range(_PAGES_AT_MOST):
        answer = await graph.get(asked + (f"&after={quote(after)}" if after else ""))
        data = answer.get("data")
        for one in data if isinstance(data, list) else []:
            if isinstance(one, dict):
                yield one
        paging = answer.get("paging")
        paging = paging if isinstance(paging, dict) else {}
        cursors = paging.get("cursors")
        after = cursors.get("after", "") if isinstance(cursors, dict) and "next" in paging else ""
        if not after:
            return


def _entry(template: Registered, language: str, there: dict[str, Any] | None) -> TemplateEntry:
    standing, why = _standing(template, language, there)
    return TemplateEntry(template=template, language=language, standing=standing, why=why)


def _standing(template: Registered, language: str, there: dict[str, Any] | None) -> tuple[Standing, str]:
    if there is None:
        return "missing", ""
    status = str(there.get("status", "")).upper()
    if (_body(there), _buttons(there)) != (template.body(language), [*template.labels(language)]):
        return "differs", status.lower()
    category = str(there.get("category", template.category)).lower()
    if status == "APPROVED" and category == template.category:
        return "approved", ""
    if status == "APPROVED":
        return "differs", category
    return ("pending", "") if status in _WAITING else ("refused", status.lower())


def _body(there: dict[str, Any]) -> str | None:
    text = _component(there, "BODY").get("text")
    return text if isinstance(text, str) else None


def _buttons(there: dict[str, Any]) -> list[Any]:
    buttons = _component(there, "BUTTONS").get("buttons")
    return (
        [one.get("text") if isinstance(one, dict) else None for one in buttons]
        if isinstance(buttons, list)
        else []
    )


def _component(there: dict[str, Any], kind: str) -> dict[str, Any]:
    components = there.get("components")
    for one in components if isinstance(components, list) else []:
        if isinstance(one, dict) and str(one.get("type", "")).upper() == kind:
            return one
    return {}
