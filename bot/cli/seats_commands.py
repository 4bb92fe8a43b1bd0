"""Options and help of the seat commands."""

from typing import Annotated

import typer

seats = typer.Typer(help="The booking calendar: open and close times, see who booked.", no_args_is_help=True)
First = Annotated[str, typer.Option("--from", help="First day, YYYY-MM-DD.")]
Last = Annotated[str, typer.Option("--to", help="Last day, YYYY-MM-DD.")]
Point = Annotated[str | None, typer.Option(help="Only this service point.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


@seats.command(name="open")
def open_(first: First, last: Last, point: Point = None) -> None:
    """Reopen what was closed in these days; show how many seats can be booked, and what prevents more.

    Not needed otherwise: seats are free by the office's hours, up to its horizon.
    """
    from bot.cli.seats import open_

    open_(first=first, last=last, point=point)


@seats.command()
def close(
    point: Annotated[str, typer.Option(help="Id of the service point.")],
    date: Annotated[str, typer.Option(help="The day, YYYY-MM-DD.")],
    first: Annotated[str | None, typer.Option("--from", help="From this time on, HH:MM.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Until this time, HH:MM.")] = None,
    reason: Annotated[str, typer.Option(help="What residents are told who ask for that day.")] = "",
    *,
    yes: Annotated[
        bool, typer.Option("--yes", help="Close although somebody booked; they choose another time.")
    ] = False,
    json: Json = False,
) -> None:
    """Close a day of a point, or a part of it. With appointments inside: list them, exit 1 unless --yes."""
    from bot.cli.closures import ClosureWanted, close

    close(ClosureWanted(point=point, day=date, first=first, last=last, reason=reason), yes=yes, json=json)


@seats.command(name="list")
def list_(first: First, last: Last, point: Point = None, *, json: Json = False) -> None:
    """List the slots of these days: seats, held, booked, ticket codes."""
    from bot.cli.seats import show_list

    show_list(first=first, last=last, point=point, json=json)


@seats.command()
def unanswered(*, json: Json = False) -> None:
    """List residents whose time was closed and who have not chosen another one yet."""
    from bot.cli.closures import show_unanswered

    show_unanswered(json=json)


@seats.command()
def odd(
    *,
    days: Annotated[int, typer.Option(min=1, max=366, help="How many days back.")] = 30,
    json: Json = False,
) -> None:
    """List chats that booked for many people or cancelled often, which may be trading seats."""
    from bot.cli.closures import show_odd

    show_odd(days=days, json=json)
