"""What follows from every write of applications: daily sums, and events for webhooks."""

from collections.abc import Sequence
from typing import Any

from domain.webhooks.webhook import EventType
from storage.overview import sums
from storage.overview.sums import Change, Columns
from storage.session import Writing
from storage.webhooks.events import Message, tell


async def keep(db: Writing, changes: Sequence[Change]) -> None:
    """Count applications that are new, changed or removed, and tell their stages, in the transaction that writes them.

    The columns of each are those of the daily sums with `id`, `number` and `raw_code`; what a change leaves out
    is as before.
    """
    await sums.moved(db, changes)
    await tell(db, EventType.STAGE_CHANGED, lambda: [_message(*one) for one in changes if _is_news(*one)])


def _is_news(before: Columns | None, after: Columns | None) -> bool:
    if before is None or after is None:
        return True
    return bool(_code(before) != _code(after))


def _code(row: Columns) -> str:
    """What the office calls the stage, which is told to nobody: an unknown code may be any text."""
    return str(row["stage"] or row["raw_code"])


def _message(before: Columns | None, after: Columns | None) -> Message:
    """Event of a change; an import that is taken back removes the applications that it added."""
    known: dict[Any, Any] = {**(before or {}), **(after or {})}
    data = {
        "application": str(known["id"]),
        "stage": after["stage"] if after else None,
        "stage_on": known["stage_on"].isoformat(),
        "previous": before["stage"] if before else None,
        "point": known["point"],
    }
    if after is None:
        data["removed"] = True
    return Message(data, number=known["number"])
