"""The desk (one per process) and the visit (one per request), which every page uses."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ParamSpec, TypeVar

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from bot.channel import storable
from bot.console.visits.passkeys import PasskeySite, site_of
from bot.console.visits.render import Drawing
from bot.console.visits.sso import SignOn
from bot.http import cookies
from bot.http.cookies import Jar
from bot.pictures.reader import PictureReader
from domain.cards.stages import Stage
from domain.office.office import Office, Point
from domain.refusals import NotAllowed, Refusal
from domain.staff.pin import DIGITS
from domain.staff.roles import Action, StaffMember, may
from domain.text.cells import csv_of
from locales.texts import DEFAULT, Texts
from storage import audit
from storage.ids import read_id
from storage.session import Work, Writing
from storage.staff import forms, rights
from storage.staff.sessions import Limits, StaffSession
from storage.store import Store

T = TypeVar("T")
P = ParamSpec("P")
CSV = "text/csv; charset=utf-8"


def or_404(found: T | None) -> T:
    """What was found.

    Raises:
        HTTPException: 404, nothing was found.
    """
    if not found:
        raise HTTPException(404)
    return found


def named_stage(text: str) -> Stage | None:
    """The stage that an address or form names; None for other words."""
    return Stage(text) if text in set(Stage) else None


def download(name: str, body: bytes | AsyncIterator[bytes], mime: str = CSV) -> Response:
    """A file that the browser saves under this name; no cache keeps it."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    if isinstance(body, bytes):
        return Response(body, media_type=mime, headers=headers)
    return StreamingResponse(body, media_type=mime, headers=headers)


class Filled(dict[str, str]):
    """Values or faults of a form's fields; a missing field is empty."""

    def __missing__(self, name: str) -> str:
        return ""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Tools of the console. `wake_work` wakes the background jobs."""

    store: Store
    office: Office
    texts: Texts
    drawing: Drawing
    pictures: PictureReader
    jar: Jar
    public_url: str
    sign_on: SignOn | None
    limits: Limits
    wake_work: Callable[[], None]
    wake_courier: Callable[[str], None]
    sleep: Callable[[float], Awaitable[None]]


class Withheld(NotAllowed):
    """The thing belongs to another member; `why` is worded in refused.html."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class NavEntry:
    """An entry of the menu and the action that it needs."""

    name: str
    path: str
    action: Action


@dataclass(slots=True, kw_only=True)
class Visit:
    """One request of a member of staff whose right was checked."""

    desk: Desk
    request: Request
    session: StaffSession
    nav: tuple[NavEntry, ...]
    form: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, UploadFile] = field(default_factory=dict)
    used: bool = False
    needs: Mapping[str, int] = field(default_factory=dict)

    @property
    def member(self) -> StaffMember:
        """The member of staff."""
        return self.session.member

    @property
    def actor(self) -> str:
        """The member as an actor of the audit."""
        return audit.by_staff(self.member.id)

    @property
    def store(self) -> Store:
        """The database."""
        return self.desk.store

    @property
    def office(self) -> Office:
        """The office file."""
        return self.desk.office

    @property
    def now(self) -> datetime:
        """Current time."""
        return self.desk.store.clock()

    @property
    def today(self) -> date:
        """Current day of the office."""
        return self.office.today(self.now)

    @property
    def is_piece(self) -> bool:
        """Whether the page requests a part of itself."""
        return "hx-request" in self.request.headers

    @property
    def site(self) -> PasskeySite:
        """Where passkeys are offered, or why they are not."""
        return site_of(self.request, self.desk.public_url)

    @property
    def query(self) -> Mapping[str, str]:
        """Query parameters of the address."""
        return {name: storable(value) for name, value in self.request.query_params.items()}

    def may(self, action: Action, point: str | None = None) -> bool:
        """Whether the member may do it; pages offer only that."""
        return may(self.member, action, point)

    async def insist(self, action: Action, point: str | None = None) -> None:
        """Refuse and audit an action that the member has no right to.

        Raises:
            NotAllowed: no right.
        """
        await rights.insisted(self.store, member=self.member, action=action, point=point)

    async def insist_on(self, action: Action, why: str | None) -> None:
        """Refuse and audit access to another member's thing (`why`: a code of refused.html).

        Raises:
            Withheld: `why` is not None.
        """
        if why is not None:
            await self.store.write(rights.refuse, member=self.member, action=action)
            raise Withheld(why)

    async def write(self, work: Work[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the form's work with these arguments and use up the form, in one transaction.

        Raises:
            StaleForm: the form was used before.
        """
        path, given = self.request.url.path, self.form.get(forms.FIELD, "")

        async def once(db: Writing) -> T:
            await forms.use(db, given=given, secret=self.session.csrf, purpose=path)
            return await work(db, *args, **kwargs)

        done = await self.store.write(once)
        self.used = True
        return done

    def path_id(self) -> int:
        """Row id of the address.

        Raises:
            HTTPException: 404, it is no row id.
        """
        return or_404(read_id(self.request.path_params["id"]))

    def points(self) -> list[Point]:
        """Points at which the member works."""
        mine = self.member.point
        return [point for point in self.office.points if mine in (None, point.id)]

    def chosen_point(self) -> str | None:
        """Point of the page: from the address, else the member's own; None: all points."""
        asked = self.query.get("titik", "")
        found = self.office.point(asked) if asked else None
        return found.id if found else self.member.point

    def say(self, refusal: Refusal) -> str:
        """Text of a refusal."""
        return self.desk.texts.say(DEFAULT, f"refusal-{refusal.code}", **refusal.details)

    def draw(
        self,
        template: str,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        faults: Mapping[str, str] | None = None,
        **values: Any,
    ) -> Response:
        """Render a page with its menu; its forms are stamped for this session, and show again what was sent."""
        own = {
            "faults": Filled(faults or {}),
            "sent": Filled(self.form),
            "visit": self,
            "member": self.member,
            "may": self.may,
            "action": Action,
            "nav": [one for one in self.nav if self.may(one.action)],
            "path": self.request.url.path,
            "stamp": lambda purpose: forms.stamp(self.session.csrf, purpose),
            "told": self.query.get("kabar", ""),
            "today": self.today,
            "session": self.session,
            "site": self.site,
            "sign_on": self.desk.sign_on,
            "whose": cookies.name_of(self.session.csrf)[:16],
            "digits": DIGITS,
            "needs": self.needs,
            "idle_seconds": int(self.desk.limits.idle.total_seconds()),
        }
        return self.desk.drawing.draw(template, own | values, status=status, headers=headers)

    def table(self, name: str, rows: Iterable[Iterable[str | int | float | date | None]]) -> Response:
        """Rows as a file for a spreadsheet."""
        return download(name, csv_of(rows).encode("utf-8-sig"))

    def go(self, path: str) -> Response:
        """Redirect the browser."""
        if self.is_piece:
            return Response(status_code=204, headers={"HX-Redirect": path})
        return RedirectResponse(path, status_code=303)
