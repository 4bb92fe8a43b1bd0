"""Options and help of `loket office` and `loket fleet`."""

from pathlib import Path
from typing import Annotated

import typer

office = typer.Typer(help="The office file, and the state of the office.", no_args_is_help=True)
fleet = typer.Typer(help="Many offices: one folder each, with `env` and `office.toml`.", no_args_is_help=True)

Folder = Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder that holds the offices' folders.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Timeout = Annotated[
    float | None, typer.Option(min=0.001, max=86_400, help="Seconds that one office may take.")
]
FOLDER = Path("/etc/loket")


@office.command()
def new(
    file: Annotated[Path, typer.Argument(help="The file to write; it is never overwritten.")],
    *,
    name: Annotated[str | None, typer.Option(help="Name of the office.")] = None,
    zone: Annotated[str | None, typer.Option(help="WIB, WITA or WIT.")] = None,
    languages: Annotated[
        str | None, typer.Option(help="For residents, separated by commas; id is needed.")
    ] = None,
    address: Annotated[str | None, typer.Option(help="Address of the office.")] = None,
    phone: Annotated[str | None, typer.Option(help="Telephone of the office.")] = None,
    hours: Annotated[str | None, typer.Option(help="Monday to Thursday, like 08:00-15:00.")] = None,
    friday: Annotated[str | None, typer.Option(help="Friday, like 08:00-11:00, 13:00-15:00.")] = None,
    districts: Annotated[str | None, typer.Option(help='Kecamatan, like "74.02.01 Unaaha, …".')] = None,
    points: Annotated[
        str | None,
        typer.Option(help='Service points, like "Name; Address; Unaaha, …"; several are separated by |.'),
    ] = None,
    neighbour: Annotated[
        str | None, typer.Option(help='Neighbouring area, like "Kota Kendari: 7471"; empty: none.')
    ] = None,
    prefix: Annotated[str | None, typer.Option(help="Prefix of registration numbers.")] = None,
) -> None:
    """Write a commented office file; ask for what the options leave out."""
    from bot.cli.new_office import new

    given = {
        "name": name,
        "zone": zone,
        "languages": languages,
        "address": address,
        "phone": phone,
        "hours": hours,
        "friday": friday,
        "districts": districts,
        "points": points,
        "neighbour": neighbour,
        "prefix": prefix,
    }
    new(file, given)


@office.command()
def status(*, json: Json = False) -> None:
    """Show schema, key, processes and last import; change nothing. Exit 0 when the office is well."""
    from bot.cli.office_status import status

    raise typer.Exit(status(json=json))


@fleet.command(name="status")
def fleet_status(
    folder: Folder = FOLDER,
    *,
    running: Annotated[
        bool, typer.Option("--running", help="An office without a running, ready process is not well.")
    ] = False,
    json: Json = False,
    timeout: Timeout = None,
) -> None:
    """Show the state of every office. Exit 0 when all are well, else 1."""
    from bot.cli.fleet import fleet

    raise typer.Exit(fleet("status", folder, json=json, seconds=timeout, running=running))


@fleet.command(name="migrate")
def fleet_migrate(folder: Folder = FOLDER, *, json: Json = False, timeout: Timeout = None) -> None:
    """Migrate the database of every office. Exit 0 when all are migrated, else 1."""
    from bot.cli.fleet import fleet

    raise typer.Exit(fleet("migrate", folder, json=json, seconds=timeout))


@fleet.command(name="check")
def fleet_check(folder: Folder = FOLDER, *, json: Json = False, timeout: Timeout = None) -> None:
    """Run `loket check` for every office. Exit 0 when nothing required is missing, else 1."""
    from bot.cli.fleet import fleet

    raise typer.Exit(fleet("check", folder, json=json, seconds=timeout))
