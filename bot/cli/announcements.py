"""`loket announcements`: list with counts; pause, resume, undo, withdraw; unknown outcomes; reports."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from json import dumps
from pathlib import Path
from typing import Any

import typer

from bot.announcing.report import Clerk, report_of, write_report
from bot.cli.announce import UNUSABLE, member_called, stop_of
from bot.cli.store import configured_texts, with_office, with_store
from bot.setup.exits import Stop
from domain import codec
from domain.office.hours import after_quiet
from domain.office.office import Office
from domain.refusals.base import Refusal
from locales.texts import DEFAULT, Texts
from storage.announcements import control, results
from storage.announcements.records import find
from storage.announcements.results import ListedAnnouncement
from storage.session import Reading
from storage.store import Store

Step = Callable[..., Awaitable[None]]
STEPS: dict[str, tuple[Step, str]] = {
    "pause": (control.pause, "announce-paused"),
    "resume": (control.resume, "announce-resumed"),
    "undo": (control.undo, "announce-undone"),
    "withdraw": (control.withdraw, "announce-withdrawn"),
}


def refuse_several() -> None:
    """End a command that asks for several actions at once.

    Raises:
        Stop: always.
    """
    raise Stop(configured_texts().say(DEFAULT, "announce-one-step"), code=UNUSABLE)


def show_list(*, json: bool) -> None:
    """Print all announcements with their counts, newest first."""
    texts = configured_texts()

    async def work(office: Office, store: Store) -> tuple[list[ListedAnnouncement], datetime | None]:
        now = store.clock()
        until = after_quiet(now, office)
        return await store.read(results.listed), office.local(until) if until > now else None

    found, until = with_office(work)
    if json:
        typer.echo(dumps([_as_json(one) for one in found], ensure_ascii=False))
        return
    if not found:
        typer.echo(texts.say(DEFAULT, "announce-list-empty"))
    for one in found:
        typer.echo("\n".join(_lines(one, texts, until)))


def steer(step: str, announcement: int, *, name: str | None) -> None:
    """Pause, resume, undo or withdraw an announcement."""
    texts = configured_texts()
    if name is None:
        raise Stop(texts.say(DEFAULT, "announce-needs-name", option=f"--{step}"), code=UNUSABLE)
    change, said = STEPS[step]

    async def work(store: Store) -> Refusal | None:
        by = await member_called(store, name, texts)
        step = partial(change, announcement=announcement, by=by)
        return await store.write(lambda db: control.attempted(db, by=by, step=partial(step, db)))

    refused = with_store(work)
    if refused is not None:
        raise stop_of(refused, texts)
    typer.echo(texts.say(DEFAULT, said))


def show_unknown(announcement: int, *, json: bool) -> None:
    """Print registration numbers whose delivery is unknown."""
    texts = configured_texts()

    async def look(db: Reading) -> list[str]:
        await find(db, announcement=announcement)
        return await results.unknown_numbers(db, announcement=announcement)

    try:
        found = with_store(lambda store: store.read(look))
    except Refusal as refusal:
        raise stop_of(refusal, texts) from None
    if json:
        typer.echo(dumps(found))
    elif found:
        typer.echo("\n".join(found))
    else:
        typer.echo(texts.say(DEFAULT, "announce-unknown-none"), err=True)


def report(announcement: int, out: Path | None, *, name: str | None, letters: bool) -> None:
    """Write the result of every recipient, or a list for letters; the file is readable only by its owner."""
    texts = configured_texts()
    if out is None or out.suffix.lower() not in (".csv", ".pdf"):
        raise Stop(texts.say(DEFAULT, "announce-needs-out"), code=UNUSABLE)

    async def work(office: Office, store: Store) -> None:
        by = None if name is None else await member_called(store, name, texts)
        write_report(
            out,
            await report_of(store, announcement=announcement, by=by, letters=letters),
            Clerk(texts, office, DEFAULT),
            letters=letters,
        )

    try:
        with_office(work)
    except Refusal as refusal:
        raise stop_of(refusal, texts) from None
    typer.echo(texts.say(DEFAULT, "announce-report-written", file=str(out)))


def _as_json(one: ListedAnnouncement) -> dict[str, Any]:
    return {
        "id": one.announcement.id,
        "name": one.announcement.name,
        "state": one.announcement.state.value,
        "counts": codec.dump(one.counts),
    }


def _lines(one: ListedAnnouncement, texts: Texts, until: datetime | None) -> list[str]:
    announcement, counts = one.announcement, one.counts
    head = f"{announcement.id}  {announcement.name}  {texts.say(DEFAULT, f'announce-state-{announcement.state.value}')}"
    lines = [head, f"    {texts.say(DEFAULT, 'announce-counts', **codec.dump(counts))}"]
    if until is not None and counts.waiting and not announcement.urgent:
        lines.append(f"    {texts.say(DEFAULT, 'announce-quiet', until=until)}")
    return lines
