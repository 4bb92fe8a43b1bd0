"""The screen of a waiting room: ticket codes that are called and that wait; no name, no script, no cookie."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.web.page import Pages
from domain.office.office import Office
from storage.appointments.queue import WaitingRoom, room
from storage.session import StoreDown
from storage.store import Store

REFRESH_SECONDS = 5
_KEPT = timedelta(seconds=3)
_CALLED, _WAITING = 6, 12  # codes that are legible across a room


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingScreen:
    """Serves /layar/{titik}; any number of screens costs one look at the database every few seconds."""

    store: Store
    pages: Pages
    office: Office
    kept: dict[str, tuple[datetime, WaitingRoom]] = field(default_factory=dict)

    async def show(self, request: Request) -> Response:
        """Serve `GET /layar/{titik}`. While the database is down the page says so, and keeps asking."""
        point = self.office.point(request.path_params["titik"])
        if point is None:
            raise HTTPException(404)
        try:
            seen = await self._room(point.id)
        except StoreDown:
            seen = None
        called = seen.called if seen else ()
        waiting = seen.waiting if seen else ()
        now = self.store.clock()
        page = self.pages.draw(
            request,
            "layar.html",
            status=200 if seen else 503,
            refresh=REFRESH_SECONDS,
            place=point.name,
            clock=f"{self.office.local(now):%H.%M}",
            is_down=seen is None,
            called=[(str(one.code), one.desk) for one in called[:_CALLED]],
            waiting=[str(one.code) for one in waiting[:_WAITING]],
            more=max(0, len(waiting) - _WAITING),
        )
        page.headers["Cache-Control"] = (
            f"public, max-age={int(_KEPT.total_seconds())}" if seen else "no-store"
        )
        page.headers["Vary"] = "Cookie"  # the language
        return page

    async def _room(self, point: str) -> WaitingRoom:
        now = self.store.clock()
        at, seen = self.kept.get(point, (None, None))
        if at is not None and seen is not None and timedelta() <= now - at < _KEPT:
            return seen
        seen = await self.store.read(room, point=point, office=self.office)
        self.kept[point] = (now, seen)
        return seen
