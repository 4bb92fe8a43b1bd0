"""`loket announce`: an announcement from a file. Clerks read its output, so it is in the office's language."""

from json import dumps
from pathlib import Path
from typing import Any

import typer

from bot.announcing.file import UnusableAnnouncement, read_order
from bot.announcing.opening import open_spans_of
from bot.announcing.planning import plan, would_refuse
from bot.announcing.preview import Desk, Preview, preview
from bot.announcing.rendering import Rendering
from bot.cli.opening import configured_texts, with_store
from bot.importing.report import Remark, remarks, unusable
from bot.importing.table import UnusableFile
from bot.setup.ending import Stop
from bot.setup.office_file import load_office
from bot.setup.settings import Settings
from domain.office.office import Office
from domain.refusals.base import Refusal
from domain.staff.roles import Action, StaffMember
from locales.texts import DEFAULT, Texts
from storage.staff import staff
from storage.staff.rights import insisted
from storage.store import Store

REFUSED, UNUSABLE = 1, 2
_MOST_LINES = 50


def announce(file: Path, *, name: str, override: bool, urgent: bool, dry_run: bool, json: bool) -> None:
    """Plan the announcement of a file, or preview it."""
    texts = configured_texts()

    async def work(settings: Settings, store: Store) -> tuple[int | Refusal | None, Preview, Office]:
        office = load_office(settings.office)
        by = await member_called(store, name, texts)
        await insisted(store, member=by, action=Action.ANNOUNCE)
        order = read_order(file, office, today=office.today(store.clock()))
        desk = desk_of(store, office, texts)
        shown = await preview(desk, order, by=by, urgent=urgent)
        if dry_run:
            why = await would_refuse(desk, order, shown, by=by, urgent=urgent, override=override)
            if why is not None:
                typer.echo(texts.say(DEFAULT, "announce-would-refuse", why=_said(why, texts)), err=True)
            return None, shown, office
        return await plan(desk, order, shown, by=by, override=override, urgent=urgent), shown, office

    try:
        done, shown, office = with_store(work)
    except UnusableAnnouncement as error:
        raise Stop(
            texts.say(DEFAULT, f"announce-file-{error.code}", **error.details), code=UNUSABLE
        ) from None
    except UnusableFile as error:
        raise Stop(unusable(error, texts, DEFAULT), code=UNUSABLE) from None
    except Refusal as refusal:
        raise stop_of(refusal, texts) from None
    _show(shown, done, texts, office, json=json)
    if isinstance(done, Refusal):
        raise stop_of(done, texts)


def desk_of(store: Store, office: Office, texts: Texts) -> Desk:
    """Dependencies of announcement planning."""
    return Desk(
        store=store,
        office=office,
        rendering=Rendering(texts),
        open_spans=lambda: open_spans_of(store, office),
    )


async def member_called(store: Store, name: str, texts: Texts) -> StaffMember:
    """Return the member of staff of this name.

    Raises:
        Stop: nobody has this name (any more).
    """
    name = " ".join(name.split())
    member = await store.read(lambda db: staff.find(db, name=name))
    if member is None:
        raise Stop(texts.say(DEFAULT, "announce-nobody-called", person=name), code=REFUSED)
    return member


def stop_of(refusal: Refusal, texts: Texts) -> Stop:
    """Stop for a refused command; problems in the file itself exit as unusable."""
    unusable_text = refusal.code.startswith(("announcement-text", "announcement-placeholder"))
    return Stop(_said(refusal, texts), code=UNUSABLE if unusable_text else REFUSED)


def _said(refusal: Refusal, texts: Texts) -> str:
    return texts.say(DEFAULT, f"refusal-{refusal.code}", **refusal.details)


def _show(shown: Preview, done: int | Refusal | None, texts: Texts, office: Office, *, json: bool) -> None:
    refused = remarks(shown.refused, texts, DEFAULT)
    made = done if isinstance(done, int) else None
    if json:
        typer.echo(dumps(_as_json(shown, made, refused, office), ensure_ascii=False))
    elif not isinstance(done, Refusal):
        typer.echo("\n".join(_lines(shown, made, refused, texts, office)))


def _as_json(shown: Preview, made: int | None, refused: tuple[Remark, ...], office: Office) -> dict[str, Any]:
    """JSON object of interfaces.md § 7."""
    return {
        "id": made,
        "recipients": shown.recipients,
        "per_channel": {**shown.per_channel, "none": len(shown.none)},
        "text": shown.text,
        "refused": [remark.to_json() for remark in refused],
        "starts_at": office.local(shown.starts_at).isoformat(timespec="seconds"),
    }


def _lines(
    shown: Preview, made: int | None, refused: tuple[Remark, ...], texts: Texts, office: Office
) -> list[str]:
    def say(key: str, **variables: Any) -> str:
        return texts.say(DEFAULT, key, **variables)

    lines = [say("announce-reach", recipients=shown.recipients, **shown.per_channel)]
    lines += [say("announce-templates", count=shown.templates)] if shown.templates else []
    lines += [say("announce-unreachable", count=shown.unreachable)] if shown.unreachable else []
    lines += [say("announce-first-text"), "", *(f"    {line}" for line in shown.text.splitlines()), ""]
    for one in shown.calendar:
        point = office.point(one.point)
        day, time = (
            say("announce-day", at=one.starts_at),
            say("announce-time", opens=one.starts_at, closes=one.ends_at),
        )
        place = point.name if point else one.point
        lines.append(
            say("announce-calendar", day=day, time=time, point=place, cards=one.cards, room=one.room)
        )
    lines += _listed(say("announce-none", count=len(shown.none)), shown.none, texts)
    lines += _listed(
        say("import-refused", count=len(refused)),
        [say("import-remark", **remark.to_json()) for remark in refused],
        texts,
    )
    if made is None:
        return [*lines, say("announce-dry-run")]
    when = "announce-starts-quiet" if shown.waits_for_morning else "announce-starts"
    return [*lines, say("announce-planned-id", id=str(made)), say(when, at=office.local(shown.starts_at))]


def _listed(title: str, entries: Any, texts: Texts) -> list[str]:
    if not entries:
        return []
    lines = [title, *(f"    {one}" for one in entries[:_MOST_LINES])]
    if len(entries) > _MOST_LINES:
        lines.append(texts.say(DEFAULT, "import-more", count=len(entries) - _MOST_LINES))
    return lines
