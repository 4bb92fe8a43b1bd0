"""`loket import`: the register from a file. Clerks read its report, so it is in the office's language."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from json import dumps
from pathlib import Path

import typer

from bot.cli.store import configured_texts, with_office
from bot.importing.progress import shown_on
from bot.importing.report import ImportReport, unusable
from bot.importing.run import import_register
from bot.importing.table import UnusableFile
from bot.setup.exits import Stop, told
from domain.office.office import Office
from locales.texts import DEFAULT
from storage.audit import SYSTEM
from storage.cards.register_undo import NotUndoable, Undone, undo
from storage.store import Store

UNUSABLE, NOT_READY = 2, 3


def import_file(file: Path, *, dry_run: bool, accept_unknown: bool, json: bool) -> int:
    """Import the file, show the report, give the exit code: 3 when the file is not to blame, but the key, a setting or the database."""

    async def work(office: Office, store: Store) -> ImportReport:
        with shown_on(sys.stderr) as progress, _little_collecting():
            return await import_register(
                store,
                file,
                office=office,
                texts=texts,
                dry_run=dry_run,
                accept_unknown=accept_unknown,
                progress=progress,
            )

    try:
        texts = configured_texts()
        report = with_office(work)
    except UnusableFile as error:
        raise Stop(unusable(error, texts, DEFAULT), code=UNUSABLE) from None
    except Exception as error:  # noqa: BLE001 (exit code 1 would mean refused rows)
        raise Stop(told(error)[0], code=NOT_READY) from None
    if json:
        typer.echo(dumps(report.to_json(), ensure_ascii=False))
    if report.stopped:
        raise Stop(report.why_stopped(texts, DEFAULT), code=UNUSABLE)
    if not json:
        typer.echo("\n".join(report.lines(texts, DEFAULT)))
    return report.exit_code


@contextmanager
def _little_collecting() -> Iterator[None]:
    """Search for garbage rarely: all rows of the file live until the end, and a tenth of the CPU went into passing over them."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 5, 5)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def undo_import(import_id: int, *, json: bool) -> int:
    """Take an import back and show how many applications are as before; exit 2 if that is not possible."""

    async def work(office: Office, store: Store) -> Undone:
        with shown_on(sys.stderr) as progress:
            progress.step(texts.say(DEFAULT, "import-step-undoing"), None)
            hold = timedelta(seconds=office.push.hold_seconds)
            return await undo(store, import_id=import_id, actor=SYSTEM, hold=hold, advance=progress.advance)

    try:
        texts = configured_texts()
        undone = with_office(work)
    except NotUndoable as why:
        raise Stop(texts.say(DEFAULT, f"import-undo-{why.code}"), code=UNUSABLE) from None
    except Exception as error:  # noqa: BLE001 (as above)
        raise Stop(told(error)[0], code=NOT_READY) from None
    if json:
        typer.echo(dumps({"restored": undone.restored, "kept": undone.kept}))
        return 0
    typer.echo(texts.say(DEFAULT, "import-undone", restored=undone.restored, kept=undone.kept))
    if undone.numbers:
        typer.echo(texts.say(DEFAULT, "import-undone-kept", numbers=", ".join(undone.numbers)))
    return 0
