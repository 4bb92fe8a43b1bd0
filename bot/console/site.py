"""Routes of the console, and its background jobs."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from starlette.routing import BaseRoute, Route

from bot.console.door import Door
from bot.console.gates import Gate, Gates
from bot.console.routes import GATES, NAV
from bot.console.sign_on import SignOnDoor
from bot.console.visits import sso
from bot.console.visits.desk import Desk
from bot.console.visits.lock import HOME
from bot.console.visits.render import STATIC, Drawing
from bot.console.visits.sso import SignOn
from bot.http.assets import Assets
from bot.http.cookies import Jar
from bot.importing.table import MAX_FILE_BYTES
from bot.jobs import imports
from bot.jobs.announcements import CHECK, SEND, AnnounceWork
from bot.jobs.imports import ImportWork
from bot.jobs.runner import Doing, JobRunner
from bot.pictures.decoder import LARGEST_BYTES
from bot.pictures.reader import PictureReader
from bot.setup.loops import Loops
from domain.office.office import Office
from domain.staff.roles import Action
from locales.texts import Texts
from storage.staff.sessions import Limits
from storage.store import Store

# A register file or a photo of the largest size, plus the form around it.
LARGER_BODIES = {
    "/staf/register/impor": MAX_FILE_BYTES + 1024 * 1024,
    "/staf/pengumuman/baru": MAX_FILE_BYTES + 1024 * 1024,
    "/staf/hari-ini/pindai": LARGEST_BYTES + 1024 * 1024,
}


class Console:
    """Staff console of one process. `shared` are assets that it has in common with the chat page."""

    larger_bodies = LARGER_BODIES

    def __init__(
        self,
        *,
        store: Store,
        office: Office,
        texts: Texts,
        pictures: PictureReader,
        shared: Assets,
        public_url: str = "",
        sign_on: SignOn | None = None,
        wake_courier: Callable[[str], None] = lambda _channel: None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        loops: Loops | None = None,
    ) -> None:
        importing = ImportWork(store=store, office=office, texts=texts)
        announcing = AnnounceWork(store=store, office=office, texts=texts)
        kinds: dict[str, Doing] = {imports.KIND: importing, CHECK: announcing, SEND: announcing}
        self.work = JobRunner(store=store, kinds=kinds, loops=loops)
        rules = office.console
        self._desk = Desk(
            store=store,
            office=office,
            texts=texts,
            drawing=Drawing(texts=texts, office=office, shared=shared),
            pictures=pictures,
            jar=Jar.of(public_url),
            public_url=public_url,
            sign_on=sign_on,
            limits=Limits(
                idle=timedelta(minutes=rules.idle_minutes), longest=timedelta(hours=rules.longest_hours)
            ),
            wake_work=self.work.wake,
            wake_courier=wake_courier,
            sleep=sleep,
        )

    def gates(self) -> list[Gate]:
        """All gates: the table, and the sign-out, which needs no further right."""
        leave = Gate("POST", f"{HOME}/keluar", Action.ENTER, Door(desk=self._desk).leave, locked=True)
        return [*GATES, leave]

    def routes(self) -> list[BaseRoute]:
        """Routes of the console."""
        door = Door(desk=self._desk)
        signing = SignOnDoor(door=door)
        opened = Gates(desk=self._desk, door=door, nav=NAV)
        return [
            Route(f"{STATIC}/{{name}}", self._desk.drawing.own.serve),
            Route(HOME, door.enter, methods=["POST"]),
            Route(f"{HOME}/kunci-sandi", door.offer_key),
            Route(sso.PATH, signing.begin),
            Route(sso.RETURN, signing.finish),
            *(opened.route(gate) for gate in self.gates()),
        ]
