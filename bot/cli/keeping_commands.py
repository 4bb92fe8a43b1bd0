"""Options and help of backup, restore, move, rotate-keys and audit."""

from pathlib import Path
from typing import Annotated

import typer

Since = Annotated[str, typer.Option("--from", help="First moment, like 2026-11-23 or 2026-11-23T14:30.")]
Until = Annotated[str, typer.Option("--to", help="The moment that is too late.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(backup)
    app.command()(restore)
    app.command()(move)
    app.command(name="rotate-keys")(rotate_keys)
    app.command()(audit)


def backup(
    file: Annotated[Path, typer.Argument(help="A new file for the copy; it is never overwritten.")],
) -> None:
    """Make a consistent copy of the database in a file, while Loket runs."""
    from bot.cli.backup import back_up

    back_up(file)


def restore(
    file: Annotated[Path, typer.Argument(help="What `loket backup` wrote.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Throw away what the database holds now.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check the file, change nothing.")] = False,
) -> None:
    """Replace the database by a backup, if key and schema fit. Loket must not run."""
    from bot.cli.backup import restore

    restore(file, yes=yes, dry_run=dry_run)


def move(
    to: Annotated[
        str,
        typer.Option(help="An empty database: postgresql+asyncpg://… or sqlite+aiosqlite:///…"),
    ],
    *,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")] = False,
) -> None:
    """Move everything to another database, while reads go on and writes wait. It can be run again."""
    from bot.cli.move import move

    move(to, json=json)


def rotate_keys() -> None:
    """Write everything with the new key of LOKET_SECRET_KEY, while Loket runs with both keys."""
    from bot.cli.keys import rotate_keys

    rotate_keys()


def audit(
    since: Since,
    until: Until,
    *,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of CSV.")] = False,
) -> None:
    """Show whose data was viewed or changed in a period, and by whom; without any NIK."""
    from bot.cli.breach import show

    show(since=since, until=until, json=json)
