"""Signing in with the office's single sign-on, and linking its account to a member."""

from dataclasses import dataclass, field

import structlog
from starlette.requests import Request
from starlette.responses import Response

from bot.console.door import Door, open_for
from bot.console.visits import passkeys
from bot.console.visits.desk import Desk
from bot.console.visits.lock import HOME
from bot.console.visits.sso import SignOnFailed
from bot.console.visits.sso_start import begin, provider_of, purpose_of
from bot.http import cookies
from bot.http.sources import device_of, source_of
from storage import audit
from storage.ids import read_id
from storage.session import StoreDown, Writing
from storage.staff import accounts, sign_ins
from storage.staff import passkeys as keys
from storage.staff.staff import find_by_id

_NOBODY = 0  # a sign-in that links no account

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Begun:
    """A sign-in that this browser began; `member` links the account, `_NOBODY` enters with it."""

    cookie: str = field(repr=False)
    challenge: bytes = field(repr=False)
    member: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOnDoor:
    """The two addresses of the single sign-on; 404 in an office without one."""

    door: Door

    @property
    def _desk(self) -> Desk:
        return self.door.desk

    async def begin(self, request: Request) -> Response:
        """Serve `GET /staf/sso`: lead the browser to the single sign-on."""
        try:
            return await begin(self._desk, member=_NOBODY)
        except SignOnFailed:
            return self._refused(request, "web-staff-sso-failed")
        except StoreDown:
            return self.door.form(request, status=503, told="web-staff-down")

    async def finish(self, request: Request) -> Response:
        """Serve `GET /staf/sso/kembali`: open a session of the account's member, or link the account."""
        provider = provider_of(self._desk)
        try:
            begun = await self._begun(request)
            if begun is None:
                return self._refused(request, "web-staff-sso-failed")
            now = self._desk.store.clock()
            account = await provider.account(dict(request.query_params), cookie=begun.cookie, now=now)
            return await self._entered(request, begun, account)
        except SignOnFailed as failed:
            log.warning("console.sign-on", why=failed.why)
            return self._refused(request, "web-staff-sso-failed")
        except StoreDown:
            return self.door.form(request, status=503, told="web-staff-down")

    async def _entered(self, request: Request, begun: _Begun, account: str) -> Response:
        """Act on an account that the provider vouched for."""
        jar = self._desk.jar
        before = cookies.given(request.cookies, jar.staff)
        token = await self._desk.store.write(
            _act,
            begun=begun,
            account=account,
            source=source_of(request.scope) or "",
            device=device_of(request.headers),
            before=before,
        )
        if token is None:
            told = "web-staff-sso-taken" if begun.member else "web-staff-sso-unknown"
            return self._refused(request, told)
        # The provider led here, so a redirect would go without the session's strict cookie; from a page of ours it goes.
        to = "/staf/saya?kabar=akun-ditautkan" if begun.member else HOME
        page = self._desk.drawing.draw("signed-on.html", {"to": to})
        if not begun.member:
            page.headers.append("Set-Cookie", jar.header(jar.staff, token, max_age_seconds=None, strict=True))
        page.headers.append("Set-Cookie", jar.header(jar.sign_on, "", max_age_seconds=0))
        return page

    async def _begun(self, request: Request) -> _Begun | None:
        """The sign-in that this browser began; None: it began none, or too long ago."""
        cookie = cookies.given(request.cookies, self._desk.jar.sign_on)
        label, _, state = request.query_params.get("state", "")[:200].partition(".")
        member = _NOBODY if label == str(_NOBODY) else read_id(label)
        if cookie is None or member is None:
            return None
        begun = _Begun(cookie=cookie, challenge=passkeys.decoded(state), member=member)
        purpose, browser = purpose_of(member), cookies.name_of(cookie)
        ours = await self._desk.store.read(keys.is_ours, begun.challenge, purpose=purpose, browser=browser)
        return begun if ours else None

    def _refused(self, request: Request, told: str) -> Response:
        page = self.door.form(request, status=403, told=told)
        jar = self._desk.jar
        page.headers.append("Set-Cookie", jar.header(jar.sign_on, "", max_age_seconds=0))
        return page


async def _act(
    db: Writing, *, begun: _Begun, account: str, source: str, device: str, before: str | None
) -> str | None:
    """Link the account ("" then), or open a session of its member and return the token; None: neither."""
    if not await keys.use_challenge(db, begun.challenge):
        return None
    if begun.member:
        linking = await find_by_id(db, member=begun.member)
        linked = linking is not None and await accounts.link(db, member=linking.id, account=account)
        return "" if linked else None
    owner = await accounts.owner_of(db, account=account)
    member = None if owner is None else await find_by_id(db, member=owner)
    if member is None:
        await sign_ins.note(db, by=sign_ins.by_address(db, source), kind="account")
        return None
    by = audit.by_staff(member.id)
    await audit.record(db, actor=by, action="staff-account-used", subject=by)
    return await open_for(db, member.id, device, before)
