"""Options and help of `loket office` and `loket fleet`."""

from pathlib import Path
from typing import Annotated

import typer

office = typer.Typer(help="The office file.", no_args_is_help=True)


@office.callback()
def _office() -> None:
    """The office file."""


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
