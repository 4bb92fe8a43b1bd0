"""Consents: news, ratings and reminders, each given and withdrawn separately."""

from domain.office.office import Office
from handlers.engine.chat import Chat, Choice
from handlers.engine.registry import conversation
from handlers.engine.scene import Said
from handlers.shared.ownership import is_known
from storage import audit
from storage.people import consents
from storage.people.consents import KINDS, RATINGS, REMINDERS, UPDATES
from storage.session import Reading, Writing

DONE = "done"


@conversation("consents", command="izin", words="consents-words", examples="consents-examples")
async def change_consents(chat: Chat) -> None:
    """Show the consents and change them."""
    if not await is_known(chat, why="data-who"):
        return
    while True:
        standing = await chat.learn("standing", standing_now, chat=chat.id)
        reminders = standing.get(REMINDERS, False)
        await chat.say(
            "consents-now", updates=standing[UPDATES], ratings=standing[RATINGS], reminders=reminders
        )
        if REMINDERS in standing:
            await chat.say("consents-reminders-now", reminders=reminders)
        chosen = await chat.choose("consents-ask", _offers(standing))
        if chosen == DONE:
            await chat.say("consents-done")
            return
        await chat.once("change", change, chat=chat.id, kind=chosen, channel=chat.caps.channel)


def _offers(standing: dict[str, bool]) -> list[Choice]:
    """One choice per kind, then the exit; the values are independent of the present state."""
    switches = [
        Choice(kind, f"consents-{kind}-{'off' if standing[kind] else 'on'}")
        for kind in KINDS
        if kind in standing
    ]
    return [*switches, Choice(DONE, "consents-leave")]


async def standing_now(db: Reading, *, chat: int) -> dict[str, bool]:
    """Consents in force; reminders only if the chat ever had an appointment."""
    standing = await consents.standing(db, chat=chat)
    if not standing[REMINDERS] and not await consents.refused(db, chat=chat, kind=REMINDERS):
        del standing[REMINDERS]
    return standing


async def change(db: Writing, *, chat: int, kind: str, channel: str) -> None:
    """Give a missing consent, or withdraw an existing one."""
    there = await consents.has(db, chat=chat, kind=kind)
    if there:
        await consents.withdraw(db, chat=chat, kind=kind, channel=channel)
    else:
        await consents.give(db, chat=chat, kind=kind, channel=channel)
    await audit.record(
        db, audit.by_chat(chat), "consent-withdrawn" if there else "consent-given", audit.by_chat(chat), kind
    )


NOTICE_VERSION = 1
"""Raise it when the meaning of `engine-notice` changes; everybody is shown it again."""


def notice(office: Office, *, again: bool) -> tuple[list[Said], list[Said]]:
    """The notice in full and in brief; `again`: an earlier version was shown before."""
    kept = office.retention
    days: dict[str, str | int] = {"look_up_days": kept.lookups_days, "link_days": kept.chat_link_days}
    greeting = Said("engine-notice-changed") if again else Said("engine-welcome", {"office": office.name})
    whole = [greeting, Said("engine-notice", days)]
    if not again:
        whole.append(Said("engine-promise", tight=True))
    return whole, [Said("engine-notice-brief", days)]
