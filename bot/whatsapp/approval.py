"""Comparison of the template registry with the account: approved, pending, different or missing templates."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import quote

from bot.whatsapp.errors import Refused
from bot.whatsapp.names import inner, objects
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
    entries = []
    for template, language in registered():
        standing, why = _standing(template, language, there.get((template.name, language)))
        entries.append(TemplateEntry(template=template, language=language, standing=standing, why=why))
    return entries


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
        return replace(entry, standing="refused", why=str(why))
    return replace(entry, standing="submitted")


async def _templates(graph: GraphApi, account: str) -> AsyncIterator[dict[str, Any]]:
    """Templates of the account, page by page."""
    asked = f"{account}/message_templates?fields=name,language,status,category,components&limit=100"
    after = ""
    for _ in range(_PAGES_AT_MOST):
        answer = await graph.get(asked + (f"&after={quote(after)}" if after else ""))
        for one in objects(answer, "data"):
            yield one
        paging = inner(answer, "paging")
        after = inner(paging, "cursors").get("after", "") if "next" in paging else ""
        if not after:
            return


def _standing(template: Registered, language: str, there: dict[str, Any] | None) -> tuple[Standing, str]:
    if there is None:
        return "missing", ""
    status = str(there.get("status", "")).upper()
    text = _component(there, "BODY").get("text")
    labels = [one.get("text") for one in objects(_component(there, "BUTTONS"), "buttons")]
    if (text, labels) != (template.body(language), [*template.labels(language)]):
        return "differs", status.lower()
    category = str(there.get("category", template.category)).lower()
    if status == "APPROVED" and category == template.category:
        return "approved", ""
    if status == "APPROVED":
        return "differs", category
    return ("pending", "") if status in _WAITING else ("refused", status.lower())


def _component(there: dict[str, Any], kind: str) -> dict[str, Any]:
    found = (one for one in objects(there, "components") if str(one.get("type", "")).upper() == kind)
    return next(found, {})
