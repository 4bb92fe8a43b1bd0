"""Sign-in and sign-out of staff: a one-time code opens a session, signing out ends it."""

import hmac
from contextlib import suppress
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.console.gates import read_form
from bot.console.lock import HOME, own_page
from bot.console.visits.desk import Desk, Visit
from bot.http import cookies
from bot.http.devices import device_of
from bot.http.sources import is_same_origin, source_of
from domain.refusals import TooManyTries
from storage import audit
from storage.session import StoreDown, Writing
from storage.staff import sign_ins
from storage.staff.sessions import close_session, open_session
from storage.staff.staff import code_delay, redeem_code

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
            token = await self._redeem(request, sent, before)
        except TooManyTries as refusal:
            await self._note_refused(source_of(request.scope) or "")
            wait = refusal.until - self.desk.store.clock()
            minutes = max(1, -(-int(wait.total_seconds()) // 60))
            return self.form(request, status=429, told="web-staff-wait", minutes=minutes)
        except StoreDown:
            return self.form(request, status=503, told="web-staff-down")
        if token is None:
            await self.desk.sleep(_WRONG_CODE_SECONDS)
            return self.form(request, status=403, told="web-staff-wrong")
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
            await visit.write(lambda db: close_session(db, token=token))
        answer = self.form(visit.request, told="web-staff-left")
        jar = self.desk.jar
        answer.headers.append("Set-Cookie", jar.header(jar.staff, "", max_age_seconds=0, strict=True))
        return answer

    def form(
        self, request: Request, *, status: int = 200, told: str | None = None, minutes: int | None = None
    ) -> Response:
        """The sign-in form; a part of a page is answered with a reload of the page."""
        if "hx-request" in request.headers and request.method == "GET":
            return Response(status_code=403, headers={"HX-Refresh": "true"})
        cookie = cookies.given(request.cookies, self.desk.jar.form) or cookies.fresh()
        values = {
            "form": cookies.name_of(cookie),
            "told": told,
            "variables": {} if minutes is None else {"minutes": minutes},
            "to": own_page(request.url.path) if request.method == "GET" else HOME,
        }
        page = self.desk.drawing.draw("code.html", values, status=status)
        jar = self.desk.jar
        page.headers.append("Set-Cookie", jar.header(jar.form, cookie, max_age_seconds=3600, strict=True))
        return page

    async def _redeem(self, request: Request, sent: dict[str, str], before: str | None) -> str | None:
        """Redeem within the browser's budget; its address may be shared, so it is only slowed down."""
        code, asker = sent.get("code", "")[:64], sent["form"].encode()
        source, device = source_of(request.scope) or "", device_of(request.headers)
        wait = await self.desk.store.read(lambda db: code_delay(db, address=source))
        if wait:
            await self.desk.sleep(wait)

        async def redeem(db: Writing) -> str | None:
            by = sign_ins.by_address(db, source)
            member = await redeem_code(db, code=code, asker=asker, address=source, by=by, device=device)
            if member is None:
                return None
            if before is not None:
                await close_session(db, token=before)
            by = audit.by_staff(member.id)
            await audit.record(db, actor=by, action="staff-session-opened", subject=by)
            return await open_session(db, member=member.id, device=device)

        return await self.desk.store.write(redeem)

    async def _note_refused(self, source: str) -> None:
        """Record a refusal in its own transaction, because the refusing one is rolled back."""

        async def note(db: Writing) -> None:
            await sign_ins.note(db, by=sign_ins.by_address(db, source))

        with suppress(StoreDown):
            await self.desk.store.write(note)

    def _is_our_form(self, request: Request, sent: dict[str, str]) -> bool:
        given = cookies.given(request.cookies, self.desk.jar.form)
        return (
            given is not None
            and hmac.compare_digest(sent.get("form", "").encode(), cookies.name_of(given).encode())
            and is_same_origin(request.scope, self.desk.public_url)
        )
