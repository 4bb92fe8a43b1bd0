"""`loket staff`: invite, list, revoke."""

from datetime import datetime

import typer

from bot.cli.arguments import table
from bot.cli.store import with_office, with_store
from bot.setup.exits import Stop
from domain.office.office import Office
from domain.staff.roles import Role
from storage import audit
from storage.staff import staff
from storage.staff.staff import CODE_LASTS, LONGEST_NAME, ListedMember
from storage.store import Store


def invite(name: str, *, role: Role, point: str | None, again: bool = False) -> None:
    """Print a one-time code as the last line of stdout.

    A name in use gets a new code; another role or point only with `again`.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise Stop(f"A name has 1 to {LONGEST_NAME} characters.", code=2)

    async def work(office: Office, store: Store) -> tuple[str, datetime, bool]:
        place = _point(office, point)
        known = await store.read(staff.find, name=name)
        if known is not None and (known.role, known.point) != (role, place) and not again:
            raise Stop(
                f"{name} is on the staff already, as {known.role.value} of {known.point or 'the whole office'}; add "
                "--again to change that, or invite another person under another name."
            )
        code = await store.write(staff.invite, name=name, role=role, point=place, actor=audit.SYSTEM)
        return code, office.local(store.clock() + CODE_LASTS), known is not None

    code, until, known = with_office(work)
    if known:
        typer.echo(f"{name} was invited before; an unused earlier code no longer works.")
    typer.echo(f"{name} is invited as {role.value}. The code works once, until {until:%d %b %Y %H.%M %Z}:")
    typer.echo("in a chat, type /staf and the code; in a browser, open /staf.")
    typer.echo(code)


def show_list() -> None:
    """Print all invited and not revoked members."""

    async def work(office: Office, store: Store) -> list[tuple[str, ...]]:
        return [_cells(one, office) for one in await store.read(staff.list_staff)]

    nobody = "Nobody is invited yet: loket staff invite NAME --role officer"
    typer.echo("\n".join(table(with_office(work))) or nobody)


def revoke(name: str) -> None:
    """Revoke all rights of a member of staff."""
    name = " ".join(name.split())
    if not with_store(lambda store: store.write(staff.revoke, name=name, actor=audit.SYSTEM)):
        raise Stop(f"No member of staff has the name {name}; `loket staff list` shows the names.")
    typer.echo(f"{name} is revoked: all codes, sessions and staff chats have ended.")


def _point(office: Office, text: str | None) -> str | None:
    if text is None:
        return None
    found = office.point(text)
    if found is None:
        known = ", ".join(point.id for point in office.points)
        raise Stop(f"The office has no point {text}; it has {known}.", code=2)
    return found.id


def _cells(one: ListedMember, office: Office) -> tuple[str, ...]:
    member = one.member
    state = "code not used yet" if one.code_open else f"{one.chats} staff chat{'' if one.chats == 1 else 's'}"
    since = f"since {office.local(one.invited_at):%Y-%m-%d}"
    return member.name, member.role.value, member.point or "whole office", since, state
