"""`loket import`: the register from a file. Clerks read its report, so it is in the office's language."""

import sys
from json import dumps
from pathlib import Path

import typer

from bot.cli.store import configured_texts, with_store
from bot.importing.progress import shown_on
from bot.importing.report import ImportReport, unusable
from bot.importing.run import import_register
from bot.importing.table import UnusableFile
from bot.setup.exits import Stop, told
from bot.setup.office_file import load_office
from bot.setup.settings import Settings
from locales.texts import DEFAULT
from storage.store import Store

UNUSABLE, NOT_READY = 2, 3


def import_file(file: Path, *, dry_run: bool, json: bool) -> int:
    """Import the file, show the report, give the exit code: 3 when the file is not to blame, but the key, a setting or the database."""

    async def work(settings: Settings, store: Store) -> ImportReport:
        office = load_office(settings.office)
        with shown_on(sys.stderr) as progress:
            return await import_register(
                store, file, office=office, texts=texts, dry_run=dry_run, progress=progress
            )

    try:
        texts = configured_texts()
        report = with_store(work)
    except UnusableFile as error:
        raise Stop(unusable(error, texts, DEFAULT), code=UNUSABLE) from None
    except Exception as error:  # noqa: BLE001 (exit code 1 would mean refused rows)
        raise Stop(told(error)[0], code=NOT_READY) from None
    lines = [dumps(report.to_json(), ensure_ascii=False)] if json else report.lines(texts, DEFAULT)
    typer.echo("\n".join(lines))
    return report.exit_code
