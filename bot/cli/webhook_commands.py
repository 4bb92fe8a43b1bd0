"""`loket webhooks …`: options and help."""

from typing import Annotated

import typer

webhooks = typer.Typer(
    help="Other systems of the office that are told what happens (docs/webhooks.md).", no_args_is_help=True
)
Id = Annotated[int, typer.Argument(metavar="ID", help="The id as `loket webhooks list` shows it.")]


@webhooks.command()
def add(
    url: Annotated[str, typer.Argument(help="The https address that is called.")],
    events: Annotated[
        str | None, typer.Option(help="Only these, separated by commas; else all: docs/webhooks.md.")
    ] = None,
    *,
    numbers: Annotated[
        bool, typer.Option("--numbers", help="Tell registration numbers, too, which is audited.")
    ] = False,
) -> None:
    """Make a target; print its secret as the last line. It is shown only once."""
    from bot.cli.webhooks import add

    add(url, events=events, numbers=numbers)


@webhooks.command(name="list")
def list_() -> None:
    """List the targets: host, events, what waits and what was given up."""
    from bot.cli.webhooks import show_list

    show_list()


@webhooks.command()
def rotate(target: Id) -> None:
    """Print a new secret as the last line; the old one signs as well for 24 hours."""
    from bot.cli.webhooks import rotate

    rotate(target)


@webhooks.command()
def resend(target: Id) -> None:
    """Send again what was given up."""
    from bot.cli.webhooks import resend

    resend(target)


@webhooks.command()
def enable(target: Id) -> None:
    """Send to a disabled target again, beginning with what waited."""
    from bot.cli.webhooks import enable

    enable(target)


@webhooks.command()
def remove(target: Id) -> None:
    """Remove a target; what waits for it is deleted."""
    from bot.cli.webhooks import remove

    remove(target)
