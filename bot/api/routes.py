"""All routes of the API and the rights that they need: one line each, like the console's (bot/console/routes.py)."""

from functools import partial

from bot.api.calls.call import Endpoint
from bot.api.models.applications import ApplicationShown
from bot.api.views import applications
from domain.staff.roles import Action
from domain.staff.scopes import TokenScope

_get, _put, _post = (partial(Endpoint, method=method) for method in ("GET", "PUT", "POST"))

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
)
