"""The privacy notice of a first contact: what is kept, why, how long, and how to erase it (UU 27/2022)."""

from domain.office.office import Office
from handlers.engine.scene import Said

NOTICE_VERSION = 1
"""Raise it when the meaning of `engine-notice` changes; everybody is shown it again."""


def notice(office: Office, *, again: bool) -> tuple[list[Said], list[Said]]:
    """The notice in full and in brief; `again`: an earlier version was shown before."""
    kept = office.retention
    days: dict[str, str | int] = {"look_up_days": kept.lookups_days, "link_days": kept.chat_link_days}
    greeting = Said("engine-notice-changed") if again else Said("engine-welcome", {"office": office.name})
    whole = [greeting, Said("engine-notice", days)]
    if not again:
        whole.append(Said("engine-promise"))
    return whole, [Said("engine-notice-brief", days)]
