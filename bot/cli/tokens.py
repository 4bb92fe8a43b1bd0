"""`loket token`: create, list, revoke."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

import typer

from bot.cli import arguments
from bot.cli.arguments import WRONG_USE
from bot.cli.store import with_office, with_store
from bot.setup.exits import Stop
from domain.office.office import Office
from domain.staff.scopes import TokenScope, is_over
from storage import audit
from storage.staff import tokens
from storage.staff.staff import LONGEST_NAME
from storage.staff.tokens import ListedToken
from storage.store import Store


def create(
    name: str, *, scopes: Sequence[str], point: str | None, expires: str | None, per_minute: int
) -> None:
    """Print a new token as the last line of stdout; it is shown only now."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise Stop(f"A name has 1 to {LONGEST_NAME} characters.", code=WRONG_USE)
    granted = _scopes(scopes)

    async def work(office: Office, store: Store) -> str | None:
        return await store.write(
            tokens.create,
            name=name,
            scopes=granted,
            point=None if point is None else arguments.place(office, point),
            expires_at=None if expires is None else _end_of(expires, office, store.clock()),
            per_minute=per_minute,
            actor=audit.SYSTEM,
        )

    token = with_office(work)
    if token is None:
        raise Stop(f"A token has the name {name} already; revoke it first: loket token revoke {name!r}.")
    typer.echo(f"{name} may {', '.join(sorted(granted))}{f' at {point}' if point else ''}.")
    typer.echo("The token is shown only now; send it as `Authorization: Bearer …`:")
    typer.echo(token)


def show_list() -> None:
    """Print all tokens that are not revoked, without the tokens themselves."""

    async def work(office: Office, store: Store) -> list[tuple[str, ...]]:
        return [_cells(one, office, store.clock()) for one in await store.read(tokens.listed)]

    rows = with_office(work)
    if not rows:
        typer.echo("There is no token, so the API is off: loket token create NAME --scope index:read")
        return
    typer.echo("\n".join(arguments.table(rows)))


def revoke(name: str) -> None:
    """End a token at once."""
    name = " ".join(name.split())
    if not with_store(lambda store: store.write(tokens.revoke, name=name, actor=audit.SYSTEM)):
        raise Stop(f"No token has the name {name}; `loket token list` shows the names.")
    typer.echo(f"The token {name} is revoked.")


def _scopes(typed: Sequence[str]) -> frozenset[TokenScope]:
    """The scopes of the options, which may hold several each."""
    words = {word for text in typed for word in text.replace(",", " ").split()}
    if not words or words - {*TokenScope}:
        raise Stop(f"--scope takes {', '.join(TokenScope)}.", code=WRONG_USE)
    return frozenset(map(TokenScope, words))


def _end_of(text: str, office: Office, now: datetime) -> datetime:
    """The end of a day, which must not be over."""
    day = arguments.day(text, "--expires")
    if day < office.today(now):
        raise Stop(f"--expires {day} is over.", code=WRONG_USE)
    return datetime.combine(day, time(), office.timezone) + timedelta(days=1)


def _cells(one: ListedToken, office: Office, now: datetime) -> tuple[str, ...]:
    until = "does not expire"
    if one.expires_at is not None:
        last = (office.local(one.expires_at) - timedelta(days=1)).date()
        until = f"{'expired' if is_over(one.expires_at, now) else 'until'} {last}"
    where = one.token.member.point or "whole office"
    since = f"since {office.local(one.made_at):%Y-%m-%d}"
    rate = f"{one.token.per_minute} a minute"
    return one.token.member.name, where, since, until, rate, " ".join(sorted(one.token.scopes))
