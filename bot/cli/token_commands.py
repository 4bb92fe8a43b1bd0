"""`loket token …`: options and help."""

from typing import Annotated

import typer

from domain.staff.scopes import PER_MINUTE

tokens = typer.Typer(help="Tokens with which the office's own systems use the API.", no_args_is_help=True)


@tokens.command()
def create(
    name: Annotated[str, typer.Argument(help="The system that uses it, as the audit will name it.")],
    scope: Annotated[
        list[str], typer.Option(help="What it may do; can be repeated, or separated by commas.")
    ],
    point: Annotated[str | None, typer.Option(help="Only what belongs to this service point.")] = None,
    expires: Annotated[str | None, typer.Option(help="Last day on which it works, YYYY-MM-DD.")] = None,
    per_minute: Annotated[
        int, typer.Option(min=1, max=1_000_000, help="Most requests a minute.")
    ] = PER_MINUTE,
) -> None:
    """Print a new token as the last line; it is shown only once. The first one turns the API on."""
    from bot.cli.tokens import create

    create(name, scopes=scope, point=point, expires=expires, per_minute=per_minute)


@tokens.command(name="list")
def list_() -> None:
    """List the tokens with their rights; the tokens themselves are never shown again."""
    from bot.cli.tokens import show_list

    show_list()


@tokens.command()
def revoke(name: Annotated[str, typer.Argument(help="The name as `loket token list` shows it.")]) -> None:
    """End a token at once; without any token the API is off."""
    from bot.cli.tokens import revoke

    revoke(name)
