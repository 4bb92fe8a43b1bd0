"""`loket whatsapp templates`: templates for writing first, and their status at Meta."""

import asyncio

import typer

from bot.channel import Undelivered
from bot.setup.exits import Stop
from bot.setup.settings import load_settings
from bot.whatsapp.approval import Standing, TemplateEntry, compare, registered, submit
from bot.whatsapp.errors import Refused
from bot.whatsapp.setup import graph_of

_MEANINGS: dict[Standing, str] = {
    "approved": "approved: can be sent",
    "pending": "waits for Meta's review",
    "submitted": "submitted now; Meta reviews it within a day or two",
    "missing": "missing; submit it with `loket whatsapp templates --submit`",
    "refused": "cannot be sent",
    "differs": "different; delete it in the WhatsApp Manager, then `loket whatsapp templates --submit`",
}


def templates(*, check: bool, submit: bool) -> int:
    """List the registry, or its status in the account; return the exit code."""
    if not (check or submit):
        for template, language in registered():
            _show(template.name, language, template.category, template.body(language))
        return 0
    entries = asyncio.run(_asked(bring=submit))
    for one in entries:
        _show(one.template.name, one.language, one.template.category, one.template.body(one.language))
        typer.echo(f"    → {_MEANINGS[one.standing]}" + (f" ({one.why})" if one.why else ""))
    fine = {"approved", "pending", "submitted"} if submit else {"approved"}
    return int(any(one.standing not in fine for one in entries))


async def _asked(*, bring: bool) -> list[TemplateEntry]:
    graph, account = graph_of(load_settings())
    try:
        return await (submit if bring else compare)(graph, account)
    except Refused as why:
        raise Stop(
            f"Meta refuses: {why}. Check LOKET_WHATSAPP_TOKEN and LOKET_WHATSAPP_BUSINESS_ACCOUNT_ID."
        ) from None
    except Undelivered:
        raise Stop("Meta cannot be reached (LOKET_WHATSAPP_API_BASE); try again later.") from None
    finally:
        await graph.close()


def _show(name: str, language: str, category: str, body: str) -> None:
    typer.echo(f"{name} ({language}, {category})\n    {body}")
