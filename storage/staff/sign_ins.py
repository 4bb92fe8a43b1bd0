"""Failed sign-ins in the audit: when, from where, and why; the person is unknown.

For a browser, the origin is a short keyed hash of its network address; for a chat, the chat. A flood leaves a
bounded number of lines: after a limit per origin, and one for all together, one line says that there were more.
Existing codes, unknown codes in chats and unknown codes in browsers are counted separately, so that a cheap
flood of one kind hides nothing of another.
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
"""Lines per hour of each share: per origin (or per owner of the codes), and in total."""
_LABEL = 8  # hexadecimal digits: 32 bits distinguish the addresses of one day


class Share(StrEnum):
    """Kinds counted separately; also the subject of the "more" line."""

    KNOWN = "code-known"  # used or expired: somebody has a once valid code
    CHAT = "code-in-chat"
    BROWSER = CODE


def by_address(db: Reading, address: str) -> str:
    """Actor name of a network address."""
    return f"address:{db.vault.index(address, of='sign-in-address').hex()[:_LABEL]}"


async def note(
    db: Writing, *, by: str, codes: Sequence[bytes] | None = None, kind: str = "too-many", whose: str = CODE
) -> None:
    """Record a failed sign-in; `codes` are the indexes of the code.

    None: `kind` tells what failed (too many tries, or a passkey) and `whose` a known passkey is.
    """
    subject = whose
    if codes is not None:
        kind, subject = await _why(db, codes)
    share = Share.KNOWN if subject != CODE else Share.CHAT if by.startswith("chat:") else Share.BROWSER
    owner = [subject] if share is Share.KNOWN else []
    since = db.now.replace(minute=0, second=0, microsecond=0)
    for who, most in ((EVERYBODY, OF_ALL), *((one, OF_ONE) for one in (*owner, by))):
        noted, told = await _noted(db, who, share, since)
        if told:
            return
        if noted >= most:
            await audit.record(db, who, "sign-in-failed-more", share, str(most))
            return
    await audit.record(db, by, "sign-in-failed", subject, kind)


async def _noted(db: Reading, who: str, share: Share, since: datetime) -> tuple[int, bool]:
    """Number of lines of a share since a moment, and whether the "more" line exists.

    `who` is an origin, an owner of codes, or everybody.
    """
    query = select(func.count()).select_from(lines).where(lines.c.at >= since)
    told = query.where(lines.c.action == MORE, lines.c.actor == who, lines.c.subject == share)
    known, chat = lines.c.subject != CODE, lines.c.actor.startswith("chat:")
    of_share = {Share.KNOWN: known, Share.CHAT: ~known & chat, Share.BROWSER: ~known & ~chat}[share]
    of_whom = [] if who == EVERYBODY else [or_(lines.c.actor == who, lines.c.subject == who)]
    failed = query.where(lines.c.action == FAILED, of_share, *of_whom)
    return int(await db.scalar(failed)), bool(await db.scalar(told))


async def _why(db: Reading, codes: Sequence[bytes]) -> tuple[str, str]:
    """Why a code was refused (wrong, used, expired, or a console code in a chat), and whose it is if known."""
    query = select(staff_codes.c.staff_id, staff_codes.c.used_at, staff_codes.c.expires_at)
    row = await db.one(query.where(staff_codes.c.code_index.in_(codes)))
    if row is None:
        return "wrong", CODE
    why = "used" if row.used_at is not None else "expired" if row.expires_at <= db.now else "console-only"
    return why, audit.by_staff(row.staff_id)
