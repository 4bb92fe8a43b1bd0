"""What every page of the console works with: the desk (one per process) and the visit (one per request)."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.channel import storable
from bot.console.drawing import Drawing
from bot.pictures.reader import PictureReader
from bot.web.cookies import Jar
from domain.office.office import Office, Point
from domain.refusals import NotAllowed, Refusal
from domain.staff.roles import Action, StaffMember, may
from locales.texts import DEFAULT, Texts
from storage import audit
from storage.ids import read_id
from storage.session import Writing
from storage.staff import forms, rights
from storage.staff.sessions import Limits, StaffSession
from storage.store import Store

T = TypeVar("T")


class Filled(dict[str, str]):
    """What stands in a form's fields, or beside them; nothing stands where nothing was written."""

    def __missing__(self, name: str) -> str:
        return ""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The console's tools. `wake_work` tells the background work that there is some."""

    store: Store
    office: Office
    texts: Texts
    drawing: Drawing
    pictures: PictureReader
    jar: Jar
    public_url: str
    limits: Limits
    wake_work: Callable[[], None]
    wake_courier: Callable[[str], None]
    sleep: Callable[[float], Awaitable[None]]


class Withheld(NotAllowed):
    """A thing is somebody else's; `why` is told in a sentence (refused.html)."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class NavEntry:
    """A page of the menu: where, and what one must be permitted to see there."""

    name: str
    path: str
    action: Action


@dataclass(slots=True, kw_only=True)
class Visit:
    """One request of a member of staff whose right to it has been checked."""

    desk: Desk
    request: Request
    session: StaffSession
    nav: tuple[NavEntry, ...]
    form: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, UploadFile] = field(default_factory=dict)
    used: bool = False

    @property
    def member(self) -> StaffMember:
        """Who it is."""
        return self.session.member

    @property
    def actor(self) -> str:
        """Who it is, for the audit."""
        return audit.by_staff(self.member.id)

    @property
    def store(self) -> Store:
        """Where everything is kept."""
        return self.desk.store

    @property
    def office(self) -> Office:
        """The office's own facts."""
        return self.desk.office

    @property
    def now(self) -> datetime:
        """The moment."""
        return self.desk.store.clock()

    @property
    def today(self) -> date:
        """The office's day."""
        return self.office.today(self.now)

    @property
    def is_piece(self) -> bool:
        """The page asks for a piece of itself."""
        return "hx-request" in self.request.headers

    @property
    def query(self) -> Mapping[str, str]:
        """What stands behind the question mark of the address."""
        return {name: storable(value) for name, value in self.request.query_params.items()}

    def may(self, action: Action, point: str | None = None) -> bool:
        """Tell whether this person may, for pages that offer only what can be done."""
        return may(self.member, action, point)

    async def insist(self, action: Action, point: str | None = None) -> None:
        """Refuse, and have it audited, what this person may not.

        Raises:
            NotAllowed: they may not.
        """
        await rights.insisted(self.store, member=self.member, action=action, point=point)

    async def insist_on(self, action: Action, why: str | None) -> None:
        """Refuse, and have it audited, what is somebody else's (`why`: a code of refused.html).

        Raises:
            Withheld: it is not theirs.
        """
        if why is not None:
            await self.store.write(partial(rights.refuse, member=self.member, action=action))
            raise Withheld(why)

    async def write(self, work: Callable[[Writing], Awaitable[T]]) -> T:
        """Do what the form asks for and use the form up, both in one transaction.

        Raises:
            StaleForm: this very form did its work before.
        """
        path, given = self.request.url.path, self.form.get(forms.FIELD, "")

        async def once(db: Writing) -> T:
            await forms.use(db, given=given, secret=self.session.csrf, purpose=path)
            return await work(db)

        done = await self.store.write(once)
        self.used = True
        return done

    def path_id(self, name: str = "id") -> int:
        """Give a row id out of the address.

        Raises:
            HTTPException: 404, no row can be called so.
        """
        row = read_id(self.request.path_params[name])
        if row is None:
            raise HTTPException(404)
        return row

    def points(self) -> list[Point]:
        """The points that this person works at."""
        mine = self.member.point
        return [point for point in self.office.points if mine in (None, point.id)]

    def chosen_point(self) -> str | None:
        """The point that the page is about: asked for, else one's own; None: all of them."""
        asked = self.query.get("titik", "")
        found = self.office.point(asked) if asked else None
        return found.id if found else self.member.point

    def say(self, refusal: Refusal) -> str:
        """Word a refusal."""
        return self.desk.texts.say(DEFAULT, f"refusal-{refusal.code}", **refusal.details)

    def draw(
        self, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any
    ) -> Response:
        """Give a page with its menu; the forms on it are stamped for this session."""
        own = {
            "visit": self,
            "member": self.member,
            "may": self.may,
            "action": Action,
            "nav": [one for one in self.nav if self.may(one.action)],
            "path": self.request.url.path,
            "stamp": lambda purpose: forms.stamp(self.session.csrf, purpose),
            "told": self.query.get("kabar", ""),
            "today": self.today,
            "idle_seconds": int(self.desk.limits.idle.total_seconds()),
        }
        return self.desk.drawing.draw(template, own | values, status=status, headers=headers)

    def go(self, path: str) -> Response:
        """Send the browser to another page."""
        if self.is_piece:
            return Response(status_code=204, headers={"HX-Redirect": path})
        return RedirectResponse(path, status_code=303)
