"""Options and help of the announcement commands; bot/cli/commands.py adds them."""

from pathlib import Path
from typing import Annotated

import typer

As = Annotated[
    str | None, typer.Option("--as", help="The member of staff who does it, as `loket staff list` shows.")
]
Number = Annotated[int | None, typer.Option(metavar="ID")]


def add_to(app: typer.Typer) -> None:
    """Add `announce` and `announcements`."""
    app.command()(announce)
    app.command()(announcements)


def announce(
    file: Annotated[Path, typer.Argument(help="The announcement, a TOML file; see docs/announcements.md.")],
    name: Annotated[str, typer.Option("--as", help="The member of staff who announces.")],
    *,
    override: Annotated[
        bool, typer.Option("--override", help="Send again what they got before (approvers).")
    ] = False,
    urgent: Annotated[bool, typer.Option("--urgent", help="Also in the quiet hours (approvers).")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what it would do, make nothing.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of sentences.")] = False,
) -> None:
    """Send an announcement to everybody concerned, once. Exit 0: planned, 1: refused, 2: unusable file."""
    from bot.cli.announce import announce

    announce(file, name=name, override=override, urgent=urgent, dry_run=dry_run, json=json)


def announcements(
    *,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of sentences.")] = False,
    pause: Number = None,
    resume: Number = None,
    undo: Number = None,
    withdraw: Number = None,
    unknown: Number = None,
    report: Number = None,
    out: Annotated[Path | None, typer.Option(help="Where the report goes: .csv or .pdf.")] = None,
    letters: Annotated[
        bool,
        typer.Option("--letters", help="Instead of all results: whom villages and letters have to reach."),
    ] = False,
    name: As = None,
) -> None:
    """List announcements with their counts; or pause, resume, undo, withdraw or report one of them."""
    from bot.cli import announcements as commands

    steps = {"pause": pause, "resume": resume, "undo": undo, "withdraw": withdraw}
    asked = {step: number for step, number in steps.items() if number is not None}
    if len(asked) + (unknown is not None) + (report is not None) > 1:
        commands.refuse_several()
    for step, number in asked.items():
        commands.steer(step, number, name=name)
    if unknown is not None:
        commands.show_unknown(unknown, json=json)
    elif report is not None:
        commands.report(report, out, name=name, letters=letters)
    elif not asked:
        commands.show_list(json=json)
