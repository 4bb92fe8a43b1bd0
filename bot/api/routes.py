"""All routes of the API and the rights that they need: one line each, like the console's (bot/console/routes.py)."""

from functools import partial

from bot.api.calls.call import Endpoint
from bot.api.models.applications import ApplicationShown
from bot.api.models.webhooks import WebhookList, WebhookMade, WebhookOrder, WebhookSecret
from bot.api.views import applications, webhooks
from domain.staff.roles import Action
from domain.staff.scopes import TokenScope

_get, _put, _post = (partial(Endpoint, method=method) for method in ("GET", "PUT", "POST"))
_webhook = partial(Endpoint, scope=TokenScope.WEBHOOKS_WRITE, action=Action.ENTER)

ENDPOINTS: tuple[Endpoint, ...] = (
    _get(
        path="/applications/{number}",
        scope=TokenScope.APPLICATIONS_READ,
        action=Action.SEE_REGISTER,
        kind="writes",  # every look is written to the audit
        view=applications.show,
        gives=ApplicationShown,
        personal=True,
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
