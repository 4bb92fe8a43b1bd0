"""Failed sign-ins in the audit, one by one: when, from where, and why; who it was could not be known.

From a browser `from where` is a short keyed hash of the network address, which tells addresses apart and names none; from
a chat it is the chat. A flood leaves a bounded number of lines: after some of one origin, and after some of all together,
one line says that there were more. Codes that exist, unknown ones in chats, and unknown ones in browsers are counted apart,
so that a flood of one kind, which costs nothing but addresses, hides nothing of another.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, or_, select

from storage import audit
from storage.schema import audit as lines
from storage.schema import staff_codes
from storage.session import Reading, Writing

FAILED, MORE = "sign-in-failed", "sign-in-failed-more"
EVERYBODY, CODE = "everybody", "code"
OF_ONE, OF_ALL = 10, 200
"""So many lines an hour of each share: of one origin (or of the codes of one person), and in all."""
_LABEL = 8  # hexadecimal digits: 32 bits tell the addresses of one day apart


class Share(StrEnum):
    """What is counted apart; also the subject of the line that says that there were more."""

    KNOWN = "code-known"  # used or expired: somebody has a code that was real
    CHAT = "code-in-chat"
    BROWSER = CODE


def by_address(db: Reading, address: str) -> str:
    """Name a network address as actor."""
    return f"address:{db.vault.index(address, of='sign-in-address').hex()[:_LABEL]}"


async def note(db: Writing, *, by: str, codes: Sequence[bytes] | None = None) -> None:
    """Note a failed sign-in; `codes` are the indexes of the code that was given (None: nobody looked, too many tries)."""
    kind, subject = ("too-many", CODE) if codes is None else await _why(db, codes)
    share = Share.KNOWN if subject != CODE else Share.CHAT if by.startswith("chat:") else Share.BROWSER
    whose = [subject] if share is Share.KNOWN else []
    since = db.now.replace(minute=0, second=0, microsecond=0)
    for who, most in ((EVERYBODY, OF_ALL), *((one, OF_ONE) for one in (*whose, by))):
        noted, told = await _noted(db, who, share, since)
        if told:
            return
        if noted >= most:
            await audit.record(db, actor=who, action="sign-in-failed-more", subject=share, details=str(most))
            return
    await audit.record(db, actor=by, action="sign-in-failed", subject=subject, details=kind)


async def _noted(db: Reading, who: str, share: Share, since: datetime) -> tuple[int, bool]:
    """How many lines of a share there are since a moment, and whether it was said that there were more.

    `who` is an origin, a person whose codes were given, or everybody.
    """
    query = select(func.count()).select_from(lines).where(lines.c.at >= since)
    told = query.where(lines.c.action == MORE, lines.c.actor == who, lines.c.subject == share)
    known, chat = lines.c.subject != CODE, lines.c.actor.startswith("chat:")
    of_share = {Share.KNOWN: known, Share.CHAT: ~known & chat, Share.BROWSER: ~known & ~chat}[share]
    of_whom = [] if who == EVERYBODY else [or_(lines.c.actor == who, lines.c.subject == who)]
    failed = query.where(lines.c.action == FAILED, of_share, *of_whom)
    return int(await db.scalar(failed)), bool(await db.scalar(told))


async def _why(db: Reading, codes: Sequence[bytes]) -> tuple[str, str]:
    """Give why a code opened nothing (wrong, used, expired), and whose it was where that is known."""
    query = select(staff_codes.c.staff_id, staff_codes.c.used_at)
    row = await db.one(query.where(staff_codes.c.code_index.in_(codes)))
    if row is None:
        return "wrong", CODE
    return "expired" if row.used_at is None else "used", audit.by_staff(row.staff_id)
