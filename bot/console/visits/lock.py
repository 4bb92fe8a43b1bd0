"""The lock of a session that idled: its page, and unlocking, after which the officer goes on where they were.

What a form sent while the session was locked stands in the lock page and nowhere else. Unlocking sends the browser on
with the same body (307), so that the form counts as if it had been sent then.
"""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from bot.console.visits import passkeys
from bot.console.visits.desk import Visit
from bot.console.visits.passkeys import CheckedAnswer
from domain.staff import pin
from storage.session import Writing
from storage.staff import locks
from storage.staff import passkeys as keys

HOME = "/staf"
UNLOCK = "/staf/buka"
OWN = "kunci-"
"""Prefix of the lock's own fields, beside those of the form that is kept."""
STAMP, PIN, TO, KEEPS = f"{OWN}cap", f"{OWN}pin", f"{OWN}ke", f"{OWN}simpan"
LOCKED = 423
TOO_LONG = "too-long"
_KEPT_CHARACTERS = 64 * 1024
_KEPT_FIELDS = 50
_LONGEST_ADDRESS = 400
_OWN_PAGE = re.compile(r"/staf(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*(\?[A-Za-z0-9=&%._+-]*)?")


class SessionOver(Exception):
    """The session ended with this request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptForm:
    """A form that met the lock; `dropped` tells why it is not kept: too-long, file or "" (it is)."""

    fields: Mapping[str, str] = field(default_factory=dict)
    dropped: str = ""

    @classmethod
    def of(cls, fields: Mapping[str, str], *, has_file: bool = False) -> "KeptForm":
        """Keep the fields of a form, within limits; a file cannot be kept and is chosen again."""
        kept = {name: value for name, value in fields.items() if not name.startswith(OWN)}
        if (
            len(kept) > _KEPT_FIELDS
            or sum(len(name) + len(value) for name, value in kept.items()) > _KEPT_CHARACTERS
        ):
            return cls(dropped=TOO_LONG)
        return cls(fields=kept, dropped="file" if has_file else "")


def own_page(address: str) -> str:
    """The address if it is a page of the console, else its first page."""
    if len(address) > _LONGEST_ADDRESS or not _OWN_PAGE.fullmatch(address):
        return HOME
    return HOME if urlsplit(address).path in (f"{HOME}/keluar", UNLOCK) else address


def locked_page(
    visit: Visit,
    *,
    to: str,
    kept: KeptForm | None = None,
    status: int = LOCKED,
    told: str = "",
    left: int = pin.TRIES,
) -> Response:
    """The page of a locked session: no menu, no data, whose it is, and how to unlock it.

    A part of a page, or a script, gets no page: it shows its own lock and keeps what was typed.
    """
    if visit.is_piece or _is_script(visit):
        return Response(status_code=status, headers={"HX-Reswap": "none", "HX-Trigger": "terkunci"})
    # A page that answers a form is never loaded again by its script: that would send the form once more.
    plain = visit.request.method != "GET"
    return visit.draw(
        "lock.html", status=status, to=own_page(to), kept=kept, problem=told, left=left, plain=plain
    )


async def unlock(visit: Visit) -> Response:
    """Serve `POST /staf/buka`: the PIN or a passkey, then the page or the form that met the lock.

    Raises:
        SessionOver: five wrong tries in a row.
    """
    to = own_page(visit.form.get(TO, ""))
    if not visit.session.locked or await _fits(visit):
        if _is_script(visit):
            return Response(status_code=204)
        return RedirectResponse(to, status_code=307 if visit.form.get(KEEPS) else 303)
    session = visit.session
    left = await visit.store.read(locks.tries_left, session=session)
    if left == 0:
        raise SessionOver
    if _is_script(visit):
        return JSONResponse({"left": left}, status_code=422)
    kept = KeptForm.of(visit.form) if visit.form.get(KEEPS) else None
    return locked_page(visit, to=to, kept=kept, status=422, told="wrong", left=left)


async def is_right_pin(visit: Visit, typed: str) -> bool:
    """Whether this is the member's PIN; each try counts against the session.

    Raises:
        SessionOver: none is left.
    """
    session = visit.session
    taken = await visit.store.write(locks.take_try, session=session)
    if taken is None:
        raise SessionOver
    right = taken.hashed is not None and pin.is_pin(typed)
    # In a thread, because it takes 50 ms; never for what is no PIN.
    right = right and await asyncio.to_thread(pin.matches, typed, taken.hashed or "")
    if not right:
        await visit.store.write(locks.fail, session=session, left=taken.left, how="pin")
    return right


async def _fits(visit: Visit) -> bool:
    how = "passkey" if passkeys.FIELD in visit.form else "pin"
    if how == "passkey":
        right = await is_right_passkey(visit)
    else:
        right = await is_right_pin(visit, visit.form.get(PIN, "").strip()[:64])
    if right and not await visit.store.write(locks.unlock, session=visit.session, how=how):
        raise SessionOver
    return right


async def offer_key(visit: Visit) -> Response:
    """Serve `GET /staf/buka/kunci-sandi`: what the member's own keys are asked to sign.

    Raises:
        HTTPException: 404, passkeys are not offered here.
    """
    site, browser, member = visit.site, visit.session.index.hex(), visit.member.id
    if site.why:
        raise HTTPException(404)
    asked = await visit.store.read(
        passkeys.options_to_use, site, purpose=keys.UNLOCK, browser=browser, member=member
    )
    return JSONResponse(asked)


async def is_right_passkey(visit: Visit) -> bool:
    """Whether the form holds a good answer of one of the member's own passkeys; each try counts.

    Raises:
        SessionOver: no try is left.
    """
    session, site = visit.session, visit.site
    taken = await visit.store.write(locks.take_try, session=session)
    if taken is None:
        raise SessionOver
    given = CheckedAnswer()
    if not site.why:
        answer = visit.form.get(passkeys.FIELD, "")
        given = await passkeys.check_use(
            visit.store, site, answer, purpose=keys.UNLOCK, browser=session.index.hex()
        )

    async def use(db: Writing) -> bool:
        mine = given.good and given.passkey is not None and given.passkey.member == session.member.id
        if mine and given.passkey is not None and await keys.use_challenge(db, given.challenge):
            return await keys.note_use(db, passkey=given.passkey.id)
        await locks.fail(db, session=session, left=taken.left, how="passkey")
        return False

    return await visit.store.write(use)


async def tell_awake(_visit: Visit) -> Response:
    """Serve `GET /staf/hadir`, sent while somebody types, and `GET /staf/kunci`, which asks whether the page is locked."""
    return Response(status_code=204)


def _is_script(visit: Visit) -> bool:
    return visit.request.headers.get("accept") == "application/json"
