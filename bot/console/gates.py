"""The gate of every console request: session, right, form, in this order.

A Gate is one line of the table in routes.py; the console serves nothing without one.
"""

from collections.abc import Awaitable, Callable
from dataclasses import KW_ONLY, dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channel import storable
from bot.console.visits import lock
from bot.console.visits.desk import Desk, NavEntry, Visit, Withheld
from bot.console.visits.lock import KeptForm, SessionOver
from bot.http import cookies
from bot.http.multipart import form_of
from bot.http.sources import is_same_origin
from domain.refusals import NotAllowed
from domain.staff.roles import Action
from storage import audit
from storage.overview.needs import needs
from storage.session import StoreDown, Writing
from storage.staff import forms, rights
from storage.staff.forms import StaleForm
from storage.staff.sessions import StaffSession, owner_of, session_of

if TYPE_CHECKING:
    from bot.console.door import Door

View = Callable[[Visit], Awaitable[Response]]
Concern = Callable[[Visit], Awaitable[str | None]]
Claim = Callable[[Visit], Awaitable[str | None]]
_FIELDS, _FILES = 60, 1
_FRONT = "/staf"  # open to everybody: the sign-in form


@dataclass(frozen=True, slots=True)
class Gate:
    """A route and its requirements.

    Args:
        concerns: returns the point of the requested thing; 404 if it does not exist.
        theirs: returns why the thing is withheld from the member (a code of refused.html), or None.
        changes: the form can be used once. A POST that only reads (search, preview) may be repeated.
        asks_itself: the page repeats this request itself, so it does not extend the session.
        locked: it is also open to a session that idled and is locked.
        stamp: the field with the form's stamp.
    """

    method: str
    path: str
    action: Action
    view: View
    concerns: Concern | None = None
    theirs: Claim | None = None
    _: KW_ONLY
    changes: bool = True
    asks_itself: bool = False
    locked: bool = False
    stamp: str = forms.FIELD


@dataclass(frozen=True, slots=True, kw_only=True)
class Gates:
    """Routes for the gates of one desk."""

    desk: Desk
    door: "Door"
    nav: tuple[NavEntry, ...]

    def route(self, gate: Gate) -> Route:
        """Route of a gate."""
        return Route(gate.path, partial(self._pass, gate), methods=[gate.method])

    async def _pass(self, gate: Gate, request: Request) -> Response:
        try:
            session = await self._session(gate, request)
            if session is None:
                return await self._ended(request)
            if any("\0" in value for value in request.path_params.values()):
                raise HTTPException(404)
            visit = Visit(desk=self.desk, request=request, session=session, nav=self.nav)
            if session.locked and not gate.locked:
                return await self._locked(gate, visit)
            return await self._checked(gate, visit)
        except SessionOver:
            return self.door.form(request, status=403, told="web-staff-ended")
        except StoreDown:
            return self.door.form(request, status=503, told="web-staff-down")

    async def _checked(self, gate: Gate, visit: Visit) -> Response:
        try:
            await visit.insist(gate.action)
            if gate.method == "POST":
                await self._take_form(gate, visit)
            if gate.concerns is not None:
                await visit.insist(gate.action, await gate.concerns(visit))
            if gate.theirs is not None:
                await visit.insist_on(gate.action, await gate.theirs(visit))
            visit.needs = await _needs(gate, visit)
            answer = await gate.view(visit)
        except Withheld as withheld:
            return visit.draw("refused.html", status=403, why=withheld.why)
        except NotAllowed:
            return visit.draw("refused.html", status=403, why="right")
        except StaleForm:
            await visit.store.write(_note, actor=visit.actor, subject="form")
            return visit.draw("refused.html", status=403, why="form")
        if gate.method == "POST" and gate.changes and not visit.used and answer.status_code < 400:  # noqa: PLR2004
            raise RuntimeError(f"{gate.path} changes something and did not use its form up")
        return answer

    async def _session(self, gate: Gate, request: Request) -> StaffSession | None:
        token = cookies.given(request.cookies, self.desk.jar.staff)
        if token is None:
            return None
        awake = not gate.asks_itself
        return await self.desk.store.write(session_of, token=token, limits=self.desk.limits, awake=awake)

    async def _locked(self, gate: Gate, visit: Visit) -> Response:
        """Show the lock instead of the page; a form of this session is kept in it."""
        path, query = visit.request.url.path, visit.request.url.query
        if gate.method == "GET":
            return lock.locked_page(visit, to=f"{path}?{query}" if query else path)
        try:
            await self._take_form(gate, visit)
        except StaleForm:
            return lock.locked_page(visit, to=_FRONT)
        kept = KeptForm.of(visit.form, has_file=bool(visit.files))
        return lock.locked_page(visit, to=_FRONT if kept.dropped == lock.TOO_LONG else path, kept=kept)

    async def _take_form(self, gate: Gate, visit: Visit) -> None:
        """Read the form; it counts only from our own page and with this session's stamp for this address."""
        request = visit.request
        if not is_same_origin(request.scope, self.desk.public_url):
            raise StaleForm
        visit.form, visit.files = await read_form(request)
        if not forms.is_ours(visit.form.get(gate.stamp, ""), visit.session.csrf, request.url.path):
            raise StaleForm

    async def _ended(self, request: Request) -> Response:
        """Show the sign-in form; the use of an ended session is named and audited."""
        token = cookies.given(request.cookies, self.desk.jar.staff)
        owner = None if token is None else await self.desk.store.read(owner_of, token=token)
        if owner is None and request.method == "GET":
            return self.door.form(request, status=200 if request.url.path == _FRONT else 403)
        if owner is not None:
            by = audit.by_staff(owner)
            await self.desk.store.write(_note, actor=by, subject="session")
        return self.door.form(request, status=403, told="web-staff-ended")


async def _needs(gate: Gate, visit: Visit) -> dict[str, int]:
    """What waits for the member, for a page with a menu."""
    if gate.asks_itself or visit.is_piece:
        return {}
    return await visit.store.read(needs, member=visit.member, today=visit.today)


async def read_form(request: Request) -> tuple[dict[str, str], dict[str, UploadFile]]:
    """Fields and files of a form; repeated fields (ticked boxes) are joined by commas."""
    if request.headers.get("content-type", "").startswith("multipart/"):
        sent = await form_of(request, files=_FILES, fields=_FIELDS)
        pairs = [(name, value) for name, value in sent.multi_items() if isinstance(value, str)]
        files = {name: value for name, value in sent.multi_items() if isinstance(value, UploadFile)}
    else:
        body = (await request.body()).decode("utf-8", "replace")
        try:
            pairs, files = parse_qsl(body, keep_blank_values=True, max_num_fields=_FIELDS), {}
        except ValueError:
            pairs, files = [], {}
    fields: dict[str, Any] = {}
    for name, value in pairs:
        given = storable(value)
        fields[name] = f"{fields[name]},{given}" if name in fields else given
    return fields, files


async def _note(db: Writing, *, actor: str, subject: str) -> None:
    await audit.record(db, actor=actor, action=rights.REFUSED, subject=subject)
