"""All routes of the API and the rights that they need, like the console's (bot/console/routes.py)."""

from functools import partial

from bot.api.calls.call import Endpoint
from bot.api.door import BATCH_BYTES
from bot.api.models.applications import TakenInOne, TakenInRows
from bot.api.models.office import ImportPlanned
from bot.api.views import announcements, applications, counter, figures, imports, stages, webhooks
from domain.staff.roles import Action
from domain.staff.scopes import TokenScope

_get, _put, _post, _delete = (partial(Endpoint, method) for method in ("GET", "PUT", "POST", "DELETE"))
_READ = TokenScope.APPLICATIONS_READ, Action.SEE_REGISTER
_WRITE = TokenScope.APPLICATIONS_WRITE, Action.CHANGE_STAGE
_IMPORT = TokenScope.APPLICATIONS_WRITE, Action.IMPORT_REGISTER
_DAY = TokenScope.APPOINTMENTS_READ, Action.SEE_DAY
_SLOTS = TokenScope.APPOINTMENTS_READ, Action.SEE_CALENDAR
_CLOSE = TokenScope.APPOINTMENTS_WRITE, Action.EDIT_CALENDAR
_STEP = TokenScope.APPOINTMENTS_WRITE, Action.SERVE
_DRAFT = TokenScope.ANNOUNCEMENTS_WRITE, Action.ANNOUNCE
_TOLD = TokenScope.ANNOUNCEMENTS_WRITE, Action.SEE_ANNOUNCEMENTS
_WEBHOOKS = TokenScope.WEBHOOKS_WRITE, Action.ENTER

ENDPOINTS: tuple[Endpoint, ...] = (
    # Every look at the register is written to the audit, so its views take a Writing.
    _get("/applications", *_READ, applications.show_list),
    _get("/applications/{number}", *_READ, applications.show),
    _put("/applications/{number}", *_WRITE, applications.put, finishes=TakenInOne),
    _post(
        "/applications:batch", *_WRITE, applications.take_batch, finishes=TakenInRows, most_bytes=BATCH_BYTES
    ),
    _get("/applications/{number}/stage", *_READ, stages.show, etag=True),
    _put("/applications/{number}/stage", *_WRITE, stages.put, refuses=(409,), etag=True, needs_match=True),
    _post("/imports", *_IMPORT, imports.hand_in, finishes=ImportPlanned, status=202),
    _get("/imports/{id}", *_IMPORT, imports.show),
    _get("/appointments", *_DAY, counter.show_list, personal=True),
    _post("/appointments/{code}:arrive", *_STEP, counter.arrive, refuses=(409,)),
    _post("/appointments/{code}:serve", *_STEP, counter.serve, refuses=(409,)),
    _post("/appointments/{code}:no-show", *_STEP, counter.miss, refuses=(409,)),
    _get("/slots", *_SLOTS, counter.show_slots),
    _post("/closures", *_CLOSE, counter.close, status=201),
    _post("/announcements", *_DRAFT, announcements.draft, status=201),
    _get("/announcements/{id}", *_TOLD, announcements.show),
    _get("/index", TokenScope.INDEX_READ, Action.SEE_INDEX, figures.show_index),
    _get("/overview", TokenScope.OVERVIEW_READ, Action.SEE_OVERVIEW, figures.show_overview),
    _get("/webhooks", *_WEBHOOKS, webhooks.show),
    _post("/webhooks", *_WEBHOOKS, webhooks.add, status=201),
    _delete("/webhooks/{id}", *_WEBHOOKS, webhooks.remove, status=204),
    _post("/webhooks/{id}:rotate", *_WEBHOOKS, webhooks.rotate),
)
