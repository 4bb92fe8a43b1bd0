"""Failed sign-ins in the audit, one by one: when, from where, and why; who it was could not be known.

From a browser `from where` is a short keyed hash of the network address, which tells addresses apart and names none; from
a chat it is the chat. A flood leaves a bounded number of lines: after some of one origin, and after some of all together,
one line says that there were more.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from storage import audit
from storage.schema import audit as lines
from storage.schema import staff_codes
from storage.session import Reading, Writing

FAILED, MORE = "sign-in-failed", "sign-in-failed-more"
EVERYBODY, CODE = "everybody", "code"
OF_ONE, OF_ALL = 10, 200
"""So many lines an hour, of one origin and in all."""
_LABEL = 8  # hexadecimal digits: 32 bits tell the addresses of one day apart


def by_address(db: Reading, address: str) -> str:
    """Name a network address as actor."""
    return f"address:{db.vault.index(address, of='sign-in-address').hex()[:_LABEL]}"


async def note(db: Writing, *, by: str, codes: Sequence[bytes] | None = None) -> None:
    """Note a failed sign-in; `codes` are the indexes of the code that was given (None: nobody looked, too many tries)."""
    kind, subject = ("too-many", CODE) if codes is None else await _why(db, codes)
    since = db.now.replace(minute=0, second=0, microsecond=0)
    for who, most in ((EVERYBODY, OF_ALL), (by, OF_ONE)):
        noted = await _noted(db, who, since)
        if noted > most:
            return
        if noted == most:
            await audit.record(db, actor=who, action="sign-in-failed-more", subject=CODE, details=str(most))
            return
    await audit.record(db, actor=by, action="sign-in-failed", subject=subject, details=kind)


async def _noted(db: Reading, who: str, since: datetime) -> int:
    """How many lines there are since a moment: of one origin, or of all of them."""
    query = select(func.count()).select_from(lines).where(lines.c.at >= since)
    if who == EVERYBODY:
        more = (lines.c.action == MORE) & (lines.c.actor == EVERYBODY)
        return int(await db.scalar(query.where((lines.c.action == FAILED) | more)))
    return int(await db.scalar(query.where(lines.c.actor == who, lines.c.action.in_([FAILED, MORE]))))


async def _why(db: Reading, codes: Sequence[bytes]) -> tuple[str, str]:
    """Give why a code opened nothing (wrong, used, expired), and whose it was where that is known."""
    query = select(staff_codes.c.staff_id, staff_codes.c.used_at)
    row = await db.one(query.where(staff_codes.c.code_index.in_(codes)))
    if row is None:
        return "wrong", CODE
    return "expired" if row.used_at is None else "used", audit.by_staff(row.staff_id)
