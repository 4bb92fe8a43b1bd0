"""Sign-in and sign-out of staff: a one-time code or a passkey opens a session, signing out ends it."""

import hmac
from contextlib import suppress
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from bot.console.gates import read_form
from bot.console.visits import passkeys
from bot.console.visits.desk import Desk, Visit
from bot.console.visits.lock import HOME, own_page
from bot.console.visits.passkeys import CheckedAnswer
from bot.http import cookies
from bot.http.sources import device_of, is_same_origin, source_of
from domain.refusals import TooManyTries
from storage import audit
from storage.session import StoreDown, Writing
from storage.staff import passkeys as keys
from storage.staff import sign_ins
from storage.staff.sessions import close_session, open_session
from storage.staff.staff import code_delay, count_wrong, find_by_id, redeem_code, refuse_guessing

# On top of the budget in the store; it slows down guessing and is hardly noticed otherwise.
_WRONG_CODE_SECONDS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Serves the sign-in form. A form counts only from our own page and with this browser's cookie."""

    desk: Desk

    async def enter(self, request: Request) -> Response:
        """Serve `POST /staf`: exchange a code for a session, and end the browser's earlier session."""
        sent, _ = await read_form(request)
        if not self._is_our_form(request, sent):
            return self.form(request, status=403, told="web-staff-stale")
        before = cookies.given(request.cookies, self.desk.jar.staff)
        try:
            if pause := await self.desk.store.read(code_delay, address=source_of(request.scope) or ""):
                await self.desk.sleep(pause)
            by_key = passkeys.FIELD in sent
            token = await (self._by_key if by_key else self._redeem)(request, sent, before)
        except TooManyTries as refusal:
            await self._note_refused(source_of(request.scope) or "")
            wait = refusal.until - self.desk.store.clock()
            minutes = max(1, -(-int(wait.total_seconds()) // 60))
            return self.form(request, status=429, told="web-staff-wait", minutes=minutes)
        except StoreDown:
            return self.form(request, status=503, told="web-staff-down")
        if token is None:
            await self.desk.sleep(_WRONG_CODE_SECONDS)
            return self.form(request, status=403, told="web-staff-key-wrong" if by_key else "web-staff-wrong")
        answer = RedirectResponse(own_page(sent.get("ke", "")), status_code=303)
        jar = self.desk.jar
        # Without an age, the cookie is deleted when the browser closes.
        answer.headers.append("Set-Cookie", jar.header(jar.staff, token, max_age_seconds=None, strict=True))
        answer.headers.append("Set-Cookie", jar.header(jar.form, "", max_age_seconds=0, strict=True))
        return answer

    async def leave(self, visit: Visit) -> Response:
        """Serve `POST /staf/keluar`."""
        token = cookies.given(visit.request.cookies, self.desk.jar.staff)
        if token is not None:
            await visit.write(close_session, token=token)
        answer = self.form(visit.request, told="web-staff-left")
        jar = self.desk.jar
        answer.headers.append("Set-Cookie", jar.header(jar.staff, "", max_age_seconds=0, strict=True))
        return answer

    def form(
        self, request: Request, *, status: int = 200, told: str | None = None, **variables: int
    ) -> Response:
        """The sign-in form, told something; a part of a page is answered with a reload of the page."""
        if "hx-request" in request.headers and request.method == "GET":
            return Response(status_code=403, headers={"HX-Refresh": "true"})
        cookie = cookies.given(request.cookies, self.desk.jar.form) or cookies.fresh()
        values = {
            "form": cookies.name_of(cookie),
            "told": told,
            "variables": variables,
            "site": passkeys.site_of(request, self.desk.public_url),
            "sign_on": self.desk.sign_on,
            "to": own_page(request.url.path) if request.method == "GET" else HOME,
        }
        page = self.desk.drawing.draw("code.html", values, status=status)
        jar = self.desk.jar
        page.headers.append("Set-Cookie", jar.header(jar.form, cookie, max_age_seconds=3600, strict=True))
        return page

    async def _redeem(self, request: Request, sent: dict[str, str], before: str | None) -> str | None:
        """Redeem within the browser's budget; its address may be shared, so `enter` only slows it down."""
        code, asker = sent.get("code", "")[:64], sent["form"].encode()
        source, device = source_of(request.scope) or "", device_of(request.headers)

        async def redeem(db: Writing) -> str | None:
            by = sign_ins.by_address(db, source)
            member = await redeem_code(db, code=code, asker=asker, address=source, by=by, device=device)
            return None if member is None else await open_for(db, member.id, device, before)

        return await self.desk.store.write(redeem)

    async def offer_key(self, request: Request) -> Response:
        """Serve `GET /staf/kunci-sandi`: what a browser with our sign-in form is asked to sign.

        Raises:
            HTTPException: 404, passkeys are not offered here, or not without our form.
        """
        form = cookies.given(request.cookies, self.desk.jar.form)
        site = passkeys.site_of(request, self.desk.public_url)
        if form is None or site.why:
            raise HTTPException(404)
        browser = cookies.name_of(form)
        asked = await self.desk.store.read(passkeys.options_to_use, site, purpose=keys.ENTER, browser=browser)
        return JSONResponse(asked)

    async def _by_key(self, request: Request, sent: dict[str, str], before: str | None) -> str | None:
        """Enter with a passkey, within the same budgets as with a code."""
        browser, source, store = sent["form"], source_of(request.scope) or "", self.desk.store
        site = passkeys.site_of(request, self.desk.public_url)
        given = CheckedAnswer()
        if not site.why:
            answer = sent[passkeys.FIELD]
            given = await passkeys.check_use(store, site, answer, purpose=keys.ENTER, browser=browser)

        async def enter(db: Writing) -> str | None:
            await refuse_guessing(db, asker=browser.encode())
            member = await _owner_by_key(db, given)
            if member is None:
                await count_wrong(db, asker=browser.encode(), address=source)
                whose = sign_ins.CODE if given.passkey is None else audit.by_staff(given.passkey.member)
                by = sign_ins.by_address(db, source)
                await sign_ins.note(db, by=by, kind="passkey", whose=whose)
                return None
            by = audit.by_staff(member)
            await audit.record(db, actor=by, action="staff-passkey-used", subject=by)
            return await open_for(db, member, device_of(request.headers), before)

        return await store.write(enter)

    async def _note_refused(self, source: str) -> None:
        """Record a refusal in its own transaction, because the refusing one is rolled back."""
        with suppress(StoreDown):
            await self.desk.store.write(lambda db: sign_ins.note(db, by=sign_ins.by_address(db, source)))

    def _is_our_form(self, request: Request, sent: dict[str, str]) -> bool:
        given = cookies.given(request.cookies, self.desk.jar.form)
        return (
            given is not None
            and hmac.compare_digest(sent.get("form", "").encode(), cookies.name_of(given).encode())
            and is_same_origin(request.scope, self.desk.public_url)
        )


async def open_for(db: Writing, member: int, device: str, before: str | None) -> str:
    """Open a session and end the browser's earlier one."""
    if before is not None:
        await close_session(db, token=before)
    by = audit.by_staff(member)
    await audit.record(db, actor=by, action="staff-session-opened", subject=by)
    return await open_session(db, member=member, device=device)


async def _owner_by_key(db: Writing, given: CheckedAnswer) -> int | None:
    """Owner of the passkey of a good answer, whose challenge is used up."""
    if not given.good or given.passkey is None or not await keys.use_challenge(db, given.challenge):
        return None
    known = await keys.note_use(db, passkey=given.passkey.id)
    member = await find_by_id(db, member=given.passkey.member)
    return member.id if known and member is not None else None
