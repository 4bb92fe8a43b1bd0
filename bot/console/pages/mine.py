"""Saya: an officer's own passkeys, PIN, sessions and staff chats, each of which they can end."""

import asyncio
import secrets
from datetime import timedelta

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from bot.console.visits import passkeys
from bot.console.visits.desk import Visit, or_404
from bot.console.visits.lock import is_right_pin
from bot.console.visits.passkeys import PasskeySite
from bot.console.visits.sso import SignOnFailed
from bot.console.visits.sso_start import begin
from bot.http.sources import device_of
from domain.staff import pin
from storage import audit
from storage.session import Writing
from storage.staff import accounts, locks, sessions, staff_chats, wishes
from storage.staff import passkeys as keys
from storage.staff.wishes import NEEDED, StaffNews

HOME = "/staf/saya"
FRESH = timedelta(minutes=10)
"""So long after signing in, a forgotten PIN is replaced without the old one."""


async def show(visit: Visit, *, faults: dict[str, str] | None = None, status: int = 200) -> Response:
    """Serve `GET /staf/saya`; `faults`: what is wrong with its form, by field."""
    member = visit.member.id
    return visit.draw(
        "mine.html",
        status=status,
        faults=faults,
        listed=await visit.store.read(sessions.sessions_of, member=member, limits=visit.desk.limits),
        this=visit.session.index.hex(),
        chats=await visit.store.read(staff_chats.chats_of, member=member),
        keys=await visit.store.read(keys.passkeys_of, member=member),
        most_keys=keys.MOST,
        asks_present=_asks_present(visit),
        news=_offered_news(visit),
        account=await visit.store.read(accounts.account_of, member=member),
        wanted=await visit.store.read(wishes.wishes_of, member=member),
    )


async def set_pin(visit: Visit) -> Response:
    """Serve `POST /staf/saya/pin`.

    Raises:
        SessionOver: too often a wrong present PIN.
    """
    typed = {name: visit.form.get(name, "").strip()[:64] for name in ("pin", "lagi", "lama")}
    fault = await _fault_of(visit, **typed)
    if fault is not None:
        return await show(visit, faults=dict([fault]), status=422)
    # In a thread, because it takes 50 ms.
    hashed = await asyncio.to_thread(pin.hash_pin, typed["pin"], salt=secrets.token_bytes(pin.SALT_BYTES))
    await visit.write(_keep_pin, visit=visit, hashed=hashed)
    return visit.go(f"{HOME}?kabar=pin-disimpan")


async def remove_pin(visit: Visit) -> Response:
    """Serve `POST /staf/saya/pin/hapus`: from now on idling ends the session, if no passkey unlocks it.

    Raises:
        SessionOver: too often a wrong present PIN.
    """
    if _asks_present(visit) and not await is_right_pin(visit, visit.form.get("lama", "").strip()[:64]):
        return await show(visit, faults={"hapus": "pin-lama-salah"}, status=422)
    await visit.write(_keep_pin, visit=visit, hashed=None)
    return visit.go(f"{HOME}?kabar=pin-dihapus")


async def offer_key(visit: Visit) -> Response:
    """Serve `GET /staf/saya/kunci-sandi`: what a new key is made from."""
    site, browser = _offered(visit), visit.session.index.hex()
    asked = await visit.store.read(passkeys.options_to_add, site, browser=browser, member=visit.member)
    return JSONResponse(asked)


async def add_key(visit: Visit) -> Response:
    """Serve `POST /staf/saya/kunci-sandi`: the key that the browser made."""
    answer, browser = visit.form.get(passkeys.FIELD, ""), visit.session.index.hex()
    made = await passkeys.check_new(visit.store, _offered(visit), answer, browser=browser)
    name = " ".join(visit.form.get("nama", "").split())[: keys.LONGEST_NAME]
    if made is None or not name.isprintable():
        return await show(visit, faults={"kunci": "kunci-salah"}, status=422)

    async def add(db: Writing) -> bool:
        return await keys.use_challenge(db, made.challenge) and await keys.add(
            db,
            member=visit.member.id,
            credential=made.credential,
            public_key=made.public_key,
            name=name or device_of(visit.request.headers),
            limits=visit.desk.limits,
        )

    if not await visit.write(add):
        return await show(visit, faults={"kunci": "kunci-ada"}, status=422)
    return visit.go(f"{HOME}?kabar=kunci-ditambah")


async def remove_key(visit: Visit) -> Response:
    """Serve `POST /staf/saya/kunci-sandi/{id}/hapus`."""
    or_404(await visit.write(keys.remove, member=visit.member.id, passkey=visit.path_id()))
    return visit.go(f"{HOME}?kabar=kunci-dihapus")


async def link_account(visit: Visit) -> Response:
    """Serve `GET /staf/saya/sso`: lead to the office's single sign-on, to link the member's account."""
    try:
        return await begin(visit.desk, member=visit.member.id)
    except SignOnFailed:
        return visit.go(f"{HOME}?kabar=akun-gagal")


async def unlink_account(visit: Visit) -> Response:
    """Serve `POST /staf/saya/sso/hapus`."""
    or_404(await visit.write(accounts.unlink, member=visit.member.id))
    return visit.go(f"{HOME}?kabar=akun-dilepas")


async def set_wishes(visit: Visit) -> Response:
    """Serve `POST /staf/saya/kabar`: what the member is told in their staff chats."""
    wanted = {kind: bool(visit.form.get(kind)) for kind in _offered_news(visit)}
    await visit.write(wishes.set_wishes, member=visit.member.id, wanted=wanted)
    return visit.go(f"{HOME}?kabar=kabar-disimpan")


def _offered_news(visit: Visit) -> list[StaffNews]:
    return [kind for kind, right in NEEDED.items() if visit.may(right)]


async def end_session(visit: Visit) -> Response:
    """Serve `POST /staf/saya/sesi/{id}/akhiri`."""
    label = visit.request.path_params["id"]
    or_404(await visit.write(_close, member=visit.member.id, label=label))
    return visit.go(f"{HOME}?kabar=sesi-diakhiri")


async def end_chat(visit: Visit) -> Response:
    """Serve `POST /staf/saya/obrolan/{id}/akhiri`."""
    why = staff_chats.SIGNED_OUT
    or_404(await visit.write(staff_chats.end, chat=visit.path_id(), member=visit.member.id, why=why))
    return visit.go(f"{HOME}?kabar=obrolan-diakhiri")


async def _close(db: Writing, *, member: int, label: str) -> bool:
    closed = await sessions.close_own(db, member=member, label=label)
    if closed:
        by = audit.by_staff(member)
        await audit.record(db, actor=by, action="staff-session-ended", subject=by, details="signed-out")
    return closed


async def _keep_pin(db: Writing, *, visit: Visit, hashed: str | None) -> None:
    await locks.set_pin(db, member=visit.member.id, hashed=hashed, limits=visit.desk.limits)
    await locks.forgive(db, session=visit.session)


async def _fault_of(visit: Visit, **typed: str) -> tuple[str, str] | None:
    """Field and code of what is wrong with a new PIN; the present one is tried last, because tries are counted."""
    if not pin.is_pin(typed["pin"]):
        return "pin", "pin-salah"
    if pin.is_trivial(typed["pin"]):
        return "pin", "pin-mudah"
    if typed["pin"] != typed["lagi"]:
        return "lagi", "pin-beda"
    if _asks_present(visit) and not await is_right_pin(visit, typed["lama"]):
        return "lama", "pin-lama-salah"
    return None


def _offered(visit: Visit) -> PasskeySite:
    """Site of the office's passkeys.

    Raises:
        HTTPException: 404, they are not offered here.
    """
    if visit.site.why:
        raise HTTPException(404)
    return visit.site


def _asks_present(visit: Visit) -> bool:
    return visit.session.has_pin and visit.now - visit.session.opened_at > FRESH
