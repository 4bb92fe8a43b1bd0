"""Commands with options and help. A command's code is imported when it runs, so that `loket --help` is fast."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli import announcement_commands, keeping_commands
from bot.cli.office_commands import fleet, office
from bot.cli.seats_commands import seats
from bot.cli.token_commands import tokens
from bot.cli.webhook_commands import webhooks
from domain.office.services import INDONESIAN
from domain.staff.roles import Role

app = typer.Typer(
    help="The population office's counter in a resident's chat.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
staff = typer.Typer(help="Invite, list and revoke members of staff.", no_args_is_help=True)
app.add_typer(staff, name="staff")
report = typer.Typer(help="What the office reports: the official satisfaction index.", no_args_is_help=True)
app.add_typer(report, name="report")
whatsapp = typer.Typer(help="What WhatsApp asks of an office.", no_args_is_help=True)
app.add_typer(whatsapp, name="whatsapp")
voice = typer.Typer(help="Recordings of the answers, for residents who listen.", no_args_is_help=True)
app.add_typer(voice, name="voice")
app.add_typer(seats, name="seats")
app.add_typer(tokens, name="token")
app.add_typer(webhooks, name="webhooks")
app.add_typer(office, name="office")
app.add_typer(fleet, name="fleet")

announcement_commands.add_to(app)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 (typer calls it with the option's value)
    if wanted:
        from importlib.metadata import version

        typer.echo(f"loket {version('loket')}")
        raise typer.Exit


@app.callback()
def top(
    *,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """The population office's counter in a resident's chat."""


Listen = Annotated[
    str | None, typer.Option(help="Address and port of the web pages, instead of LOKET_LISTEN.")
]


@app.command()
def run(
    only: Annotated[str | None, typer.Option(help="Only these channels, separated by commas.")] = None,
    listen: Listen = None,
) -> None:
    """Run all configured channels, the web pages and the courier; SIGTERM finishes running turns first."""
    from bot.cli.run import run

    run(only=only, listen=listen)


@app.command()
def demo(
    port: Annotated[
        int, typer.Option(min=1, max=65535, help="Port of the web pages on this machine.")
    ] = 8080,
    *,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Throw the demo's data away and begin anew.")
    ] = False,
    whatsapp_emulator: Annotated[
        bool, typer.Option("--whatsapp-emulator", help="With WhatsApp on an emulated phone in the browser.")
    ] = False,
) -> None:
    """Start the counter with an invented register; print where to look and what to type."""
    try:
        from demo.start import start
    except ModuleNotFoundError as error:
        if error.name not in {"demo", "demo.start"}:
            raise
        from bot.setup.exits import Stop

        raise Stop(
            "The demo is not installed; install loket_demo-*.whl, which lies beside Loket in a release."
        ) from None

    start(port=port, fresh=fresh, whatsapp_emulator=whatsapp_emulator)


@app.command()
def migrate(
    to: Annotated[
        str | None, typer.Option(metavar="STEP", help="Go back to an earlier step, like 0020.")
    ] = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Delete what the later steps brought.")] = False,
) -> None:
    """Migrate the database to the newest schema."""
    from bot.cli.maintenance import migrate

    migrate(to=to, yes=yes)


@app.command(name="import")
def import_(
    file: Annotated[Path | None, typer.Argument(help="The office's register: CSV or XLSX.")] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check every row, write nothing.")] = False,
    accept_unknown: Annotated[
        bool, typer.Option("--accept-unknown", help="Import although many status codes are unknown.")
    ] = False,
    undo: Annotated[
        int | None, typer.Option("--undo", metavar="ID", help="Take an import of the last 24 hours back.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of sentences.")] = False,
) -> None:
    """Update the register from a file. Exit 0: all rows good, 1: some refused, 2: unusable file."""
    from bot.cli.register import import_file, undo_import

    if undo is not None and file is None:
        raise typer.Exit(undo_import(undo, json=json))
    if undo is not None or file is None:
        raise typer.BadParameter("name a file, or an import with --undo")
    raise typer.Exit(import_file(file, dry_run=dry_run, accept_unknown=accept_unknown, json=json))


@app.command()
def estimate(
    from_: Annotated[
        str | None, typer.Option("--from", help="First day asked, YYYY-MM-DD; else the first known.")
    ] = None,
    to: Annotated[str | None, typer.Option(help="Last day asked, YYYY-MM-DD; else today.")] = None,
    *,
    replay: Annotated[
        bool,
        typer.Option("--replay", help="Ask on every past day, as if it were then; else show what is kept."),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")] = False,
) -> None:
    """Show what the ranges told for "kapan jadi?" are worth: their coverage, and how many cards were late."""
    from bot.cli.estimate import estimate

    estimate(since=from_, until=to, replay=replay, json=json)


@app.command()
def purge() -> None:
    """Apply the retention periods."""
    from bot.cli.maintenance import purge

    purge()


@app.command()
def check() -> None:
    """Show what is configured and what is missing. Exit 1 if something required is missing."""
    from bot.cli.check import check

    raise typer.Exit(check())


keeping_commands.add_to(app)


@staff.command()
def invite(
    name: Annotated[str, typer.Argument(help="The person's name, as colleagues know it.")],
    role: Annotated[Role, typer.Option(help="What the person is trusted with.")],
    point: Annotated[str | None, typer.Option(help="Id of the service point they sit at.")] = None,
    *,
    again: Annotated[
        bool, typer.Option("--again", help="Change role or point of somebody who is on the staff.")
    ] = False,
) -> None:
    """Print a one-time code for a member of staff, valid for 24 hours."""
    from bot.cli.staff import invite

    invite(name, role=role, point=point, again=again)


@staff.command(name="list")
def list_() -> None:
    """List the members of staff."""
    from bot.cli.staff import show_list

    show_list()


@staff.command()
def revoke(name: Annotated[str, typer.Argument(help="The name as `loket staff list` shows it.")]) -> None:
    """Revoke all rights of a member of staff, at once and everywhere."""
    from bot.cli.staff import revoke

    revoke(name)


@report.command()
def skm(
    from_: Annotated[
        str | None, typer.Option("--from", help="First day, YYYY-MM-DD; else the first answer's.")
    ] = None,
    to: Annotated[str | None, typer.Option(help="Last day, YYYY-MM-DD; else today.")] = None,
    service: Annotated[str | None, typer.Option(help="Only this service.")] = None,
    point: Annotated[str | None, typer.Option(help="Only this service point.")] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Write .csv (raw rows), .xlsx (working table) or .pdf (two pages to sign)."),
    ] = None,
    language: Annotated[str | None, typer.Option(help="A language of the office; else Indonesian.")] = None,
) -> None:
    """Show the official satisfaction index (IKM, Permenpan RB 14/2017), or write it into a file."""
    from bot.cli.report import ReportWanted, skm

    skm(ReportWanted(first=from_, last=to, point=point, service=service, out=out, language=language))


@report.command()
def changed(
    told: Annotated[str, typer.Argument(help="One sentence for residents; empty says nothing any more.")],
) -> None:
    """Set the sentence after a rating about what the office changed because of earlier answers."""
    from bot.cli.report import changed

    changed(told)


@whatsapp.callback()
def _whatsapp() -> None:
    """Commands for WhatsApp."""


@whatsapp.command()
def templates(
    *,
    check: Annotated[
        bool,
        typer.Option("--check", help="Compare with what the account has. Exit 1 where one cannot be used."),
    ] = False,
    submit: Annotated[
        bool, typer.Option("--submit", help="Bring to Meta for approval what the account lacks.")
    ] = False,
) -> None:
    """List the templates with which Loket may write first, outside 24 hours after a resident's last message."""
    from bot.cli.whatsapp import templates

    raise typer.Exit(templates(check=check, submit=submit))


Spoken = Annotated[str, typer.Option(help="The language of the recordings, one of the office.")]


@voice.command("record-list")
def record_list(language: Spoken = INDONESIAN) -> None:
    """Print what to record: the file name of each recording, and its sentence."""
    from bot.cli.voice import record_list

    record_list(language=language)


@voice.command("check")
def check_voice(language: Spoken = INDONESIAN) -> None:
    """Compare the recordings with the texts. Exit 1 if some are missing, outdated or damaged."""
    from bot.cli.voice import check

    raise typer.Exit(check(language=language))
