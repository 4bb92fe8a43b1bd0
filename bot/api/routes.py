"""All routes of the API and the rights that they need, like the console's (bot/console/routes.py)."""

from functools import partial
from typing import Any

from bot.api.calls.call import Endpoint
from bot.api.door import BATCH_BYTES
from bot.api.models.applications import (
    ApplicationDetails,
    ApplicationList,
    ApplicationsAsked,
    SentApplications,
    SentFields,
    SentStage,
    StageShown,
    TakenInOne,
    TakenInRows,
)
from bot.api.models.counter import (
    AppointmentList,
    AppointmentsAsked,
    ClosureMade,
    SentClosure,
    SlotList,
    SlotsAsked,
    StepShown,
)
from bot.api.models.office import (
    AnnouncementDrafted,
    AnnouncementShown,
    FiguresAsked,
    ImportAsked,
    ImportPlanned,
    ImportShown,
    IndexShown,
    OverviewShown,
    SentAnnouncement,
)
from bot.api.models.webhooks import WebhookList, WebhookMade, WebhookOrder, WebhookSecret
from bot.api.views import announcements, applications, counter, figures, imports, stages, webhooks
from domain.staff.roles import Action
from domain.staff.scopes import TokenScope

_get, _put, _post = (partial(Endpoint, method=method) for method in ("GET", "PUT", "POST"))
_READ: dict[str, Any] = {"scope": TokenScope.APPLICATIONS_READ, "action": Action.SEE_REGISTER}
_WRITE: dict[str, Any] = {"scope": TokenScope.APPLICATIONS_WRITE, "action": Action.CHANGE_STAGE}
_IMPORT: dict[str, Any] = {"scope": TokenScope.APPLICATIONS_WRITE, "action": Action.IMPORT_REGISTER}
_DAY: dict[str, Any] = {"scope": TokenScope.APPOINTMENTS_READ, "action": Action.SEE_DAY}
_STEP: dict[str, Any] = {
    "scope": TokenScope.APPOINTMENTS_WRITE,
    "action": Action.SERVE,
    "kind": "writes",
    "gives": StepShown,
    "refuses": (409,),
}
_TELL: dict[str, Any] = {"scope": TokenScope.ANNOUNCEMENTS_WRITE}
_webhook = partial(Endpoint, scope=TokenScope.WEBHOOKS_WRITE, action=Action.ENTER)

ENDPOINTS: tuple[Endpoint, ...] = (
    # Every look at the register is written to the audit, so it is a transaction that writes.
    _get(
        path="/applications",
        **_READ,
        kind="writes",
        view=applications.show_list,
        query=ApplicationsAsked,
        gives=ApplicationList,
    ),
    _get(
        path="/applications/{number}",
        **_READ,
        kind="writes",
        view=applications.show,
        gives=ApplicationDetails,
    ),
    _put(
        path="/applications/{number}",
        **_WRITE,
        kind="works",
        view=applications.put,
        takes=SentFields,
        gives=TakenInOne,
    ),
    _post(
        path="/applications:batch",
        **_WRITE,
        kind="works",
        view=applications.take_batch,
        takes=SentApplications,
        gives=TakenInRows,
        most_bytes=BATCH_BYTES,
    ),
    _get(
        path="/applications/{number}/stage",
        **_READ,
        kind="reads",
        view=stages.show,
        gives=StageShown,
        etag=True,
    ),
    _put(
        path="/applications/{number}/stage",
        **_WRITE,
        kind="writes",
        view=stages.put,
        takes=SentStage,
        gives=StageShown,
        refuses=(409,),
        etag=True,
        needs_match=True,
    ),
    _post(
        path="/imports",
        **_IMPORT,
        kind="works",
        view=imports.hand_in,
        query=ImportAsked,
        gives=ImportPlanned,
        status=202,
        file=True,
    ),
    _get(path="/imports/{id}", **_IMPORT, kind="reads", view=imports.show, gives=ImportShown),
    _get(
        path="/appointments",
        **_DAY,
        kind="reads",
        view=counter.show_list,
        query=AppointmentsAsked,
        gives=AppointmentList,
        personal=True,
    ),
    _post(path="/appointments/{code}:arrive", **_STEP, view=counter.arrive),
    _post(path="/appointments/{code}:serve", **_STEP, view=counter.serve),
    _post(path="/appointments/{code}:no-show", **_STEP, view=counter.miss),
    _get(
        path="/slots",
        scope=TokenScope.APPOINTMENTS_READ,
        action=Action.SEE_CALENDAR,
        kind="reads",
        view=counter.show_slots,
        query=SlotsAsked,
        gives=SlotList,
    ),
    _post(
        path="/closures",
        scope=TokenScope.APPOINTMENTS_WRITE,
        action=Action.EDIT_CALENDAR,
        kind="writes",
        view=counter.close,
        takes=SentClosure,
        gives=ClosureMade,
        status=201,
    ),
    _post(
        path="/announcements",
        **_TELL,
        action=Action.ANNOUNCE,
        kind="writes",
        view=announcements.draft,
        takes=SentAnnouncement,
        gives=AnnouncementDrafted,
        status=201,
    ),
    _get(
        path="/announcements/{id}",
        **_TELL,
        action=Action.SEE_ANNOUNCEMENTS,
        kind="reads",
        view=announcements.show,
        gives=AnnouncementShown,
    ),
    _get(
        path="/index",
        scope=TokenScope.INDEX_READ,
        action=Action.SEE_INDEX,
        kind="reads",
        view=figures.show_index,
        query=FiguresAsked,
        gives=IndexShown,
    ),
    _get(
        path="/overview",
        scope=TokenScope.OVERVIEW_READ,
        action=Action.SEE_OVERVIEW,
        kind="reads",
        view=figures.show_overview,
        query=FiguresAsked,
        gives=OverviewShown,
    ),
    _webhook(method="GET", path="/webhooks", kind="reads", view=webhooks.show, gives=WebhookList),
    _webhook(
        method="POST",
        path="/webhooks",
        kind="writes",
        view=webhooks.add,
        takes=WebhookOrder,
        gives=WebhookMade,
        status=201,
    ),
    _webhook(method="DELETE", path="/webhooks/{id}", kind="writes", view=webhooks.remove, status=204),
    _webhook(
        method="POST", path="/webhooks/{id}:rotate", kind="writes", view=webhooks.rotate, gives=WebhookSecret
    ),
)
