"""Targets of webhooks. A token of the whole office manages those that it made; the console and `loket webhooks`, all."""

from bot.api.calls.call import ApiCall
from bot.api.calls.wire import ApiProblem
from bot.api.models.webhooks import WebhookList, WebhookMade, WebhookOrder, WebhookSecret, WebhookShown
from domain.staff.roles import WHOLE_OFFICE
from domain.staff.scopes import TokenScope
from domain.webhooks.destinations import UnusableUrl, read_url
from storage.session import Reading, Writing
from storage.webhooks import targets
from storage.webhooks.targets import Target, TooManyTargets


async def show(db: Reading, call: ApiCall) -> WebhookList:
    """List the targets that this token made."""
    call.insist(WHOLE_OFFICE)
    found = await targets.listed(db, made_by=call.actor)
    return WebhookList(webhooks=tuple(_shown(call, one) for one in found))


async def add(db: Writing, call: ApiCall, body: WebhookOrder) -> WebhookMade:
    """Make a target, which is told of what happens from now on. Its secret is shown only here."""
    call.insist(WHOLE_OFFICE)
    if body.numbers and not call.token.sees_people:
        scope = TokenScope.REGISTER_READ.value
        raise ApiProblem(403, "scope-missing", field="numbers", details={"scope": scope})
    try:
        url = read_url(body.url, call.tools.webhook_networks)
        row, secret = await targets.add(
            db, url=url, events=body.events, numbers=body.numbers, actor=call.actor
        )
    except UnusableUrl as error:
        raise ApiProblem(422, f"webhook-{error.code}", field="url") from None
    except TooManyTargets:
        raise ApiProblem(409, "webhooks-full") from None
    events = tuple(dict.fromkeys(body.events))
    return WebhookMade(id=str(row), url=url, events=events, numbers=body.numbers, secret=secret)


async def rotate(db: Writing, call: ApiCall) -> WebhookSecret:
    """Give a target a new secret, shown only here. For 24 hours every call is signed with the old one, too."""
    call.insist(WHOLE_OFFICE)
    secret = await targets.rotate(db, target=call.path_id(), actor=call.actor, made_by=call.actor)
    if secret is None:
        raise ApiProblem(404, "not-found")
    return WebhookSecret(secret=secret)


async def remove(db: Writing, call: ApiCall) -> None:
    """Remove a target; what waits for it is deleted."""
    call.insist(WHOLE_OFFICE)
    if not await targets.remove(db, target=call.path_id(), actor=call.actor, made_by=call.actor):
        raise ApiProblem(404, "not-found")


def _shown(call: ApiCall, one: Target) -> WebhookShown:
    return WebhookShown(
        id=str(one.id),
        url=one.url,
        events=one.events,
        numbers=one.numbers,
        made_at=call.time(one.made_at),
        succeeded_at=call.maybe_time(one.succeeded_at),
        failing_since=call.maybe_time(one.failing_since),
        disabled_at=call.maybe_time(one.disabled_at),
        waiting=one.waiting,
        given_up=one.given_up,
    )
