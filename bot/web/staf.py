"""The staff door: a one-time code opens a session; until the console stands here it shows who you are."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web import cookies
from bot.web.cookies import Jar
from bot.web.page import Pages
from bot.web.who import is_same_origin, source_of
from domain.office import Office
from domain.refusals import TooManyTries
from domain.roles import StaffMember
from storage.sessions import StaffSession, close_session, open_session, session_of
from storage.staff import redeem_code
from storage.store import Store, StoreDown, Writing

# On top of the budget in the store: a person does not notice it, a guesser does.
_WRONG_CODE_SECONDS = 1.0
_PATH = "/staf"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffDoor:
    """Serves /staf. Forms count only from our own page and with the value that was given to this browser."""

    store: Store
    pages: Pages
    jar: Jar
    office: Office
    public_url: str
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def show(self, request: Request) -> Response:
        """Serve `GET /staf`: who you are, or the form for a code."""
        try:
            session = await self._session(request)
        except StoreDown:
            return self._form(request, status=503, told="web-staff-down")
        if session is None:
            return self._form(request)
        point = self.office.point(session.member.point) if session.member.point else None
        return self._draw(
            request,
            "staff.html",
            member=session.member,
            csrf=session.csrf,
            point=point.name if point else None,
        )

    async def enter(self, request: Request) -> Response:
        """Serve `POST /staf`: a code for a session."""
        form = await _fields(request)
        if not self._is_our_form(request, form):
            return self._form(request, status=403, told="web-staff-stale")
        try:
            token = await self._redeem(form.get("code", ""), source_of(request.scope) or "")
        except TooManyTries as refusal:
            wait = refusal.until - self.store.clock()
            minutes = max(1, -(-int(wait.total_seconds()) // 60))
            return self._form(request, status=429, told="web-staff-wait", minutes=minutes)
        except StoreDown:
            return self._form(request, status=503, told="web-staff-down")
        if token is None:
            await self.sleep(_WRONG_CODE_SECONDS)
            return self._form(request, status=403, told="web-staff-wrong")
        answer = RedirectResponse(_PATH, status_code=303)
        # Without an age: the cookie goes when the browser closes.
        answer.headers.append(
            "Set-Cookie", self.jar.header(self.jar.staff, token, max_age_seconds=None, strict=True)
        )
        answer.headers.append(
            "Set-Cookie", self.jar.header(self.jar.form, "", max_age_seconds=0, strict=True)
        )
        return answer

    async def leave(self, request: Request) -> Response:
        """Serve `POST /staf/keluar`: end the session, here and in the store."""
        form = await _fields(request)
        try:
            session = await self._session(request)
            token = cookies.given(request.cookies, self.jar.staff)
            if session is not None and token is not None:
                if not _same(form.get("csrf", ""), session.csrf) or not is_same_origin(
                    request.scope, self.public_url
                ):
                    return await self.show(request)
                await self.store.write(lambda db: close_session(db, token=token))
        except StoreDown:
            return self._form(request, status=503, told="web-staff-down")
        answer = self._form(request, told="web-staff-left")
        answer.headers.append(
            "Set-Cookie", self.jar.header(self.jar.staff, "", max_age_seconds=0, strict=True)
        )
        return answer

    async def _session(self, request: Request) -> StaffSession | None:
        token = cookies.given(request.cookies, self.jar.staff)
        return await self.store.write(lambda db: session_of(db, token=token)) if token else None

    async def _redeem(self, code: str, source: str) -> str | None:
        async def redeem(db: Writing) -> str | None:
            member: StaffMember | None = await redeem_code(db, code=code[:64], asker=source.encode())
            return await open_session(db, member=member.id) if member else None

        return await self.store.write(redeem)

    def _is_our_form(self, request: Request, form: dict[str, str]) -> bool:
        given = cookies.given(request.cookies, self.jar.form)
        return (
            given is not None
            and _same(form.get("form", ""), cookies.name_of(given))
            and is_same_origin(request.scope, self.public_url)
        )

    def _draw(self, request: Request, template: str, **values: Any) -> Response:
        page = self.pages.draw(request, template, **values)
        # Under the site's no-referrer a browser would send "Origin: null" with our own forms.
        page.headers["Referrer-Policy"] = "same-origin"
        return page

    def _form(
        self, request: Request, *, status: int = 200, told: str | None = None, minutes: int | None = None
    ) -> Response:
        cookie = cookies.given(request.cookies, self.jar.form) or cookies.fresh()
        variables = {} if minutes is None else {"minutes": minutes}
        page = self._draw(
            request,
            "staff-code.html",
            status=status,
            form=cookies.name_of(cookie),
            told=told,
            variables=variables,
        )
        page.headers.append(
            "Set-Cookie", self.jar.header(self.jar.form, cookie, max_age_seconds=3600, strict=True)
        )
        return page


async def _fields(request: Request) -> dict[str, str]:
    body = (await request.body()).decode("utf-8", "replace")
    try:
        fields = parse_qs(body, max_num_fields=20)
    except ValueError:
        return {}
    return {name: values[-1] for name, values in fields.items()}


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())
