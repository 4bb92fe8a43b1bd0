"""`loket webhooks`: add, list, rotate, resend, enable, remove."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar
from urllib.parse import urlsplit

import typer

from bot.cli.arguments import WRONG_USE, table
from bot.cli.store import with_store
from bot.setup.exits import Stop
from bot.setup.settings import load_settings
from domain.people.networks import read_networks
from domain.webhooks.destinations import UnusableUrl, read_url
from domain.webhooks.webhook import EventType
from storage import audit
from storage.session import Writing
from storage.webhooks import deliveries, targets
from storage.webhooks.targets import Target, TooManyTargets

T = TypeVar("T")
_UNUSABLE = {
    "form": "It takes an address like https://name/path, without a user name and without #.",
    "https": "It takes an https address; http is for networks of LOKET_WEBHOOK_NETWORKS only.",
    "private": "That address is in a private network; name the network in LOKET_WEBHOOK_NETWORKS to allow it.",
}


def add(url: str, *, events: str | None, numbers: bool) -> None:
    """Print the id, and the secret as the last line of stdout."""
    kinds = _kinds(events)
    try:
        usable = read_url(url, read_networks(load_settings().webhook_networks))
        make = partial(targets.add, url=usable, events=kinds, numbers=numbers, actor=audit.SYSTEM)
        target, secret = _written(make)
    except UnusableUrl as error:
        raise Stop(_UNUSABLE[error.code], code=WRONG_USE) from None
    except TooManyTargets:
        raise Stop(f"There are {targets.MOST} targets already; remove one first.") from None
    typer.echo(f"Target {target} is told of {', '.join(kinds)}{' with numbers' if numbers else ''}.")
    typer.echo("The secret that signs its calls is shown only now:")
    typer.echo(secret)


def show_list() -> None:
    """Print all targets; of an address only the host, since the rest may hold a token."""
    rows = with_store(lambda store: store.read(targets.listed))
    if not rows:
        typer.echo("No system is told of anything: loket webhooks add https://…")
        return
    typer.echo("\n".join(table([_cells(one) for one in rows])))


def rotate(target: int) -> None:
    """Print the new secret as the last line of stdout."""
    secret = _done(partial(targets.rotate, target=target, actor=audit.SYSTEM))
    typer.echo("The new secret is shown only now; the old one signs as well for 24 hours:")
    typer.echo(secret)


def resend(target: int) -> None:
    """Send again what was given up."""
    sent = 0
    while more := _written(partial(deliveries.resend, target=target, actor=audit.SYSTEM)):
        sent += more
    typer.echo(f"{sent} events are sent again.")


def enable(target: int) -> None:
    """Enable a disabled target."""
    _done(partial(targets.enable, target=target, actor=audit.SYSTEM))
    typer.echo(f"Target {target} gets events again.")


def remove(target: int) -> None:
    """Remove a target."""
    _done(partial(targets.remove, target=target, actor=audit.SYSTEM))
    typer.echo(f"Target {target} is removed.")


def _kinds(events: str | None) -> tuple[EventType, ...]:
    if events is None:
        return (*EventType,)
    named = [one.strip() for one in events.split(",") if one.strip()]
    if not named or not set(named) <= set(EventType):
        raise Stop(f"--events takes these, separated by commas: {', '.join(EventType)}.", code=WRONG_USE)
    return tuple(EventType(one) for one in dict.fromkeys(named))


def _written(work: Callable[[Writing], Awaitable[T]]) -> T:
    return with_store(lambda store: store.write(work))


def _done(work: Callable[[Writing], Awaitable[T]]) -> T:
    """What the work gives.

    Raises:
        Stop: there is no such target.
    """
    if not (done := _written(work)):
        raise Stop("There is no such target; `loket webhooks list` shows the ids.")
    return done


def _cells(one: Target) -> tuple[str, ...]:
    state = "works" if one.succeeded_at else "not called yet"
    if one.failing_since is not None:
        state = f"fails ({one.outcome})"
    if one.disabled_at is not None:
        state = f"disabled ({one.outcome})"
    return (
        str(one.id),
        str(urlsplit(one.url).hostname),
        state,
        f"{one.waiting} waiting",
        f"{one.given_up} given up",
        f"{'with' if one.numbers else 'without'} numbers",
        " ".join(one.events) if len(one.events) < len(EventType) else "all events",
    )
